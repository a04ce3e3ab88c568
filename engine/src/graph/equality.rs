//! Which columns of a selectable hold the same value in every row.

use rustc_hash::FxHashMap;

use super::Graph;
use super::expr::{BinaryOperator, Expr};
use super::query::Query;
use super::selectable::{ColumnSource, JoinKind, SelectableKind};
use crate::base::{ColumnId, ExprId, QueryId, SelectableId};

/// Columns in classes of equal ones; a column in no class equals itself alone.
///
/// ```
/// use joinwright::graph::EqualColumns;
/// use joinwright::base::{ColumnId, Id};
/// let [a, b, c] = [0, 1, 2].map(ColumnId::from_index);
/// let mut equal = EqualColumns::default();
/// equal.unite(a, b);
/// equal.unite(b, c);
/// assert!(equal.same(a, c));
/// ```
#[derive(Clone, Debug, Default)]
pub struct EqualColumns {
    /// Each column that is in a class but not its first, with one that is nearer to the first.
    nearer: FxHashMap<ColumnId, ColumnId>,
}

impl EqualColumns {
    /// Whether two columns are in one class.
    pub fn same(&self, a: ColumnId, b: ColumnId) -> bool {
        self.first(a) == self.first(b)
    }

    /// Makes one class of those of two columns.
    pub fn unite(&mut self, a: ColumnId, b: ColumnId) {
        let (a, b) = (self.first(a), self.first(b));
        if a != b {
            self.nearer.insert(a.max(b), a.min(b));
        }
    }

    fn first(&self, mut column: ColumnId) -> ColumnId {
        while let Some(nearer) = self.nearer.get(&column) {
            column = *nearer;
        }
        column
    }
}

impl Extend<(ColumnId, ColumnId)> for EqualColumns {
    fn extend<I: IntoIterator<Item = (ColumnId, ColumnId)>>(&mut self, pairs: I) {
        for (a, b) in pairs {
            self.unite(a, b);
        }
    }
}

impl Graph {
    /// The columns of a selectable that its joins and filters hold equal. A row that an outer join
    /// keeps without partner has NULL in the place of an equal value.
    pub fn equal_columns(&self, selectable: SelectableId) -> EqualColumns {
        let mut equal = EqualColumns::default();
        self.gather_equal(selectable, &mut equal);
        equal
    }

    fn gather_equal(&self, selectable: SelectableId, equal: &mut EqualColumns) {
        let mut open = vec![selectable];
        while let Some(next) = open.pop() {
            match self.selectable(next).kind {
                SelectableKind::Table(_) | SelectableKind::Recursion(_) => {}
                SelectableKind::Join { left, right, kind, on } => {
                    open.extend([left, right]);
                    if let Some(on) = on.filter(|_| kind != JoinKind::Full) {
                        equal.extend(self.equated(on));
                    }
                }
                SelectableKind::Alias(of) => {
                    let inner = self.equal_columns(of);
                    self.carry_equal(next, &inner, equal);
                }
                SelectableKind::Query(query) => {
                    let inner = self.equal_in(query);
                    self.carry_equal(next, &inner, equal);
                }
            }
        }
    }

    /// What the FROM and WHERE of a SELECT hold equal; a set operation may have rows of either kind.
    fn equal_in(&self, query: QueryId) -> EqualColumns {
        let mut equal = EqualColumns::default();
        if let Query::Select { from, filter, .. } = self.query(self.behind_with(query)) {
            for from in from {
                self.gather_equal(*from, &mut equal);
            }
            if let Some(filter) = filter {
                equal.extend(self.equated(*filter));
            }
        }
        equal
    }

    /// The query that a `WITH` stands before.
    fn behind_with(&self, mut query: QueryId) -> QueryId {
        while let Query::With { body, .. } = self.query(query) {
            query = *body;
        }
        query
    }

    /// Columns that show equal ones are equal.
    fn carry_equal(&self, outer: SelectableId, inner: &EqualColumns, equal: &mut EqualColumns) {
        let shown = self.columns(outer).filter_map(|column| match self.column(column).source {
            ColumnSource::Alias(of) => Some((inner.first(of), column)),
            ColumnSource::Table(_) | ColumnSource::Expr(_) => None,
        });
        let mut by_class: FxHashMap<ColumnId, ColumnId> = FxHashMap::default();
        for (class, column) in shown {
            equal.unite(*by_class.entry(class).or_insert(column), column);
        }
    }

    /// The columns that a condition compares by `=`, wherever the whole condition holds.
    pub(crate) fn equated(&self, condition: ExprId) -> impl Iterator<Item = (ColumnId, ColumnId)> {
        let column = |expr| self.expr(expr).column();
        let sides = self.equalities(condition);
        sides.filter_map(move |(left, right)| column(left).zip(column(right)))
    }

    /// The two sides of each equality that must hold for a condition to hold, in reading order.
    pub(crate) fn equalities(&self, condition: ExprId) -> impl Iterator<Item = (ExprId, ExprId)> {
        let conjunction = |expr: &Expr| matches!(expr, Expr::And(_));
        self.walk_within(condition, conjunction).filter_map(|expr| match self.expr(expr) {
            Expr::Binary { operator: BinaryOperator::Equal, left, right } => Some((*left, *right)),
            _ => None,
        })
    }
}
