//! The whole mapping: what `resolve` is asked about.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::attribute::Attribute;
use super::mapped::Entity;
use super::primary_key::primary_key;
use super::relationship::Relationship;
use crate::base::{
    Arena, ColumnId, Dialect, EntityId, Index, Name, Names, RelationshipId, SelectableId, TableId,
};
use crate::catalog::Catalog;
use crate::graph::{Graph, SelectableKind};
use crate::text::{Placed, Sources};

/// The names, tables, expressions, entities and relationships of one model.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    /// The database the model is written for.
    pub dialect: Dialect,
    /// Every name.
    pub names: Names,
    /// Selectables and expressions, and the tables that they are of.
    pub graph: Graph,
    entities: Arena<EntityId, Entity>,
    relationships: Arena<RelationshipId, Relationship>,
    by_name: Index<EntityId>,
    /// The named aliases and subqueries that entities map or are loaded from; the first entity's
    /// wins.
    aliases: FxHashMap<Name, SelectableId>,
    by_owner: Index<RelationshipId>,
    /// Relationships that were written down but could not be declared, for want of a target.
    lost: FxHashSet<(EntityId, Name)>,
    /// Of aliases and subqueries that hierarchies are loaded from: the columns of the entities, in
    /// order, with those that show them.
    pub(super) shown: FxHashMap<SelectableId, Vec<(ColumnId, ColumnId)>>,
}

impl Placed for Mapping {
    fn settle(&mut self, sources: &Sources) {
        self.graph.settle(sources);
        for entity in self.entities.iter_mut() {
            entity.settle(sources);
        }
        for relationship in self.relationships.iter_mut() {
            relationship.settle(sources);
        }
    }
}

impl Mapping {
    /// A mapping over the tables of a catalog.
    pub fn new(dialect: Dialect, names: Names, catalog: Catalog) -> Self {
        Self { dialect, names, graph: Graph::of(catalog), ..Self::default() }
    }

    /// Adds an entity. Where the name is taken already, the first entity keeps it.
    pub fn add_entity(&mut self, entity: Entity) -> EntityId {
        self.note_aliases(entity.selectable);
        let id = self.entities.push(entity);
        self.by_name.insert(id, |id| self.entities[id].name);
        id
    }

    /// Lets conditions and orders name the aliases and subqueries of a selectable.
    pub(super) fn note_aliases(&mut self, selectable: SelectableId) {
        for leaf in self.graph.leaves(selectable) {
            if let Some(alias) = self.graph.alias_name(leaf) {
                self.aliases.entry(alias).or_insert(leaf);
            }
        }
    }

    /// Adds an entity that maps one table, with an attribute for each column and the table's primary
    /// key. `None` for a table that was added to the catalog after the mapping was made.
    pub fn add_table_entity(&mut self, name: &str, table: TableId) -> Option<EntityId> {
        let selectable = self.graph.table(table)?;
        let mut entity = Entity::new(self.names.intern(name), selectable);
        entity.primary_key = primary_key(&self.graph, selectable).into();
        Some(self.add_entity(entity))
    }

    /// The database as declared.
    pub fn catalog(&self) -> &Catalog {
        self.graph.catalog()
    }

    /// The id that the next entity will get.
    pub fn next_entity_id(&self) -> EntityId {
        self.entities.next_id()
    }

    /// Declares a relationship. Where the name is taken already, the first one keeps it.
    pub fn add_relationship(&mut self, mut relationship: Relationship) -> RelationshipId {
        relationship.shrink();
        let id = self.relationships.push(relationship);
        self.by_owner.insert(id, |id| self.relationships[id].path());
        id
    }

    /// Makes room for further entities and relationships.
    pub fn reserve(&mut self, entities: usize, relationships: usize) {
        self.entities.reserve(entities);
        self.relationships.reserve(relationships);
        self.by_name.reserve(entities, |id| self.entities[id].name);
        self.by_owner.reserve(relationships, |id| self.relationships[id].path());
    }

    /// Gives back the room that was made for what did not come.
    pub fn shrink(&mut self) {
        self.names.shrink();
        self.graph.shrink();
        self.entities.shrink();
        self.relationships.shrink();
    }

    /// Notes that a relationship was written down but could not be declared, so that those who name
    /// it are not blamed.
    pub fn note_lost(&mut self, entity: EntityId, name: Name) {
        self.lost.insert((entity, name));
    }

    /// Whether a relationship of this name was written down but could not be declared.
    pub fn is_lost(&self, entity: EntityId, name: Name) -> bool {
        self.lineage(entity).iter().any(|owner| self.lost.contains(&(*owner, name)))
    }

    /// An entity.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id]
    }

    /// An entity, to be changed while it is being declared.
    pub fn entity_mut(&mut self, id: EntityId) -> &mut Entity {
        &mut self.entities[id]
    }

    /// The attributes of an entity as a list.
    pub(super) fn listed(&self, id: EntityId) -> Vec<Attribute> {
        self.entities[id].attributes(&self.graph).map(Cow::into_owned).collect()
    }

    /// The attributes of an entity, listed to be changed.
    pub(super) fn listed_mut(&mut self, id: EntityId) -> &mut Vec<Attribute> {
        let implied = self.entities[id].listed.is_none().then(|| self.listed(id));
        self.entities[id].listed.get_or_insert_with(|| implied.unwrap_or_default())
    }

    /// A relationship.
    pub fn relationship(&self, id: RelationshipId) -> &Relationship {
        &self.relationships[id]
    }

    /// A relationship, to be changed while it is being declared.
    pub fn relationship_mut(&mut self, id: RelationshipId) -> &mut Relationship {
        &mut self.relationships[id]
    }

    /// All entities in order of declaration.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = (EntityId, &Entity)> {
        self.entities.iter()
    }

    /// All declared relationships in order of declaration.
    pub fn relationships(&self) -> impl ExactSizeIterator<Item = (RelationshipId, &Relationship)> {
        self.relationships.iter()
    }

    /// The entity of this name.
    pub fn find_entity(&self, name: &str) -> Option<EntityId> {
        self.find_entity_named(self.names.find(name)?)
    }

    /// The entity of this interned name.
    pub fn find_entity_named(&self, name: Name) -> Option<EntityId> {
        self.by_name.find(&name, |id| self.entities[id].name)
    }

    /// The alias or subquery of this name that an entity maps.
    pub(super) fn find_alias(&self, name: Name) -> Option<SelectableId> {
        self.aliases.get(&name).copied()
    }

    /// The declared relationship of this name on an entity.
    pub fn find_relationship(&self, entity: EntityId, name: Name) -> Option<RelationshipId> {
        self.by_owner.find(&(entity, name), |id| self.relationships[id].path())
    }

    /// How an entity is called.
    pub fn entity_name(&self, id: EntityId) -> &str {
        self.names.text(self.entities[id].name)
    }

    /// `Entity.relationship`.
    pub fn relationship_path(&self, relationship: &Relationship) -> String {
        let entity = self.entity_name(relationship.entity);
        format!("{entity}.{}", self.names.text(relationship.name))
    }

    /// The entity at the end of `non_primary`: the one whose instances are loaded.
    pub fn primary_of(&self, id: EntityId) -> EntityId {
        self.entities[id].non_primary.unwrap_or(id)
    }

    /// The entity and those it inherits from, nearest first. A cycle ends where it closes.
    pub fn lineage(&self, id: EntityId) -> Vec<EntityId> {
        self.ancestry(id).collect()
    }

    /// The [lineage](Self::lineage) of an entity, one by one.
    pub(crate) fn ancestry(&self, id: EntityId) -> impl Iterator<Item = EntityId> {
        let first = self.primary_of(id);
        let mut known = FxHashSet::default();
        std::iter::successors(Some(first), move |last| {
            let parent = self.entities[*last].inherits;
            parent.filter(|parent| *parent != first && known.insert(*parent))
        })
    }

    /// The entity and those whose relationships it has too, nearest first: one whose rows stand in
    /// tables of their own has none of its parent's.
    pub fn relationship_owners(&self, id: EntityId) -> Vec<EntityId> {
        let mut lineage = self.lineage(id);
        let alone = |id: &EntityId| self.inheritance(*id) == Some(super::Inheritance::Concrete);
        if let Some(last) = lineage.iter().position(alone) {
            lineage.truncate(last + 1);
        }
        lineage
    }

    /// Whether two entities inherit from a common one, or are the same; `SQLAlchemy`'s
    /// `Mapper.common_parent`.
    pub fn share_lineage(&self, a: EntityId, b: EntityId) -> bool {
        self.root_of(a) == self.root_of(b)
    }

    /// How a column is called in messages and answers: `table.column`, `schema.table.column`, or
    /// `Entity.attribute` for a column of an alias or subquery that an entity maps.
    pub fn column_path(&self, column: ColumnId) -> String {
        let of = self.graph.column(column);
        let name = self.names.text(of.name);
        if let Some((entity, attribute)) = self.attribute_showing(column) {
            return format!("{}.{}", self.names.text(entity), self.names.text(attribute));
        }
        match self.selectable_path(of.selectable) {
            Some(owner) => format!("{owner}.{name}"),
            None => name.to_owned(),
        }
    }

    /// What a column that no table and no named subquery has is called by the entity that maps it:
    /// the entity, and the attribute, or the column where no attribute shows it.
    pub fn attribute_showing(&self, column: ColumnId) -> Option<(Name, Name)> {
        let of = self.graph.column(column);
        let owner = self.graph.selectable(of.selectable);
        if matches!(owner.kind, SelectableKind::Table(_)) {
            return None;
        }
        self.entities.iter().find_map(|(_, entity)| {
            let speaks = owner.name.is_none() || entity.non_primary.is_some();
            let maps = speaks && self.graph.contains(entity.selectable, column);
            let attribute = entity.attribute_of(&self.graph, column).map_or(of.name, |it| it.name);
            maps.then_some((entity.name, attribute))
        })
    }

    /// How a table is called: `table` or `schema.table`.
    pub fn table_path(&self, table: TableId) -> String {
        let table = self.catalog().table(table);
        let name = self.names.text(table.name);
        match table.schema {
            Some(schema) => format!("{}.{name}", self.names.text(schema)),
            None => name.to_owned(),
        }
    }

    /// How a table or a named alias is called; joins and anonymous selectables have no name.
    pub fn selectable_path(&self, id: SelectableId) -> Option<String> {
        let selectable = self.graph.selectable(id);
        match selectable.kind {
            SelectableKind::Table(table) => Some(self.table_path(table)),
            _ => selectable.name.map(|name| self.names.text(name).to_owned()),
        }
    }
}
