//! Lookups over all relationships, so that a model full of mistakes is not searched once for each.

use rustc_hash::FxHashMap;

use crate::base::{ColumnId, EntityId, Name, RelationshipId};
use crate::entity::Mapping;
use crate::resolve::{Resolution, uses};

/// Relationships by what a rule may ask for.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// By a column that they write.
    pub(super) writers: FxHashMap<ColumnId, Vec<RelationshipId>>,
    /// By the name in `back_populates`: the targets of those that name it.
    pub(super) naming: FxHashMap<Name, Vec<EntityId>>,
    /// The declared ones by entity and target.
    pub(super) leading: FxHashMap<(EntityId, EntityId), Vec<RelationshipId>>,
}

impl Index {
    pub(super) fn new(mapping: &Mapping, resolution: &Resolution) -> Self {
        let mut index = Self::default();
        for (id, relationship, answer) in resolution.relationships(mapping) {
            for column in &uses(mapping, relationship, answer).writes {
                index.writers.entry(*column).or_default().push(id);
            }
        }
        for (id, relationship) in mapping.relationships() {
            let (entity, target) = (relationship.entity, relationship.target);
            index.leading.entry((entity, target)).or_default().push(id);
            if let Some(name) = relationship.arguments.back_populates {
                index.naming.entry(name.value).or_default().push(target);
            }
        }
        index
    }
}
