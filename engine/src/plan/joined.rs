//! `joined`: the rows of an entity and their related rows in one SELECT.
//!
//! Rows are counted in instances of the entity, so a limit over joined collections applies in a
//! sub-SELECT. Rule: `SQLAlchemy`'s `ORMSelectCompileState._compound_eager_statement`.

use super::build::Builder;
use super::eager::Joined;
use super::model::{From, Plan, Select};
use super::place::Scope;
use super::request::Request;
use super::step::Step;
use crate::entity::Mapping;

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
        self.joined_by = joins.first().map(|join| &join.step.join.primary().condition);
        let collection = joins.iter().any(|join| join.step.answer.uselist);
        if request.is_limited() && collection {
            self.limited_within(request, joins);
        } else {
            self.limited_outside(request, joins);
        }
    }

    fn limited_outside(&mut self, request: &Request, joins: &[Joined<'m>]) {
        let (mut select, parent) = self.entity_rows(request);
        self.plan.placed.push(parent);
        self.join_to(&mut select, joins);
        self.finish(select);
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
        let mut outer = Select { items, from, order_by, ..Select::default() };
        self.join_to(&mut outer, joins);
        self.show_needed(id, Scope::of(parent), Scope::of(around), outer.order_by);
        self.finish(outer);
    }
}
