//! A model under judgement: how its parts are called, and where they stand.

use std::cell::OnceCell;

use super::context::Context;
use super::index::Index;
use super::unindexed_foreign_key;
use crate::base::{
    ColumnId, EntityId, ForeignKeyId, Name, RelationshipId, SelectableId, TableColumnId,
};
use crate::entity::{Mapping, Relationship};
use crate::graph::SelectableKind;
use crate::resolve::{Facts, KeyFault, Resolution, unindexed_keys};
use crate::text::{Sources, Span};

/// What every rule may look at.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) mapping: &'a Mapping,
    pub(super) resolution: &'a Resolution,
    pub(super) sources: &'a Sources,
    /// The foreign keys that no index serves, where that is to be told.
    unindexed: OnceCell<Vec<KeyFault>>,
    /// Made when it is first asked for: a model without findings needs none.
    index: OnceCell<Index>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        let Context { mapping, resolution, sources, .. } = *context;
        let (unindexed, index) = (OnceCell::new(), OnceCell::new());
        Self { context, mapping, resolution, sources, unindexed, index }
    }

    pub(super) fn facts(&self) -> &'a Facts {
        self.resolution.facts(self.mapping)
    }

    pub(super) fn unindexed(&self) -> &[KeyFault] {
        let is_asked = self.context.policy.level(&unindexed_foreign_key::CODE).is_some();
        let found = || if is_asked { unindexed_keys(self.mapping) } else { Vec::new() };
        self.unindexed.get_or_init(found)
    }

    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self.mapping, self.resolution))
    }

    pub(super) fn entity(&self, id: EntityId) -> &'a str {
        self.mapping.entity_name(id)
    }

    pub(super) fn relationship(&self, id: RelationshipId) -> &'a Relationship {
        self.resolution.relationship(self.mapping, id)
    }

    /// `Entity.relationship`
    pub(super) fn path(&self, id: RelationshipId) -> String {
        self.mapping.relationship_path(self.relationship(id))
    }

    /// A relationship's own name, without its entity.
    pub(super) fn name(&self, relationship: &Relationship) -> &'a str {
        self.mapping.names.text(relationship.name)
    }

    /// How columns are called, each once, in the order of the names.
    pub(super) fn columns(&self, columns: impl IntoIterator<Item = ColumnId>) -> Vec<String> {
        let mut paths: Vec<_> =
            columns.into_iter().map(|column| self.mapping.column_path(column)).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// Where the DDL declares a column.
    pub(super) fn column_span(&self, column: ColumnId) -> Option<Span> {
        let declared = self.mapping.graph.declared(column)?;
        self.mapping.catalog().places.columns.get(declared)
    }

    /// What a selectable is called; of a join, what it joins.
    pub(super) fn selectable(&self, id: SelectableId) -> String {
        let leaf = |id| self.mapping.selectable_path(id).unwrap_or_else(|| "subquery".to_owned());
        let leaves: Vec<_> = self.mapping.graph.leaves(id).map(leaf).collect();
        leaves.join(" JOIN ")
    }

    /// Where the DDL declares the tables of a selectable, with what each is called.
    pub(super) fn tables(&self, id: SelectableId) -> Vec<(Option<Span>, SelectableId)> {
        let (graph, places) = (&self.mapping.graph, &self.mapping.catalog().places);
        let tables = graph.leaves(id).filter_map(|leaf| match graph.selectable(leaf).kind {
            SelectableKind::Table(table) => Some((places.tables.get(table), leaf)),
            _ => None,
        });
        tables.collect()
    }

    /// The foreign keys that a column is part of, in the order of their names.
    pub(super) fn keys_of(&self, column: ColumnId) -> Vec<ForeignKeyId> {
        let catalog = self.mapping.catalog();
        let Some(declared) = self.mapping.graph.declared(column) else { return Vec::new() };
        let table = catalog.table(catalog.column(declared).table);
        let keys = table.foreign_keys.iter();
        let mut keys: Vec<_> = keys.filter(|key| catalog.foreign_key(*key).has(declared)).collect();
        keys.sort_by_cached_key(|key| catalog.spelled(*key, &self.mapping.names));
        keys
    }

    /// Where the DDL declares a foreign key.
    pub(super) fn key_span(&self, key: ForeignKeyId) -> Option<Span> {
        self.mapping.catalog().places.foreign_keys.get(key)
    }

    /// The table that a foreign key refers to, as it is called.
    pub(super) fn referred(&self, key: ForeignKeyId) -> String {
        let key = self.mapping.catalog().foreign_key(key);
        let table = self.mapping.graph.table(key.referred_table);
        table.map_or_else(String::new, |table| self.selectable(table))
    }

    /// What a declared column is called.
    pub(super) fn declared(&self, column: TableColumnId) -> String {
        let column = self.mapping.graph.table_column(column);
        column.map_or_else(String::new, |column| self.mapping.column_path(column))
    }

    /// Where an attribute is declared: in the document, else its column in the DDL.
    pub(super) fn attribute_span(&self, entity: EntityId, name: Name) -> Option<Span> {
        let attribute = self.mapping.entity(entity).attribute(&self.mapping.graph, name)?;
        let column = attribute.columns().first().copied();
        attribute.span.or_else(|| self.column_span(column?))
    }
}
