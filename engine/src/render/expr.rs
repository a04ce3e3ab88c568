//! Expressions, written part by part from an explicit stack.

use super::dialect::{Concat, Template};
use super::operator::{self, COMPARISON, Precedence, SIGN};
use super::writer::{Frame, Writer};
use crate::base::{ExprId, Name, QueryId, SelectableId};
use crate::graph::{BinaryOperator, Expr, Graph, Literal};
use crate::plan::Value;

/// Something still to be written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    Text(&'static str),
    /// A name, quoted where needed.
    Name(Name),
    /// A name as it was written in the text: of a function, type or operator.
    Verbatim(Name),
    /// A call of a function without arguments.
    Niladic(Name),
    Expr(ExprId),
    Query(QueryId),
    /// A query whose columns are called after those of a selectable.
    Subquery(QueryId, SelectableId),
    /// The definition of a recursive query: that of the `WITH`, by its place in it.
    Defined(QueryId, usize),
    /// Moves what was written from this byte on to the beginning of the statement, behind these
    /// words.
    Fronted(usize, &'static str),
    From(SelectableId),
    /// A FROM element without its alias.
    Bare(SelectableId),
    /// What follows a FROM element that goes by another name than its own.
    Alias(SelectableId),
    /// The length at the end of a type's name, from this byte on, and the unit in it.
    Length(Name, usize, &'static str),
}

/// The parts of one expression, listed in reading order.
#[derive(Debug)]
pub(super) struct Parts<'p> {
    stack: &'p mut Vec<Part>,
    pub(super) graph: &'p Graph,
}

impl Parts<'_> {
    pub(super) fn push(&mut self, part: Part) {
        self.stack.push(part);
    }

    pub(super) fn text(&mut self, text: &'static str) {
        if !text.is_empty() {
            self.push(Part::Text(text));
        }
    }

    /// An expression that nothing around it could pull apart.
    pub(super) fn expr(&mut self, id: ExprId) {
        self.push(Part::Expr(id));
    }

    /// An operand, in parentheses where its operator binds no more tightly than the one around it.
    pub(super) fn operand(&mut self, id: ExprId, around: Precedence) {
        self.enclosed(id, operator::of(self.graph.expr(id)) <= around);
    }

    /// An expression, with or without parentheses.
    pub(super) fn enclosed(&mut self, id: ExprId, parentheses: bool) {
        let (open, close) = if parentheses { ("(", ")") } else { ("", "") };
        self.text(open);
        self.expr(id);
        self.text(close);
    }

    /// An operator that is written between its operands.
    pub(super) fn operator(&mut self, operator: BinaryOperator) {
        if let BinaryOperator::Custom { operator, .. } = operator {
            self.text(" ");
            self.push(Part::Verbatim(operator));
            self.text(" ");
        } else {
            self.text(operator::text(operator).unwrap_or_default());
        }
    }

    /// Each with `separator` between.
    pub(super) fn list<T>(
        &mut self,
        separator: &'static str,
        items: impl IntoIterator<Item = T>,
        mut each: impl FnMut(&mut Self, T),
    ) {
        for (i, item) in items.into_iter().enumerate() {
            if i > 0 {
                self.text(separator);
            }
            each(self, item);
        }
    }
}

impl<'a> Writer<'a> {
    /// Writes an expression whose columns are those of a frame.
    pub(super) fn expression(&mut self, root: ExprId, frame: Frame<'a>) {
        let outer = std::mem::replace(&mut self.frame, frame);
        self.write_part(Part::Expr(root));
        self.frame = outer;
    }

    /// Writes a part and all that it consists of.
    pub(super) fn write_part(&mut self, part: Part) {
        let mark = self.buffers.parts.len();
        self.buffers.parts.push(part);
        while self.buffers.parts.len() > mark {
            let Some(part) = self.buffers.parts.pop() else { return };
            match part {
                Part::Text(text) => self.push(text),
                Part::Name(name) => self.name(name),
                Part::Verbatim(name) => self.push(self.mapping.names.text(name)),
                Part::Niladic(name) => self.niladic(name),
                Part::Expr(id) => self.expr(id),
                Part::Query(id) => self.query(id, None),
                Part::Subquery(id, of) => self.query(id, Some(of)),
                Part::Defined(id, index) => self.defined(id, index),
                Part::Fronted(start, words) => self.fronted(start, words),
                Part::From(id) => self.from(id),
                Part::Bare(id) => self.bare(id),
                Part::Alias(id) => self.alias_of(id),
                Part::Length(name, from, unit) => {
                    let length = self.mapping.names.text(name).get(from..).unwrap_or_default();
                    self.push(length.strip_suffix(')').unwrap_or(length));
                    self.push(unit);
                    self.push(if length.ends_with(')') { ")" } else { "" });
                }
            }
        }
    }

    fn niladic(&mut self, function: Name) {
        let function = self.mapping.names.text(function);
        self.push(function);
        if !self.dialect.niladic.iter().any(|bare| bare.eq_ignore_ascii_case(function)) {
            self.push("()");
        }
    }

    /// Puts off what `build` lists, to be written in that order.
    pub(super) fn then(&mut self, build: impl FnOnce(&mut Parts<'_>)) {
        let mark = self.buffers.parts.len();
        build(&mut Parts { stack: &mut self.buffers.parts, graph: &self.mapping.graph });
        if let Some(new) = self.buffers.parts.get_mut(mark..) {
            new.reverse();
        }
    }

    fn expr(&mut self, id: ExprId) {
        let (mapping, dialect) = (self.mapping, self.dialect);
        match mapping.graph.expr(id) {
            Expr::Column(column) => self.occurrence(self.value_of(id), *column),
            Expr::Literal(literal) => dialect.write_literal(literal, self.out),
            Expr::TypedLiteral { type_name, text } => {
                self.push(mapping.names.text(*type_name));
                self.push(" ");
                dialect.write_string(text, self.out);
            }
            Expr::Parameter(name) => {
                self.push(":");
                self.push(mapping.names.text(*name));
            }
            Expr::Cast { operand, type_name } => self.cast(*operand, *type_name),
            Expr::Binary { operator, left, right } => self.binary(*operator, *left, *right),
            compound => self.then(|parts| parts.compound(compound, dialect)),
        }
    }

    fn binary(&mut self, operator: BinaryOperator, left: ExprId, right: ExprId) {
        let dialect = self.dialect;
        match operator {
            BinaryOperator::Concat => self.concat(left, right),
            BinaryOperator::IsDistinctFrom => self.template(dialect.distinct, left, right),
            BinaryOperator::IsNotDistinctFrom => self.template(dialect.not_distinct, left, right),
            BinaryOperator::Equal if self.turns(left, right) => self.infix(operator, right, left),
            _ => self.infix(operator, left, right),
        }
    }

    /// Whether the dialect wants `left = right` the other way round.
    fn turns(&self, left: ExprId, right: ExprId) -> bool {
        self.dialect.parameter_right && self.is_given(left) && !self.is_given(right)
    }

    /// Whether a value, and no column, is written for an expression.
    fn is_given(&self, id: ExprId) -> bool {
        match self.mapping.graph.expr(id) {
            Expr::Column(_) => matches!(self.value_of(id), Value::Parameter(_)),
            Expr::Literal(_) | Expr::Parameter(_) => true,
            _ => false,
        }
    }

    fn infix(&mut self, operator: BinaryOperator, left: ExprId, right: ExprId) {
        let around = operator::around(operator);
        let graph = &self.mapping.graph;
        let same =
            |id| matches!(graph.expr(id), Expr::Binary { operator: o, .. } if *o == operator);
        let chained = operator::chains(operator) && same(left);
        self.then(|parts| {
            if chained {
                parts.expr(left);
            } else {
                parts.operand(left, around);
            }
            parts.operator(operator);
            parts.operand(right, around);
        });
    }

    /// Where the operator is spelled `IS NOT`, `a IS NOT NULL + b` is read as `(a IS NOT NULL) + b`.
    fn template(&mut self, template: Template, left: ExprId, right: ExprId) {
        let around = if self.begins_with_null(right) { SIGN } else { COMPARISON };
        self.then(|parts| {
            parts.text(template.before);
            parts.operand(left, COMPARISON);
            parts.text(template.between);
            parts.operand(right, around);
            parts.text(template.after);
        });
    }

    fn begins_with_null(&self, mut id: ExprId) -> bool {
        while let Expr::Binary { left, .. } = self.mapping.graph.expr(id) {
            id = *left;
        }
        matches!(self.mapping.graph.expr(id), Expr::Literal(Literal::Null))
    }

    /// `a || b || c` is one call where the dialect has a function for it.
    ///
    /// Databases do not agree on whether `||` or arithmetic binds more tightly, so between the two
    /// there are always brackets.
    fn concat(&mut self, left: ExprId, right: ExprId) {
        let mut operands = vec![right];
        let mut first = left;
        while let Expr::Binary { operator: BinaryOperator::Concat, left, right } =
            *self.mapping.graph.expr(first)
        {
            operands.push(right);
            first = left;
        }
        operands.push(first);
        let (open, separator, close, around) = match self.dialect.concat {
            Concat::Operator(operator) => ("", operator, "", SIGN),
            Concat::Function(call) => (call, ", ", ")", COMPARISON),
        };
        self.then(|parts| {
            parts.text(open);
            let operands = operands.iter().rev();
            parts.list(separator, operands, |parts, id| parts.operand(*id, around));
            parts.text(close);
        });
    }

    fn cast(&mut self, operand: ExprId, type_name: Name) {
        let (head, tail) = self.dialect.cast_type(self.mapping.names.text(type_name));
        let (known, dialect) = (head.map(Part::Text), self.dialect);
        self.then(|parts| {
            parts.text("CAST(");
            parts.expr(operand);
            parts.text(" AS ");
            parts.push(known.unwrap_or(Part::Verbatim(type_name)));
            match tail.filter(|_| head.is_some()) {
                Some(from) => parts.push(Part::Length(type_name, from, dialect.length_unit)),
                None if head.is_some() => parts.text(dialect.default_length),
                None => {}
            }
            parts.text(")");
        });
    }
}
