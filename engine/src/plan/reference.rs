//! Which columns beside related rows tell whose they are: found out once for a relationship.
//!
//! Rules: `SQLAlchemy`'s `SelectInLoader._init_for_omit_join` and
//! `JoinCondition.secondary_can_be_used_for_related_join`.

use rustc_hash::FxHashMap;

use super::bind::{is_equalities, lazy_clause};
use super::clause::key_parameters;
use super::join::between;
use super::lazy::needs_parent;
use super::list::{List, Lists};
use super::step::Step;
use crate::base::{ColumnId, EntityId, RelationshipId, SelectableId};
use crate::entity::Mapping;
use crate::resolve::Direction;

/// Columns that refer to given instances, or that these refer to: their rows need not be joined.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reference {
    pub(super) holder: Holder,
    /// Columns that the given instances read, each with the holder's that has the same value.
    pub(super) pairs: List<(ColumnId, ColumnId)>,
}

/// Where such columns are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Holder {
    Target,
    Secondary(SelectableId),
}

/// What was found out so far.
#[derive(Debug, Default)]
pub(super) struct References {
    known: FxHashMap<(RelationshipId, EntityId), Option<Reference>>,
    lists: Lists<(ColumnId, ColumnId)>,
}

type Pairs = Vec<(ColumnId, ColumnId)>;

impl References {
    /// By which columns the rows that a step leads to from instances of an entity are found.
    pub(super) fn find(
        &mut self,
        mapping: &Mapping,
        entity: EntityId,
        step: &Step<'_>,
    ) -> Option<Reference> {
        *self.known.entry((step.id, entity)).or_insert_with(|| {
            let (holder, pairs) = held(mapping, entity, step)?;
            let read = |(given, other)| (mapping.read_for(entity, given), other);
            let pairs = self.lists.add(pairs.into_iter().map(read));
            Some(Reference { holder, pairs })
        })
    }

    /// The pairs of columns of a reference.
    pub(super) fn pairs(&self, reference: Reference) -> &[(ColumnId, ColumnId)] {
        self.lists.get(reference.pairs)
    }
}

fn held(mapping: &Mapping, entity: EntityId, step: &Step<'_>) -> Option<(Holder, Pairs)> {
    let omit = step.relationship.arguments.omit_join.is_none_or(|omit| omit.value);
    match step.answer.direction {
        _ if !omit || needs_parent(mapping, step) => None,
        Some(Direction::ManyToOne) => Some((Holder::Target, own_key(mapping, step)?)),
        Some(Direction::ManyToMany) if !mapping.share_lineage(entity, step.target) => {
            let pairs = of_secondary(mapping, entity, step)?;
            Some((Holder::Secondary(between(step)?), pairs))
        }
        _ => Some((Holder::Target, of_target(mapping, entity, step)?)),
    }
}

/// The target's primary key, which the given instances refer to.
fn own_key(mapping: &Mapping, step: &Step<'_>) -> Option<Pairs> {
    let clause = lazy_clause(mapping, step.answer, false)?;
    let keys = key_parameters(&clause, mapping, step)?.into_iter();
    keys.map(|(key, parameter)| Some((*clause.parameters.get(parameter)?, key))).collect()
}

/// The target's columns that refer to the primary key of the given instances.
fn of_target(mapping: &Mapping, entity: EntityId, step: &Step<'_>) -> Option<Pairs> {
    let clause = lazy_clause(mapping, step.answer, true)?;
    let pairs = step.join.local_remote();
    let pairs = pairs.iter().rev();
    clause.is_get(mapping, entity).then(|| referring(mapping, entity, &pairs))?
}

/// The secondary's columns, where all that the primaryjoin says is that they refer to the primary
/// key of the given instances.
fn of_secondary(mapping: &Mapping, entity: EntityId, step: &Step<'_>) -> Option<Pairs> {
    let condition = &step.join.primary().condition;
    let width = mapping.entity(entity).primary_key.len();
    let plain = is_equalities(&mapping.graph, condition) && condition.products().count() == width;
    let pairs = step.join.primary().synchronize();
    let pairs = pairs.iter();
    plain.then(|| referring(mapping, entity, &pairs))?
}

/// For each column of an entity's primary key the first one that refers to it, if all have one.
fn referring<'p>(
    mapping: &Mapping,
    entity: EntityId,
    pairs: &(impl Iterator<Item = &'p (ColumnId, ColumnId)> + Clone),
) -> Option<Pairs> {
    let pair = |key: &ColumnId| {
        let found = pairs.clone().find(|(own, _)| mapping.are_equal(entity, *key, *own));
        found.map(|(_, other)| (*key, *other))
    };
    mapping.entity(entity).primary_key.iter().map(pair).collect()
}
