//! Of which entities of a hierarchy an object is an instance.

use joinwright::Model;

/// What a model says of entities, by name.
#[derive(Clone, Copy)]
pub(super) struct Kinds<'m> {
    model: &'m Model,
}

impl<'m> Kinds<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        Self { model }
    }

    /// Whether the instances of an entity are instances of another.
    pub(super) fn is(self, entity: &str, of: &str) -> bool {
        let mapping = self.model.mapping();
        let found = mapping.find_entity(entity).zip(mapping.find_entity(of));
        entity == of || found.is_some_and(|(entity, of)| mapping.lineage(entity).contains(&of))
    }

    /// Whether the instances of an entity have a relationship.
    pub(super) fn has(self, entity: &str, relationship: &str) -> bool {
        let mapping = self.model.mapping();
        let found = mapping.find_entity(entity).zip(mapping.names.find(relationship));
        let find = |(entity, name)| self.model.resolution().find(mapping, entity, name);
        found.and_then(find).is_some()
    }
}
