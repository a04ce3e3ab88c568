//! Conditions without text: the shorthand of a host that builds its expressions itself.

use super::Graph;
use super::expr::{BinaryOperator, Expr, Literal};
use crate::base::{ColumnId, ExprId};
use crate::text::Span;

impl Graph {
    /// An occurrence of a column, and where the host wrote it.
    pub fn occurrence(&mut self, column: ColumnId, span: impl Into<Option<Span>>) -> ExprId {
        self.add(Expr::Column(column), span)
    }

    /// `left operator right`
    pub fn binary(&mut self, left: ExprId, operator: BinaryOperator, right: ExprId) -> ExprId {
        let span = self.span(left).zip(self.span(right)).map(|(left, right)| left.to(right));
        self.add(Expr::Binary { operator, left, right }, span)
    }

    /// `left = right`
    pub fn equal(&mut self, left: ExprId, right: ExprId) -> ExprId {
        self.binary(left, BinaryOperator::Equal, right)
    }

    /// All of some conditions; one condition is itself, none is `TRUE`.
    pub fn all(&mut self, conditions: impl IntoIterator<Item = ExprId>) -> ExprId {
        let conditions: Box<[ExprId]> = conditions.into_iter().collect();
        match *conditions {
            [] => self.add(Expr::Literal(Literal::Boolean(true)), None),
            [only] => only,
            _ => self.add(Expr::And(conditions), None),
        }
    }

    /// A string.
    pub fn string(&mut self, text: &str, span: impl Into<Option<Span>>) -> ExprId {
        self.add(Expr::Literal(Literal::String(text.into())), span)
    }

    /// A whole number.
    pub fn number(&mut self, number: i64, span: impl Into<Option<Span>>) -> ExprId {
        self.add(Expr::Literal(Literal::Number(number.to_string().into())), span)
    }
}
