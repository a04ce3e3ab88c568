//! Conditions in which one side is given.
//!
//! Rules: `SQLAlchemy`'s `JoinCondition.create_lazy_clause`.

use super::adapt::Enclosed;
use super::list::Lists;
use super::model::{Use, Value};
use super::place::Scope;
use crate::base::{ColumnId, EntityId};
use crate::entity::Mapping;
use crate::graph::{BinaryOperator, Condition, Expr, Graph, OccurrenceIndex, Product};
use crate::resolve::{Answer, Join, Sided};

/// The conditions under which rows belong to one given instance.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LazyClause<'m> {
    /// The conditions; all hold together.
    pub uses: Vec<Use<'m>>,
    /// What becomes of their occurrences.
    pub values: Lists<Value>,
    /// The column whose value each parameter takes, each column once.
    pub parameters: Vec<ColumnId>,
}

/// The clause that finds the target's rows for an instance of the parent; with `reverse`, the
/// parent's rows for an instance of the target. `None` where the relationship has no join.
pub fn lazy_clause<'m>(
    mapping: &Mapping,
    answer: &'m Answer,
    reverse: bool,
) -> Option<LazyClause<'m>> {
    let join = answer.join.as_ref()?;
    let mut clause = LazyClause::default();
    clause.fill(mapping, answer, join, reverse);
    Some(clause)
}

impl<'m> LazyClause<'m> {
    /// Makes it the clause of [`lazy_clause`].
    pub(super) fn fill(
        &mut self,
        mapping: &Mapping,
        answer: &Answer,
        join: &'m Join,
        reverse: bool,
    ) {
        self.clear();
        let graph = &mapping.graph;
        match (reverse, join.secondary()) {
            (false, secondary) => {
                self.add_bound(graph, join.primary(), |i, _| join.primary().is_local(i));
                if let Some(secondary) = secondary {
                    self.add_bound(graph, secondary, |_, _| false);
                }
            }
            (true, None) => {
                self.add_bound(graph, join.primary(), |i, _| join.primary().is_remote(i));
            }
            (true, Some(secondary)) => {
                self.add_bound(graph, join.primary(), |_, _| false);
                self.add_bound(graph, secondary, |_, column| is_local(answer, column));
            }
        }
    }

    /// Makes it the clause that finds the parent's rows for an instance of the target. Unlike that
    /// of [`lazy_clause`], it takes all that the secondaryjoin says of the target from that
    /// instance; `SQLAlchemy` leaves what is not compared with the secondary to rows that nothing
    /// else names.
    pub(super) fn fill_reversed(&mut self, mapping: &Mapping, answer: &Answer, join: &'m Join) {
        let Some(secondary) = join.secondary() else {
            return self.fill(mapping, answer, join, true);
        };
        self.clear();
        self.add_bound(&mapping.graph, join.primary(), |_, _| false);
        self.add_bound(&mapping.graph, secondary, |i, column| {
            !secondary.is_remote(i) || is_local(answer, column)
        });
    }

    fn clear(&mut self) {
        self.uses.clear();
        self.values.clear();
        self.parameters.clear();
    }

    fn add_bound(
        &mut self,
        graph: &Graph,
        sided: &'m Sided,
        given: impl Fn(OccurrenceIndex, ColumnId) -> bool,
    ) {
        let condition = &sided.condition;
        let enclosed = Enclosed::of(graph, condition);
        let mark = self.values.mark();
        for (index, occurrence) in condition.indexed() {
            let value = if !enclosed.has(occurrence) && given(index, occurrence.column) {
                Value::Parameter(self.parameter(occurrence.column))
            } else {
                Value::InScope
            };
            self.values.push(value);
        }
        self.uses.push(Use { condition, values: self.values.since(mark), scope: Scope::NONE });
    }

    fn parameter(&mut self, column: ColumnId) -> usize {
        let known = self.parameters.iter().position(|other| *other == column);
        known.unwrap_or_else(|| {
            self.parameters.push(column);
            self.parameters.len() - 1
        })
    }

    /// Whether the clause equates each column of an entity's key, or a column kept equal to it,
    /// with a parameter, and says no more: then the row can be had by its key. Rule: `SQLAlchemy`'s
    /// `LazyLoader.use_get`.
    pub(super) fn is_get(&self, mapping: &Mapping, entity: EntityId) -> bool {
        let key = &mapping.entity(entity).primary_key;
        let [only] = self.uses.as_slice() else { return false };
        let mut products = only.condition.products();
        !key.is_empty()
            && products.clone().count() == key.len()
            && is_equalities(&mapping.graph, only.condition)
            && products.all(|product| self.bound(only, product).is_some())
            && key.iter().all(|column| self.key_parameter(mapping, entity, *column).is_some())
    }

    /// The parameter that such a clause equates a column of the key with.
    pub(super) fn key_parameter(
        &self,
        mapping: &Mapping,
        entity: EntityId,
        column: ColumnId,
    ) -> Option<usize> {
        let only = self.uses.first()?;
        let mut bound = only.condition.products().filter_map(|it| self.bound(only, it));
        bound.find_map(|(other, parameter)| {
            mapping.are_equal(entity, column, other).then_some(parameter)
        })
    }

    /// The column that a comparison holds against a parameter.
    fn bound(&self, only: &Use<'_>, product: Product) -> Option<(ColumnId, usize)> {
        match (self.given(only, product.left), self.given(only, product.right)) {
            (Some(parameter), None) => Some((only.condition.column(product.right)?, parameter)),
            (None, Some(parameter)) => Some((only.condition.column(product.left)?, parameter)),
            _ => None,
        }
    }

    fn given(&self, only: &Use<'_>, index: OccurrenceIndex) -> Option<usize> {
        match self.values.get(only.values).get(index.0 as usize) {
            Some(Value::Parameter(parameter)) => Some(*parameter),
            _ => None,
        }
    }
}

/// Whether a column is the local one of a pair.
fn is_local(answer: &Answer, column: ColumnId) -> bool {
    answer.local_remote().iter().any(|(local, _)| *local == column)
}

/// Whether a condition is a conjunction of `column = column`.
pub(super) fn is_equalities(graph: &Graph, condition: &Condition) -> bool {
    let Some(root) = condition.root() else { return true };
    let plain = |expr: &Expr| match expr {
        Expr::And(_) | Expr::Column(_) => true,
        Expr::Binary { operator, .. } => *operator == BinaryOperator::Equal,
        _ => false,
    };
    condition.products().count() == condition.binaries().count()
        && graph.walk(root).all(|expr| plain(graph.expr(expr)))
}
