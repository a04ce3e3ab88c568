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

impl Expr {
    /// Puts `replacement(operand)` in the place of each operand.
    pub fn replace_operands(&mut self, mut replacement: impl FnMut(ExprId) -> ExprId) {
        self.each_operand(&mut |operand| *operand = replacement(*operand));
    }

    fn each_operand(&mut self, change: &mut dyn FnMut(&mut ExprId)) {
        match self {
            Self::Column(_)
            | Self::Literal(_)
            | Self::Parameter(_)
            | Self::Star
            | Self::TypedLiteral { .. }
            | Self::Exists { .. }
            | Self::Scalar(_)
            | Self::Unknown => {}
            Self::Unary { operand, .. }
            | Self::Cast { operand, .. }
            | Self::Collate { operand, .. }
            | Self::Extract { operand, .. }
            | Self::Is { value: operand, .. }
            | Self::InQuery { value: operand, .. } => change(operand),
            Self::Binary { left, right, .. }
            | Self::Quantified { left, right, .. }
            | Self::AtTimeZone { operand: left, zone: right } => {
                [left, right].into_iter().for_each(change);
            }
            Self::And(list) | Self::Or(list) | Self::Row(list) | Self::Array(list) => {
                list.iter_mut().for_each(change);
            }
            Self::Like { value, pattern, escape, .. } => {
                [value, pattern].into_iter().chain(escape).for_each(change);
            }
            Self::Between { value, low, high, .. } => {
                [value, low, high].into_iter().for_each(change);
            }
            Self::Subscript { operand: value, indices: list } | Self::In { value, list, .. } => {
                std::iter::once(value).chain(list).for_each(change);
            }
            Self::Function { arguments, filter, over, .. } => {
                arguments.iter_mut().chain(filter).for_each(&mut *change);
                if let Some(window) = over {
                    window.each_operand(change);
                }
            }
            Self::Case { operand, whens, otherwise } => {
                let whens =
                    whens.iter_mut().flat_map(|when| [&mut when.condition, &mut when.value]);
                operand.iter_mut().chain(whens).chain(otherwise).for_each(change);
            }
        }
    }
}
