//! Predicates in words: `IS`, `IN`, `BETWEEN`, `LIKE`, `EXISTS`.

use sqlparser::ast;

use super::super::widen::Extent;
use super::{Lowering, Node};
use crate::graph::{BinaryOperator, Expr, IsTest, Quantifier};

impl Lowering<'_> {
    /// `value IS [NOT] test`; also the short form `value NOT NULL`.
    pub(super) fn is(&mut self, value: Node, test: IsTest, negated: bool) -> Node {
        let mut end = value.extent.end;
        for optional in ["IS", "NOT"] {
            end += usize::from(self.layout.is_word(end, optional));
        }
        let extent = Extent::new(value.extent.start, end + 1);
        self.add(Expr::Is { value: value.id, test, negated }, extent)
    }

    /// `left IS [NOT] DISTINCT FROM right`
    pub(super) fn distinct_from(&mut self, left: Node, right: &ast::Expr, not: bool) -> Node {
        let right = self.expr(right);
        let operator =
            if not { BinaryOperator::IsNotDistinctFrom } else { BinaryOperator::IsDistinctFrom };
        let extent = left.extent.to(right.extent);
        self.add(Expr::Binary { operator, left: left.id, right: right.id }, extent)
    }

    pub(super) fn in_list(&mut self, value: Node, list: &[ast::Expr], negated: bool) -> Node {
        let list = self.exprs(list).iter().map(|node| node.id).collect();
        let extent = self.to_brackets_of_in(value);
        self.add(Expr::In { value: value.id, list, negated }, extent)
    }

    pub(super) fn in_query(&mut self, value: Node, query: &ast::Query, negated: bool) -> Node {
        let extent = self.to_brackets_of_in(value);
        match self.value_query(query) {
            Some(query) => self.add(Expr::InQuery { value: value.id, query, negated }, extent),
            None => self.add(Expr::Unknown, extent),
        }
    }

    /// From a value to the end of the brackets behind its `[NOT] IN`.
    fn to_brackets_of_in(&self, value: Node) -> Extent {
        let open = self.layout.next_bracket(value.extent.end);
        value.extent.to(self.layout.brackets(open))
    }

    pub(super) fn between(
        &mut self,
        value: Node,
        low: &ast::Expr,
        high: &ast::Expr,
        negated: bool,
    ) -> Node {
        let (low, high) = (self.expr(low), self.expr(high));
        let expr = Expr::Between { value: value.id, low: low.id, high: high.id, negated };
        self.add(expr, value.extent.to(high.extent))
    }

    /// `value [NOT] LIKE pattern [ESCAPE escape]`, and `ILIKE`.
    pub(super) fn like(&mut self, value: Node, tree: &ast::Expr) -> Node {
        let (ast::Expr::Like { negated, any, pattern, escape_char, .. }
        | ast::Expr::ILike { negated, any, pattern, escape_char, .. }) = tree
        else {
            return self.unsupported("LIKE", value.extent);
        };
        let insensitive = matches!(tree, ast::Expr::ILike { .. });
        let pattern = self.expr(pattern);
        if *any {
            return self.like_any(value, pattern, usize::from(*negated));
        }
        let escape = escape_char.as_ref().map(|escape| self.expr(escape));
        let extent = value.extent.to(escape.unwrap_or(pattern).extent);
        let escape = escape.map(|escape| escape.id);
        let (value, pattern) = (value.id, pattern.id);
        let expr = Expr::Like { value, pattern, escape, negated: *negated, insensitive };
        self.add(expr, extent)
    }

    /// `value LIKE ANY (patterns)`
    fn like_any(&mut self, value: Node, patterns: Node, not: usize) -> Node {
        let start = value.extent.end;
        let operator = match self.custom_operator(Extent::new(start, start + not + 1)) {
            BinaryOperator::Custom { operator, .. } => {
                BinaryOperator::Custom { operator, comparison: true }
            }
            other => other,
        };
        let (left, right) = (value.id, patterns.id);
        let expr = Expr::Quantified { quantifier: Quantifier::Any, operator, left, right };
        self.add(expr, value.extent.to(patterns.extent))
    }

    /// `value [NOT] RLIKE pattern` and its kin; the text tells which.
    pub(super) fn matches_pattern(&mut self, value: Node, pattern: &ast::Expr) -> Node {
        let pattern = self.expr(pattern);
        let between = Extent::new(value.extent.end, pattern.extent.start);
        let operator = self.custom_operator(between);
        let expr = Expr::Binary { operator, left: value.id, right: pattern.id };
        self.add(expr, value.extent.to(pattern.extent))
    }

    pub(super) fn exists(&mut self, query: &ast::Query, negated: bool) -> Node {
        let brackets = self.brackets_of_query(query);
        let extent = brackets.widened(1 + usize::from(negated), 0);
        match self.value_query(query) {
            Some(query) => self.add(Expr::Exists { query, negated }, extent),
            None => self.add(Expr::Unknown, extent),
        }
    }

    /// `(query)` as a value.
    pub(super) fn scalar(&mut self, query: &ast::Query) -> Node {
        let extent = self.brackets_of_query(query);
        match self.value_query(query) {
            Some(query) => self.add(Expr::Scalar(query), extent),
            None => self.add(Expr::Unknown, extent),
        }
    }

    /// The brackets that hold a subquery.
    pub(super) fn brackets_of_query(&self, query: &ast::Query) -> Extent {
        let first = self.first_token(query).unwrap_or(0);
        self.layout.brackets(first.saturating_sub(1))
    }
}
