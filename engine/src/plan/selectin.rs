//! `selectin`: the related rows of several instances, by their keys.
//!
//! Where the keys stand in the target or the secondary, the parent is left out. Rules:
//! `SQLAlchemy`'s `SelectInLoader` and `JoinCondition.secondary_can_be_used_for_related_join`.

use super::adapt::Ends;
use super::bind::is_equalities;
use super::build::{Builder, Called};
use super::eager::Joined;
use super::join::{Chain, between};
use super::lazy::{identity, needs_parent};
use super::list::List;
use super::model::{FromId, Match, Plan, Predicate, Select};
use super::place::{PlaceId, Placement, Shown};
use super::request::{Refusal, Request};
use super::row::{Item, Scalar, Shows};
use super::step::Step;
use crate::base::{ColumnId, EntityId};
use crate::entity::{Entity, Mapping};
use crate::graph::JoinKind;
use crate::resolve::Direction;

/// Where the rows come from, and by which columns they are found.
pub(super) struct Source<'m> {
    pub(super) from: FromId,
    pub(super) ends: Ends,
    pub(super) keys: List<(PlaceId, ColumnId)>,
    /// What the target's rows have to meet, where no join says so.
    pub(super) criterion: Option<Predicate<'m>>,
}

pub(super) fn plan<'m>(
    builder: &mut Builder<'m>,
    request: &Request,
    step: Step<'m>,
) -> Result<(), Refusal> {
    builder.selectin(request, step, &[])
}

/// The related rows, and what is joined to them.
pub(super) fn plan_with<'m>(
    mapping: &'m Mapping,
    request: &Request,
    step: Step<'m>,
    joins: &[Joined<'m>],
) -> Result<Plan<'m>, Refusal> {
    let mut builder = Builder::new(mapping);
    builder.selectin(request, step, joins)?;
    Ok(builder.plan)
}

impl<'m> Builder<'m> {
    fn selectin(
        &mut self,
        request: &Request,
        step: Step<'m>,
        joins: &[Joined<'m>],
    ) -> Result<(), Refusal> {
        self.begin(request, &[step]);
        let source = self.source(request, step);
        if source.keys.is_empty() {
            return Err(Refusal::NoPrimaryKey(request.entity));
        }
        let items = self.target_items(step, source.ends.target, 1);
        let by_keys = std::iter::once(Predicate::KeyIn(source.keys));
        let mut select = Select {
            items: self.keys_first(source.keys, items),
            from: self.plan.sources.add([source.from]),
            filter: self.plan.predicates.add(by_keys.chain(source.criterion)),
            order_by: self.related_order(request, step, source.ends),
            ..Select::default()
        };
        self.plan.placed.extend([source.ends.source, source.ends.target]);
        self.join_to(&mut select, joins);
        self.plan.given = Some(request.entity);
        self.finish(select);
        Ok(())
    }

    /// The keys, and then what else is loaded. A key that is given twice feeds its attribute once.
    pub(super) fn keys_first(
        &mut self,
        keys: List<(PlaceId, ColumnId)>,
        loaded: List<Shows>,
    ) -> List<Shows> {
        let (keys, shown) = (self.plan.placed_columns.get(keys), &mut self.plan.shown);
        let mark = shown.mark();
        for (i, key) in keys.iter().enumerate() {
            let repeated = keys.iter().take(i).any(|other| other == key);
            let mut known = shown.get(loaded).iter().filter_map(|it| it.only(*key));
            let known = known.next().filter(|_| !repeated);
            let unfed = Shows::Item(Item::unfed(Scalar::Column(key.0, key.1)));
            shown.push_joined(mark, known.unwrap_or(unfed));
        }
        for i in 0..shown.get(loaded).len() {
            let Some(one) = shown.get(loaded).get(i).copied() else { break };
            let mut from = 0;
            while let Some(key) = one.first_of(keys, from) {
                shown.push_part(mark, one, from..key);
                from = key + 1;
            }
            shown.push_part(mark, one, from..one.count());
        }
        shown.since(mark)
    }

    pub(super) fn source(&mut self, request: &Request, step: Step<'m>) -> Source<'m> {
        let omit = step.relationship.arguments.omit_join.is_none_or(|omit| omit.value);
        let short = match step.answer.direction {
            _ if !omit || needs_parent(self.mapping, step) => None,
            Some(Direction::ManyToOne) => self.by_own_key(request, step),
            Some(Direction::ManyToMany) if !self.is_self_referential(request, step) => {
                self.by_secondary(request, step)
            }
            _ => self.by_reference(request, step),
        };
        short.unwrap_or_else(|| self.by_parent(request, step))
    }

    fn is_self_referential(&self, request: &Request, step: Step<'m>) -> bool {
        self.mapping.share_lineage(request.entity, step.target)
    }

    /// By the target's primary key, which the given instances refer to.
    fn by_own_key(&mut self, request: &Request, step: Step<'m>) -> Option<Source<'m>> {
        let mapping = self.mapping;
        let keys = identity(mapping, step.target)?;
        self.clause.fill(mapping, step.answer, step.join, false);
        if step.answer.uselist || !self.clause.is_get(mapping, step.target) {
            return None;
        }
        for key in keys {
            let parameter = self.clause.key_parameter(mapping, step.target, *key);
            let given = parameter.and_then(|it| self.clause.parameters.get(it).copied());
            self.plan.keys.extend(given);
        }
        self.match_keys(request.entity);
        Some(self.by_target(step, keys.iter().copied()))
    }

    /// By the target's columns that refer to the primary key of the given instances.
    fn by_reference(&mut self, request: &Request, step: Step<'m>) -> Option<Source<'m>> {
        let mapping = self.mapping;
        let given = &mapping.entity(request.entity).primary_key;
        self.clause.fill(mapping, step.answer, step.join, true);
        if !self.clause.is_get(mapping, request.entity) {
            return None;
        }
        let pairs = &step.answer.pairs.local_remote;
        let equal = |key, local| mapping.are_equal(request.entity, key, local);
        let referring = |key: &ColumnId| {
            pairs.iter().rev().find(|(local, _)| equal(*key, *local)).map(|(_, remote)| *remote)
        };
        if !given.iter().all(|key| referring(key).is_some()) {
            return None;
        }
        self.matched(request.entity, given);
        Some(self.by_target(step, given.iter().filter_map(referring)))
    }

    fn by_target(&mut self, step: Step<'m>, keys: impl Iterator<Item = ColumnId>) -> Source<'m> {
        let (target, from) = self.place_target(step, Called::Plain);
        let ends = Ends { source: Placement::NONE, secondary: None, target };
        let criterion = self.criterion(step.target, target);
        Source { from, ends, keys: self.placed_columns(target, keys), criterion }
    }

    /// By the secondary's columns, where all that the primaryjoin says is that they refer to the
    /// primary key of the given instances.
    fn by_secondary(&mut self, request: &Request, step: Step<'m>) -> Option<Source<'m>> {
        let (mapping, condition) = (self.mapping, &step.join.primary.condition);
        let given = &mapping.entity(request.entity).primary_key;
        if !is_equalities(&mapping.graph, condition) || condition.products().count() != given.len()
        {
            return None;
        }
        let pairs = &step.answer.pairs.synchronize;
        let equal = |key, source| mapping.are_equal(request.entity, key, source);
        let referring = |key: &ColumnId| {
            pairs.iter().find(|(source, _)| equal(*key, *source)).map(|(_, target)| *target)
        };
        if !given.iter().all(|key| referring(key).is_some()) {
            return None;
        }
        let (secondary, left) = self.place(between(step)?, Shown::Plain);
        let selectable = mapping.loaded_from(step.target);
        let called = if self.appears(selectable) { Called::Parts } else { Called::Plain };
        let (target, right) = self.place_target(step, called);
        let ends = Ends { source: Placement::NONE, secondary: Some(secondary), target };
        let on = self.last_condition(step, ends);
        let from = self.join(left, right, JoinKind::Inner, on);
        self.matched(request.entity, given);
        let keys = self.placed_columns(secondary, given.iter().filter_map(referring));
        Some(Source { from, ends, keys, criterion: None })
    }

    /// By the primary key of the given instances, whose rows are joined. A key that can be NULL in
    /// part equals nothing; then the columns that the relationship joins by stand for it, and rows
    /// that share them are joined once.
    fn by_parent(&mut self, request: &Request, step: Step<'m>) -> Source<'m> {
        let (mapping, entity) = (self.mapping, request.entity);
        let Entity { selectable, primary_key, .. } = mapping.entity(entity);
        if primary_key.iter().any(|column| mapping.graph.may_lack(*selectable, *column)) {
            return self.by_local_columns(entity, step);
        }
        let (parent, from) = self.place_entity(entity, Called::Whole);
        let criterion = self.criterion(entity, parent);
        let chain = Chain { from, last: parent };
        let (chain, ends) = self.join_inner(chain, step, Called::Plain);
        self.matched(entity, primary_key);
        let keys = self.placed_columns(parent, primary_key.iter().copied());
        Source { from: chain.from, ends, keys, criterion }
    }

    fn by_local_columns(&mut self, entity: EntityId, step: Step<'m>) -> Source<'m> {
        let (parent, from) = self.place_entity(entity, Called::Plain);
        let local = step.join.local_columns();
        self.matched(entity, &local);
        let rows = Select {
            from: self.plan.sources.add([from]),
            filter: self.plan.predicates.add(self.criterion(entity, parent)),
            ..Select::default()
        };
        let (id, parent) = self.local_rows(rows, parent, true);
        let (chain, ends) = self.join_reduced(entity, parent, id, step);
        let keys = self.placed_columns(ends.source, local.iter().copied());
        Source { from: chain.from, ends, keys, criterion: None }
    }

    /// The first items are those that these columns of the given instances equal.
    pub(super) fn matched(&mut self, entity: EntityId, given: &[ColumnId]) {
        self.plan.keys.extend_from_slice(given);
        self.match_keys(entity);
    }

    fn match_keys(&mut self, entity: EntityId) {
        let Plan { keys, matches, .. } = &mut self.plan;
        for (item, key) in keys.iter_mut().enumerate() {
            *key = self.mapping.read_for(entity, *key);
            matches.push(Match { item, column: *key });
        }
    }
}
