//! Queries inside expressions and FROM clauses.

use super::expr::OrderTerm;
use crate::base::{ExprId, Name, QueryId, SelectableId};

/// A `SELECT`, or two queries combined.
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
