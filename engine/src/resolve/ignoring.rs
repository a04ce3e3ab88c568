//! Who asks not to be told of something?

use std::collections::BTreeSet;

use crate::base::{EntityId, RelationshipId};
use crate::entity::Mapping;

/// The entities and declared relationships with a list of codes to ignore.
#[derive(Clone, Debug)]
pub struct Ignoring {
    /// The entities.
    pub entities: BTreeSet<EntityId>,
    /// The relationships.
    pub relationships: BTreeSet<RelationshipId>,
}

impl Ignoring {
    pub(super) fn of(mapping: &Mapping) -> Self {
        let entities = mapping.entities().filter(|(_, entity)| !entity.ignore.is_empty());
        let relationships = mapping.relationships().filter(|(_, it)| !it.ignore.is_empty());
        Self {
            entities: entities.map(|(id, _)| id).collect(),
            relationships: relationships.map(|(id, _)| id).collect(),
        }
    }

    /// Looks again at a relationship that was declared anew.
    pub(super) fn renew(&mut self, mapping: &Mapping, id: RelationshipId) {
        if mapping.relationship(id).ignore.is_empty() {
            self.relationships.remove(&id);
        } else {
            self.relationships.insert(id);
        }
    }
}
