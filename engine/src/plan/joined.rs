//! `joined`: the rows of an entity and their related rows in one SELECT.
//!
//! Rows are counted in instances of the entity, so a limit over joined collections applies in a
//! sub-SELECT. Rule: `SQLAlchemy`'s `ORMSelectCompileState._compound_eager_statement`.

use super::build::{Builder, shown};
use super::eager::Joined;
use super::model::{
    From, Item, Order, Placement, Plan, Predicate, Scalar, Scope, Select, SelectId, Value,
};
use super::request::Request;
use super::step::Step;
use crate::base::ColumnId;
use crate::entity::Mapping;
use crate::graph::{Expr, SelectableKind};

pub(super) fn plan<'m>(mapping: &'m Mapping, request: &Request, steps: &[Step<'m>]) -> Plan<'m> {
    let joined = |(from, step): (usize, &Step<'m>)| Joined {
        step: *step,
        from,
        inner: request.innerjoin.unwrap_or(step.is_inner()),
    };
    let joins: Vec<_> = steps.iter().enumerate().map(joined).collect();
    plan_with(mapping, request, &joins)
}

/// The rows of an entity, and what is joined to them.
pub(super) fn plan_with<'m>(
    mapping: &'m Mapping,
    request: &Request,
    joins: &[Joined<'m>],
) -> Plan<'m> {
    let mut builder = Builder::new(mapping, request, &[]);
    builder.joined_by = joins.first().map(|join| &join.step.join.primary.condition);
    let collection = joins.iter().any(|join| join.step.answer.uselist);
    if request.is_limited() && collection {
        builder.limited_within(request, joins)
    } else {
        builder.limited_outside(request, joins)
    }
}

impl<'m> Builder<'m> {
    fn limited_outside(mut self, request: &Request, joins: &[Joined<'m>]) -> Plan<'m> {
        let (select, parent) = self.entity_rows(request);
        self.plan.placed.push(parent);
        let outer = self.join_to(select, joins);
        self.finish(outer)
    }

    fn limited_within(mut self, request: &Request, joins: &[Joined<'m>]) -> Plan<'m> {
        let (inner, parent) = self.entity_rows(request);
        let loaded = inner.items.clone();
        let id = self.enclosed(inner);
        let around = self.enclose(parent, id);
        self.plan.placed.push(around);
        let items = shown(id, loaded).collect();
        let from = vec![self.add(From::Select(id))];
        let order_by = self.order(request, around);
        let outer = Select { items, from, order_by, ..Select::default() };
        let outer = self.join_to(outer, joins);
        self.show_needed(id, parent, around, &outer.order_by);
        self.finish(outer)
    }

    /// Adds to a sub-SELECT what is asked of it from outside and it does not show yet.
    pub(super) fn show_needed(
        &mut self,
        id: SelectId,
        inner: Placement,
        around: Placement,
        order: &[Order],
    ) {
        let mut needed = self.joined_columns(around);
        for term in order {
            match term.value {
                Scalar::Column(place, column) if around.places().any(|p| p == place) => {
                    needed.push(column);
                }
                Scalar::Expr(expr, scope) if scope.near == around => {
                    let graph = &self.mapping.graph;
                    needed.extend(graph.walk(expr).filter_map(|expr| match graph.expr(expr) {
                        Expr::Column(column) => Some(*column),
                        _ => None,
                    }));
                }
                _ => {}
            }
        }
        for column in needed {
            let value = self.column(inner, column);
            let Some(select) = self.plan.selects.get_mut(id.index()) else { return };
            if !select.items.iter().any(|item| item.value == value) {
                select.items.push(Item { value, label: None, feeds: None });
            }
        }
    }

    /// The columns of a placement that the conditions of joins and lateral subqueries name.
    fn joined_columns(&self, placement: Placement) -> Vec<ColumnId> {
        let mut columns = self.columns_named_beside(placement);
        for from in &self.plan.froms {
            let From::Join { on, .. } = from else { continue };
            for predicate in on {
                let Predicate::Condition(used) = predicate else { continue };
                columns.extend(used.values.iter().filter_map(|value| match value {
                    Value::Column(place, column) if placement.places().any(|p| p == *place) => {
                        Some(*column)
                    }
                    _ => None,
                }));
            }
        }
        columns
    }
}

impl Builder<'_> {
    fn columns_named_beside(&self, placement: Placement) -> Vec<ColumnId> {
        let graph = &self.mapping.graph;
        let lateral = self.plan.places.iter().filter(|place| place.scope.far == placement);
        let queries = lateral.filter_map(|place| match graph.selectable(place.selectable).kind {
            SelectableKind::Query(query) => Some(query),
            _ => None,
        });
        let named =
            queries.flat_map(|query| graph.walk_query(query)).filter_map(|expr| {
                match graph.expr(expr) {
                    Expr::Column(column) => Some(*column),
                    _ => None,
                }
            });
        let outer = |column: &ColumnId| {
            let selectable = graph.column(*column).selectable;
            self.plan.find(Scope::of(placement), selectable).is_some()
        };
        named.filter(outer).collect()
    }
}
