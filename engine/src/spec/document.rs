//! The shape of a model document.
//!
//! A field holds what the document says and nothing else: an absent key is `None` or empty, and
//! no default is filled in here.

use crate::base::Seldom;
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
    /// `[diagnostics]`
    pub diagnostics: Vec<SeveritySpec>,
    /// `[entity.*]` in document order.
    pub entities: Vec<EntitySpec>,
}

/// `code = "severity"` under `[diagnostics]`.
#[derive(Clone, PartialEq, Debug)]
pub struct SeveritySpec {
    /// The code.
    pub code: Text,
    /// `error`, `warning`, `note` or `off`.
    pub severity: Text,
}

/// A function whose arguments at two places (counted from one) count as compared.
#[derive(Clone, PartialEq, Debug)]
pub struct ComparisonFunction {
    /// Its name.
    pub name: Text,
    /// The place of the left argument.
    pub left: u8,
    /// The place of the right argument.
    pub right: u8,
}

/// A table given as data instead of DDL.
#[derive(Clone, PartialEq, Debug)]
pub struct TableSpec {
    /// Its name.
    pub name: Text,
    /// `schema`
    pub schema: Option<Text>,
    /// `columns`
    pub columns: Vec<ColumnSpec>,
    /// `primary_key`
    pub primary_key: Vec<Text>,
    /// `unique`
    pub unique: Vec<Vec<Text>>,
    /// `foreign_keys`
    pub foreign_keys: Vec<ForeignKeySpec>,
}

/// A column given as data.
#[derive(Clone, PartialEq, Debug)]
pub struct ColumnSpec {
    /// Its name.
    pub name: Text,
    /// `type`
    pub type_name: Option<Text>,
    /// `nullable`
    pub nullable: Option<bool>,
}

/// A foreign key given as data.
#[derive(Clone, PartialEq, Debug)]
pub struct ForeignKeySpec {
    /// Its name.
    pub name: Option<Text>,
    /// `columns`
    pub columns: Vec<Text>,
    /// The referred table, `schema.table` where it has a schema.
    pub table: Text,
    /// The referred columns; none means the referred primary key.
    pub referred: Vec<Text>,
    /// The whole table or object.
    pub span: Span,
}

/// `[entity.NAME]`
#[derive(Clone, PartialEq, Debug)]
pub struct EntitySpec {
    /// Its name.
    pub name: Text,
    /// `table`, `from` or `select`.
    pub source: Option<EntitySource>,
    /// `attribute`, in document order.
    pub attributes: Vec<AttributeSpec>,
    /// `relationship`, in document order.
    pub relationships: Vec<RelationshipSpec>,
    /// The keys that few entities have; they read as fields of its own.
    pub options: Seldom<EntityOptions>,
}

/// What few entities say of themselves.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct EntityOptions {
    /// `alias`
    pub alias: Option<Text>,
    /// `primary_key`
    pub primary_key: Vec<Text>,
    /// `order_by`
    pub order_by: Option<Text>,
    /// `inherits`
    pub inherits: Option<Text>,
    /// `inherit_condition`
    pub inherit_condition: Option<Text>,
    /// `concrete`
    pub concrete: Option<Spanned<bool>>,
    /// `polymorphic_on`
    pub polymorphic_on: Option<Text>,
    /// `polymorphic_identity`
    pub polymorphic_identity: Option<Scalar>,
    /// `polymorphic_abstract`
    pub polymorphic_abstract: Option<Spanned<bool>>,
    /// `polymorphic_from`
    pub polymorphic_from: Option<Text>,
    /// A list of entities, or the one string `*`.
    pub with_polymorphic: Vec<Text>,
    /// `polymorphic_load`
    pub polymorphic_load: Option<Text>,
    /// `non_primary`
    pub non_primary: Option<Text>,
    /// `include`; `None` where the key is absent, which is not the same as an empty list.
    pub include: Option<Vec<Text>>,
    /// `exclude`
    pub exclude: Vec<Text>,
    /// `column_prefix`
    pub column_prefix: Option<Text>,
    /// `version_id`
    pub version_id: Option<Text>,
    /// `flat`
    pub flat: Option<Spanned<bool>>,
    /// `anonymous`
    pub anonymous: Option<Spanned<bool>>,
    /// `lateral`
    pub lateral: Option<Spanned<bool>>,
    /// `ignore`
    pub ignore: Vec<Text>,
}

/// A string, number or boolean, as its text.
#[derive(Clone, PartialEq, Debug)]
pub enum Scalar {
    /// A string.
    String(Text),
    /// A number.
    Number(Text),
    /// `true` or `false`.
    Boolean(Text),
}

impl Scalar {
    /// Its text.
    pub fn text(&self) -> &Text {
        match self {
            Self::String(text) | Self::Number(text) | Self::Boolean(text) => text,
        }
    }
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
    /// Its name.
    pub name: Text,
    /// `value`
    pub value: Option<AttributeValue>,
    /// `label`
    pub label: Option<Text>,
    /// `deferred`
    pub deferred: Option<Spanned<bool>>,
    /// `group`
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
    /// Its name.
    pub name: Text,
    /// The whole object in JSON; in TOML the header `[…]`, or the key of a table without one.
    pub span: Span,
    /// Where a line break and a further `key = value` line (TOML) can be inserted: the end of the
    /// line with this relationship's last value, or with its header. `None` in JSON and inline
    /// tables.
    pub insert_at: Option<Span>,
    /// Whether a key or value of it was left out because it means nothing.
    pub doubtful: bool,
    /// `target`
    pub target: Option<Text>,
    /// `foreign_keys`
    pub foreign_keys: Vec<Text>,
    /// `back_populates`
    pub back_populates: Option<Text>,
    /// `load`
    pub load: Option<Text>,
    /// The keys that few relationships have; they read as fields of its own.
    pub options: Seldom<RelationshipOptions>,
}

/// What few relationships say of themselves.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct RelationshipOptions {
    /// `primaryjoin`
    pub primaryjoin: Option<Text>,
    /// `secondaryjoin`
    pub secondaryjoin: Option<Text>,
    /// `secondary`
    pub secondary: Option<Text>,
    /// `remote_side`
    pub remote_side: Vec<Text>,
    /// `uselist`
    pub uselist: Option<Spanned<bool>>,
    /// `viewonly`
    pub viewonly: Option<Spanned<bool>>,
    /// `backref`
    pub backref: Option<Box<RelationshipSpec>>,
    /// `overlaps`
    pub overlaps: Vec<Text>,
    /// `sync_backref`
    pub sync_backref: Option<Spanned<bool>>,
    /// `order_by`
    pub order_by: Option<Text>,
    /// `true`, `false`, or `"nested"` / `"unnested"`, as its text.
    pub innerjoin: Option<Text>,
    /// `join_depth`
    pub join_depth: Option<Spanned<u32>>,
    /// `omit_join`
    pub omit_join: Option<Spanned<bool>>,
    /// The whole value, comma-separated: `"all, delete-orphan"`.
    pub cascade: Option<Text>,
    /// `single_parent`
    pub single_parent: Option<Spanned<bool>>,
    /// `post_update`
    pub post_update: Option<Spanned<bool>>,
    /// `true`, `false` or `"all"`, as its text.
    pub passive_deletes: Option<Text>,
    /// `passive_updates`
    pub passive_updates: Option<Spanned<bool>>,
    /// `active_history`
    pub active_history: Option<Spanned<bool>>,
    /// A boolean's or `"auto"`'s text.
    pub distinct_target_key: Option<Text>,
    /// `enable_typechecks`
    pub enable_typechecks: Option<Spanned<bool>>,
    /// Relationship-level additions to the document's lists.
    pub comparison_operators: Vec<Text>,
    /// `comparison_functions`
    pub comparison_functions: Vec<ComparisonFunction>,
    /// `ignore`
    pub ignore: Vec<Text>,
}
