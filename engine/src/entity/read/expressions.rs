//! Attributes that are expressions. They may name one another, in any order.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::attribute::{Attribute, AttributeValue};
use super::super::polymorphism::Inheritance;
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
        let pending: Vec<_> =
            entities.iter().flat_map(|(id, spec)| self.pending(*id, spec)).collect();
        let names = &mut self.mapping.names;
        let own = pending.iter().map(|it| (it.entity, names.intern(it.spec.name.text()))).collect();
        let order = dependency_order(pending.len(), self.needs(&pending));
        let circles = order.cycles.iter().flatten();
        for pending in order.sorted.iter().chain(circles).filter_map(|i| pending.get(*i)) {
            self.subject = Subject { entity: Some(pending.entity), relationship: None };
            let Some(expression) = self.expression(pending.text) else { continue };
            let value = AttributeValue::Expression(expression);
            let attribute = self.attribute_of(pending.spec, value);
            self.hand_down(pending.entity, &attribute, &own);
            self.mapping.listed_mut(pending.entity).push(attribute);
        }
        let declaring = entities.iter().filter(|(_, spec)| !spec.attributes.is_empty());
        for (id, spec) in declaring {
            self.put_in_order(*id, spec);
        }
    }

    /// The expressions of an entity, but for the one that tells its rows apart, which is read.
    fn pending<'a>(
        &self,
        entity: EntityId,
        spec: &'a EntitySpec,
    ) -> impl Iterator<Item = Pending<'a>> + use<'a, 'd> {
        let own = self.mapping.entity(entity).listed.iter().flatten();
        let read: Vec<_> = own.filter_map(|attribute| attribute.span).collect();
        let unread = expressions(spec).filter(move |(it, _)| !read.contains(&it.name.whole()));
        unread.map(move |(spec, text)| Pending { entity, spec, text })
    }

    /// Gives an expression to the entities that inherit it, before their columns: those whose rows
    /// are the entity's too, and that have no attribute of that name. Rule: `SQLAlchemy`'s
    /// `Mapper._adapt_inherited_property`.
    fn hand_down(
        &mut self,
        entity: EntityId,
        attribute: &Attribute,
        own: &FxHashSet<(EntityId, Name)>,
    ) {
        let mut heirs = vec![entity];
        for id in self.mapping.descendants(entity).into_iter().skip(1) {
            let heir = self.mapping.entity(id);
            let inherits = heir.inherits.is_some_and(|parent| heirs.contains(&parent))
                && self.mapping.inheritance(id) != Some(Inheritance::Concrete);
            let named = heir.attribute(&self.mapping.graph, attribute.name).is_some();
            if inherits && !named && !own.contains(&(id, attribute.name)) {
                heirs.push(id);
                let heired = self.mapping.listed_mut(id);
                let columns = heired.iter().position(|it| !it.columns().is_empty());
                heired.insert(columns.unwrap_or(heired.len()), attribute.clone());
            }
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
                let Some((id, name)) = self.meant(&owner, &attribute) else { continue };
                let mut lineage = self.mapping.lineage(id).into_iter();
                let other = lineage.find_map(|owner| places.get(&(owner, name)));
                needs.extend(other.map(|other| (i, *other)));
            }
        }
        needs
    }

    /// The entity and attribute that a dotted name may mean, through synonyms.
    fn meant(&self, owner: &str, attribute: &str) -> Option<(EntityId, Name)> {
        let id = self.mapping.find_entity(owner)?;
        let entity = self.mapping.entity(id);
        let mut name = self.mapping.names.find(attribute)?;
        let graph = &self.mapping.graph;
        for _ in 0..entity.attribute_count(graph) {
            let Some(attribute) = entity.attribute(graph, name) else { break };
            let AttributeValue::Synonym(of) = attribute.value else { break };
            name = of;
        }
        Some((id, name))
    }

    /// What shows no column comes first, as it is declared.
    fn put_in_order(&mut self, id: EntityId, spec: &EntitySpec) {
        let names = &self.mapping.names;
        let declared = spec.attributes.iter().map(|attribute| names.find(attribute.name.text()));
        let places: FxHashMap<Option<Name>, usize> = declared.zip(0..).collect();
        self.mapping.listed_mut(id).sort_by_key(|attribute| {
            let place = places.get(&Some(attribute.name)).copied();
            place.filter(|_| attribute.columns().is_empty()).unwrap_or(usize::MAX)
        });
    }
}

/// The attributes that are declared as expressions.
pub(super) fn expressions(spec: &EntitySpec) -> impl Iterator<Item = (&AttributeSpec, &Text)> {
    spec.attributes.iter().filter_map(|attribute| match attribute.value.as_ref()? {
        document::AttributeValue::Expression(text) => Some((attribute, text)),
        _ => None,
    })
}
