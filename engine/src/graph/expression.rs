//! The expression of a join condition, laid out.

use rustc_hash::FxHashMap;

use super::Graph;
use super::condition::{Binary, Occurrence, OccurrenceIndex, Operand, Product};
use super::expr::{BinaryOperator, Expr};
use crate::base::ExprId;

/// What a condition finds in its expression.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Expression {
    pub(super) root: ExprId,
    pub(super) occurrences: Box<[Occurrence]>,
    pub(super) binaries: Box<[Binary]>,
    pub(super) products: Box<[Product]>,
}

/// The places of the nodes that are occurrences.
pub(super) type Index = FxHashMap<ExprId, OccurrenceIndex>;

impl Expression {
    pub(super) fn new(graph: &Graph, root: ExprId) -> (Self, Index) {
        let occurrence =
            |expr| Some(Occurrence { column: graph.expr(expr).column()?, expr: Some(expr) });
        let occurrences: Box<[_]> = graph.walk(root).filter_map(occurrence).collect();
        let places = (0..).map(OccurrenceIndex).zip(&occurrences);
        let index = places.filter_map(|(at, it)| Some((it.expr?, at))).collect();
        let binaries = binaries(graph, root, &index);
        let products = products(graph, root, &index);
        (Self { root, occurrences, binaries, products }, index)
    }
}

fn binaries(graph: &Graph, root: ExprId, index: &Index) -> Box<[Binary]> {
    let operand = |expr| index.get(&expr).map_or(Operand::Other, |i| Operand::Column(*i));
    let found = graph.walk(root).filter_map(|expr| {
        let (left, right) = sides(graph.expr(expr))?;
        Some(Binary { left: operand(left), right: right.map_or(Operand::Other, operand) })
    });
    found.collect()
}

/// As `SQLAlchemy`'s `visit_binary_product`: subqueries are values of their own, and a comparison
/// inside an operand does not lend its columns to the outer one.
fn products(graph: &Graph, root: ExprId, index: &Index) -> Box<[Product]> {
    let mut found = Vec::new();
    for expr in graph.walk_within(root, |_| true) {
        let Some((left, right, equality)) = comparison(graph.expr(expr)) else { continue };
        let leaves = |side: &[ExprId]| -> Vec<OccurrenceIndex> {
            let own = |e: &Expr| comparison(e).is_none();
            let under = side.iter().flat_map(|id| graph.walk_within(*id, own));
            under.filter_map(|id| index.get(&id).copied()).collect()
        };
        let (left, right) = (leaves(&[left]), leaves(&right));
        for l in left {
            found.extend(right.iter().map(|r| Product { left: l, right: *r, equality }));
        }
    }
    found.into()
}

/// The two sides of an operator; `None` for a side that is no single expression.
fn sides(expr: &Expr) -> Option<(ExprId, Option<ExprId>)> {
    match expr {
        Expr::Binary { left, right, .. } => Some((*left, Some(*right))),
        Expr::Like { value, pattern, .. } => Some((*value, Some(*pattern))),
        Expr::Between { value, .. }
        | Expr::In { value, .. }
        | Expr::InQuery { value, .. }
        | Expr::Is { value, .. } => Some((*value, None)),
        Expr::Quantified { left, .. } => Some((*left, None)),
        Expr::Function { arguments, compares: Some((left, right)), .. } => {
            let argument = |i: &u8| arguments.get(usize::from(*i)).copied();
            Some((argument(left)?, argument(right)))
        }
        _ => None,
    }
}

/// What a comparison compares, and whether it is `=`.
fn comparison(expr: &Expr) -> Option<(ExprId, Vec<ExprId>, bool)> {
    match expr {
        Expr::Binary { operator, left, right } if operator.is_comparison() => {
            Some((*left, vec![*right], *operator == BinaryOperator::Equal))
        }
        Expr::Between { value, low, high, .. } => Some((*value, vec![*low, *high], false)),
        Expr::In { value, list, .. } => Some((*value, list.to_vec(), false)),
        Expr::Quantified { left, right, .. } => Some((*left, vec![*right], false)),
        Expr::Binary { .. } => None,
        _ => sides(expr).map(|(left, right)| (left, right.into_iter().collect(), false)),
    }
}
