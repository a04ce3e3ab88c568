//! What do the load settings of a model come to, taken together?
//!
//! Which eager loads lead back to where they began, which inner joins drop rows, and where several
//! joined collections multiply one another's rows. Asked when findings are, not while relationships
//! are resolved.

use std::collections::BTreeMap;

use super::answer::{Answer, Direction, Resolution};
use super::cartesian::Joined;
use super::eager_cycle::Endless;
use super::ends::why_missing;
use crate::base::{ColumnId, EntityId, RelationshipId};
use crate::entity::{Load, Mapping, Relationship};

/// What is doubtful about eager loads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EagerFault {
    /// These lead in a circle from an entity back to it, by path. `SQLAlchemy` stops there.
    Cycle(Vec<RelationshipId>),
    /// An inner join leaves out the parents that have no related row.
    DropsRows(RelationshipId, Dropped),
    /// These, by path, are joined side by side and hold or lead to many: each row of one meets each
    /// row of the others.
    Cartesian(EntityId, Vec<RelationshipId>),
}

/// Why a parent may have no related row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Dropped {
    /// These referring columns may be NULL.
    Nullable(Vec<ColumnId>),
    /// It is the other side that refers.
    Unreferred,
    /// No foreign key promises that the row is there.
    Unpromised,
}

/// Everything doubtful about eager loads.
#[derive(Clone, Debug, Default)]
pub struct EagerFaults {
    endless: Endless,
    joined: Joined,
    dropped: BTreeMap<RelationshipId, EagerFault>,
}

/// A relationship that says how it is loaded.
pub(super) type Set<'r> = (RelationshipId, &'r Relationship, &'r Answer);

impl EagerFault {
    /// The relationships that take part.
    pub fn relationships(&self) -> &[RelationshipId] {
        match self {
            Self::Cycle(ids) | Self::Cartesian(_, ids) => ids,
            Self::DropsRows(id, _) => std::slice::from_ref(id),
        }
    }
}

impl EagerFaults {
    pub(super) fn of(mapping: &Mapping, resolution: &Resolution) -> Self {
        let is_set =
            |it: &Relationship| it.arguments.load.is_some() || it.arguments.innerjoin.is_some();
        let set = resolution.relationships(mapping).filter(|(_, it, _)| is_set(it));
        let set: Vec<_> = set.collect();
        let dropped = set.iter().filter_map(|(id, relationship, answer)| {
            Some((*id, EagerFault::DropsRows(*id, why_dropped(mapping, relationship, answer)?)))
        });
        Self {
            dropped: dropped.collect(),
            endless: Endless::of(mapping, resolution, &set),
            joined: Joined::of(mapping, resolution, &set),
        }
    }

    /// Each of them.
    pub fn all(&self) -> impl Iterator<Item = &EagerFault> {
        let Self { endless, joined, dropped } = self;
        endless.cycles.iter().chain(dropped.values()).chain(joined.faults.values())
    }

    /// Looks again at what rests on a relationship whose answer may have changed.
    pub(super) fn renew(&mut self, mapping: &Mapping, resolution: &Resolution, id: RelationshipId) {
        self.endless.renew(mapping, resolution, id);
        self.joined.renew(mapping, resolution, id);
        self.dropped.remove(&id);
        let relationship = resolution.relationship(mapping, id);
        let answer = resolution.answer(id);
        if let Some(why) = answer.and_then(|answer| why_dropped(mapping, relationship, answer)) {
            self.dropped.insert(id, EagerFault::DropsRows(id, why));
        }
    }
}

/// Why the inner join of a relationship leaves out parents.
fn why_dropped(mapping: &Mapping, relationship: &Relationship, answer: &Answer) -> Option<Dropped> {
    if !relationship.arguments.innerjoin?.value || !answer.is_complete() {
        return None;
    }
    if answer.direction != Some(Direction::ManyToOne) {
        return Some(Dropped::Unreferred);
    }
    why_missing(mapping, relationship, answer)
}

/// How a relationship is loaded.
pub(super) fn load(relationship: &Relationship) -> Load {
    relationship.arguments.load.map_or(Load::Select, |load| load.value)
}

/// Relationships in the order of their paths.
pub(super) fn by_path(
    mapping: &Mapping,
    resolution: &Resolution,
    ids: impl Iterator<Item = RelationshipId>,
) -> Vec<RelationshipId> {
    let mut ids: Vec<_> = ids.collect();
    ids.sort_by_cached_key(|id| mapping.relationship_path(resolution.relationship(mapping, *id)));
    ids
}
