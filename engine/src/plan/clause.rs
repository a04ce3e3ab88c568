//! The clauses that find the rows of given instances, each made once: they are the same for every
//! request of one relationship and entity.

use rustc_hash::FxHashMap;

use super::bind::LazyClause;
use super::step::Step;
use crate::base::{ColumnId, EntityId, RelationshipId};
use crate::entity::Mapping;

/// On which side of a relationship the instances are given.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Given {
    Parent,
    Target,
}

/// A clause, and what follows from it.
#[derive(Debug, Default)]
pub(super) struct Asked<'m> {
    pub(super) clause: LazyClause<'m>,
    /// Those of its parameters that find nothing when they are NULL.
    pub(super) skip: Vec<ColumnId>,
    /// Where it finds the target's row by its key: the [`key_parameters`].
    pub(super) key: Option<Vec<(ColumnId, usize)>>,
}

/// The clauses that were asked for so far.
#[derive(Debug, Default)]
pub(super) struct Clauses<'m> {
    known: FxHashMap<(RelationshipId, EntityId, Given), usize>,
    all: Vec<Asked<'m>>,
}

impl<'m> Clauses<'m> {
    /// The clause for instances of an entity that a step leads on from, or leads to. It is lent: to
    /// be [given back](Self::put) where it was.
    pub(super) fn take(
        &mut self,
        mapping: &Mapping,
        entity: EntityId,
        step: Step<'m>,
        given: Given,
    ) -> (usize, Asked<'m>) {
        let at = *self.known.entry((step.id, entity, given)).or_insert_with(|| {
            self.all.push(Asked::new(mapping, entity, step, given));
            self.all.len() - 1
        });
        (at, self.all.get_mut(at).map(std::mem::take).unwrap_or_default())
    }

    /// Puts a clause back that was taken.
    pub(super) fn put(&mut self, at: usize, asked: Asked<'m>) {
        if let Some(slot) = self.all.get_mut(at) {
            *slot = asked;
        }
    }
}

impl<'m> Asked<'m> {
    fn new(mapping: &Mapping, entity: EntityId, step: Step<'m>, given: Given) -> Self {
        let (mut clause, mut skip) = (LazyClause::default(), Vec::new());
        match given {
            Given::Parent => {
                clause.fill(mapping, step.answer, step.join, false);
                for column in &mut clause.parameters {
                    *column = mapping.read_for(entity, *column);
                }
            }
            Given::Target => clause.fill_reversed(mapping, step.answer, step.join),
        }
        clause.add_skipped(&mapping.graph, &mut skip);
        let key = match given {
            Given::Parent => key_parameters(&clause, mapping, step),
            Given::Target => None,
        };
        Self { clause, skip, key }
    }
}

/// The columns of the key of a step's target, each with the parameter that a clause equates it with,
/// where the clause finds the row by its key.
pub(super) fn key_parameters(
    clause: &LazyClause<'_>,
    mapping: &Mapping,
    step: Step<'_>,
) -> Option<Vec<(ColumnId, usize)>> {
    let target = step.relationship.target;
    let key = identity(mapping, target)?;
    if step.answer.uselist || !clause.is_get(mapping, target) {
        return None;
    }
    let parameter = |column: &ColumnId| clause.key_parameter(mapping, target, *column);
    key.iter().map(|column| Some((*column, parameter(column)?))).collect()
}

/// The key by which an entity's instances can be had one by one; those of an alternate mapping are
/// another's.
fn identity(mapping: &Mapping, entity: EntityId) -> Option<&[ColumnId]> {
    let entity = mapping.entity(entity);
    entity.non_primary.is_none().then_some(&*entity.primary_key)
}
