//! Expressions that every dialect writes alike, as lists of their parts.

use super::dialect::Capabilities;
use super::expr::{Part, Parts};
use super::operator::{AND, COMPARISON, NOT, OR, POSTFIX, SIGN};
use crate::base::{ExprId, Name};
use crate::graph::{
    Expr, Frame, FrameBound, FrameUnit, IsTest, OrderTerm, Quantifier, UnaryOperator, When, Window,
};

impl Parts<'_> {
    /// Lists the parts of an expression that has parts.
    pub(super) fn compound(&mut self, expr: &Expr, dialect: &Capabilities) {
        match expr {
            Expr::And(list) => self.list(" AND ", list, |parts, id| parts.operand(*id, AND)),
            Expr::Or(list) => self.list(" OR ", list, |parts, id| parts.operand(*id, OR)),
            Expr::Unary { operator, operand } => self.unary(*operator, *operand),
            Expr::Between { value, low, high, negated } => {
                self.operand(*value, COMPARISON);
                self.text(negatable(*negated, " NOT BETWEEN ", " BETWEEN "));
                self.operand(*low, COMPARISON);
                self.text(" AND ");
                self.operand(*high, COMPARISON);
            }
            Expr::In { value, list, negated } => {
                self.operand(*value, COMPARISON);
                self.text(negatable(*negated, " NOT IN (", " IN ("));
                self.arguments(list);
            }
            Expr::InQuery { value, query, negated } => {
                self.operand(*value, COMPARISON);
                self.text(negatable(*negated, " NOT IN (", " IN ("));
                self.push(Part::Query(*query));
                self.text(")");
            }
            Expr::Is { value, test, negated } => {
                self.operand(*value, COMPARISON);
                self.text(negatable(*negated, " IS NOT ", " IS "));
                self.text(test_word(*test));
            }
            Expr::Exists { query, negated } => {
                self.text(negatable(*negated, "NOT (EXISTS (", "EXISTS ("));
                self.push(Part::Query(*query));
                self.text(negatable(*negated, "))", ")"));
            }
            Expr::Collate { operand, collation } => {
                self.operand(*operand, POSTFIX);
                self.text(" COLLATE ");
                self.push(Part::Name(*collation));
            }
            Expr::AtTimeZone { operand, zone } => {
                self.operand(*operand, SIGN);
                self.text(" AT TIME ZONE ");
                self.operand(*zone, SIGN);
            }
            Expr::Like { .. } => self.like(expr, dialect),
            _ => self.closed(expr, dialect),
        }
    }

    /// Lists the parts of an expression that has brackets or words of its own around it.
    fn closed(&mut self, expr: &Expr, dialect: &Capabilities) {
        match expr {
            Expr::Function { name, arguments, filter: None, over: None, .. }
                if arguments.is_empty() =>
            {
                self.push(Part::Niladic(*name));
            }
            Expr::Function { name, arguments, distinct, filter, over, .. } => {
                self.push(Part::Verbatim(*name));
                self.text(if *distinct { "(DISTINCT " } else { "(" });
                match filter {
                    Some(filter) if dialect.filter => {
                        self.arguments(arguments);
                        self.text(" FILTER (WHERE ");
                        self.expr(*filter);
                        self.text(")");
                    }
                    Some(filter) => self.filtered(arguments, *filter),
                    None => self.arguments(arguments),
                }
                if let Some(window) = over {
                    self.window(window);
                }
            }
            Expr::Case { operand, whens, otherwise } => self.case(*operand, whens, *otherwise),
            Expr::Row(list) => {
                self.text("(");
                self.arguments(list);
            }
            Expr::Array(list) => {
                self.text("ARRAY[");
                self.list(", ", list, |parts, id| parts.expr(*id));
                self.text("]");
            }
            Expr::Subscript { operand, indices } => self.subscript(*operand, indices),
            Expr::Scalar(query) => {
                self.text("(");
                self.push(Part::Query(*query));
                self.text(")");
            }
            Expr::Extract { field, operand } => {
                self.text("EXTRACT(");
                self.push(Part::Verbatim(*field));
                self.text(" FROM ");
                self.expr(*operand);
                self.text(")");
            }
            Expr::Quantified { quantifier, operator, left, right } => {
                self.quantified(*quantifier, *operator, *left, *right);
            }
            Expr::Star => self.text("*"),
            _ => self.text("NULL"),
        }
    }

    /// PostgreSQL wants parentheses around anything but a column. An index has them unless it is a plain
    /// value: a colon in it, as of a parameter, would make it a slice.
    fn subscript(&mut self, operand: ExprId, indices: &[ExprId]) {
        let column = self.graph.expr(operand).column().is_some();
        self.enclosed(operand, !column);
        for index in indices {
            self.text("[");
            self.enclosed(*index, !matches!(self.graph.expr(*index), Expr::Literal(_)));
            self.text("]");
        }
    }

    fn unary(&mut self, operator: UnaryOperator, operand: ExprId) {
        let (word, around) = match operator {
            UnaryOperator::Not => ("NOT ", NOT),
            UnaryOperator::Minus => ("-", SIGN),
            UnaryOperator::Plus => ("+", SIGN),
            UnaryOperator::BitwiseNot => ("~", SIGN),
        };
        self.text(word);
        self.operand(operand, around);
    }

    fn like(&mut self, expr: &Expr, dialect: &Capabilities) {
        let Expr::Like { value, pattern, escape, negated, insensitive } = expr else { return };
        let lowered = *insensitive && !dialect.ilike;
        self.lowered(*value, lowered);
        self.text(match (*insensitive && dialect.ilike, *negated) {
            (true, true) => " NOT ILIKE ",
            (true, false) => " ILIKE ",
            (false, true) => " NOT LIKE ",
            (false, false) => " LIKE ",
        });
        self.lowered(*pattern, lowered);
        if let Some(escape) = escape {
            self.text(" ESCAPE ");
            self.operand(*escape, COMPARISON);
        }
    }

    fn lowered(&mut self, id: ExprId, lowered: bool) {
        if lowered {
            self.text("lower(");
            self.expr(id);
            self.text(")");
        } else {
            self.operand(id, COMPARISON);
        }
    }

    fn quantified(
        &mut self,
        quantifier: Quantifier,
        operator: crate::graph::BinaryOperator,
        left: ExprId,
        right: ExprId,
    ) {
        self.operand(left, COMPARISON);
        self.operator(operator);
        self.text(match quantifier {
            Quantifier::Any => "ANY (",
            Quantifier::All => "ALL (",
        });
        match self.graph.expr(right) {
            Expr::Scalar(query) => self.push(Part::Query(*query)),
            _ => self.expr(right),
        }
        self.text(")");
    }

    fn case(&mut self, operand: Option<ExprId>, whens: &[When], otherwise: Option<ExprId>) {
        self.text("CASE");
        if let Some(operand) = operand {
            self.text(" ");
            self.expr(operand);
        }
        for when in whens {
            self.text(" WHEN ");
            self.operand(when.condition, POSTFIX);
            self.text(" THEN ");
            self.expr(when.value);
        }
        if let Some(otherwise) = otherwise {
            self.text(" ELSE ");
            self.expr(otherwise);
        }
        self.text(" END");
    }

    /// Arguments and the parenthesis that closes them.
    fn arguments(&mut self, list: &[ExprId]) {
        self.list(", ", list, |parts, id| parts.expr(*id));
        self.text(")");
    }

    /// Arguments that are NULL, which aggregates pass over, where a filter does not hold.
    fn filtered(&mut self, arguments: &[ExprId], filter: ExprId) {
        let (first, others) =
            arguments.split_first().map_or((None, &[][..]), |(a, b)| (Some(a), b));
        self.text("CASE WHEN ");
        self.expr(filter);
        self.text(" THEN ");
        match first.filter(|first| *self.graph.expr(**first) != Expr::Star) {
            Some(first) => self.expr(*first),
            None => self.text("1"),
        }
        self.text(" END");
        for other in others {
            self.text(", ");
            self.expr(*other);
        }
        self.text(")");
    }

    fn window(&mut self, window: &Window) {
        self.text(" OVER (");
        if !window.partition_by.is_empty() {
            self.text("PARTITION BY ");
            self.list(", ", &window.partition_by, |parts, id| parts.expr(*id));
        }
        if !window.order_by.is_empty() {
            let both = !window.partition_by.is_empty();
            self.text(if both { " ORDER BY " } else { "ORDER BY " });
            self.order_terms(&window.order_by);
        }
        if let Some(frame) = window.frame {
            let alone = window.partition_by.is_empty() && window.order_by.is_empty();
            self.text(if alone { "" } else { " " });
            self.frame(frame);
        }
        self.text(")");
    }

    fn frame(&mut self, frame: Frame) {
        self.text(match frame.unit {
            FrameUnit::Rows => "ROWS ",
            FrameUnit::Range => "RANGE ",
            FrameUnit::Groups => "GROUPS ",
        });
        self.text(if frame.end.is_some() { "BETWEEN " } else { "" });
        self.frame_bound(frame.start);
        if let Some(end) = frame.end {
            self.text(" AND ");
            self.frame_bound(end);
        }
    }

    fn frame_bound(&mut self, bound: FrameBound) {
        let (number, side) = match bound {
            FrameBound::CurrentRow => return self.text("CURRENT ROW"),
            FrameBound::Preceding(number) => (number, " PRECEDING"),
            FrameBound::Following(number) => (number, " FOLLOWING"),
        };
        match number {
            Some(number) => self.expr(number),
            None => self.text("UNBOUNDED"),
        }
        self.text(side);
    }

    /// The terms of an ORDER BY.
    pub(super) fn order_terms(&mut self, terms: &[OrderTerm]) {
        self.list(", ", terms, |parts, term| {
            parts.expr(term.expr);
            parts.text(order_words(term.descending, term.nulls_first));
        });
    }

    /// A name after its `AS`.
    pub(super) fn label(&mut self, name: Name) {
        self.text(" AS ");
        self.push(Part::Name(name));
    }
}

/// What follows a term of an ORDER BY.
pub(super) fn order_words(descending: Option<bool>, nulls_first: Option<bool>) -> &'static str {
    match (descending, nulls_first) {
        (None, None) => "",
        (Some(false), None) => " ASC",
        (Some(true), None) => " DESC",
        (None, Some(true)) => " NULLS FIRST",
        (None, Some(false)) => " NULLS LAST",
        (Some(false), Some(true)) => " ASC NULLS FIRST",
        (Some(false), Some(false)) => " ASC NULLS LAST",
        (Some(true), Some(true)) => " DESC NULLS FIRST",
        (Some(true), Some(false)) => " DESC NULLS LAST",
    }
}

fn negatable(negated: bool, yes: &'static str, no: &'static str) -> &'static str {
    if negated { yes } else { no }
}

fn test_word(test: IsTest) -> &'static str {
    match test {
        IsTest::Null => "NULL",
        IsTest::True => "TRUE",
        IsTest::False => "FALSE",
        IsTest::Unknown => "UNKNOWN",
    }
}
