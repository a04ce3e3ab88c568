//! Where do several joined collections multiply one another's rows?

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::answer::{Answer, Resolution};
use super::eager::{EagerFault, by_path, load};
use super::loads::{Loaded, Loads};
use crate::base::{EntityId, RelationshipId};
use crate::entity::{Load, Mapping, Relationship};

/// Behind more entities than this nobody joins.
const FAR: usize = 64;

/// The joined loads by the entity that declares them, there by name, and where they multiply.
#[derive(Clone, Debug, Default)]
pub(super) struct Joined {
    loads: Loads,
    /// The entities that declare the loads which lead to an entity, or to an alternate of it; one
    /// for each load.
    leading_to: FxHashMap<EntityId, Vec<EntityId>>,
    /// The alternates of each entity.
    alternates: FxHashMap<EntityId, Vec<EntityId>>,
    pub(super) faults: BTreeMap<EntityId, EagerFault>,
}

impl Joined {
    pub(super) fn of(mapping: &Mapping, resolution: &Resolution) -> Self {
        let mut joined = Self::default();
        for (id, relationship, answer) in resolution.relationships(mapping) {
            if is_joined(relationship, answer) {
                joined.put(mapping, resolution, id);
            }
        }
        for (id, entity) in mapping.entities() {
            if let Some(primary) = entity.non_primary {
                joined.alternates.entry(primary).or_default().push(id);
            }
        }
        for (id, _) in mapping.entities() {
            joined.judge(mapping, resolution, id);
        }
        joined
    }

    /// Looks again at what joins a relationship whose answer may have changed.
    pub(super) fn renew(&mut self, mapping: &Mapping, resolution: &Resolution, id: RelationshipId) {
        let relationship = resolution.relationship(mapping, id);
        let old = self.take(mapping, relationship.entity, id);
        let answer = resolution.answer(id).filter(|answer| is_joined(relationship, answer));
        let new = answer.and_then(|_| self.put(mapping, resolution, id));
        if old == new {
            return;
        }
        for entity in self.joining(mapping, relationship.entity) {
            self.judge(mapping, resolution, entity);
        }
    }

    fn take(&mut self, mapping: &Mapping, from: EntityId, id: RelationshipId) -> Option<Loaded> {
        let loaded = self.loads.take(from, id)?;
        let leading = self.leading_to.get_mut(&mapping.primary_of(loaded.to));
        if let Some(leading) = leading
            && let Some(at) = leading.iter().position(|entity| *entity == from)
        {
            leading.swap_remove(at);
        }
        Some(loaded)
    }

    fn put(
        &mut self,
        mapping: &Mapping,
        resolution: &Resolution,
        id: RelationshipId,
    ) -> Option<Loaded> {
        let relationship = resolution.relationship(mapping, id);
        let place = |id: RelationshipId| {
            (mapping.names.text(resolution.relationship(mapping, id).name), id)
        };
        let is_many = resolution.answer(id)?.uselist;
        let (from, to) = (relationship.entity, relationship.target);
        let loaded = Loaded { id, from, to, is_many };
        self.loads.put(loaded, |other| place(other.id) < place(id));
        self.leading_to.entry(mapping.primary_of(to)).or_default().push(from);
        Some(loaded)
    }

    /// The entities whose loads include those that `owner` declares.
    fn joining(&self, mapping: &Mapping, owner: EntityId) -> Vec<EntityId> {
        let (mut found, mut known, mut open) = (Vec::new(), FxHashSet::default(), vec![owner]);
        while let Some(owner) = open.pop() {
            for heir in mapping.descendants(owner) {
                if known.insert(heir) {
                    found.push(heir);
                    found.extend(self.alternates.get(&heir).into_iter().flatten());
                    open.extend(self.leading_to.get(&heir).into_iter().flatten());
                }
            }
        }
        found
    }

    fn judge(&mut self, mapping: &Mapping, resolution: &Resolution, entity: EntityId) {
        match self.multiplied(mapping, entity) {
            Some(many) => {
                let many = by_path(mapping, resolution, many.iter().map(|it| it.id));
                self.faults.insert(entity, EagerFault::Cartesian(entity, many));
            }
            None => {
                self.faults.remove(&entity);
            }
        }
    }

    /// The loads of an entity that multiply one another; what only a base joins is the base's matter.
    fn multiplied(&self, mapping: &Mapping, entity: EntityId) -> Option<Vec<Loaded>> {
        let own = self.loads.from(entity);
        if own.is_empty() {
            return None;
        }
        let lineage = mapping.lineage(entity);
        let above = lineage.iter().filter(|owner| **owner != entity);
        let all: Vec<_> =
            own.iter().chain(above.flat_map(|owner| self.loads.from(*owner))).collect();
        if all.len() < 2 {
            return None;
        }
        let many = all.into_iter().filter(|it| self.leads_to_many(mapping, it));
        let many: Vec<_> = many.copied().collect();
        (many.len() > 1 && many.iter().any(|it| it.from == entity)).then_some(many)
    }

    /// Whether a joined relationship, or one joined behind it, holds many.
    fn leads_to_many(&self, mapping: &Mapping, loaded: &Loaded) -> bool {
        if loaded.is_many {
            return true;
        }
        let mut open = vec![loaded.to];
        let mut seen = FxHashSet::from_iter([loaded.from]);
        while let Some(entity) = open.pop().filter(|_| seen.len() < FAR) {
            if !seen.insert(entity) {
                continue;
            }
            let lineage = mapping.lineage(entity);
            for next in lineage.iter().flat_map(|owner| self.loads.from(*owner)) {
                // What is above already is not loaded again.
                if next.is_many && !seen.contains(&next.to) {
                    return true;
                }
                open.push(next.to);
            }
        }
        false
    }
}

fn is_joined(relationship: &Relationship, answer: &Answer) -> bool {
    load(relationship) == Load::Joined && answer.is_complete()
}
