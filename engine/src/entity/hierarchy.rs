//! What follows from the declarations of a hierarchy taken together: what tells its rows apart,
//! which rows are an entity's, and what they are loaded from.
//!
//! Rules: `SQLAlchemy`'s `Mapper._configure_polymorphic_setter`, `_single_table_criteria_component`,
//! `_mappers_from_spec` and `_selectable_from_mappers`.

use std::collections::VecDeque;

use rustc_hash::FxHashSet;

use super::equal::{equal_pairs, nearest_equal};
use super::mapped::Entity;
use super::mapping::Mapping;
use super::origin::{origins, within};
use super::polymorphism::{Inheritance, PolymorphicLoad, WithPolymorphic};
use crate::base::{Blank, ColumnId, EntityId, ExprId, Seldom, SelectableId};
use crate::graph::{Expr, JoinKind, SelectableKind};

/// The place of an entity in its hierarchy.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Hierarchy {
    /// The entities that inherit from it directly, in order of declaration.
    pub children: Vec<EntityId>,
    /// What tells its rows apart: its own, or that of the nearest parent if its rows have it too.
    pub discriminator: Option<ExprId>,
    /// What its rows have to meet, where others stand in the same table.
    pub criterion: Option<ExprId>,
    /// What it is loaded from, where entities that inherit from it are loaded along.
    pub polymorphic: Option<Polymorphic>,
}

impl Blank for Hierarchy {
    const BLANK: &'static Self =
        &Self { children: Vec::new(), discriminator: None, criterion: None, polymorphic: None };
}

/// What an entity is loaded from together with entities that inherit from it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Polymorphic {
    /// The tables of all of them, or what the declaration gives in their stead.
    pub selectable: SelectableId,
    /// Which entities those are; itself is one if its rows are among them.
    pub entities: Vec<EntityId>,
}

impl Entity {
    /// Whether it is in no hierarchy and says nothing of one.
    fn stands_alone(&self) -> bool {
        let polymorphism = &self.polymorphism;
        self.inherits.is_none()
            && self.hierarchy.children.is_empty()
            && polymorphism.on.is_none()
            && polymorphism.with.is_none()
            && polymorphism.from.is_none()
    }
}

impl Mapping {
    /// Where the rows of an entity stand; `None` for one that inherits from none.
    pub fn inheritance(&self, id: EntityId) -> Option<Inheritance> {
        let entity = self.entity(id);
        let parent = self.entity(entity.inherits?);
        Some(if entity.selectable == parent.selectable {
            Inheritance::Single
        } else if entity.selectable == entity.local {
            Inheritance::Concrete
        } else {
            Inheritance::Joined
        })
    }

    /// The condition that joins an entity's own table to its parent's.
    pub fn inherit_condition(&self, id: EntityId) -> Option<ExprId> {
        self.entity(id).inherits?;
        match self.graph.selectable(self.entity(id).selectable).kind {
            SelectableKind::Join { right, on, .. } if right == self.entity(id).local => on,
            _ => None,
        }
    }

    /// The entity at the top of a hierarchy.
    pub fn root_of(&self, id: EntityId) -> EntityId {
        let first = self.primary_of(id);
        match self.entity(first).inherits {
            None => first,
            Some(_) => self.lineage(id).last().copied().unwrap_or(first),
        }
    }

    /// The entity and all that inherit from it, those nearer to it first.
    pub fn descendants(&self, id: EntityId) -> Vec<EntityId> {
        let (mut found, mut known) = (Vec::new(), FxHashSet::default());
        let mut open = VecDeque::from([id]);
        while let Some(next) = open.pop_front() {
            if known.insert(next) {
                found.push(next);
                open.extend(&self.entity(next).hierarchy.children);
            }
        }
        found
    }

    /// What the rows of an entity are loaded from.
    pub fn loaded_from(&self, id: EntityId) -> SelectableId {
        let entity = self.entity(id);
        entity.hierarchy.polymorphic.as_ref().map_or(entity.selectable, |it| it.selectable)
    }

    /// What the rows of an entity are loaded from, where that is no table: what may have aliases.
    pub(crate) fn called(&self, id: EntityId) -> Option<SelectableId> {
        let from = self.loaded_from(id);
        (!matches!(self.graph.selectable(from).kind, SelectableKind::Table(_))).then_some(from)
    }

    /// The entities whose attributes are loaded with an entity, itself first.
    pub fn loaded_with(&self, id: EntityId) -> Vec<EntityId> {
        let polymorphic = self.entity(id).hierarchy.polymorphic.as_ref();
        let others = polymorphic.iter().flat_map(|it| &it.entities).filter(|other| **other != id);
        std::iter::once(id).chain(others.copied()).collect()
    }

    /// The column of `selectable` that stands for a column of some entity, where a hierarchy is
    /// loaded from an alias or subquery, or for that of a table whose anonymous alias it is. Rule for
    /// the latter: `SQLAlchemy`'s `ClauseAdapter`.
    pub fn shown_as(&self, selectable: SelectableId, column: ColumnId) -> Option<ColumnId> {
        let of_hierarchy = || {
            let shown = &self.shown.get(&selectable)?;
            let at = shown.binary_search_by_key(&column, |(of, _)| *of).ok()?;
            shown.get(at).map(|(_, column)| *column)
        };
        of_hierarchy().or_else(|| self.graph.anonymous_column(selectable, column))
    }

    /// Works out what follows from the declared inheritance. `order` is the order of declaration.
    pub fn settle_hierarchies(&mut self, order: &[EntityId]) {
        for id in order {
            self.entity_mut(*id).hierarchy = Seldom::default();
        }
        for id in order {
            if let Some(parent) = self.entity(*id).inherits {
                self.entity_mut(parent).hierarchy.children.push(*id);
            }
        }
        let mut together = self.parents_first(order);
        together.retain(|id| !self.entity(*id).stands_alone());
        for id in together {
            self.entity_mut(id).hierarchy.discriminator = self.discriminator(id);
            self.entity_mut(id).hierarchy.criterion = self.criterion(id);
            self.entity_mut(id).hierarchy.polymorphic = self.polymorphic(id);
        }
    }

    /// The entities, each behind the one that it inherits from.
    pub(super) fn parents_first(&self, order: &[EntityId]) -> Vec<EntityId> {
        let mut all = Vec::with_capacity(order.len());
        for id in order {
            let entity = self.entity(*id);
            match (entity.inherits, entity.hierarchy.children.is_empty()) {
                (None, true) => all.push(*id),
                (None, false) => all.extend(self.descendants(*id)),
                (Some(_), _) => {}
            }
        }
        all
    }

    fn discriminator(&self, id: EntityId) -> Option<ExprId> {
        let entity = self.entity(id);
        if entity.polymorphism.on.is_some() {
            return entity.polymorphism.on;
        }
        let parent = self.entity(entity.inherits?);
        let inherited = parent.hierarchy.discriminator?;
        let column = self.graph.expr(inherited).column();
        let has = column.is_some_and(|column| self.graph.contains(entity.selectable, column));
        (has || entity.selectable == parent.selectable).then_some(inherited)
    }

    /// `discriminator IN (…)`, with the identities of the entity and all that inherit from it.
    fn criterion(&mut self, id: EntityId) -> Option<ExprId> {
        let on = self.entity(id).hierarchy.discriminator?;
        if self.inheritance(id)? != Inheritance::Single {
            return None;
        }
        let identities: Vec<_> = self
            .descendants(id)
            .into_iter()
            .map(|each| &self.entity(each).polymorphism)
            .filter(|each| !each.is_abstract)
            .filter_map(|each| each.identity.clone())
            .collect();
        let value = self.graph.copy(on, None);
        let add = |it: &mut Self, literal| it.graph.add(Expr::Literal(literal), None);
        let list = identities.into_iter().map(|identity| add(self, identity.value)).collect();
        Some(self.graph.add(Expr::In { value, list, negated: false }, None))
    }

    fn polymorphic(&mut self, id: EntityId) -> Option<Polymorphic> {
        let entities = self.with_polymorphic(id);
        let from = self.entity(id).polymorphism.from;
        if entities.is_empty() && from.is_none() {
            return None;
        }
        let Some(selectable) = from else {
            let selectable = self.outer_joined(id, &entities);
            return Some(Polymorphic { selectable, entities });
        };
        let parts = within(&self.graph, selectable);
        let is_part = |each: &EntityId| parts.contains(&self.entity(*each).local);
        let entities: Vec<_> = entities.into_iter().filter(is_part).collect();
        let shown = self.shown_columns(id, selectable, &entities);
        self.shown.insert(selectable, shown);
        Some(Polymorphic { selectable, entities })
    }

    /// The entities that a declaration, or those of the entities themselves, asks to load along.
    fn with_polymorphic(&self, id: EntityId) -> Vec<EntityId> {
        let all = self.descendants(id);
        let polymorphism = &self.entity(id).polymorphism;
        let mut asked = match &polymorphism.with {
            Some(WithPolymorphic::All) => return all,
            Some(WithPolymorphic::Entities(asked)) => asked.iter().map(|it| it.value).collect(),
            None => Vec::new(),
        };
        let inline = |child: &&EntityId| {
            let load = self.entity(**child).polymorphism.load.map(|load| load.value);
            load == Some(PolymorphicLoad::Inline)
                && self.inheritance(**child) != Some(Inheritance::Concrete)
        };
        asked.extend(self.entity(id).hierarchy.children.iter().filter(inline));
        if asked.is_empty() {
            return asked;
        }
        let whole = polymorphism.from.is_none();
        let leads = |each: &EntityId| {
            asked.iter().any(|it| it == each || whole && self.lineage(*it).contains(each))
        };
        all.into_iter().filter(leads).collect()
    }

    /// The entity's tables, and the own tables of the others where there are rows in them.
    fn outer_joined(&mut self, id: EntityId, entities: &[EntityId]) -> SelectableId {
        let mut joined = self.entity(id).selectable;
        for other in entities.iter().filter(|other| **other != id) {
            if let Some(on) = self.inherit_condition(*other) {
                let local = self.entity(*other).local;
                joined = self.graph.add_join(joined, local, JoinKind::Left, Some(on));
            }
        }
        joined
    }

    fn shown_columns(
        &self,
        id: EntityId,
        selectable: SelectableId,
        entities: &[EntityId],
    ) -> Vec<(ColumnId, ColumnId)> {
        if matches!(self.graph.selectable(selectable).kind, SelectableKind::Join { .. }) {
            return Vec::new();
        }
        let own = self.graph.columns(selectable);
        let sources: Vec<_> = own.map(|own| (own, origins(&self.graph, own))).collect();
        let showing = |column: ColumnId| {
            let shows = sources.iter().find(|(_, sources)| sources.contains(&column));
            shows.map(|(own, _)| *own)
        };
        let equal = equal_pairs(self, id);
        let mut shown = Vec::new();
        for entity in std::iter::once(&id).chain(entities) {
            for column in self.graph.columns(self.entity(*entity).selectable) {
                let found = nearest_equal(&equal, column)
                    .into_iter()
                    .find_map(showing)
                    .filter(|found| *found != column);
                shown.extend(found.map(|found| (column, found)));
            }
        }
        shown.sort_unstable();
        shown.dedup();
        shown
    }
}
