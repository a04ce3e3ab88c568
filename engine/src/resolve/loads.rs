//! Which relationships are loaded along with what they begin at, and where do they lead?

use rustc_hash::FxHashMap;

use crate::base::{EntityId, Few, RelationshipId};

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
    from: FxHashMap<EntityId, Few<Loaded>>,
}

impl Loads {
    /// Those of a list in which the loads of one beginning stand together, in their order.
    pub(super) fn of(sorted: &[Loaded]) -> Self {
        let together = sorted.chunk_by(|a, b| a.from == b.from);
        let from = together.filter_map(|it| Some((it.first()?.from, it.iter().copied().collect())));
        Self { from: from.collect() }
    }

    /// Those that begin at an entity.
    pub(super) fn from(&self, entity: EntityId) -> &[Loaded] {
        self.from.get(&entity).map_or(&[], |loads| loads)
    }

    /// Takes a relationship out.
    pub(super) fn take(&mut self, from: EntityId, id: RelationshipId) -> Option<Loaded> {
        let loads = self.from.get_mut(&from)?;
        let taken = loads.iter().copied().find(|it| it.id == id)?;
        *loads = loads.iter().copied().filter(|it| it.id != id).collect();
        Some(taken)
    }

    /// Puts a relationship behind those of which `is_before` tells so.
    pub(super) fn put(&mut self, loaded: Loaded, is_before: impl Fn(&Loaded) -> bool) {
        let loads = self.from.entry(loaded.from).or_default();
        let at = loads.partition_point(is_before);
        let (before, behind) = (loads.iter().take(at), loads.iter().skip(at));
        *loads = before.chain([&loaded]).chain(behind).copied().collect();
    }
}
