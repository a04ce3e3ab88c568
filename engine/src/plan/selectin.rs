//! `selectin`: the related rows of several instances, by their keys.
//!
//! Where the keys stand in the target or the secondary, the parent is left out. Rules:
//! `SQLAlchemy`'s `SelectInLoader` and `JoinCondition.secondary_can_be_used_for_related_join`.

use super::adapt::Ends;
use super::bind::{is_equalities, lazy_clause};
use super::build::{Builder, Called};
use super::eager::Joined;
use super::join::{Chain, between};
use super::lazy::{identity, needs_parent};
use super::model::{FromId, Item, Placement, Plan, Predicate, Scalar, Select, Shown};
use super::request::{Refusal, Request};
use super::step::Step;
use crate::base::ColumnId;
use crate::entity::Mapping;
use crate::graph::JoinKind;
use crate::resolve::Direction;

/// Where the rows come from, and by which columns they are found.
pub(super) struct Source<'m> {
    pub(super) from: FromId,
    pub(super) ends: Ends,
    /// Where the keys stand.
    pub(super) holder: Placement,
    pub(super) keys: Vec<ColumnId>,
    /// The columns of the given instances that they equal.
    pub(super) given: Vec<ColumnId>,
    /// What the target's rows have to meet, where no join says so.
    pub(super) criterion: Option<Predicate<'m>>,
}

pub(super) fn plan<'m>(
    mapping: &'m Mapping,
    request: &Request,
    steps: &[Step<'m>],
) -> Result<Plan<'m>, Refusal> {
    let step = *steps.first().ok_or(Refusal::NoRelationship(request.load))?;
    plan_with(mapping, request, step, &[])
}

/// The related rows, and what is joined to them.
pub(super) fn plan_with<'m>(
    mapping: &'m Mapping,
    request: &Request,
    step: Step<'m>,
    joins: &[Joined<'m>],
) -> Result<Plan<'m>, Refusal> {
    let mut builder = Builder::new(mapping, request, &[step]);
    let source = builder.source(request, step);
    if source.keys.is_empty() {
        return Err(Refusal::NoPrimaryKey(request.entity));
    }
    let columns: Vec<_> =
        source.keys.iter().map(|key| builder.place_of(source.holder, *key)).collect();
    let items = builder.target_items(step, source.ends.target, 1);
    let items = with_keys(&columns, items);
    let mut filter = vec![Predicate::KeyIn(columns)];
    filter.extend(source.criterion);
    let select = Select {
        items,
        from: vec![source.from],
        filter,
        order_by: builder.step_order(step, source.ends),
        ..Select::default()
    };
    builder.matched(request.entity, &source.given);
    builder.plan.placed = vec![source.ends.source, source.ends.target];
    let select = builder.join_to(select, joins);
    builder.plan.given = Some(request.entity);
    Ok(builder.finish(select))
}

/// The keys, and then what else is loaded. A key that is given twice feeds its attribute once.
pub(super) fn with_keys(keys: &[(super::PlaceId, ColumnId)], loaded: Vec<Item>) -> Vec<Item> {
    let value = |key: &(super::PlaceId, ColumnId)| Scalar::Column(key.0, key.1);
    let is_key = |item: &Item| keys.iter().any(|key| value(key) == item.value);
    let first = keys.iter().enumerate().map(|(i, key)| {
        let repeated = keys.iter().take(i).any(|other| other == key);
        let known = loaded.iter().find(|item| item.value == value(key) && !repeated).copied();
        known.unwrap_or(Item { value: value(key), label: None, feeds: None })
    });
    let mut items: Vec<_> = first.collect();
    items.extend(loaded.into_iter().filter(|item| !is_key(item)));
    items
}

impl<'m> Builder<'m> {
    pub(super) fn source(&mut self, request: &Request, step: Step<'m>) -> Source<'m> {
        let omit = step.relationship.arguments.omit_join.is_none_or(|omit| omit.value);
        let short = match step.answer.direction {
            _ if !omit || needs_parent(self.mapping, step) => None,
            Some(Direction::ManyToOne) => self.by_own_key(step),
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
    fn by_own_key(&mut self, step: Step<'m>) -> Option<Source<'m>> {
        let keys = identity(self.mapping, step.target)?;
        let clause = lazy_clause(self.mapping, step.answer, false)?;
        let parameters =
            clause.as_get(self.mapping, step.target).filter(|_| !step.answer.uselist)?;
        let given = parameters.iter().filter_map(|i| clause.parameters.get(*i).copied()).collect();
        Some(self.by_target(step, keys.to_vec(), given))
    }

    /// By the target's columns that refer to the primary key of the given instances.
    fn by_reference(&mut self, request: &Request, step: Step<'m>) -> Option<Source<'m>> {
        let given = &self.mapping.entity(request.entity).primary_key;
        lazy_clause(self.mapping, step.answer, true)?.as_get(self.mapping, request.entity)?;
        let pairs = &step.answer.pairs.local_remote;
        let equal = |key, local| self.mapping.are_equal(request.entity, key, local);
        let referring = |key: &ColumnId| pairs.iter().rev().find(|(local, _)| equal(*key, *local));
        let keys = given.iter().map(|key| Some(referring(key)?.1)).collect::<Option<_>>()?;
        Some(self.by_target(step, keys, given.clone()))
    }

    fn by_target(
        &mut self,
        step: Step<'m>,
        keys: Vec<ColumnId>,
        given: Vec<ColumnId>,
    ) -> Source<'m> {
        let (target, from) = self.place_target(step, Called::Plain);
        let ends = Ends { source: Placement::NONE, secondary: None, target };
        let criterion = self.criterion(step.target, target);
        Source { from, ends, holder: target, keys, given, criterion }
    }

    /// By the secondary's columns, where all that the primaryjoin says is that they refer to the
    /// primary key of the given instances.
    fn by_secondary(&mut self, request: &Request, step: Step<'m>) -> Option<Source<'m>> {
        let condition = &step.join.primary.condition;
        let given = &self.mapping.entity(request.entity).primary_key;
        let equalities = is_equalities(&self.mapping.graph, condition);
        if !equalities || condition.products().count() != given.len() {
            return None;
        }
        let pairs = &step.answer.pairs.synchronize;
        let equal = |key, source| self.mapping.are_equal(request.entity, key, source);
        let referring = |key: &ColumnId| pairs.iter().find(|(source, _)| equal(*key, *source));
        let keys = given.iter().map(|key| Some(referring(key)?.1)).collect::<Option<_>>()?;
        let (secondary, left) = self.place(between(step)?, Shown::Plain);
        let selectable = self.mapping.loaded_from(step.target);
        let called = if self.appears(selectable) { Called::Parts } else { Called::Plain };
        let (target, right) = self.place_target(step, called);
        let ends = Ends { source: Placement::NONE, secondary: Some(secondary), target };
        let on = self.last_condition(step, ends);
        let from = self.join(left, right, JoinKind::Inner, on);
        Some(Source { from, ends, holder: secondary, keys, given: given.clone(), criterion: None })
    }

    /// By the primary key of the given instances, whose rows are joined. A key that can be NULL in
    /// part equals nothing; then the columns that the relationship joins by stand for it.
    fn by_parent(&mut self, request: &Request, step: Step<'m>) -> Source<'m> {
        let entity = self.mapping.entity(request.entity);
        let (parent, from) = self.place_entity(request.entity, Called::Whole);
        let criterion = self.criterion(request.entity, parent);
        let chain = Chain { from, last: parent };
        let (chain, ends) = self.join_inner(chain, step, Called::Plain);
        let graph = &self.mapping.graph;
        let lacks = |column: &ColumnId| graph.may_lack(entity.selectable, *column);
        let whole = !entity.primary_key.iter().any(lacks);
        let keys = if whole { &*entity.primary_key } else { &*step.answer.local_columns }.to_vec();
        Source { from: chain.from, ends, holder: parent, given: keys.clone(), keys, criterion }
    }
}
