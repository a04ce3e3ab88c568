//! What a sub-SELECT has to show because it is asked for from outside.

use super::build::Builder;
use super::list::List;
use super::model::{From, Order, Predicate, SelectId, Value};
use super::place::{PlaceId, Placement, Scope};
use super::row::Scalar;
use crate::base::ColumnId;
use crate::graph::SelectableKind;

impl Builder<'_> {
    /// Adds to a sub-SELECT what is asked of it from outside and it does not show yet. Its places are
    /// in `inner`, and in the same order as seen from outside in `around`.
    pub(super) fn show_needed(
        &mut self,
        id: SelectId,
        inner: Scope,
        around: Scope,
        order: List<Order>,
    ) {
        let mut needed = std::mem::take(&mut self.needed);
        needed.clear();
        self.add_joined_columns(around, &mut needed);
        self.add_columns_named_beside(around.near, &mut needed);
        self.add_ordered_columns(around, order, &mut needed);
        for column in &needed {
            let shown = self.plan.locate(self.mapping, inner, *column);
            let (place, column) = shown.unwrap_or((PlaceId(inner.near.first), *column));
            self.show(id, Scalar::Column(place, column));
        }
        self.needed = needed;
    }

    /// The columns of places that the conditions of joins name.
    fn add_joined_columns(&self, around: Scope, columns: &mut Vec<ColumnId>) {
        for from in &self.plan.froms {
            let From::Join { on, .. } = from else { continue };
            for predicate in self.plan.predicates(*on) {
                let Predicate::Condition(used) = predicate else { continue };
                let values = self.plan.values.get(used.values).iter();
                columns.extend(values.filter_map(|value| match value {
                    Value::Column(place, column) if around.places().any(|p| p == *place) => {
                        Some(*column)
                    }
                    _ => None,
                }));
            }
        }
    }

    /// The columns of a placement that the lateral subqueries beside it name.
    fn add_columns_named_beside(&self, placement: Placement, columns: &mut Vec<ColumnId>) {
        let graph = &self.mapping.graph;
        let lateral = self.plan.places.iter().filter(|place| place.scope.far == placement);
        let queries = lateral.filter_map(|place| match graph.selectable(place.selectable).kind {
            SelectableKind::Query(query) => Some(query),
            _ => None,
        });
        let exprs = queries.flat_map(|query| graph.walk_query(query));
        let named = exprs.filter_map(|expr| graph.expr(expr).column());
        let outer = |column: &ColumnId| {
            let selectable = graph.column(*column).selectable;
            self.plan.find(Scope::of(placement), selectable).is_some()
        };
        columns.extend(named.filter(outer));
    }

    /// The columns of places that an order names.
    fn add_ordered_columns(&self, around: Scope, order: List<Order>, columns: &mut Vec<ColumnId>) {
        let graph = &self.mapping.graph;
        for term in self.plan.orders.get(order) {
            match term.value {
                Scalar::Column(place, column) if around.places().any(|p| p == place) => {
                    columns.push(column);
                }
                Scalar::Expr(expr, scope) if scope.near == around.near => {
                    columns.extend(graph.walk(expr).filter_map(|expr| graph.expr(expr).column()));
                }
                _ => {}
            }
        }
    }
}
