//! `[entity.E.relationship.NAME]`, and `backref` as a table.

use super::Reader;
use crate::spec::document::{RelationshipSpec, Text};
use crate::spec::value::{Form, Kind, Table, Value};
use crate::text::Span;

/// The keys of a relationship, first those that a backref has not, and `name`, which it alone has.
const ALL_KEYS: &[&str] = &[
    "target",
    "back_populates",
    "backref",
    "primaryjoin",
    "secondaryjoin",
    "secondary",
    "foreign_keys",
    "remote_side",
    "uselist",
    "viewonly",
    "overlaps",
    "sync_backref",
    "order_by",
    "load",
    "innerjoin",
    "join_depth",
    "omit_join",
    "cascade",
    "single_parent",
    "post_update",
    "passive_deletes",
    "passive_updates",
    "active_history",
    "distinct_target_key",
    "enable_typechecks",
    "comparison_operators",
    "comparison_functions",
    "ignore",
    "name",
];
pub(super) const KEYS: &[&str] = ALL_KEYS.split_at(ALL_KEYS.len() - 1).0;
/// A backref has its target and its reverse from the relationship that makes it.
pub(super) const BACKREF_KEYS: &[&str] = ALL_KEYS.split_at(3).1;
pub(super) const LOADS: &[&str] = &[
    "select",
    "joined",
    "selectin",
    "subquery",
    "immediate",
    "raise",
    "raise_on_sql",
    "none",
    "write_only",
    "dynamic",
];

impl Reader {
    pub(super) fn relationships(&mut self, key: &Text, value: Value) -> Vec<RelationshipSpec> {
        let entries = self.named_tables(key, value);
        let mut specs = Vec::with_capacity(entries.len());
        specs
            .extend(entries.into_iter().filter_map(|(name, value)| self.relationship(name, value)));
        specs
    }

    fn relationship(&mut self, name: Text, value: Value) -> Option<RelationshipSpec> {
        let value_span = value.span;
        let table = self.table(name.text(), value)?;
        self.require(&table, ("relationship", name.text(), name.whole()), &["target"]);
        let span = place(&name, &table, value_span);
        let mut spec =
            RelationshipSpec { insert_at: table.insert_at, ..RelationshipSpec::new(name, span) };
        let (incomplete, defects) = (table.incomplete, self.defects.len());
        for (key, value) in table.into_entries() {
            match key.text() {
                "target" => spec.target = self.text(&key, value),
                "back_populates" => spec.back_populates = self.text(&key, value),
                "backref" => spec.backref = self.backref(spec.name.text(), &key, value),
                _ if self.relationship_key(&mut spec, &key, value) => {}
                _ => self.unknown_key(&key, "relationship", KEYS),
            }
        }
        spec.doubtful = incomplete || self.defects.len() > defects;
        Some(spec)
    }

    /// A backref's name alone, or a table with its name and more.
    fn backref(&mut self, of: &str, key: &Text, value: Value) -> Option<Box<RelationshipSpec>> {
        let value_span = value.span;
        if let Kind::String(name) = value.kind {
            let span = name.whole();
            return Some(Box::new(RelationshipSpec::new(name, span)));
        }
        let table = self.table(key.text(), value)?;
        self.require(&table, ("backref", of, value_span), &["name"]);
        let span = place(key, &table, value_span);
        let mut spec = RelationshipSpec {
            insert_at: table.insert_at,
            ..RelationshipSpec::new(key.clone(), span)
        };
        let mut name = None;
        for (key, value) in table.into_entries() {
            match key.text() {
                "name" => name = self.text(&key, value),
                _ if self.relationship_key(&mut spec, &key, value) => {}
                _ => self.unknown_key(&key, "backref", BACKREF_KEYS),
            }
        }
        Some(Box::new(RelationshipSpec { name: name?, ..spec }))
    }

    /// Reads a key that relationships and backrefs share; whether it is one.
    fn relationship_key(&mut self, spec: &mut RelationshipSpec, key: &Text, value: Value) -> bool {
        match key.text() {
            "primaryjoin" => spec.primaryjoin = self.text(key, value),
            "secondaryjoin" => spec.secondaryjoin = self.text(key, value),
            "secondary" => spec.secondary = self.text(key, value),
            "foreign_keys" => spec.foreign_keys = self.texts(key, value),
            "remote_side" => spec.remote_side = self.texts(key, value),
            "uselist" => spec.uselist = self.flag(key, &value),
            "viewonly" => spec.viewonly = self.flag(key, &value),
            "overlaps" => spec.overlaps = self.comma_separated(key, value),
            "sync_backref" => spec.sync_backref = self.flag(key, &value),
            "order_by" => spec.order_by = self.terms(key, value),
            "comparison_operators" => spec.comparison_operators = self.texts(key, value),
            "comparison_functions" => {
                spec.comparison_functions = self.comparison_functions(key, value);
            }
            "ignore" => spec.ignore = self.texts(key, value),
            _ => return self.loading_key(spec, key, value),
        }
        true
    }

    fn loading_key(&mut self, spec: &mut RelationshipSpec, key: &Text, value: Value) -> bool {
        match key.text() {
            "load" => spec.load = self.word(key, value, LOADS),
            "innerjoin" => spec.innerjoin = self.flag_or_word(key, value, &["nested", "unnested"]),
            "join_depth" => spec.join_depth = self.count(key, &value),
            "omit_join" => spec.omit_join = self.flag(key, &value),
            "distinct_target_key" => {
                spec.distinct_target_key = self.flag_or_word(key, value, &["auto"]);
            }
            "enable_typechecks" => spec.enable_typechecks = self.flag(key, &value),
            _ => return self.writing_key(spec, key, value),
        }
        true
    }

    fn writing_key(&mut self, spec: &mut RelationshipSpec, key: &Text, value: Value) -> bool {
        match key.text() {
            "cascade" => spec.cascade = self.text(key, value),
            "single_parent" => spec.single_parent = self.flag(key, &value),
            "post_update" => spec.post_update = self.flag(key, &value),
            "passive_deletes" => spec.passive_deletes = self.flag_or_word(key, value, &["all"]),
            "passive_updates" => spec.passive_updates = self.flag(key, &value),
            "active_history" => spec.active_history = self.flag(key, &value),
            _ => return false,
        }
        true
    }
}

/// A TOML header or a whole JSON object; for a table written otherwise, its key.
fn place(key: &Text, table: &Table, span: Span) -> Span {
    match table.form {
        Form::Header | Form::Object => span,
        Form::Braces | Form::Implied => key.whole(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{DefectKind, Document};
    use crate::text::Sources;

    fn is_known(relationship: &str) -> bool {
        let text =
            format!("[entity.A]\ntable='a'\nrelationship.r = {{target='B', {relationship}}}");
        let (_, defects) = Document::from_toml(Sources::new().add("m", ""), &text);
        !defects.iter().any(|defect| matches!(defect.kind, DefectKind::UnknownKey { .. }))
    }

    #[test]
    fn every_known_key_is_read() {
        for key in KEYS.iter().filter(|key| **key != "target") {
            assert!(is_known(&format!("{key} = 1979-05-27")), "{key}");
        }
        for key in BACKREF_KEYS {
            assert!(is_known(&format!("backref.{key} = 1979-05-27")), "{key}");
        }
        assert!(!is_known("backref.target = 'B'"));
    }
}
