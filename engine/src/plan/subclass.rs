//! What the rows of a subclass have beyond those of the entity that was loaded, where it asks for
//! `polymorphic_load = "selectin"` or a load does: a further statement by their keys.
//!
//! Rules: `SQLAlchemy`'s `Mapper._subclass_load_via_in` and `_should_selectin_load`.

use super::build::{Builder, Called};
use super::deferred::LoadOption;
use super::discriminator::shown_by;
use super::eager::Joined;
use super::model::{Match, Plan, Predicate, Select};
use super::place::Placement;
use super::row::{Bound, Item, Scalar, Shows};
use crate::base::{ColumnId, EntityId};
use crate::entity::{Attribute, Inheritance, Mapping, PolymorphicLoad};
use crate::graph::Literal;

/// A subclass whose rows a further statement completes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Subclass {
    /// The subclass.
    pub(super) entity: EntityId,
    /// The entity that it inherits from whose attributes its rows have already.
    pub(super) known: EntityId,
    /// The values of the discriminator of those rows, with the entity that each means.
    pub(super) identities: Vec<(Literal, EntityId)>,
}

/// What a level loads: an entity, and perhaps one that inherits from it along.
#[derive(Clone, Copy, Debug)]
pub(super) struct Loaded<'r> {
    pub(super) entity: EntityId,
    pub(super) along: Option<EntityId>,
    /// The subclasses that the load asks for.
    pub(super) asked: &'r [EntityId],
}

/// The subclasses of what is loaded that further statements complete, those nearer to it first. A row
/// belongs to the nearest of them that its entity is or inherits from.
pub(super) fn subclasses(mapping: &Mapping, loaded: Loaded<'_>) -> Vec<Subclass> {
    if shown_by(mapping, loaded.entity).is_none() {
        return Vec::new();
    }
    let mut known = mapping.loaded_with(loaded.entity);
    known.extend(loaded.along.iter().flat_map(|along| mapping.lineage(*along)));
    let mut found: Vec<Subclass> = Vec::new();
    for entity in mapping.descendants(loaded.entity) {
        let Some(nearest) = nearest(mapping, loaded, entity) else { continue };
        if known.contains(&nearest) {
            continue;
        }
        let at = found.iter().position(|it| it.entity == nearest).unwrap_or_else(|| {
            let mut lineage = mapping.lineage(nearest).into_iter();
            let known = lineage.find(|it| known.contains(it)).unwrap_or(loaded.entity);
            found.push(Subclass { entity: nearest, known, identities: Vec::new() });
            found.len() - 1
        });
        let polymorphism = &mapping.entity(entity).polymorphism;
        let identity = polymorphism.identity.as_ref().filter(|_| !polymorphism.is_abstract);
        let identity = identity.map(|identity| (identity.value.clone(), entity));
        found.get_mut(at).into_iter().for_each(|it| it.identities.extend(identity.clone()));
    }
    found.retain(|it| !it.identities.is_empty());
    found
}

/// The subclass that completes the rows of an entity: itself, or the nearest that it inherits from.
fn nearest(mapping: &Mapping, loaded: Loaded<'_>, entity: EntityId) -> Option<EntityId> {
    let lineage = mapping.lineage(entity).into_iter();
    let mut below = lineage.take_while(|it| *it != loaded.entity);
    if below.clone().any(|it| mapping.inheritance(it) == Some(Inheritance::Concrete)) {
        return None;
    }
    let selectin = |it: &EntityId| {
        let load = mapping.entity(*it).polymorphism.load.map(|load| load.value);
        load == Some(PolymorphicLoad::Selectin) || loaded.asked.contains(it)
    };
    below.find(selectin)
}

/// The statement that completes the given rows of a subclass, and what is joined to them.
pub(super) fn plan<'m>(
    mapping: &'m Mapping,
    subclass: &Subclass,
    options: &[LoadOption],
    joins: &[Joined<'m>],
) -> Plan<'m> {
    let mut builder = Builder::new(mapping);
    builder.options.extend_from_slice(options);
    builder.joined_by = joins.first().map(|join| &join.step.join.primary().condition);
    let (placement, from) = builder.place_entity(subclass.entity, Called::Plain);
    let keys = mapping.entity(subclass.entity).primary_key.iter().copied();
    let keys = builder.placed_columns(placement, keys);
    let keys_shown = builder.plan.placed_columns.get(keys);
    let values: Vec<_> =
        keys_shown.iter().map(|(place, key)| Scalar::Column(*place, *key)).collect();
    let items = builder.new_items(subclass, placement, &values);
    let criterion = builder.criterion(subclass.entity, placement);
    let filter = std::iter::once(Predicate::KeyIn(keys)).chain(criterion);
    builder.match_rows(subclass, &values, &items);
    let mut select = Select {
        items: builder.plan.shown.add(items.into_iter().map(Shows::Item)),
        from: builder.plan.sources.add([from]),
        filter: builder.plan.predicates.add(filter),
        ..Select::default()
    };
    builder.plan.placed.push(placement);
    builder.join_to(&mut select, joins);
    builder.finish(select);
    builder.plan
}

/// Whether an item feeds what the rows do not have yet, or tells which rows they are.
fn is_new(mapping: &Mapping, subclass: &Subclass, bound: Bound) -> bool {
    let attribute = |entity| mapping.entity(entity).attribute(&mapping.graph, bound.attribute);
    let value = |entity| attribute(entity).map(|it| it.into_owned().value);
    shows_key(mapping, bound)
        || shown_by(mapping, bound.entity) == Some(bound.attribute)
        || value(bound.entity) != value(subclass.known)
}

fn shows_key(mapping: &Mapping, bound: Bound) -> bool {
    let entity = mapping.entity(bound.entity);
    let attribute = entity.attribute(&mapping.graph, bound.attribute);
    let is_key = |it: &Attribute| it.columns().iter().any(|id| entity.primary_key.contains(id));
    attribute.is_some_and(|attribute| is_key(&attribute))
}

/// Adds the values that no item has.
fn add_missing(items: &mut Vec<Item>, values: &[Scalar]) {
    for value in values {
        if !items.iter().any(|item| item.value == *value) {
            items.push(Item::unfed(*value));
        }
    }
}

impl Builder<'_> {
    /// The columns of a subclass that its rows do not have yet, and these values.
    fn new_items(
        &mut self,
        subclass: &Subclass,
        placement: Placement,
        values: &[Scalar],
    ) -> Vec<Item> {
        let (mapping, loaded) = (self.mapping, self.items(subclass.entity, placement, 0));
        let loaded = self.plan.shown.get(loaded).iter().flat_map(|shows| shows.items(mapping));
        let is_new = |item: &Item| item.feeds.is_none_or(|it| is_new(mapping, subclass, it));
        let mut items: Vec<_> = loaded.filter(is_new).collect();
        let kept = |bound: &Bound| items.iter().any(|item| item.feeds == Some(*bound));
        self.plan.shared.retain(|(bound, _)| kept(bound));
        add_missing(&mut items, values);
        items
    }

    /// Matches the rows to the given ones by their key.
    fn match_rows(&mut self, subclass: &Subclass, values: &[Scalar], items: &[Item]) {
        let read = |column: &ColumnId| self.mapping.read_for(subclass.known, *column);
        let keys: Vec<_> =
            self.mapping.entity(subclass.known).primary_key.iter().map(read).collect();
        let position = |value: &Scalar| items.iter().position(|item| item.value == *value);
        let matches = values
            .iter()
            .zip(&keys)
            .filter_map(|(value, column)| Some(Match { item: position(value)?, column: *column }));
        self.plan.matches = matches.collect();
        self.plan.keys = keys;
        self.plan.given = Some(subclass.entity);
    }
}
