//! The columns that load entities.

use rustc_hash::FxHashMap;

use super::build::{Builder, unloaded};
use super::list::{List, Lists, Mark};
use super::model::{Plan, SelectId};
use super::place::{Placement, Scope};
use super::row::{Bound, Item, Scalar, Shows, Stretch};
use super::step::Step;
use crate::base::{ColumnId, EntityId, SelectableId};
use crate::entity::{Attribute, AttributeValue, Entity, Mapping};

/// Attributes of an entity, for a level of a plan, from where they are placed.
#[derive(Clone, Copy)]
struct Loading<'m> {
    id: EntityId,
    entity: &'m Entity,
    placement: Placement,
    level: usize,
}

/// What loads entities whose attributes all show columns: it is the same for every request that
/// says nothing else of them, but for the place and the level.
#[derive(Debug, Default)]
pub(super) struct Known {
    entities: FxHashMap<EntityId, List<Part>>,
    lists: Lists<Part>,
}

/// A stretch, and which place of a placement it is of.
#[derive(Clone, Copy, Debug)]
struct Part {
    stretch: Stretch,
    /// How many places of the placement come before it.
    before: u32,
    /// What is placed there.
    selectable: SelectableId,
}

impl<'m> Builder<'m> {
    /// The columns that load an entity, and those it is loaded with, from a placement of what it is
    /// loaded from. What they share is loaded once.
    pub(super) fn items(
        &mut self,
        entity: EntityId,
        placement: Placement,
        level: usize,
    ) -> List<Shows> {
        if self.mapping.entity(entity).hierarchy.polymorphic.is_none() {
            return self.items_of(entity, placement, level);
        }
        self.items_together(&self.mapping.loaded_with(entity), placement, level)
    }

    /// The columns that load the target of a step, and what is loaded along.
    pub(super) fn target_items(
        &mut self,
        step: &Step<'m>,
        placement: Placement,
        level: usize,
    ) -> List<Shows> {
        let Some(along) = step.along else {
            return self.items(step.target, placement, level);
        };
        let mut entities = self.mapping.loaded_with(step.target);
        entities.extend(unloaded(self.mapping, step.target, along));
        self.items_together(&entities, placement, level)
    }

    /// What a sub-SELECT shows, as it is loaded from outside.
    pub(super) fn shown_from(&mut self, id: SelectId, loaded: List<Shows>) -> List<Shows> {
        let mark = self.plan.shown.mark();
        let mut position = 0;
        for i in 0..self.plan.shown.get(loaded).len() {
            let Some(shows) = self.plan.shown.get(loaded).get(i).copied() else { break };
            for item in shows.items(self.mapping) {
                let value = Scalar::Shown(id, position);
                self.plan.shown.push(Shows::Item(Item { value, ..item }));
                position += 1;
            }
        }
        self.plan.shown.since(mark)
    }

    /// Adds a column to what a sub-SELECT shows, unless it is there already.
    pub(super) fn show(&mut self, id: SelectId, value: Scalar) {
        let Some(select) = self.plan.selects.get_mut(id.index()) else { return };
        let shows = |shows: &Shows| match (shows, value) {
            (Shows::Item(item), _) => item.value == value,
            (Shows::Stretch(stretch), Scalar::Column(place, column)) => {
                stretch.position(place, column).is_some()
            }
            _ => false,
        };
        if !self.plan.shown.get(select.items).iter().any(shows) {
            let item = Shows::Item(Item::unfed(value));
            select.items = self.plan.shown.with(select.items, item);
        }
    }

    fn items_together(
        &mut self,
        entities: &[EntityId],
        placement: Placement,
        level: usize,
    ) -> List<Shows> {
        let mut items: Vec<Item> = Vec::new();
        for each in entities {
            let own = self.items_of(*each, placement, level);
            let (mapping, shared) = (self.mapping, &mut self.plan.shared);
            let own = self.plan.shown.get(own).iter().flat_map(|shows| shows.items(mapping));
            for item in own {
                match items.iter().find(|known| is_loaded(known, &item)) {
                    Some(known) => shared.extend(shared_by(mapping, known, &item)),
                    None => items.push(item),
                }
            }
        }
        self.plan.shown.add(items.into_iter().map(Shows::Item))
    }

    fn items_of(&mut self, id: EntityId, placement: Placement, level: usize) -> List<Shows> {
        if let Some(known) = self.known_items(id, placement, level) {
            return known;
        }
        let items = self.listed_items(id, placement, level);
        if self.options.is_empty() {
            self.note(id, placement, items);
        }
        items
    }

    /// The same, where the columns of the entity are known and the placement has them all itself.
    fn known_items(
        &mut self,
        id: EntityId,
        placement: Placement,
        level: usize,
    ) -> Option<List<Shows>> {
        if !self.options.is_empty() {
            return None;
        }
        let known = self.known.lists.get(*self.known.entities.get(&id)?);
        let Plan { places, shown, .. } = &mut self.plan;
        let mark = shown.mark();
        for Part { stretch, before, selectable } in known {
            let place = placement.nth(*before)?;
            if places.get(place.index())?.selectable != *selectable {
                return None;
            }
            shown.push(Shows::Stretch(Stretch { place, level, ..*stretch }));
        }
        Some(shown.since(mark))
    }

    /// Notes what loads an entity, if that is stretches alone, all of them, and does not change from
    /// one request to the next.
    fn note(&mut self, id: EntityId, placement: Placement, items: List<Shows>) {
        let Self { mapping, plan, known, .. } = self;
        let entity = mapping.entity(id);
        let items = plan.shown.get(items).iter();
        let parts = items.clone().filter_map(|shows| Part::of(plan, placement, shows));
        let all: usize = parts.clone().map(|it| it.stretch.count).sum();
        let whole = parts.clone().count() == items.len()
            && all == entity.shown_columns(&mapping.graph).count();
        if whole && !entity.listed.iter().flatten().any(|attribute| attribute.deferred) {
            known.entities.insert(id, known.lists.add(parts));
        }
    }

    fn listed_items(&mut self, id: EntityId, placement: Placement, level: usize) -> List<Shows> {
        let mark = self.plan.shown.mark();
        let loading = Loading { id, entity: self.mapping.entity(id), placement, level };
        let attributes = loading.entity.attributes(&self.mapping.graph);
        for (position, attribute) in attributes.enumerate() {
            if !self.loads(loading.entity, &attribute, level) {
                continue;
            }
            match &attribute.value {
                AttributeValue::Columns(columns) => {
                    self.show_columns(mark, loading, position, &attribute, columns);
                }
                AttributeValue::Expression(expr) => {
                    let value = Scalar::Expr(*expr, Scope::of(placement));
                    let item = loading.item(&attribute, value, None);
                    self.plan.shown.push(Shows::Item(item));
                }
                AttributeValue::Composite(_) | AttributeValue::Synonym(_) => {}
            }
        }
        self.plan.shown.since(mark)
    }

    /// The columns of an attribute; where it shows one that stands there itself, as part of a stretch.
    fn show_columns(
        &mut self,
        mark: Mark,
        loading: Loading<'m>,
        position: usize,
        attribute: &Attribute,
        columns: &[ColumnId],
    ) {
        let Loading { id, placement, level, .. } = loading;
        for column in columns.iter().copied() {
            let Some((place, shown)) = self.located(placement, column) else { continue };
            if shown == column && columns.len() == 1 {
                let stretch =
                    Stretch { entity: id, attribute: position, count: 1, place, column, level };
                self.plan.shown.push_joined(mark, Shows::Stretch(stretch));
            } else {
                let item = loading.item(attribute, Scalar::Column(place, shown), Some(column));
                self.plan.shown.push(Shows::Item(item));
            }
        }
    }
}

impl Part {
    /// The part of an entity that a SELECT shows from a placement, if it is a stretch.
    fn of(plan: &Plan<'_>, placement: Placement, shows: &Shows) -> Option<Self> {
        let Shows::Stretch(stretch) = *shows else { return None };
        let before = stretch.place.0.checked_sub(placement.first)?;
        Some(Self { stretch, before, selectable: plan.place(stretch.place)?.selectable })
    }
}

impl Loading<'_> {
    fn item(&self, attribute: &Attribute, value: Scalar, column: Option<ColumnId>) -> Item {
        let feeds = Some(Bound {
            entity: self.id,
            attribute: attribute.name,
            column,
            level: self.level,
            primary_key: column.is_some_and(|column| self.entity.primary_key.contains(&column)),
        });
        Item { value, label: attribute.label, feeds }
    }
}

/// Whether an item loads what another would, for an attribute that they share.
fn is_loaded(known: &Item, item: &Item) -> bool {
    let same = |a: Bound, b: Bound| a.entity != b.entity || a.attribute == b.attribute;
    known.value == item.value && known.feeds.zip(item.feeds).is_some_and(|(a, b)| same(a, b))
}

/// What a known item feeds, and what another would, unless that is the same attribute of the same
/// column, which the other's entity inherits.
fn shared_by(mapping: &Mapping, known: &Item, item: &Item) -> Option<(Bound, Bound)> {
    let (known, bound) = known.feeds.zip(item.feeds)?;
    let inherits = mapping.lineage(bound.entity).contains(&known.entity);
    let same = (known.attribute, known.column) == (bound.attribute, bound.column);
    let primary_key = bound.primary_key && !(inherits && known.primary_key);
    (!(inherits && same)).then_some((known, Bound { primary_key, ..bound }))
}
