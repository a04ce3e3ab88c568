//! Copies of expressions: an expression that is used twice occurs twice.

use rustc_hash::FxHashMap;

use super::Graph;
use super::expr::Expr;
use crate::base::{ColumnId, ExprId};
use crate::text::Span;

impl Graph {
    /// A copy of an expression with nodes of its own, all standing at `span`. Subqueries are
    /// shared: what occurs inside them belongs to them.
    pub fn copy(&mut self, root: ExprId, span: impl Into<Option<Span>>) -> ExprId {
        self.copy_of(root, span.into(), |column| column)
    }

    /// A copy of an expression over other columns.
    pub(super) fn copy_of(
        &mut self,
        root: ExprId,
        span: Option<Span>,
        shown: impl Fn(ColumnId) -> ColumnId,
    ) -> ExprId {
        let mut copies = FxHashMap::default();
        let originals: Vec<ExprId> = self.walk_within(root, |_| true).collect();
        for original in originals.into_iter().rev() {
            let mut expr = self.expr(original).clone();
            expr.replace_operands(|operand| copies.get(&operand).copied().unwrap_or(operand));
            if let Expr::Column(column) = &mut expr {
                *column = shown(*column);
            }
            copies.insert(original, self.add(expr, span));
        }
        copies.get(&root).copied().unwrap_or(root)
    }
}
