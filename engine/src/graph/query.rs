//! Queries inside expressions and FROM clauses.

use super::expr::OrderTerm;
use crate::base::{ExprId, Name, QueryId, SelectableId};

/// A `SELECT`, two queries combined, or a query behind a `WITH`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Query {
    /// A `SELECT`.
    Select {
        /// Whether equal rows count once.
        distinct: bool,
        /// The columns.
        items: Vec<SelectItem>,
        /// What stands in FROM, comma by comma.
        from: Vec<SelectableId>,
        /// `WHERE`
        filter: Option<ExprId>,
        /// `GROUP BY`
        group_by: Vec<ExprId>,
        /// `HAVING`
        having: Option<ExprId>,
        /// `ORDER BY`
        order_by: Vec<OrderTerm>,
        /// `LIMIT`
        limit: Option<ExprId>,
        /// `OFFSET`
        offset: Option<ExprId>,
    },
    /// `left UNION right` and its kin.
    Set {
        /// What combines them.
        operator: SetOperator,
        /// Whether equal rows stay.
        all: bool,
        /// The first query.
        left: QueryId,
        /// The second query.
        right: QueryId,
    },
    /// A query behind the recursive queries of a `WITH`, which it selects from. The others of a
    /// `WITH` stand where they are named.
    With {
        /// The recursive queries in order; each can select from those before it.
        recursions: Vec<Recursion>,
        /// The query behind them.
        body: QueryId,
    },
}

/// A recursive query of a `WITH`: the rows of its anchor, those that its step makes of these, those
/// that it makes of the latter, and so on. It names nothing from outside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Recursion {
    /// Its rows, as it is selected from; its [kind](super::SelectableKind::Recursion) has the anchor.
    pub rows: SelectableId,
    /// What makes further rows of those that were made last.
    pub step: QueryId,
    /// Whether equal rows stay.
    pub all: bool,
}

/// One column of a `SELECT`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SelectItem {
    /// What is selected.
    pub expr: ExprId,
    /// `AS name`, where written.
    pub label: Option<Name>,
}

/// What combines two queries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SetOperator {
    /// `UNION`
    Union,
    /// `INTERSECT`
    Intersect,
    /// `EXCEPT`
    Except,
}
