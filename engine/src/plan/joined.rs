//! `joined`: the rows of an entity and their related rows in one SELECT.
//!
//! Rows are counted in instances of the entity, so a limit over joined collections applies in a
//! sub-SELECT. Rule: `SQLAlchemy`'s `ORMSelectCompileState._compound_eager_statement`.

use super::build::Builder;
use super::eager::Joined;
use super::list::List;
use super::model::{From, Order, Plan, Predicate, Select, SelectId, Value};
use super::place::{Placement, Scope};
use super::request::Request;
use super::row::Scalar;
use super::step::Step;
use crate::base::ColumnId;
use crate::entity::Mapping;
use crate::graph::SelectableKind;

pub(super) fn plan<'m>(builder: &mut Builder<'m>, request: &Request, steps: &[Step<'m>]) {
    let joined = |(from, step): (usize, &Step<'m>)| Joined {
        step: *step,
        from,
        inner: request.innerjoin.unwrap_or(step.is_inner()),
    };
    let mut joins = std::mem::take(&mut builder.joins);
    joins.clear();
    joins.extend(steps.iter().enumerate().map(joined));
    builder.eager(request, &joins);
    builder.joins = joins;
}

/// The rows of an entity, and what is joined to them.
pub(super) fn plan_with<'m>(
    mapping: &'m Mapping,
    request: &Request,
    joins: &[Joined<'m>],
) -> Plan<'m> {
    let mut builder = Builder::new(mapping);
    builder.eager(request, joins);
    builder.plan
}

impl<'m> Builder<'m> {
    fn eager(&mut self, request: &Request, joins: &[Joined<'m>]) {
        self.begin(request, &[]);
        let from_and_join_each = 2 * joins.len();
        self.plan.froms.reserve(1 + from_and_join_each);
        self.joined_by = joins.first().map(|join| &join.step.join.primary.condition);
        let collection = joins.iter().any(|join| join.step.answer.uselist);
        if request.is_limited() && collection {
            self.limited_within(request, joins);
        } else {
            self.limited_outside(request, joins);
        }
    }

    fn limited_outside(&mut self, request: &Request, joins: &[Joined<'m>]) {
        let (select, parent) = self.entity_rows(request);
        self.plan.placed.push(parent);
        let outer = self.join_to(select, joins);
        self.finish(outer);
    }

    fn limited_within(&mut self, request: &Request, joins: &[Joined<'m>]) {
        let (inner, parent) = self.entity_rows(request);
        let id = self.enclosed(inner);
        let around = self.enclose(parent, id);
        self.plan.placed.push(around);
        let items = self.shown_from(id, inner.items);
        let from = self.add(From::Select(id));
        let from = self.plan.sources.add([from]);
        let order_by = self.order(request, around);
        let outer = Select { items, from, order_by, ..Select::default() };
        let outer = self.join_to(outer, joins);
        self.show_needed(id, parent, around, outer.order_by);
        self.finish(outer);
    }

    /// Adds to a sub-SELECT what is asked of it from outside and it does not show yet.
    pub(super) fn show_needed(
        &mut self,
        id: SelectId,
        inner: Placement,
        around: Placement,
        order: List<Order>,
    ) {
        let mut needed = std::mem::take(&mut self.needed);
        needed.clear();
        self.add_joined_columns(around, &mut needed);
        for term in self.plan.orders.get(order) {
            match term.value {
                Scalar::Column(place, column) if around.places().any(|p| p == place) => {
                    needed.push(column);
                }
                Scalar::Expr(expr, scope) if scope.near == around => {
                    let graph = &self.mapping.graph;
                    needed.extend(graph.walk(expr).filter_map(|expr| graph.expr(expr).column()));
                }
                _ => {}
            }
        }
        for column in &needed {
            self.show(id, self.column(inner, *column));
        }
        self.needed = needed;
    }

    /// The columns of a placement that the conditions of joins and lateral subqueries name.
    fn add_joined_columns(&self, placement: Placement, columns: &mut Vec<ColumnId>) {
        self.add_columns_named_beside(placement, columns);
        for from in &self.plan.froms {
            let From::Join { on, .. } = from else { continue };
            for predicate in self.plan.predicates(*on) {
                let Predicate::Condition(used) = predicate else { continue };
                let values = self.plan.values.get(used.values).iter();
                columns.extend(values.filter_map(|value| match value {
                    Value::Column(place, column) if placement.places().any(|p| p == *place) => {
                        Some(*column)
                    }
                    _ => None,
                }));
            }
        }
    }

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
}
