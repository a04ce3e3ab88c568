//! The interchange request: a model and the statements that are asked for.

use super::document::{Document, Spanned, Text};
use crate::text::Span;

/// A request.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Request {
    /// `id`: whatever JSON the host wrote, to be given back as it stands.
    pub id: Option<String>,
    /// `model`
    pub model: Document,
    /// `statements`, as many as were written, also those that cannot be made.
    pub statements: Vec<StatementSpec>,
}

/// A statement that is asked for.
#[derive(Clone, PartialEq, Debug)]
pub struct StatementSpec {
    /// The whole object; a defect inside it belongs to this statement.
    pub span: Span,
    /// `entity`: the one that is loaded, or from which the path leads.
    pub entity: Option<Text>,
    /// `load`
    pub load: Option<LoadSpec>,
    /// `path`: relationships, one after another.
    pub path: Vec<Text>,
    /// `dialect`, if another than the model's.
    pub dialect: Option<Text>,
    /// `limit`
    pub limit: Option<Spanned<u64>>,
    /// `offset`
    pub offset: Option<Spanned<u64>>,
    /// `order_by`: SQL, or `primary_key`.
    pub order_by: Option<Text>,
    /// `innerjoin`
    pub innerjoin: Option<Spanned<bool>>,
    /// `aliased`: join to an alias of the target even where none is needed.
    pub aliased: Option<Spanned<bool>>,
    /// `negate`: of `any` and `has`.
    pub negate: Option<Spanned<bool>>,
    /// `defer`: attributes not to load, `relationship.attribute` for those of a further entity, `*`
    /// for all.
    pub defer: Vec<Text>,
    /// `undefer`: attributes to load though they are deferred.
    pub undefer: Vec<Text>,
    /// `undefer_group`: groups to load though they are deferred.
    pub undefer_group: Vec<Text>,
    /// `selectin_polymorphic`: subclasses whose rows further statements complete,
    /// `relationship.Entity` for those of a further entity.
    pub selectin_polymorphic: Vec<Text>,
    /// `labels`: `table_column` or `disambiguate`.
    pub labels: Option<Text>,
    /// `placeholders`: `dialect` or `named`.
    pub placeholders: Option<Text>,
    /// `profile`: the version of the SQL's shape.
    pub profile: Option<Text>,
    /// `defaults`: whether the other relationships' `load` settings count.
    pub defaults: Option<Spanned<bool>>,
}

/// What `load` says.
#[derive(Clone, PartialEq, Debug)]
pub enum LoadSpec {
    /// One strategy: of the statement that is asked for, or of each step of a whole load.
    One(Text),
    /// One strategy for each step of the path: a whole load.
    Steps(Vec<Text>),
}
