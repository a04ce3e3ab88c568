//! Queries inside expressions and FROM clauses.

use super::expr::OrderTerm;
use crate::base::{ExprId, Name, QueryId, SelectableId};

/// A `SELECT`, or two queries combined.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Query {
    /// A `SELECT`.
    Select {
        distinct: bool,
        items: Vec<SelectItem>,
        /// What stands in FROM, comma by comma.
        from: Vec<SelectableId>,
        filter: Option<ExprId>,
        group_by: Vec<ExprId>,
        having: Option<ExprId>,
        order_by: Vec<OrderTerm>,
        limit: Option<ExprId>,
        offset: Option<ExprId>,
    },
    /// `left UNION right` and its kin.
    Set { operator: SetOperator, all: bool, left: QueryId, right: QueryId },
}

/// One column of a `SELECT`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SelectItem {
    pub expr: ExprId,
    /// `AS name`, where written.
    pub label: Option<Name>,
}

/// What combines two queries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SetOperator {
    Union,
    Intersect,
    Except,
}
