//! What is wrong with the declarations of a hierarchy taken together.
//!
//! Rules: `SQLAlchemy`'s `Mapper._configure_inheritance`, `_configure_polymorphic_setter`,
//! `_mappers_from_spec` and `_selectable_from_mappers`.

use super::defect::{Defect, DefectKind};
use super::mapping::Mapping;
use super::polymorphism::{Inheritance, WithPolymorphic};
use crate::base::EntityId;
use crate::graph::Literal;
use crate::text::Span;

/// An entity, and where it says which rows are its own.
type Claim = (EntityId, Option<Span>);

/// The faults of all hierarchies of a mapping, which are settled.
pub fn hierarchy_faults(mapping: &Mapping) -> Vec<Defect> {
    let mut faults = Vec::new();
    for (id, entity) in mapping.entities().filter(|(_, entity)| entity.non_primary.is_none()) {
        faults.extend(missing_identity(mapping, id));
        faults.extend(without_discriminator(mapping, id));
        faults.extend(strangers(mapping, id));
        faults.extend(concrete_along(mapping, id));
        faults.extend(loaded_apart(mapping, id));
        if entity.inherits.is_none() && !entity.hierarchy.children.is_empty() {
            faults.extend(duplicate_identities(mapping, id));
        }
    }
    faults
}

fn fault(entity: EntityId, kind: DefectKind, span: Option<Span>) -> Defect {
    Defect { kind, entity: Some(entity), relationship: None, span }
}

fn missing_identity(mapping: &Mapping, id: EntityId) -> Option<Defect> {
    let entity = mapping.entity(id);
    entity.inherits?;
    let root = mapping.root_of(id);
    let told = mapping.entity(root).polymorphism.on.is_some();
    let own = &entity.polymorphism;
    let root = mapping.entity_name(root).to_owned();
    (told && own.identity.is_none() && !own.is_abstract)
        .then(|| fault(id, DefectKind::MissingIdentity { root }, entity.span))
}

fn without_discriminator(mapping: &Mapping, id: EntityId) -> Option<Defect> {
    let entity = mapping.entity(id);
    if !entity.polymorphism.is_abstract {
        return None;
    }
    let told = |id: &EntityId| mapping.entity(*id).polymorphism.on.is_some();
    let lineage = mapping.lineage(id);
    let root = mapping.entity_name(*lineage.last()?).to_owned();
    let missing = !lineage.iter().any(told);
    missing.then(|| fault(id, DefectKind::AbstractWithoutDiscriminator { root }, entity.span))
}

/// Entities to be loaded along that do not inherit.
fn strangers(mapping: &Mapping, id: EntityId) -> Vec<Defect> {
    let Some(WithPolymorphic::Entities(named)) = &mapping.entity(id).polymorphism.with else {
        return Vec::new();
    };
    let strange = named.iter().filter(|named| !mapping.lineage(named.value).contains(&id));
    let told = strange.map(|named| {
        let written = mapping.entity_name(named.value).to_owned();
        fault(id, DefectKind::NotInHierarchy { written }, named.span)
    });
    told.collect()
}

/// Entities with tables of their own cannot be loaded along by joins.
fn concrete_along(mapping: &Mapping, id: EntityId) -> Option<Defect> {
    let entity = mapping.entity(id);
    if entity.polymorphism.from.is_some() {
        return None;
    }
    let along = entity.hierarchy.polymorphic.as_ref()?.entities.iter();
    let concrete = along.filter(|other| {
        **other != id && mapping.inheritance(**other) == Some(Inheritance::Concrete)
    });
    let mut entities: Vec<_> =
        concrete.map(|other| mapping.entity_name(*other).to_owned()).collect();
    entities.sort_unstable();
    (!entities.is_empty())
        .then(|| fault(id, DefectKind::ConcreteWithoutSelectable { entities }, entity.span))
}

fn loaded_apart(mapping: &Mapping, id: EntityId) -> Option<Defect> {
    let load = mapping.entity(id).polymorphism.load?;
    let concrete = mapping.inheritance(id) == Some(Inheritance::Concrete);
    concrete.then(|| fault(id, DefectKind::PolymorphicLoadOfConcrete, load.span))
}

/// Entities of one hierarchy whose rows have the same value.
fn duplicate_identities(mapping: &Mapping, root: EntityId) -> Vec<Defect> {
    let mut groups: Vec<(&Literal, Vec<Claim>)> = Vec::new();
    for id in mapping.descendants(root) {
        let Some(identity) = &mapping.entity(id).polymorphism.identity else { continue };
        match groups.iter_mut().find(|(value, _)| **value == identity.value) {
            Some((_, group)) => group.push((id, identity.span)),
            None => groups.push((&identity.value, vec![(id, identity.span)])),
        }
    }
    let shared = groups.into_iter().filter(|(_, group)| group.len() > 1);
    let told = shared.filter_map(|(value, mut group)| {
        group.sort_by_key(|(id, _)| mapping.entity_name(*id));
        let (first, span) = *group.first()?;
        let name = |(id, span): &(EntityId, _)| (mapping.entity_name(*id).to_owned(), *span);
        let entities = group.iter().map(name).collect();
        let identity = spelled(value);
        Some(fault(first, DefectKind::DuplicateIdentity { identity, entities }, span))
    });
    told.collect()
}

fn spelled(value: &Literal) -> String {
    match value {
        Literal::Null => "NULL".to_owned(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Number(text) | Literal::String(text) => text.to_string(),
    }
}
