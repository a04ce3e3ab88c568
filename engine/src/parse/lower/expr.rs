//! The kinds of expressions: which part of the room reads which.

use sqlparser::ast::{self, BinaryOperator, CastKind, UnaryOperator};

use super::super::widen::Extent;
use super::subscript::root_parts;
use super::{Lowering, Node};
use crate::graph::{Expr, IsTest, Quantifier};

/// `AND` and `OR`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Junction {
    And,
    Or,
}

impl Lowering<'_> {
    /// Reads an expression.
    pub(in crate::parse) fn expr(&mut self, tree: &ast::Expr) -> Node {
        let mut spine = Vec::new();
        let mut innermost = tree;
        while let Some(left) = left_operand(innermost) {
            spine.push(innermost);
            innermost = left;
        }
        let mut node = self.primary(innermost);
        let mut steps = spine.into_iter().rev().peekable();
        while let Some(step) = steps.next() {
            node = match junction(step) {
                Some((kind, right)) => {
                    let mut terms = vec![node, self.expr(right)];
                    let same = |step: &&ast::Expr| junction(step).is_some_and(|(k, _)| k == kind);
                    while let Some((_, right)) = steps.next_if(same).and_then(junction) {
                        terms.push(self.expr(right));
                    }
                    self.junction(kind, &terms)
                }
                None => self.suffix(node, step),
            };
        }
        node
    }

    pub(super) fn exprs(&mut self, trees: &[ast::Expr]) -> Vec<Node> {
        trees.iter().map(|tree| self.expr(tree)).collect()
    }

    /// All or any of some conditions; those that are of the same kind already are taken apart.
    fn junction(&mut self, kind: Junction, terms: &[Node]) -> Node {
        let mut list = Vec::with_capacity(terms.len());
        for term in terms {
            match (kind, self.graph.expr(term.id)) {
                (Junction::And, Expr::And(inner)) | (Junction::Or, Expr::Or(inner)) => {
                    list.extend_from_slice(inner);
                }
                _ => list.push(term.id),
            }
        }
        let list = list.into_boxed_slice();
        let expr = match kind {
            Junction::And => Expr::And(list),
            Junction::Or => Expr::Or(list),
        };
        let extents = terms.iter().map(|term| term.extent);
        let extent = extents.reduce(Extent::to).unwrap_or(Extent::new(0, 0));
        self.add(expr, extent)
    }

    /// Reads what stands behind `left`, the left operand of `tree`.
    fn suffix(&mut self, left: Node, tree: &ast::Expr) -> Node {
        match tree {
            ast::Expr::BinaryOp { op, right, .. } => self.binary(left, op, right),
            ast::Expr::AnyOp { compare_op, right, .. } => {
                self.quantified(left, Quantifier::Any, compare_op, right)
            }
            ast::Expr::AllOp { compare_op, right, .. } => {
                self.quantified(left, Quantifier::All, compare_op, right)
            }
            ast::Expr::IsDistinctFrom(_, right) => self.distinct_from(left, right, false),
            ast::Expr::IsNotDistinctFrom(_, right) => self.distinct_from(left, right, true),
            ast::Expr::IsNull(_) => self.is(left, IsTest::Null, false),
            ast::Expr::IsNotNull(_) => self.is(left, IsTest::Null, true),
            ast::Expr::IsTrue(_) => self.is(left, IsTest::True, false),
            ast::Expr::IsNotTrue(_) => self.is(left, IsTest::True, true),
            ast::Expr::IsFalse(_) => self.is(left, IsTest::False, false),
            ast::Expr::IsNotFalse(_) => self.is(left, IsTest::False, true),
            ast::Expr::IsUnknown(_) => self.is(left, IsTest::Unknown, false),
            ast::Expr::IsNotUnknown(_) => self.is(left, IsTest::Unknown, true),
            ast::Expr::InList { list, negated, .. } => self.in_list(left, list, *negated),
            ast::Expr::InSubquery { subquery, negated, .. } => {
                self.in_query(left, subquery, *negated)
            }
            ast::Expr::Between { low, high, negated, .. } => {
                self.between(left, low, high, *negated)
            }
            ast::Expr::Like { .. } | ast::Expr::ILike { .. } => self.like(left, tree),
            ast::Expr::SimilarTo { pattern, escape_char: None, .. }
            | ast::Expr::RLike { pattern, .. } => self.matches_pattern(left, pattern),
            ast::Expr::Cast { .. } => self.double_colon(left),
            ast::Expr::Collate { collation, .. } => self.collate(left, collation),
            ast::Expr::AtTimeZone { time_zone, .. } => self.at_time_zone(left, time_zone),
            ast::Expr::CompoundFieldAccess { access_chain, .. } => {
                self.subscripted(left, access_chain)
            }
            _ => self.unsupported_suffix(left, tree),
        }
    }

    /// Reads an expression that does not begin with another one.
    fn primary(&mut self, tree: &ast::Expr) -> Node {
        match tree {
            ast::Expr::Identifier(part) => self.column(std::slice::from_ref(part)),
            ast::Expr::CompoundIdentifier(parts) => self.column(parts),
            ast::Expr::CompoundFieldAccess { root, access_chain } => {
                let parts = root_parts(root, access_chain).unwrap_or_default();
                self.name_with_access(parts, access_chain)
            }
            ast::Expr::Value(value) => self.value(value),
            ast::Expr::TypedString(typed) => self.typed_string(typed),
            ast::Expr::Interval(interval) => self.interval(interval),
            ast::Expr::Nested(inner) => self.nested(inner),
            ast::Expr::Tuple(items) => self.row(items),
            ast::Expr::Array(array) => self.array(array),
            ast::Expr::UnaryOp { op, expr } => self.unary(*op, expr),
            ast::Expr::Case { .. } => self.case(tree),
            ast::Expr::Exists { subquery, negated } => self.exists(subquery, *negated),
            ast::Expr::Subquery(query) => self.scalar(query),
            ast::Expr::Function(function) => self.function(function),
            ast::Expr::Cast { kind: CastKind::Cast, expr, format: None, .. } => self.cast(expr),
            _ => self.special_call(tree),
        }
    }

    /// Brackets say what belongs together, and that the tree says already.
    fn nested(&mut self, inner: &ast::Expr) -> Node {
        let node = self.expr(inner);
        Node { id: node.id, extent: node.extent.widened(1, 1) }
    }
}

/// What `tree` has on its left, with nothing before it.
fn left_operand(tree: &ast::Expr) -> Option<&ast::Expr> {
    match tree {
        ast::Expr::BinaryOp { left, .. }
        | ast::Expr::AnyOp { left, .. }
        | ast::Expr::AllOp { left, .. }
        | ast::Expr::IsDistinctFrom(left, _)
        | ast::Expr::IsNotDistinctFrom(left, _)
        | ast::Expr::IsNull(left)
        | ast::Expr::IsNotNull(left)
        | ast::Expr::IsTrue(left)
        | ast::Expr::IsNotTrue(left)
        | ast::Expr::IsFalse(left)
        | ast::Expr::IsNotFalse(left)
        | ast::Expr::IsUnknown(left)
        | ast::Expr::IsNotUnknown(left)
        | ast::Expr::IsJson { expr: left, .. }
        | ast::Expr::IsNormalized { expr: left, .. }
        | ast::Expr::InList { expr: left, .. }
        | ast::Expr::InSubquery { expr: left, .. }
        | ast::Expr::InUnnest { expr: left, .. }
        | ast::Expr::Between { expr: left, .. }
        | ast::Expr::Like { expr: left, .. }
        | ast::Expr::ILike { expr: left, .. }
        | ast::Expr::SimilarTo { expr: left, .. }
        | ast::Expr::RLike { expr: left, .. }
        | ast::Expr::Cast { kind: CastKind::DoubleColon, expr: left, .. }
        | ast::Expr::Collate { expr: left, .. }
        | ast::Expr::AtTimeZone { timestamp: left, .. }
        | ast::Expr::JsonAccess { value: left, .. }
        | ast::Expr::OuterJoin(left)
        | ast::Expr::UnaryOp { op: UnaryOperator::PGPostfixFactorial, expr: left } => Some(left),
        ast::Expr::MemberOf(member) => Some(&member.value),
        ast::Expr::CompoundFieldAccess { root, access_chain }
            if root_parts(root, access_chain).is_none() =>
        {
            Some(root)
        }
        _ => None,
    }
}

fn junction(tree: &ast::Expr) -> Option<(Junction, &ast::Expr)> {
    match tree {
        ast::Expr::BinaryOp { op: BinaryOperator::And, right, .. } => Some((Junction::And, right)),
        ast::Expr::BinaryOp { op: BinaryOperator::Or, right, .. } => Some((Junction::Or, right)),
        _ => None,
    }
}
