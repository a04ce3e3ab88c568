//! A document's entities and relationships, bound to the catalog.
//!
//! Each mistake leaves a [`Defect`] and a smaller mapping; nothing stops the rest from being read.

mod attributes;
mod combined;
mod expressions;
mod inherit;
mod names;
mod order;
mod polymorphism;
mod relationship;
mod source;

pub use order::order_terms;

use rustc_hash::{FxHashMap, FxHashSet};

use super::defect::{Defect, DefectKind};
use super::mapped::{Entity, EntityOptions};
use super::mapping::Mapping;
use super::relationship::{Argument, Relationship};
use crate::base::{EntityId, Name, Seldom};
use crate::graph::dependency_order;
use crate::parse;
use crate::spec::document::{Document, EntitySpec, RelationshipSpec, Text};
use crate::text::Span;

/// Reads the entities and relationships of a document into a mapping that has its tables already.
pub fn read(document: &Document, mut mapping: Mapping) -> (Mapping, Vec<Defect>) {
    let relationships = document.entities.iter().map(|entity| entity.relationships.len()).sum();
    mapping.reserve(document.entities.len(), relationships);
    let mut reader = Reader { document, mapping, defects: Vec::new(), subject: Subject::default() };
    let ids = reader.entities();
    let specs = || ids.iter().zip(&document.entities);
    let entities: Vec<_> = specs().filter_map(|(id, spec)| Some(((*id)?, spec))).collect();
    for (id, spec) in &entities {
        reader.attributes(*id, spec);
    }
    reader.hierarchies(&entities);
    reader.expressions(&entities);
    for (id, spec) in entities.iter().filter(|(_, spec)| !spec.attributes.is_empty()) {
        reader.check_names(*id, spec);
    }
    for (id, spec) in &entities {
        reader.order(*id, spec);
    }
    for (id, spec) in &entities {
        for relationship in &spec.relationships {
            match reader.relationship(*id, relationship) {
                Some(relationship) => drop(reader.mapping.add_relationship(relationship)),
                None => reader.lose(*id, relationship),
            }
        }
    }
    for (_, spec) in specs().filter(|(id, _)| id.is_none()) {
        reader.unplaced(spec);
    }
    (reader.mapping, reader.defects)
}

/// Reads one relationship of an entity against a mapping that has all entities; nothing where its
/// target is none. Of the document only what counts as a comparison is looked at.
pub(crate) fn read_relationship(
    document: &Document,
    mapping: Mapping,
    entity: EntityId,
    spec: &RelationshipSpec,
) -> (Mapping, Option<Relationship>, Vec<Defect>) {
    let (defects, subject) = (Vec::new(), Subject::default());
    let mut reader = Reader { document, mapping, defects, subject };
    let relationship = reader.relationship(entity, spec);
    (reader.mapping, relationship, reader.defects)
}

struct Reader<'d> {
    document: &'d Document,
    mapping: Mapping,
    defects: Vec<Defect>,
    subject: Subject,
}

/// What is being read, for the defects found meanwhile.
#[derive(Clone, Copy, Default)]
struct Subject {
    entity: Option<EntityId>,
    relationship: Option<Name>,
}

impl Reader<'_> {
    fn report(&mut self, kind: DefectKind, span: impl Into<Option<Span>>) {
        let Subject { entity, relationship } = self.subject;
        let relationship = relationship.map(|name| self.mapping.names.text(name).to_owned());
        self.defects.push(Defect { kind, entity, relationship, span: span.into() });
    }

    fn report_sql(&mut self, defects: Vec<parse::Defect>) {
        for defect in defects {
            let span = defect.span;
            self.report(DefectKind::Sql(defect), span);
        }
    }

    /// Declares every entity with what it maps, each behind those it needs to know; nothing stands
    /// for one that maps nothing.
    fn entities(&mut self) -> Vec<Option<EntityId>> {
        let specs = &self.document.entities;
        // Of several entities of one name the first keeps it.
        let places = specs.iter().enumerate().rev().map(|(i, spec)| (spec.name.text(), i));
        let places: FxHashMap<_, _> = places.collect();
        let position = |name: &Text| places.get(name.text()).copied();
        let needs = specs.iter().enumerate().flat_map(|(i, spec)| {
            let named = spec.inherits.iter().chain(&spec.non_primary);
            named.filter_map(position).map(move |other| (i, other))
        });
        let order = dependency_order(specs.len(), needs);
        for cycle in &order.cycles {
            self.report_cycle(cycle);
        }
        // Texts name tables and entities; those over a plain table need no text.
        let all = || order.sorted.iter().chain(order.cycles.iter().flatten());
        let in_cycle: FxHashSet<_> = order.cycles.iter().flatten().collect();
        let cyclic = |i: &usize| in_cycle.contains(i);
        let mut ids = vec![None; specs.len()];
        let (plain, worded): (Vec<usize>, Vec<usize>) =
            all().partition(|i| specs.get(**i).is_some_and(|spec| !source::is_worded(spec)));
        for i in plain.iter().chain(&worded) {
            if let (Some(spec), Some(slot)) = (specs.get(*i), ids.get_mut(*i)) {
                *slot = self.entity(spec, cyclic(i));
            }
        }
        ids
    }

    fn report_cycle(&mut self, cycle: &[usize]) {
        let specs: Vec<_> = cycle.iter().filter_map(|i| self.document.entities.get(*i)).collect();
        let mut path: Vec<_> = specs.iter().map(|spec| spec.name.text().to_owned()).collect();
        path.sort();
        let place = specs.iter().min_by_key(|spec| spec.name.text());
        let span = place.and_then(|spec| spec.inherits.as_ref()).map(Text::whole);
        self.report(DefectKind::InheritanceCycle { path }, span);
    }

    fn entity(&mut self, spec: &EntitySpec, cyclic: bool) -> Option<EntityId> {
        let name = self.mapping.names.intern(spec.name.text());
        let id = self.mapping.next_entity_id();
        self.subject = Subject::default();
        let base = if cyclic { None } else { self.named_entity(spec.inherits.as_ref()) };
        let primary = self.named_entity(spec.non_primary.as_ref());
        let (selectable, local) = self.selectable(spec, base)?;
        let mut entity = Entity::new(name, selectable);
        entity.local = local;
        entity.span = Some(spec.name.whole());
        entity.options = Seldom::new(EntityOptions {
            inherits: base,
            non_primary: primary,
            ignore: spec.ignore.iter().map(Argument::of_text).collect(),
            ..EntityOptions::default()
        });
        self.mapping.add_entity(entity);
        Some(id)
    }

    fn named_entity(&mut self, name: Option<&Text>) -> Option<EntityId> {
        let name = name?;
        let found = self.mapping.find_entity(name.text());
        let declared = || self.document.entities.iter().any(|e| e.name.text() == name.text());
        if found.is_none() && !declared() {
            self.report_unknown_entity(name);
        }
        found
    }

    fn report_unknown_entity(&mut self, name: &Text) {
        let declared = self.document.entities.iter().map(|spec| spec.name.text());
        let nearest = crate::report::nearest(name.text(), declared).map(String::from);
        let written = name.text().to_owned();
        self.report(DefectKind::UnknownEntity { written, nearest }, name.whole());
    }

    fn order(&mut self, id: EntityId, spec: &EntitySpec) {
        self.subject = Subject { entity: Some(id), relationship: None };
        if let Some(order_by) = &spec.order_by {
            let terms = self.order_terms(order_by, &[]);
            self.mapping.entity_mut(id).order_by = Seldom::new(terms);
        }
    }

    fn relationship(&mut self, entity: EntityId, spec: &RelationshipSpec) -> Option<Relationship> {
        let name = self.mapping.names.intern(spec.name.text());
        self.subject = Subject { entity: Some(entity), relationship: Some(name) };
        self.declared(entity, name, spec)
    }

    /// A relationship whose target is no entity still says what it goes through.
    fn lose(&mut self, entity: EntityId, spec: &RelationshipSpec) {
        let name = self.mapping.names.intern(spec.name.text());
        self.mapping.note_lost(entity, name);
        self.check_secondary(spec);
    }

    /// The relationships of an entity that maps nothing still say where they lead and what they go
    /// through.
    fn unplaced(&mut self, spec: &EntitySpec) {
        for relationship in &spec.relationships {
            let name = self.mapping.names.intern(relationship.name.text());
            self.subject = Subject { entity: None, relationship: Some(name) };
            self.target(relationship);
            self.check_secondary(relationship);
        }
    }

    fn check_secondary(&mut self, spec: &RelationshipSpec) {
        if let Some(text) = &spec.secondary {
            self.secondary(text);
        }
    }
}
