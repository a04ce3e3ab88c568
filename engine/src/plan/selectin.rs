//! `selectin`: the related rows of several instances, by their keys.
//!
//! Where the keys stand in the target or the secondary, the parent is left out. Rule:
//! `SQLAlchemy`'s `SelectInLoader`.

use super::adapt::Ends;
use super::build::{Builder, Called};
use super::eager::Joined;
use super::join::Chain;
use super::list::List;
use super::model::{FromId, Match, Plan, Predicate, Select};
use super::place::{PlaceId, Placement, Shown};
use super::reference::{Holder, Reference};
use super::request::{Refusal, Request};
use super::row::{Item, Scalar, Shows};
use super::step::Step;
use crate::base::{ColumnId, EntityId, SelectableId};
use crate::entity::{Entity, Mapping};
use crate::graph::JoinKind;

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
    step: &Step<'m>,
) -> Result<(), Refusal> {
    builder.selectin(request, step, &[])
}

/// The related rows, and what is joined to them.
pub(super) fn plan_with<'m>(
    mapping: &'m Mapping,
    request: &Request,
    step: &Step<'m>,
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
        step: &Step<'m>,
        joins: &[Joined<'m>],
    ) -> Result<(), Refusal> {
        self.begin(request, std::slice::from_ref(step));
        let source = self.source(request, step);
        if source.keys.is_empty() {
            return Err(Refusal::NoPrimaryKey(request.entity));
        }
        let items = self.target_items(step, source.ends.target, 1);
        let mark = self.plan.predicates.mark();
        self.plan.predicates.push(Predicate::KeyIn(source.keys));
        self.plan.predicates.add(source.criterion);
        let mut select = Select {
            items: self.keys_first(source.keys, items),
            from: self.plan.sources.add([source.from]),
            filter: self.plan.predicates.since(mark),
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
                shown.push_part(mark, &one, from..key);
                from = key + 1;
            }
            shown.push_part(mark, &one, from..one.count());
        }
        shown.since(mark)
    }

    pub(super) fn source(&mut self, request: &Request, step: &Step<'m>) -> Source<'m> {
        match self.references.find(self.mapping, request.entity, step) {
            Some(reference) => self.by_reference(reference, step),
            None => self.by_parent(request, step),
        }
    }

    /// By columns of the target or the secondary.
    fn by_reference(&mut self, reference: Reference, step: &Step<'m>) -> Source<'m> {
        let (holder, mut source) = match reference.holder {
            Holder::Target => self.found_in_target(step),
            Holder::Secondary(secondary) => self.found_in_secondary(secondary, step),
        };
        let mark = self.plan.placed_columns.mark();
        for item in 0..self.references.pairs(reference).len() {
            let pair = self.references.pairs(reference).get(item).copied();
            let Some((given, column)) = pair else { break };
            self.plan.keys.push(given);
            self.plan.matches.push(Match { item, column: given });
            let placed = self.place_of(holder, column);
            self.plan.placed_columns.push(placed);
        }
        source.keys = self.plan.placed_columns.since(mark);
        source
    }

    fn found_in_target(&mut self, step: &Step<'m>) -> (Placement, Source<'m>) {
        let (target, from) = self.place_target(step, Called::Plain);
        let ends = Ends { source: Placement::NONE, secondary: None, target };
        let criterion = self.criterion(step.target, target);
        (target, Source { from, ends, keys: List::EMPTY, criterion })
    }

    fn found_in_secondary(
        &mut self,
        secondary: SelectableId,
        step: &Step<'m>,
    ) -> (Placement, Source<'m>) {
        let (secondary, left) = self.place(secondary, Shown::Plain);
        let selectable = self.mapping.loaded_from(step.target);
        let called = if self.appears(selectable) { Called::Parts } else { Called::Plain };
        let (target, right) = self.place_target(step, called);
        let ends = Ends { source: Placement::NONE, secondary: Some(secondary), target };
        let on = self.last_condition(step, ends);
        let from = self.join(left, right, JoinKind::Inner, on);
        (secondary, Source { from, ends, keys: List::EMPTY, criterion: None })
    }

    /// By the primary key of the given instances, whose rows are joined. A key that can be NULL in
    /// part equals nothing; then the columns that the relationship joins by stand for it, and rows
    /// that share them are joined once.
    fn by_parent(&mut self, request: &Request, step: &Step<'m>) -> Source<'m> {
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

    fn by_local_columns(&mut self, entity: EntityId, step: &Step<'m>) -> Source<'m> {
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
        let Plan { keys, matches, .. } = &mut self.plan;
        for (item, key) in given.iter().enumerate() {
            let column = self.mapping.read_for(entity, *key);
            keys.push(column);
            matches.push(Match { item, column });
        }
    }
}
