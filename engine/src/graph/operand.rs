//! What an expression is made of.

use super::Graph;
use super::expr::Expr;
use super::window::{FrameBound, Window};
use crate::base::{ExprId, QueryId};

/// Defines a method that visits each operand of an expression in reading order; once for those who
/// look at the operands, and once for those who replace them.
macro_rules! each_operand {
    ($name:ident $($mut:tt)?) => {
        pub(super) fn $name(&$($mut)? self, mut visit: impl FnMut(&$($mut)? ExprId)) {
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
                | Self::InQuery { value: operand, .. } => visit(operand),
                Self::Binary { left, right, .. }
                | Self::Quantified { left, right, .. }
                | Self::AtTimeZone { operand: left, zone: right } => {
                    [left, right].into_iter().for_each(visit);
                }
                Self::And(list) | Self::Or(list) | Self::Row(list) | Self::Array(list) => {
                    list.into_iter().for_each(visit);
                }
                Self::Like { value, pattern, escape, .. } => {
                    [value, pattern].into_iter().chain(escape).for_each(visit);
                }
                Self::Between { value, low, high, .. } => {
                    [value, low, high].into_iter().for_each(visit);
                }
                Self::Subscript { operand, indices: list }
                | Self::In { value: operand, list, .. } => {
                    std::iter::once(operand).chain(list).for_each(visit);
                }
                Self::Function { arguments, filter, over, .. } => {
                    arguments.into_iter().chain(filter).for_each(&mut visit);
                    let Some(window) = over else { return };
                    let Window { partition_by, order_by, frame } = &$($mut)? **window;
                    let terms = order_by.into_iter().map(|term| &$($mut)? term.expr);
                    partition_by.into_iter().chain(terms).for_each(&mut visit);
                    let Some(frame) = frame else { return };
                    for bound in std::iter::once(&$($mut)? frame.start).chain(&$($mut)? frame.end) {
                        if let FrameBound::Preceding(number) | FrameBound::Following(number) = bound
                        {
                            number.into_iter().for_each(&mut visit);
                        }
                    }
                }
                Self::Case { operand, whens, otherwise } => {
                    operand.into_iter().for_each(&mut visit);
                    for when in whens {
                        visit(&$($mut)? when.condition);
                        visit(&$($mut)? when.value);
                    }
                    otherwise.into_iter().for_each(visit);
                }
            }
        }
    };
}

impl Expr {
    each_operand!(each_operand);
    each_operand!(each_operand_mut mut);

    /// Puts `replacement(operand)` in the place of each operand.
    pub fn replace_operands(&mut self, mut replacement: impl FnMut(ExprId) -> ExprId) {
        self.each_operand_mut(|operand| *operand = replacement(*operand));
    }

    /// The subquery that follows its operands, where it has one.
    pub(crate) fn query(&self) -> Option<QueryId> {
        match self {
            Self::InQuery { query, .. } | Self::Exists { query, .. } | Self::Scalar(query) => {
                Some(*query)
            }
            _ => None,
        }
    }
}

impl Graph {
    /// The operands of an expression in reading order; subqueries are left out.
    pub fn operands(&self, id: ExprId) -> Vec<ExprId> {
        let mut operands = Vec::new();
        self.expr(id).each_operand(|operand| operands.push(*operand));
        operands
    }
}
