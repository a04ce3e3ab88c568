//! The opposite of a condition.
//!
//! The rules are those of `SQLAlchemy`'s `not_`: a comparison that has an opposite becomes it, a
//! double negation vanishes, and everything else gets a `NOT` before it.

use super::Graph;
use super::expr::{BinaryOperator, Expr, Literal, UnaryOperator};
use crate::base::ExprId;
use crate::text::Span;

impl Graph {
    /// The negation of a condition, standing where the condition stands.
    ///
    /// ```
    /// use joinwright::graph::{Expr, Graph, Literal};
    /// let mut graph = Graph::default();
    /// let yes = graph.add(Expr::Literal(Literal::Boolean(true)), None);
    /// let no = graph.negate(yes);
    /// assert_eq!(graph.expr(no), &Expr::Literal(Literal::Boolean(false)));
    /// ```
    pub fn negate(&mut self, condition: ExprId) -> ExprId {
        let span = self.span(condition);
        self.negate_at(condition, span)
    }

    /// The negation of a condition, standing at `span`. What a `NOT` is already before keeps its
    /// own place.
    pub fn negate_at(&mut self, condition: ExprId, span: impl Into<Option<Span>>) -> ExprId {
        match self.expr(condition) {
            Expr::Unary { operator: UnaryOperator::Not, operand } => *operand,
            other => {
                let not = Expr::Unary { operator: UnaryOperator::Not, operand: condition };
                let negated = opposite(other).unwrap_or(not);
                self.add(negated, span)
            }
        }
    }
}

/// The condition that is true where `condition` is false, where it can be said without `NOT`.
fn opposite(condition: &Expr) -> Option<Expr> {
    let mut opposite = condition.clone();
    match &mut opposite {
        Expr::Binary { operator, .. } => *operator = opposite_operator(*operator)?,
        Expr::Like { negated, .. }
        | Expr::Between { negated, .. }
        | Expr::In { negated, .. }
        | Expr::InQuery { negated, .. }
        | Expr::Is { negated, .. }
        | Expr::Exists { negated, .. } => *negated = !*negated,
        Expr::Literal(Literal::Boolean(value)) => *value = !*value,
        _ => return None,
    }
    Some(opposite)
}

fn opposite_operator(operator: BinaryOperator) -> Option<BinaryOperator> {
    Some(match operator {
        BinaryOperator::Equal => BinaryOperator::NotEqual,
        BinaryOperator::NotEqual => BinaryOperator::Equal,
        BinaryOperator::Less => BinaryOperator::GreaterOrEqual,
        BinaryOperator::GreaterOrEqual => BinaryOperator::Less,
        BinaryOperator::Greater => BinaryOperator::LessOrEqual,
        BinaryOperator::LessOrEqual => BinaryOperator::Greater,
        BinaryOperator::IsDistinctFrom => BinaryOperator::IsNotDistinctFrom,
        BinaryOperator::IsNotDistinctFrom => BinaryOperator::IsDistinctFrom,
        _ => return None,
    })
}
