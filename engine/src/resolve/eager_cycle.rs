//! Which eager loads lead in a circle?

use rustc_hash::{FxHashMap, FxHashSet};

use super::answer::{Answer, Resolution};
use super::eager::{EagerFault, Set, by_path, load};
use super::loads::{Loaded, Loads};
use crate::base::{EntityId, RelationshipId};
use crate::entity::{Load, Mapping, Relationship};
use crate::graph::dependency_order;

/// The eager loads that go on however deep they are, and their circles. What is declared on any
/// entity of a hierarchy may be loaded with any other, so that they lead from root to root.
#[derive(Clone, Debug, Default)]
pub(super) struct Endless {
    loads: Loads,
    pub(super) cycles: Vec<EagerFault>,
}

impl Endless {
    /// Those among relationships that are given by id, with their circles.
    pub(super) fn of(mapping: &Mapping, resolution: &Resolution, set: &[Set<'_>]) -> Self {
        let endless =
            set.iter().filter(|(_, relationship, answer)| is_endless(relationship, answer));
        let loaded = endless.map(|(id, relationship, _)| loaded(mapping, *id, relationship));
        let mut all: Vec<_> = loaded.collect();
        all.sort_by_key(|it| it.from);
        let mut roots: Vec<_> = all.iter().map(|it| it.from).collect();
        roots.dedup();
        let mut endless = Self { loads: Loads::of(&all), cycles: Vec::new() };
        endless.cycles = endless.cycles_among(mapping, resolution, &roots);
        endless
    }

    /// Looks again at what leads on from a relationship whose answer may have changed.
    pub(super) fn renew(&mut self, mapping: &Mapping, resolution: &Resolution, id: RelationshipId) {
        let relationship = resolution.relationship(mapping, id);
        let root = mapping.root_of(relationship.entity);
        let old = self.loads.take(root, id);
        let answer = resolution.answer(id).filter(|answer| is_endless(relationship, answer));
        let new = answer.map(|_| loaded(mapping, id, relationship));
        if let Some(loaded) = new {
            self.loads.put(loaded, |other| other.id < id);
        }
        if old == new {
            return;
        }
        let root_of =
            |id: &RelationshipId| mapping.root_of(resolution.relationship(mapping, *id).entity);
        // A circle that is broken may leave smaller ones behind that are no longer led to.
        let broken = self.cycles.iter().map(EagerFault::relationships);
        let broken = broken.filter(|ids| ids.iter().any(|id| root_of(id) == root));
        let starts = broken.flatten().map(root_of).chain([root]).collect();
        let reached = self.reached(starts);
        let known: FxHashSet<_> = reached.iter().copied().collect();
        self.cycles.retain(|it| !it.relationships().iter().any(|id| known.contains(&root_of(id))));
        self.cycles.extend(self.cycles_among(mapping, resolution, &reached));
    }

    /// The roots that are led to from these, themselves included, in the order of their ids.
    fn reached(&self, mut open: Vec<EntityId>) -> Vec<EntityId> {
        let mut known = FxHashSet::default();
        let mut reached = Vec::new();
        while let Some(next) = open.pop() {
            if known.insert(next) {
                reached.push(next);
                open.extend(self.loads.from(next).iter().map(|loaded| loaded.to));
            }
        }
        reached.sort_unstable();
        reached
    }

    /// The circles through roots that are given in the order of their ids.
    fn cycles_among(
        &self,
        mapping: &Mapping,
        resolution: &Resolution,
        roots: &[EntityId],
    ) -> Vec<EagerFault> {
        let roots = roots.iter().copied().filter(|root| !self.loads.from(*root).is_empty());
        let places: FxHashMap<EntityId, usize> = roots.clone().zip(0..).collect();
        let place = |root: &EntityId| places.get(root).copied();
        let edges = roots.flat_map(|root| self.loads.from(root));
        let edges = edges.filter_map(|it| Some(((place(&it.from)?, place(&it.to)?), it.id)));
        let edges: Vec<_> = edges.collect();
        let order = dependency_order(places.len(), edges.iter().map(|(edge, _)| *edge));
        let cycles = order.cycles.iter().map(|members| {
            let is_member = |place: &usize| members.binary_search(place).is_ok();
            let inside = edges.iter().filter(|((from, to), _)| is_member(from) && is_member(to));
            EagerFault::Cycle(by_path(mapping, resolution, inside.map(|(_, id)| *id)))
        });
        cycles.collect()
    }
}

fn loaded(mapping: &Mapping, id: RelationshipId, relationship: &Relationship) -> Loaded {
    let from = mapping.root_of(relationship.entity);
    Loaded { id, from, to: mapping.root_of(relationship.target), is_many: false }
}

/// Whether a relationship is loaded along with its parent however deep that is.
fn is_endless(relationship: &Relationship, answer: &Answer) -> bool {
    let eager = matches!(
        load(relationship),
        Load::Joined | Load::Selectin | Load::Subquery | Load::Immediate
    );
    eager && relationship.arguments.join_depth.is_none() && answer.is_complete()
}
