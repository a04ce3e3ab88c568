//! A join condition, laid out for the questions that are asked about it.

use rustc_hash::FxHashMap;

use super::Graph;
use super::expr::{BinaryOperator, Expr};
use super::roles::Roles;
use crate::base::{ColumnId, ExprId};

/// The place of an occurrence in its condition, in reading order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OccurrenceIndex(pub u32);

/// A role written into a condition: `foreign(x)`, `remote(x)`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mark {
    /// `foreign(x)`
    Foreign,
    /// `remote(x)`
    Remote,
}

/// A join condition: its column occurrences, and which of them it holds against each other.
///
/// A condition that was inferred from a foreign key has no expression; its equalities say it all,
/// and one is only written out when SQL is.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Condition {
    /// The expression; `None` for a conjunction of equalities, [`Self::products`].
    pub root: Option<ExprId>,
    /// Each occurrence of a column, in reading order.
    pub occurrences: Vec<Occurrence>,
    /// Each operator with two sides, in reading order.
    pub binaries: Vec<Binary>,
    /// Each pair of occurrences that some comparison holds against each other.
    pub products: Vec<Product>,
    /// The occurrences marked `foreign(…)`.
    pub foreign: Roles,
    /// The occurrences marked `remote(…)`.
    pub remote: Roles,
    /// The occurrences known to be local; only a condition that was turned around knows any.
    pub local: Roles,
}

/// One place in a condition that names a column.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Occurrence {
    /// The column.
    pub column: ColumnId,
    /// The node; `None` in an inferred condition.
    pub expr: Option<ExprId>,
}

/// An operator with two sides: a comparison, arithmetic, or a custom operator.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Binary {
    /// What stands on its left.
    pub left: Operand,
    /// What stands on its right.
    pub right: Operand,
}

/// One side of a [`Binary`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Operand {
    /// A column and nothing else.
    Column(OccurrenceIndex),
    /// Anything else: a literal, a function, a list.
    Other,
}

/// Two occurrences on the two sides of one comparison. `a + b = c` has two: (a, c) and (b, c).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Product {
    /// The occurrence on the left.
    pub left: OccurrenceIndex,
    /// The occurrence on the right.
    pub right: OccurrenceIndex,
    /// Whether the comparison is `=`.
    pub equality: bool,
}

impl Condition {
    /// The conjunction of `left = right` over `pairs`.
    pub fn of_equalities(pairs: impl IntoIterator<Item = (ColumnId, ColumnId)>) -> Self {
        let pairs = pairs.into_iter();
        let mut condition = Self::empty(None);
        let (count, _) = pairs.size_hint();
        condition.occurrences.reserve_exact(2 * count);
        condition.binaries.reserve_exact(count);
        condition.products.reserve_exact(count);
        for (left, right) in pairs {
            let mut side = |column| condition.occur(Occurrence { column, expr: None });
            let (left, right) = (side(left), side(right));
            let (l, r) = (Operand::Column(left), Operand::Column(right));
            condition.binaries.push(Binary { left: l, right: r });
            condition.products.push(Product { left, right, equality: true });
        }
        condition
    }

    /// The condition that `root` states, with the roles written into it.
    pub fn of_expression(
        graph: &Graph,
        root: ExprId,
        marks: impl IntoIterator<Item = (ExprId, Mark)>,
    ) -> Self {
        let mut condition = Self::empty(Some(root));
        let mut index = FxHashMap::default();
        for expr in graph.walk(root) {
            if let Expr::Column(column) = *graph.expr(expr) {
                index.insert(expr, condition.occur(Occurrence { column, expr: Some(expr) }));
            }
        }
        condition.gather_binaries(graph, root, &index);
        condition.gather_products(graph, root, &index);
        for (expr, mark) in marks {
            let Some(occurrence) = index.get(&expr) else { continue };
            match mark {
                Mark::Foreign => condition.foreign.insert(*occurrence),
                Mark::Remote => condition.remote.insert(*occurrence),
            }
        }
        condition
    }

    /// The column that occurs at `index`.
    pub fn column(&self, index: OccurrenceIndex) -> Option<ColumnId> {
        self.occurrences.get(index.0 as usize).map(|occurrence| occurrence.column)
    }

    /// Each occurrence with its index.
    pub fn indexed(&self) -> impl Iterator<Item = (OccurrenceIndex, Occurrence)> + '_ {
        let index = |i| OccurrenceIndex(u32::try_from(i).unwrap_or(u32::MAX));
        self.occurrences.iter().enumerate().map(move |(i, occurrence)| (index(i), *occurrence))
    }

    /// The columns of a set of occurrences, each once, in reading order.
    pub fn columns(&self, roles: &Roles) -> Vec<ColumnId> {
        let mut columns = Vec::new();
        for column in roles.iter().filter_map(|index| self.column(index)) {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        columns
    }

    /// The pairs of columns that it holds equal.
    pub fn equal_columns(&self) -> impl Iterator<Item = (ColumnId, ColumnId)> + '_ {
        let equal = self.products.iter().filter(|product| product.equality);
        equal.filter_map(|product| Some((self.column(product.left)?, self.column(product.right)?)))
    }

    fn empty(root: Option<ExprId>) -> Self {
        Self {
            root,
            occurrences: Vec::new(),
            binaries: Vec::new(),
            products: Vec::new(),
            foreign: Roles::none(),
            remote: Roles::none(),
            local: Roles::none(),
        }
    }

    fn occur(&mut self, occurrence: Occurrence) -> OccurrenceIndex {
        self.occurrences.push(occurrence);
        OccurrenceIndex(u32::try_from(self.occurrences.len() - 1).unwrap_or(u32::MAX))
    }

    fn gather_binaries(&mut self, graph: &Graph, root: ExprId, index: &Index) {
        let operand = |expr| index.get(&expr).map_or(Operand::Other, |i| Operand::Column(*i));
        for expr in graph.walk(root) {
            if let Some((left, right)) = sides(graph.expr(expr)) {
                let right = right.map_or(Operand::Other, operand);
                self.binaries.push(Binary { left: operand(left), right });
            }
        }
    }

    /// As `SQLAlchemy`'s `visit_binary_product`: subqueries are values of their own, and a
    /// comparison inside an operand does not lend its columns to the outer one.
    fn gather_products(&mut self, graph: &Graph, root: ExprId, index: &Index) {
        for expr in graph.walk_within(root, |_| true) {
            let Some((left, right, equality)) = comparison(graph.expr(expr)) else { continue };
            let leaves = |side: &[ExprId]| -> Vec<OccurrenceIndex> {
                let own = |e: &Expr| comparison(e).is_none();
                let under = side.iter().flat_map(|id| graph.walk_within(*id, own));
                under.filter_map(|id| index.get(&id).copied()).collect()
            };
            let (left, right) = (leaves(&[left]), leaves(&right));
            for l in left {
                let pair = |r: &OccurrenceIndex| Product { left: l, right: *r, equality };
                self.products.extend(right.iter().map(pair));
            }
        }
    }
}

type Index = FxHashMap<ExprId, OccurrenceIndex>;

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
