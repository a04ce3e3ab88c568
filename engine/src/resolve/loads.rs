//! Which relationships are loaded along with what they begin at, and where do they lead?

use rustc_hash::FxHashMap;

use crate::base::{EntityId, RelationshipId};

/// A relationship that is loaded along.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Loaded {
    pub(super) id: RelationshipId,
    /// Where it begins.
    pub(super) from: EntityId,
    /// Where it leads.
    pub(super) to: EntityId,
    /// Whether it holds many.
    pub(super) is_many: bool,
}

/// Loads by where they begin.
#[derive(Clone, Debug, Default)]
pub(super) struct Loads {
    from: FxHashMap<EntityId, Vec<Loaded>>,
}

impl Loads {
    /// Those that begin at an entity.
    pub(super) fn from(&self, entity: EntityId) -> &[Loaded] {
        self.from.get(&entity).map_or(&[], Vec::as_slice)
    }

    /// Takes a relationship out.
    pub(super) fn take(&mut self, from: EntityId, id: RelationshipId) -> Option<Loaded> {
        let loads = self.from.get_mut(&from)?;
        let at = loads.iter().position(|it| it.id == id)?;
        Some(loads.remove(at))
    }

    /// Puts a relationship behind those of which `is_before` tells so.
    pub(super) fn put(&mut self, loaded: Loaded, is_before: impl Fn(&Loaded) -> bool) {
        let loads = self.from.entry(loaded.from).or_default();
        let at = loads.partition_point(is_before);
        loads.insert(at, loaded);
    }
}
