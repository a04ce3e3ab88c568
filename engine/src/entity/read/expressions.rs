//! Attributes that are expressions. They may name one another, in any order.

use rustc_hash::FxHashMap;

use super::super::attribute::AttributeValue;
use super::{Reader, Subject};
use crate::base::{EntityId, Name};
use crate::graph::dependency_order;
use crate::parse;
use crate::spec::document::{self, AttributeSpec, EntitySpec, Text};

/// An expression that waits to be read.
struct Pending<'d> {
    entity: EntityId,
    spec: &'d AttributeSpec,
    text: &'d Text,
}

impl<'d> Reader<'d> {
    /// Reads each expression behind those that it names; those that name one another in a circle
    /// come last, and find one of them missing.
    pub(super) fn expressions(&mut self, entities: &[(EntityId, &'d EntitySpec)]) {
        let pending: Vec<_> = entities.iter().flat_map(|(id, spec)| pending(*id, spec)).collect();
        let order = dependency_order(pending.len(), self.needs(&pending));
        let circles = order.cycles.iter().flatten();
        for pending in order.sorted.iter().chain(circles).filter_map(|i| pending.get(*i)) {
            self.subject = Subject { entity: Some(pending.entity), relationship: None };
            let Some(expression) = self.expression(pending.text) else { continue };
            let value = AttributeValue::Expression(expression);
            let attribute = self.attribute_of(pending.spec, value);
            self.mapping.entity_mut(pending.entity).attributes.push(attribute);
        }
        let declaring = entities.iter().filter(|(_, spec)| !spec.attributes.is_empty());
        for (id, spec) in declaring {
            self.put_in_order(*id, spec);
        }
    }

    /// Which expressions name which.
    fn needs(&mut self, pending: &[Pending<'_>]) -> Vec<(usize, usize)> {
        let names = &mut self.mapping.names;
        let key = |it: &Pending<'_>| (it.entity, names.intern(it.spec.name.text()));
        let places: FxHashMap<(EntityId, Name), usize> = pending.iter().map(key).zip(0..).collect();
        let mut needs = Vec::new();
        for (i, pending) in pending.iter().enumerate() {
            for (owner, attribute) in parse::mentions(pending.text, self.mapping.dialect) {
                let meant = self.meant(&owner, &attribute);
                needs.extend(meant.and_then(|key| places.get(&key)).map(|other| (i, *other)));
            }
        }
        needs
    }

    /// The entity and attribute that a dotted name may mean, through synonyms.
    fn meant(&self, owner: &str, attribute: &str) -> Option<(EntityId, Name)> {
        let id = self.mapping.find_entity(owner)?;
        let entity = self.mapping.entity(id);
        let mut name = self.mapping.names.find(attribute)?;
        for _ in 0..entity.attributes.len() {
            match entity.attribute(name).map(|attribute| &attribute.value) {
                Some(AttributeValue::Synonym(of)) => name = *of,
                _ => break,
            }
        }
        Some((id, name))
    }

    /// What shows no column comes first, as it is declared.
    fn put_in_order(&mut self, id: EntityId, spec: &EntitySpec) {
        let names = &self.mapping.names;
        let declared = spec.attributes.iter().map(|attribute| names.find(attribute.name.text()));
        let places: FxHashMap<Option<Name>, usize> = declared.zip(0..).collect();
        self.mapping.entity_mut(id).attributes.sort_by_key(|attribute| {
            let place = places.get(&Some(attribute.name)).copied();
            place.filter(|_| attribute.columns().is_empty()).unwrap_or(usize::MAX)
        });
    }
}

fn pending(entity: EntityId, spec: &EntitySpec) -> impl Iterator<Item = Pending<'_>> {
    spec.attributes.iter().filter_map(move |spec| match spec.value.as_ref()? {
        document::AttributeValue::Expression(text) => Some(Pending { entity, spec, text }),
        _ => None,
    })
}
