//! `joined`: the rows of an entity and their related rows in one SELECT.
//!
//! Rules: `SQLAlchemy`'s `JoinedLoader._create_eager_join` and `_splice_nested_inner_join`: targets
//! always take an alias; an inner join after an outer one goes inside it, lest it drop what the
//! outer one kept. Rows are counted in instances of the entity, so a limit over joined collections
//! applies in a sub-SELECT: `ORMSelectCompileState._compound_eager_statement`.

use super::adapt::Ends;
use std::collections::VecDeque;

use super::build::Builder;
use super::join::Chain;
use super::model::{
    From, Item, Order, Placement, Plan, Predicate, Scalar, Select, SelectId, Shown, Step, Value,
};
use super::request::Request;
use crate::base::ColumnId;
use crate::entity::Mapping;
use crate::graph::Expr;

pub(super) fn plan<'m>(mapping: &'m Mapping, request: &Request, steps: &[Step<'m>]) -> Plan<'m> {
    let mut builder = Builder::new(mapping, request, steps);
    builder.joined_by = steps.first().map(|step| &step.join.primary.condition);
    let collection = steps.iter().any(|step| step.answer.uselist);
    let mut eager = if request.is_limited() && collection {
        builder.limited_within(request, steps)
    } else {
        builder.limited_outside(request, steps)
    };
    eager.outer.items.extend(in_order(eager.levels, steps));
    builder.finish(eager.outer)
}

/// The columns of the joined levels. Relationships that an entity declares come before its columns,
/// those that backrefs add to it come after them.
fn in_order(levels: Vec<Level>, steps: &[Step<'_>]) -> Vec<Item> {
    let mut items: VecDeque<Item> = VecDeque::new();
    let mut made = false;
    for ((own, _), step) in levels.into_iter().zip(steps).rev() {
        if made {
            own.into_iter().rev().for_each(|item| items.push_front(item));
        } else {
            items.extend(own);
        }
        made = step.made;
    }
    items.into()
}

/// The columns of a joined level and their order.
type Level = (Vec<Item>, Vec<Order>);

/// The outermost SELECT without the items of the joined levels, which wait in `levels`.
struct Eager<'m> {
    outer: Select<'m>,
    levels: Vec<Level>,
}

impl<'m> Builder<'m> {
    fn limited_outside(&mut self, request: &Request, steps: &[Step<'m>]) -> Eager<'m> {
        let selectable = self.mapping.entity(request.entity).selectable;
        let (parent, from) = self.place(selectable, Shown::Plain);
        let outer = Select {
            items: self.items(request.entity, parent, 0),
            order_by: self.order(request, parent),
            limit: request.limit,
            offset: request.offset,
            ..Select::default()
        };
        self.eager(Chain { from, last: parent }, request, steps, outer)
    }

    fn limited_within(&mut self, request: &Request, steps: &[Step<'m>]) -> Eager<'m> {
        let selectable = self.mapping.entity(request.entity).selectable;
        let (parent, from) = self.place(selectable, Shown::Plain);
        let inner = Select {
            items: self.items(request.entity, parent, 0),
            from: vec![from],
            order_by: self.order(request, parent),
            limit: request.limit,
            offset: request.offset,
            ..Select::default()
        };
        let loaded = inner.items.clone();
        let id = self.enclosed(inner);
        let around = self.enclose(parent, id);
        let items = loaded.into_iter().enumerate();
        let items = items.map(|(i, item)| Item { value: Scalar::Shown(id, i), ..item }).collect();
        let outer = Select { items, order_by: self.order(request, around), ..Select::default() };
        let from = self.add(From::Select(id));
        let eager = self.eager(Chain { from, last: around }, request, steps, outer);
        self.show_needed(id, parent, around, &eager.outer.order_by);
        eager
    }

    fn eager(
        &mut self,
        chain: Chain,
        request: &Request,
        steps: &[Step<'m>],
        mut outer: Select<'m>,
    ) -> Eager<'m> {
        let (from, levels) = self.join_levels(chain, request, steps);
        outer.from.push(from);
        outer.order_by.extend(levels.iter().flat_map(|(_, order)| order.iter().copied()));
        Eager { outer, levels }
    }

    /// Joins each level; inner joins after an outer one collect on its right side.
    fn join_levels(
        &mut self,
        chain: Chain,
        request: &Request,
        steps: &[Step<'m>],
    ) -> (super::FromId, Vec<Level>) {
        let (mut from, mut last) = (chain.from, chain.last);
        let mut open: Option<(Chain, Step<'m>, Ends)> = None;
        let mut levels = Vec::with_capacity(steps.len());
        for (step, level) in steps.iter().zip(1..) {
            let ends = if !is_inner(request, *step) {
                if let Some((right, outer, ends)) = open.take() {
                    from = self.attach(from, right.from, outer, ends);
                }
                let (right, ends) = self.far_side(last, *step, Shown::Aliased);
                open = Some((right, *step, ends));
                ends
            } else if let Some((right, _, _)) = &mut open {
                let (chain, ends) = self.join_inner(*right, *step, Shown::Aliased);
                *right = chain;
                ends
            } else {
                let (chain, ends) = self.join_inner(Chain { from, last }, *step, Shown::Aliased);
                from = chain.from;
                ends
            };
            last = ends.target;
            let items = self.items(step.relationship.target, last, level);
            levels.push((items, self.step_order(*step, ends)));
        }
        if let Some((right, outer, ends)) = open {
            from = self.attach(from, right.from, outer, ends);
        }
        (from, levels)
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

    /// The columns of a placement that the conditions of joins name.
    fn joined_columns(&self, placement: Placement) -> Vec<ColumnId> {
        let mut columns = Vec::new();
        for from in &self.plan.froms {
            let From::Join { on, .. } = from else { continue };
            for predicate in on {
                let Predicate::Condition(used) = predicate else { continue };
                let named = used.values.iter().zip(&used.condition.occurrences);
                columns.extend(named.filter_map(|(value, occurrence)| match value {
                    Value::Place(place) if placement.places().any(|p| p == *place) => {
                        Some(occurrence.column)
                    }
                    _ => None,
                }));
            }
        }
        columns
    }
}

/// Whether a step drops instances without related rows.
fn is_inner(request: &Request, step: Step<'_>) -> bool {
    let own = step.relationship.arguments.innerjoin.is_some_and(|inner| inner.value);
    request.innerjoin.unwrap_or(own)
}
