//! The shape of a model document.
//!
//! A field holds what the document says and nothing else: an absent key is `None` or empty, and
//! no default is filled in here.

use crate::text::{Fragment, Span};

/// A string of the document, with the way back to its place.
pub type Text = Fragment<'static>;

/// A value of the document and its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A whole model document.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Document {
    /// `dialect`
    pub dialect: Option<Text>,
    /// `schema`: names of DDL files, for the host to read.
    pub schema: Vec<Text>,
    /// `ddl`: DDL text.
    pub ddl: Option<Text>,
    /// `tables`: tables as data (JSON).
    pub tables: Vec<TableSpec>,
    /// `comparison_operators`
    pub comparison_operators: Vec<Text>,
    /// `comparison_functions`
    pub comparison_functions: Vec<ComparisonFunction>,
    /// `ignore`
    pub ignore: Vec<Text>,
    /// `[entity.*]` in document order.
    pub entities: Vec<EntitySpec>,
}

/// A function whose arguments at two places (counted from one) count as compared.
#[derive(Clone, PartialEq, Debug)]
pub struct ComparisonFunction {
    pub name: Text,
    pub left: u8,
    pub right: u8,
}

/// A table given as data instead of DDL.
#[derive(Clone, PartialEq, Debug)]
pub struct TableSpec {
    pub name: Text,
    pub schema: Option<Text>,
    pub columns: Vec<ColumnSpec>,
    pub primary_key: Vec<Text>,
    pub unique: Vec<Vec<Text>>,
    pub foreign_keys: Vec<ForeignKeySpec>,
}

/// A column given as data.
#[derive(Clone, PartialEq, Debug)]
pub struct ColumnSpec {
    pub name: Text,
    pub type_name: Option<Text>,
    pub nullable: Option<bool>,
}

/// A foreign key given as data.
#[derive(Clone, PartialEq, Debug)]
pub struct ForeignKeySpec {
    pub columns: Vec<Text>,
    /// The referred table, `schema.table` where it has a schema.
    pub table: Text,
    /// The referred columns; none means the referred primary key.
    pub referred: Vec<Text>,
    pub span: Span,
}

/// `[entity.NAME]`
#[derive(Clone, PartialEq, Debug)]
pub struct EntitySpec {
    pub name: Text,
    /// `table`, `from` or `select`.
    pub source: Option<EntitySource>,
    /// `alias`
    pub alias: Option<Text>,
    pub primary_key: Vec<Text>,
    pub order_by: Option<Text>,
    pub inherits: Option<Text>,
    pub inherit_condition: Option<Text>,
    pub concrete: Option<Spanned<bool>>,
    pub polymorphic_on: Option<Text>,
    /// A string, or the text of a number or boolean.
    pub polymorphic_identity: Option<Text>,
    pub polymorphic_abstract: Option<Spanned<bool>>,
    pub polymorphic_from: Option<Text>,
    /// A list of entities, or the one string `*`.
    pub with_polymorphic: Vec<Text>,
    pub polymorphic_load: Option<Text>,
    pub non_primary: Option<Text>,
    /// `include`; `None` where the key is absent, which is not the same as an empty list.
    pub include: Option<Vec<Text>>,
    pub exclude: Vec<Text>,
    pub column_prefix: Option<Text>,
    pub version_id: Option<Text>,
    pub flat: Option<Spanned<bool>>,
    pub anonymous: Option<Spanned<bool>>,
    pub lateral: Option<Spanned<bool>>,
    pub ignore: Vec<Text>,
    pub attributes: Vec<AttributeSpec>,
    pub relationships: Vec<RelationshipSpec>,
}

/// What an entity maps.
#[derive(Clone, PartialEq, Debug)]
pub enum EntitySource {
    /// `table = "name"`
    Table(Text),
    /// `from = "a JOIN b ON …"`
    From(Text),
    /// `select = "SELECT …"`
    Select(Text),
}

/// `[entity.E.attribute.NAME]`
#[derive(Clone, PartialEq, Debug)]
pub struct AttributeSpec {
    pub name: Text,
    pub value: Option<AttributeValue>,
    pub label: Option<Text>,
    pub deferred: Option<Spanned<bool>>,
    pub group: Option<Text>,
}

/// What an attribute shows.
#[derive(Clone, PartialEq, Debug)]
pub enum AttributeValue {
    /// `columns = […]`, kept equal.
    Columns(Vec<Text>),
    /// `expression = "…"`
    Expression(Text),
    /// `composite = […]`, attribute or column names.
    Composite(Vec<Text>),
    /// `synonym = "…"`
    Synonym(Text),
}

/// `[entity.E.relationship.NAME]`, and the table form of `backref`.
#[derive(Clone, PartialEq, Debug)]
pub struct RelationshipSpec {
    pub name: Text,
    /// The whole table or object, its header included; in TOML the header line `[…]` alone.
    pub span: Span,
    /// Where a further `key = value` line (TOML) can be inserted: the byte behind the last value of
    /// this relationship, or behind its header. `None` in JSON and inline tables.
    pub insert_at: Option<Span>,
    pub target: Option<Text>,
    pub primaryjoin: Option<Text>,
    pub secondaryjoin: Option<Text>,
    pub secondary: Option<Text>,
    pub foreign_keys: Vec<Text>,
    pub remote_side: Vec<Text>,
    pub uselist: Option<Spanned<bool>>,
    pub viewonly: Option<Spanned<bool>>,
    pub back_populates: Option<Text>,
    pub backref: Option<Box<RelationshipSpec>>,
    pub overlaps: Vec<Text>,
    pub sync_backref: Option<Spanned<bool>>,
    pub order_by: Option<Text>,
    pub load: Option<Text>,
    /// `true`, `false`, or `"nested"` / `"unnested"`, as its text.
    pub innerjoin: Option<Text>,
    pub join_depth: Option<Spanned<u32>>,
    pub omit_join: Option<Spanned<bool>>,
    /// The whole value, comma-separated: `"all, delete-orphan"`.
    pub cascade: Option<Text>,
    pub single_parent: Option<Spanned<bool>>,
    pub post_update: Option<Spanned<bool>>,
    /// `true`, `false` or `"all"`, as its text.
    pub passive_deletes: Option<Text>,
    pub passive_updates: Option<Spanned<bool>>,
    pub active_history: Option<Spanned<bool>>,
    /// A boolean's or `"auto"`'s text.
    pub distinct_target_key: Option<Text>,
    pub enable_typechecks: Option<Spanned<bool>>,
    /// Relationship-level additions to the document's lists.
    pub comparison_operators: Vec<Text>,
    pub comparison_functions: Vec<ComparisonFunction>,
    pub ignore: Vec<Text>,
}
