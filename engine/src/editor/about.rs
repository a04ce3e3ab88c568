//! What each key of a document is for, in a few words.

/// What a key says.
pub(super) fn about(key: &str) -> Option<&'static str> {
    ABOUT.iter().find(|(name, _)| *name == key).map(|(_, text)| *text)
}

const ABOUT: [(&str, &str); 66] = [
    ("active_history", "whether the old value is loaded when it is replaced"),
    ("alias", "the name that other SQL calls the query by"),
    ("anonymous", "whether the alias of the mapped selectable is left for the renderer to name"),
    ("attribute", "attributes that say more than a column of the same name"),
    ("back_populates", "the relationship of the target that is its reverse"),
    ("backref", "the reverse relationship to make on the target"),
    ("cascade", "what is done to related instances: save-update, merge, delete, delete-orphan, …"),
    ("column_prefix", "what the name of each implied attribute begins with"),
    ("columns", "the columns that the attribute shows, kept equal"),
    ("comparison_functions", "functions that compare two of their arguments, with their places"),
    ("comparison_operators", "infix operators, symbols or words, that count as comparisons"),
    ("composite", "the attributes that make up one value"),
    ("concrete", "whether the table holds all columns, those of the parent included"),
    ("ddl", "the tables, as DDL text"),
    ("deferred", "whether the attribute is loaded only when it is asked for"),
    ("diagnostics", "the severity of each diagnostic code"),
    ("dialect", "the database whose SQL is read and written"),
    ("distinct_target_key", "whether a subquery load selects its keys once each"),
    ("enable_typechecks", "whether instances of other entities are refused"),
    ("entity", "the entities, by name"),
    ("exclude", "the columns that get no attribute"),
    ("expression", "the SQL expression that the attribute shows, read-only"),
    ("flat", "whether each table of `from` goes by an alias of its own"),
    ("foreign_keys", "the columns to count as foreign: `table.column` or `Entity.attribute`"),
    ("from", "the FROM clause that the entity maps"),
    ("group", "the attributes that are loaded together once one of them is asked for"),
    ("ignore", "the diagnostic codes not to be told about"),
    ("include", "the only columns that get an attribute"),
    ("inherit_condition", "how the entity's table joins that of its parent"),
    ("inherits", "the entity it inherits from"),
    ("innerjoin", "whether a joined load may drop parents: true, false, nested, unnested"),
    ("join_depth", "how often a joined load follows a relationship to its own entity"),
    ("label", "what the expression is called in a select list"),
    ("lateral", "whether the mapped query may name what stands before it in a FROM clause"),
    ("load", "how related rows are loaded unless a load says otherwise"),
    ("name", "the name of the reverse relationship"),
    ("non_primary", "the entity of which this is an alternate, load-only mapping"),
    ("omit_join", "whether a selectin load may leave the parent's table out"),
    ("order_by", "the order of the rows, as SQL"),
    ("overlaps", "relationships that may write the same columns"),
    ("passive_deletes", "whether the database deletes related rows: true, false, all"),
    ("passive_updates", "whether the database passes changes of keys on"),
    ("polymorphic_abstract", "whether the entity has no rows of its own"),
    ("polymorphic_from", "the selectable that all subclasses are loaded from"),
    ("polymorphic_identity", "the value that tells the entity's rows from those of its siblings"),
    ("polymorphic_load", "how the columns of the subclass are loaded with its parent"),
    ("polymorphic_on", "the column that says which entity a row belongs to"),
    ("post_update", "whether its foreign key is written by an UPDATE of its own"),
    ("primary_key", "the columns that identify an instance"),
    (
        "primaryjoin",
        "how the parent joins the target, or the secondary; `foreign(x)` and `remote(x)` \
                     mark roles",
    ),
    ("relationship", "the relationships, by name"),
    ("remote_side", "the columns to count as remote"),
    ("schema", "the DDL files beside the document"),
    ("secondary", "the table, or FROM clause, between parent and target"),
    ("secondaryjoin", "how the secondary joins the target"),
    ("select", "the query that the entity maps"),
    ("single_parent", "whether a related instance has one parent at most"),
    ("sync_backref", "whether changes reach the reverse relationship"),
    ("synonym", "the attribute that this is another name for"),
    ("table", "the table that the entity maps"),
    ("tables", "the tables, as data"),
    ("target", "the entity that the relationship leads to"),
    ("uselist", "whether the relationship holds many"),
    ("version_id", "the column that counts the versions of a row"),
    ("viewonly", "whether the relationship is never written"),
    ("with_polymorphic", "the subclasses that are loaded along, or `*`"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::keys;

    #[test]
    fn every_key_is_told_about() {
        let tables: [&[&str]; 5] = [
            &[],
            &["entity", "E"],
            &["entity", "E", "attribute", "a"],
            &["entity", "E", "relationship", "r"],
            &["entity", "E", "relationship", "r", "backref"],
        ];
        for key in tables.into_iter().flat_map(keys) {
            assert!(about(key).is_some(), "{key}");
        }
    }
}
