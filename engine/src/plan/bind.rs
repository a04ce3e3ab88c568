//! Conditions in which one side is given.
//!
//! Rules: `SQLAlchemy`'s `JoinCondition.create_lazy_clause`.

use super::adapt::values;
use super::model::{Scope, Use, Value};
use crate::base::{ColumnId, EntityId};
use crate::entity::Mapping;
use crate::graph::{BinaryOperator, Condition, Expr, Graph, OccurrenceIndex};
use crate::resolve::{Answer, Join, Sided};

/// The conditions under which rows belong to one given instance.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LazyClause<'m> {
    /// The conditions; all hold together.
    pub uses: Vec<Use<'m>>,
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
    match (reverse, &join.secondary) {
        (false, secondary) => {
            clause.add_bound(&mapping.graph, &join.primary, |i, _| join.primary.local.contains(i));
            if let Some(secondary) = secondary {
                clause.add_bound(&mapping.graph, secondary, |_, _| false);
            }
        }
        (true, None) => {
            let remote = &join.primary.remote;
            clause.add_bound(&mapping.graph, &join.primary, |i, _| remote.contains(i));
        }
        (true, Some(secondary)) => clause.add_reversed(mapping, answer, join, secondary),
    }
    Some(clause)
}

/// The clause that finds the parent's rows for an instance of the target. Unlike that of
/// [`lazy_clause`], it takes all that the secondaryjoin says of the target from that instance;
/// `SQLAlchemy` leaves what is not compared with the secondary to rows that nothing else names.
pub(super) fn reverse_clause<'m>(mapping: &Mapping, answer: &'m Answer) -> Option<LazyClause<'m>> {
    let join = answer.join.as_ref()?;
    let Some(secondary) = &join.secondary else { return lazy_clause(mapping, answer, true) };
    let mut clause = LazyClause::default();
    let of_target = |i| !secondary.remote.contains(i);
    let paired = |column| answer.pairs.local_remote.iter().any(|(local, _)| *local == column);
    clause.add_bound(&mapping.graph, &join.primary, |_, _| false);
    clause.add_bound(&mapping.graph, secondary, |i, column| of_target(i) || paired(column));
    Some(clause)
}

impl<'m> LazyClause<'m> {
    fn add_reversed(
        &mut self,
        mapping: &Mapping,
        answer: &Answer,
        join: &'m Join,
        secondary: &'m Sided,
    ) {
        let paired = |column| answer.pairs.local_remote.iter().any(|(local, _)| *local == column);
        self.add_bound(&mapping.graph, &join.primary, |_, _| false);
        self.add_bound(&mapping.graph, secondary, |_, column| paired(column));
    }

    fn add_bound(
        &mut self,
        graph: &Graph,
        sided: &'m Sided,
        given: impl Fn(OccurrenceIndex, ColumnId) -> bool,
    ) {
        let condition = &sided.condition;
        let mut values = values(graph, condition, |index, column| {
            given(index, column).then_some(Value::Parameter(0))
        });
        for (value, occurrence) in values.iter_mut().zip(condition.occurrences()) {
            if let Value::Parameter(parameter) = value {
                *parameter = self.parameter(occurrence.column);
            }
        }
        self.uses.push(Use { condition, values, scope: Scope::NONE });
    }

    fn parameter(&mut self, column: ColumnId) -> usize {
        let known = self.parameters.iter().position(|other| *other == column);
        known.unwrap_or_else(|| {
            self.parameters.push(column);
            self.parameters.len() - 1
        })
    }

    /// The parameter that each column of an entity's key, or a column kept equal to it, is equated
    /// with, where the clause says that and no more: then the row can be had by its key. Rule:
    /// `SQLAlchemy`'s `LazyLoader.use_get`.
    pub(super) fn as_get(&self, mapping: &Mapping, entity: EntityId) -> Option<Vec<usize>> {
        let key = &mapping.entity(entity).primary_key;
        let [only] = self.uses.as_slice() else { return None };
        if key.is_empty() || !is_equalities(&mapping.graph, only.condition) {
            return None;
        }
        let pairs: Vec<_> = only
            .condition
            .products()
            .map(|product| {
                let sides = (given(only, product.left), given(only, product.right));
                match sides {
                    (Some(parameter), None) => {
                        Some((only.condition.column(product.right)?, parameter))
                    }
                    (None, Some(parameter)) => {
                        Some((only.condition.column(product.left)?, parameter))
                    }
                    _ => None,
                }
            })
            .collect::<Option<_>>()?;
        if pairs.len() != key.len() {
            return None;
        }
        let parameter = |column: &ColumnId| {
            let equal = |other| mapping.are_equal(entity, *column, other);
            pairs.iter().find(|(other, _)| equal(*other)).map(|(_, parameter)| *parameter)
        };
        key.iter().map(parameter).collect()
    }
}

fn given(condition: &Use<'_>, index: OccurrenceIndex) -> Option<usize> {
    match condition.values.get(index.0 as usize) {
        Some(Value::Parameter(parameter)) => Some(*parameter),
        _ => None,
    }
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
