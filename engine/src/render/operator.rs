//! Which operators bind how tightly.
//!
//! The numbers are those of `SQLAlchemy`'s `operators._PRECEDENCE`, for its parentheses are the
//! ones that its users know. Operators it has no number for are bracketed everywhere, and so are
//! their operands where text could be read another way.

use crate::graph::{BinaryOperator, Expr, Literal, UnaryOperator};

/// How tightly an operator binds; an operand that binds no more tightly gets parentheses.
pub(super) type Precedence = i8;

pub(super) const OR: Precedence = 2;
pub(super) const AND: Precedence = 3;
pub(super) const COMPARISON: Precedence = 5;
pub(super) const NOT: Precedence = 5;
pub(super) const SIGN: Precedence = 8;
/// Of operators that take nothing but a single value.
pub(super) const POSTFIX: Precedence = 15;
const COLLATE: Precedence = 4;
const UNKNOWN: Precedence = 0;
const ATOM: Precedence = 20;

/// How tightly an expression holds together as an operand.
pub(super) fn of(expr: &Expr) -> Precedence {
    match expr {
        Expr::Or(_) => OR,
        Expr::And(_) => AND,
        Expr::Unary { operator: UnaryOperator::Not, .. } => NOT,
        Expr::Unary { .. } | Expr::AtTimeZone { .. } => SIGN,
        Expr::Binary { operator: BinaryOperator::Custom { .. }, .. } | Expr::Exists { .. } => {
            UNKNOWN
        }
        Expr::Binary { operator, .. } => around(*operator),
        Expr::Like { .. }
        | Expr::Between { .. }
        | Expr::In { .. }
        | Expr::InQuery { .. }
        | Expr::Is { .. }
        | Expr::Quantified { .. } => COMPARISON,
        Expr::Collate { .. } => COLLATE,
        Expr::Literal(Literal::Number(number)) if number.starts_with('-') => SIGN,
        _ => ATOM,
    }
}

/// How tightly an operator holds its operands.
pub(super) fn around(operator: BinaryOperator) -> Precedence {
    match operator {
        BinaryOperator::Multiply | BinaryOperator::Divide | BinaryOperator::Modulo => 8,
        BinaryOperator::Plus | BinaryOperator::Minus => 7,
        _ => COMPARISON,
    }
}

/// Whether `a op b op c` may stand for `(a op b) op c`.
pub(super) fn chains(operator: BinaryOperator) -> bool {
    use BinaryOperator::{Concat, Multiply, Plus};
    matches!(operator, Plus | Multiply | Concat)
}

/// The operator between its operands, spaces included; `None` for those that are spelled otherwise.
pub(super) fn text(operator: BinaryOperator) -> Option<&'static str> {
    Some(match operator {
        BinaryOperator::Equal => " = ",
        BinaryOperator::NotEqual => " != ",
        BinaryOperator::Less => " < ",
        BinaryOperator::LessOrEqual => " <= ",
        BinaryOperator::Greater => " > ",
        BinaryOperator::GreaterOrEqual => " >= ",
        BinaryOperator::Plus => " + ",
        BinaryOperator::Minus => " - ",
        BinaryOperator::Multiply => " * ",
        BinaryOperator::Divide => " / ",
        BinaryOperator::Modulo => " % ",
        BinaryOperator::Concat
        | BinaryOperator::IsDistinctFrom
        | BinaryOperator::IsNotDistinctFrom
        | BinaryOperator::Custom { .. } => return None,
    })
}
