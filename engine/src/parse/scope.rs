//! What a name in SQL text can mean.

use crate::base::{ColumnId, ExprId, Names, SelectableId};
use crate::graph::Graph;

/// One part of a dotted name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part<'t> {
    /// The name without quotes.
    pub text: &'t str,
    /// Whether it was quoted.
    pub quoted: bool,
}

/// Gives names their meaning.
///
/// `parse` resolves names that a FROM clause inside the text itself introduces; every other name
/// comes here.
pub trait Scope {
    /// The column that `table.column`, `schema.table.column`, `Entity.attribute` or a bare
    /// `column` names. An attribute of several columns means its first.
    ///
    /// # Errors
    /// What is wrong with the name.
    fn column(&self, graph: &Graph, names: &Names, name: &[Part<'_>]) -> Result<Named, ScopeError>;

    /// The selectable that `table`, `schema.table` or `Entity` names in a FROM clause.
    ///
    /// # Errors
    /// What is wrong with the name.
    fn selectable(
        &self,
        graph: &Graph,
        names: &Names,
        name: &[Part<'_>],
    ) -> Result<SelectableId, ScopeError>;
}

/// What a column name means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Named {
    /// A column.
    Column(ColumnId),
    /// An attribute that is an expression.
    Expression(ExprId),
    /// A composite attribute: its columns, compared one by one.
    Composite(Vec<ColumnId>),
}

/// Why a name means nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScopeError {
    /// What was looked for.
    pub kind: ScopeErrorKind,
    /// The part of the name that is wrong, from zero.
    pub part: usize,
    /// The nearest name that exists.
    pub nearest: Option<String>,
}

/// The ways in which a name can mean nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ScopeErrorKind {
    /// Neither a table nor an entity has this name.
    UnknownTable,
    /// The table exists and has no such column.
    UnknownColumn {
        /// The table or entity, as it is called.
        owner: String,
    },
    /// Several selectables in scope have a column of this bare name.
    AmbiguousColumn {
        /// `table.column` of each.
        candidates: Vec<String>,
    },
    /// A bare name, where no FROM clause says what it could belong to.
    Unqualified,
}
