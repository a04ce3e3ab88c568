//! Operators with operands on both sides, and prefix operators.

use sqlparser::ast::{self, BinaryOperator as Written};

use super::super::widen::Extent;
use super::{Lowering, Node};
use crate::base::ExprId;
use crate::graph::{BinaryOperator, Expr, Quantifier, UnaryOperator};

impl Lowering<'_> {
    pub(super) fn binary(&mut self, left: Node, written: &Written, right: &ast::Expr) -> Node {
        let right = self.expr(right);
        let between = Extent::new(left.extent.end, right.extent.start);
        let operator = self.operator(written, between);
        let extent = left.extent.to(right.extent);
        match self.composite_pairs(left.id, right.id) {
            Some(pairs) if operator.is_comparison() => self.compare_pairs(operator, &pairs, extent),
            _ => self.add(Expr::Binary { operator, left: left.id, right: right.id }, extent),
        }
    }

    /// The operator that stands in `at`.
    fn operator(&mut self, written: &Written, at: Extent) -> BinaryOperator {
        match written {
            Written::Eq => BinaryOperator::Equal,
            Written::NotEq => BinaryOperator::NotEqual,
            Written::Lt => BinaryOperator::Less,
            Written::LtEq => BinaryOperator::LessOrEqual,
            Written::Gt => BinaryOperator::Greater,
            Written::GtEq => BinaryOperator::GreaterOrEqual,
            Written::Plus => BinaryOperator::Plus,
            Written::Minus => BinaryOperator::Minus,
            Written::Multiply => BinaryOperator::Multiply,
            Written::Divide => BinaryOperator::Divide,
            // `DIV` was put in the place of `%`.
            Written::Modulo if !self.text(at).eq_ignore_ascii_case("DIV") => BinaryOperator::Modulo,
            Written::StringConcat => BinaryOperator::Concat,
            _ => self.custom_operator(at),
        }
    }

    /// An operator that the graph has no name for: its text is its name, words in upper case unless
    /// they are declared in another spelling.
    pub(super) fn custom_operator(&mut self, at: Extent) -> BinaryOperator {
        let text = self.text(at).split_whitespace().collect::<Vec<_>>().join(" ");
        let plain = text.strip_prefix("NOT ").unwrap_or(&text);
        let declared = self.grammar.declared(&text).or_else(|| self.grammar.declared(plain));
        let null_safe_equal = text == "<=>" && self.grammar.is_mysql_like();
        let comparison = declared.is_some() || null_safe_equal;
        let name = match self.grammar.declared(&text) {
            Some(declared) => declared.to_owned(),
            None => text.to_uppercase(),
        };
        BinaryOperator::Custom { operator: self.names.intern(&name), comparison }
    }

    /// `left operator ANY (right)`
    pub(super) fn quantified(
        &mut self,
        left: Node,
        quantifier: Quantifier,
        written: &Written,
        right: &ast::Expr,
    ) -> Node {
        let open = self.layout.next_bracket(left.extent.end);
        let operator = self.operator(written, Extent::new(left.extent.end, open.max(1) - 1));
        let right = self.expr(right).id;
        let extent = left.extent.to(self.layout.brackets(open));
        self.add(Expr::Quantified { quantifier, operator, left: left.id, right }, extent)
    }

    pub(super) fn unary(&mut self, written: ast::UnaryOperator, operand: &ast::Expr) -> Node {
        let node = self.expr(operand);
        let extent = node.extent.widened(1, 0);
        let operator = match written {
            ast::UnaryOperator::Not => {
                let span = self.span(extent);
                return Node { id: self.graph.negate_at(node.id, span), extent };
            }
            ast::UnaryOperator::Plus => UnaryOperator::Plus,
            ast::UnaryOperator::Minus => UnaryOperator::Minus,
            ast::UnaryOperator::BitwiseNot => UnaryOperator::BitwiseNot,
            other => return self.unsupported(&format!("the operator {other}"), extent),
        };
        self.add(Expr::Unary { operator, operand: node.id }, extent)
    }

    /// Two rows of which one at least is a composite attribute, column by column.
    fn composite_pairs(&self, left: ExprId, right: ExprId) -> Option<Vec<(ExprId, ExprId)>> {
        if !self.composites.contains(&left) && !self.composites.contains(&right) {
            return None;
        }
        match (self.graph.expr(left), self.graph.expr(right)) {
            (Expr::Row(left), Expr::Row(right)) if left.len() == right.len() => {
                Some(left.iter().copied().zip(right.iter().copied()).collect())
            }
            _ => None,
        }
    }

    /// As `SQLAlchemy`'s `CompositeProperty.Comparator`: each pair must compare; for `<>` not all
    /// may be equal.
    fn compare_pairs(
        &mut self,
        operator: BinaryOperator,
        pairs: &[(ExprId, ExprId)],
        extent: Extent,
    ) -> Node {
        let differs = operator == BinaryOperator::NotEqual;
        let each = if differs { BinaryOperator::Equal } else { operator };
        let mut terms = Vec::with_capacity(pairs.len());
        for (left, right) in pairs.iter().copied() {
            terms.push(self.add(Expr::Binary { operator: each, left, right }, extent).id);
        }
        let node = match terms.as_slice() {
            [only] => Node { id: *only, extent },
            _ => self.add(Expr::And(terms.into_boxed_slice()), extent),
        };
        if !differs {
            return node;
        }
        let span = self.span(extent);
        Node { id: self.graph.negate_at(node.id, span), extent }
    }

    /// A construct behind an operand that the graph has no place for, with its own brackets.
    pub(super) fn unsupported_suffix(&mut self, left: Node, tree: &ast::Expr) -> Node {
        let (what, end) = match tree {
            ast::Expr::JsonAccess { .. } => ("JSON access by `:`", self.end_of_brackets(left, 1)),
            ast::Expr::IsJson { .. } => ("IS JSON", self.end_of_words(left)),
            ast::Expr::IsNormalized { .. } => ("IS NORMALIZED", self.end_of_words(left)),
            ast::Expr::InUnnest { .. } => ("IN UNNEST", self.end_of_brackets(left, 0)),
            ast::Expr::MemberOf(_) => ("MEMBER OF", self.end_of_brackets(left, 0)),
            ast::Expr::OuterJoin(_) => ("the outer join operator (+)", left.extent.end + 3),
            ast::Expr::SimilarTo { escape_char: Some(escape), .. } => {
                ("SIMILAR TO … ESCAPE", self.expr(escape).extent.end)
            }
            _ => ("this operator", left.extent.end + 1),
        };
        self.unsupported(what, Extent::new(left.extent.start, end))
    }

    fn end_of_brackets(&self, left: Node, otherwise: usize) -> usize {
        if otherwise > 0 {
            return left.extent.end + 1 + otherwise;
        }
        let open = self.layout.next_bracket(left.extent.end);
        self.layout.brackets(open).end
    }

    /// Behind the words of a test such as `IS NOT JSON ARRAY WITH UNIQUE KEYS`.
    fn end_of_words(&self, left: Node) -> usize {
        const WORDS: &[&str] = &[
            "IS",
            "NOT",
            "JSON",
            "VALUE",
            "SCALAR",
            "ARRAY",
            "OBJECT",
            "WITH",
            "WITHOUT",
            "UNIQUE",
            "KEYS",
            "NFC",
            "NFD",
            "NFKC",
            "NFKD",
            "NORMALIZED",
        ];
        let mut end = left.extent.end;
        while WORDS.iter().any(|word| self.layout.is_word(end, word)) {
            end += 1;
        }
        end
    }
}
