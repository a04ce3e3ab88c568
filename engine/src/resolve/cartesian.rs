//! Where do several joined collections multiply one another's rows?

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::answer::{Answer, Resolution};
use super::eager::{EagerFault, Set, by_path, load};
use super::loads::{Loaded, Loads};
use crate::base::{EntityId, RelationshipId};
use crate::entity::{Load, Mapping, Relationship};

/// Behind more entities than this nobody joins.
const FAR: usize = 64;

/// The joined loads by the entity that declares them, there by name, and where they multiply.
#[derive(Clone, Debug, Default)]
pub(super) struct Joined {
    loads: Loads,
    /// Found out when a load changes.
    upward: Option<Upward>,
    pub(super) faults: BTreeMap<EntityId, EagerFault>,
}

/// From where joined loads come to an entity.
#[derive(Clone, Debug, Default)]
struct Upward {
    /// The entities that declare the loads which lead to an entity, or to an alternate of it; one
    /// for each load. What is behind a load that holds many makes it no other.
    leading_to: FxHashMap<EntityId, Vec<EntityId>>,
    /// The alternates of each entity.
    alternates: FxHashMap<EntityId, Vec<EntityId>>,
}

impl Joined {
    /// Those among relationships that are given by id, and where they multiply.
    pub(super) fn of(mapping: &Mapping, resolution: &Resolution, set: &[Set<'_>]) -> Self {
        let joined = set.iter().filter(|(_, relationship, answer)| is_joined(relationship, answer));
        let mut all: Vec<_> =
            joined.map(|(id, it, answer)| (it, loaded(*id, it, answer))).collect();
        let name = |it: &Relationship| mapping.names.text(it.name);
        all.sort_by(|(one, a), (other, b)| {
            a.from.cmp(&b.from).then_with(|| name(one).cmp(name(other)))
        });
        let all: Vec<_> = all.into_iter().map(|(_, loaded)| loaded).collect();
        let mut joined = Self { loads: Loads::of(&all), ..Self::default() };
        for together in all.chunk_by(|a, b| a.from == b.from) {
            if let Some(first) = together.first() {
                joined.judge(mapping, resolution, first.from);
            }
        }
        joined
    }

    /// Looks again at what joins a relationship whose answer may have changed.
    pub(super) fn renew(&mut self, mapping: &Mapping, resolution: &Resolution, id: RelationshipId) {
        let relationship = resolution.relationship(mapping, id);
        let answer = resolution.answer(id).filter(|answer| is_joined(relationship, answer));
        let new = answer.map(|answer| loaded(id, relationship, answer));
        let known = self.loads.from(relationship.entity).iter().find(|it| it.id == id);
        if known == new.as_ref() {
            return;
        }
        let mut upward = self.upward.take().unwrap_or_else(|| Upward::of(mapping, &self.loads));
        if let Some(old) = self.loads.take(relationship.entity, id) {
            upward.take(mapping, old);
        }
        if let Some(new) = new {
            let place = |id| (mapping.names.text(resolution.relationship(mapping, id).name), id);
            self.loads.put(new, |other| place(other.id) < place(id));
            upward.put(mapping, new);
        }
        for entity in upward.joining(mapping, relationship.entity) {
            self.judge(mapping, resolution, entity);
        }
        self.upward = Some(upward);
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
        let above = mapping.ancestry(entity).filter(|owner| *owner != entity);
        let mut all = own.iter().chain(above.flat_map(|owner| self.loads.from(owner)));
        let (first, second) = (all.next()?, all.next()?);
        let all = [first, second].into_iter().chain(all).copied();
        let many: Vec<_> = all.filter(|it| self.leads_to_many(mapping, it)).collect();
        (many.len() > 1 && many.iter().any(|it| it.from == entity)).then_some(many)
    }

    /// Whether a joined relationship, or one joined behind it, holds many.
    fn leads_to_many(&self, mapping: &Mapping, loaded: &Loaded) -> bool {
        if loaded.is_many {
            return true;
        }
        let mut open = vec![loaded.to];
        // So few are looked through faster than they are hashed.
        let mut seen = vec![loaded.from];
        while let Some(entity) = open.pop().filter(|_| seen.len() < FAR) {
            if seen.contains(&entity) {
                continue;
            }
            seen.push(entity);
            for next in mapping.ancestry(entity).flat_map(|owner| self.loads.from(owner)) {
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

impl Upward {
    fn of(mapping: &Mapping, loads: &Loads) -> Self {
        let mut upward = Self::default();
        for (id, entity) in mapping.entities() {
            for loaded in loads.from(id) {
                upward.put(mapping, *loaded);
            }
            if let Some(primary) = entity.non_primary {
                upward.alternates.entry(primary).or_default().push(id);
            }
        }
        upward
    }

    fn put(&mut self, mapping: &Mapping, loaded: Loaded) {
        if !loaded.is_many {
            self.leading_to.entry(mapping.primary_of(loaded.to)).or_default().push(loaded.from);
        }
    }

    fn take(&mut self, mapping: &Mapping, loaded: Loaded) {
        let leading = self.leading_to.get_mut(&mapping.primary_of(loaded.to));
        if let Some(leading) = leading.filter(|_| !loaded.is_many)
            && let Some(at) = leading.iter().position(|entity| *entity == loaded.from)
        {
            leading.swap_remove(at);
        }
    }

    /// The entities whose loads include those that `owner` declares.
    fn joining(&self, mapping: &Mapping, owner: EntityId) -> Vec<EntityId> {
        let (mut found, mut known, mut open) = (Vec::new(), FxHashSet::default(), vec![owner]);
        while let Some(entity) = open.pop() {
            if known.insert(entity) {
                found.push(entity);
                found.extend(self.alternates.get(&entity).into_iter().flatten());
                open.extend(&mapping.entity(entity).hierarchy.children);
                open.extend(self.leading_to.get(&entity).into_iter().flatten());
            }
        }
        found
    }
}

fn loaded(id: RelationshipId, relationship: &Relationship, answer: &Answer) -> Loaded {
    let (from, to) = (relationship.entity, relationship.target);
    Loaded { id, from, to, is_many: answer.uselist }
}

fn is_joined(relationship: &Relationship, answer: &Answer) -> bool {
    load(relationship) == Load::Joined && answer.is_complete()
}
