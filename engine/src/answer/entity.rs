//! An entity as JSON: what identifies it, what it shows, and what of that can be written.

use serde::Serialize;

use super::Subject;
use crate::base::{ColumnId, EntityId, Name};
use crate::entity::{Attribute, AttributeValue, Mapping};
use crate::render;

/// An entity.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EntityAnswer {
    /// Its name.
    pub entity: String,
    /// The columns that identify an instance.
    pub primary_key: Vec<String>,
    /// The column of its version check, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_id: Option<String>,
    /// The tables that it shows.
    pub tables: Vec<MappedTableAnswer>,
    /// Its attributes, in the order in which they are selected.
    pub attributes: Vec<AttributeAnswer>,
}

/// A table that an entity shows.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MappedTableAnswer {
    /// The table.
    pub table: String,
    /// Whether a flush can write it: its whole primary key is mapped.
    pub writable: bool,
}

/// An attribute.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AttributeAnswer {
    /// Its name.
    pub name: String,
    /// The columns that it keeps equal.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// The attributes that it is made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub composite: Vec<String>,
    /// The attribute that it is another name of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub synonym: Option<String>,
    /// Whether it is never written.
    pub read_only: bool,
    /// Whether it is loaded only when it is asked for.
    pub deferred: bool,
    /// The group that it is asked for with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// All entities, by name.
pub(super) fn entities(subject: Subject<'_>) -> Vec<EntityAnswer> {
    let mapping = subject.mapping;
    let mut all: Vec<_> = mapping.entities().map(|(id, _)| entity(mapping, id)).collect();
    all.sort_by(|a, b| a.entity.cmp(&b.entity));
    all
}

fn entity(mapping: &Mapping, id: EntityId) -> EntityAnswer {
    let entity = mapping.entity(id);
    let tables = mapping.mapped_tables(id).into_iter().map(|mapped| MappedTableAnswer {
        table: mapping.table_path(mapped.table),
        writable: mapped.writable,
    });
    let read_only = mapping.read_only_attributes(id);
    let attributes = entity.attributes(&mapping.graph);
    EntityAnswer {
        entity: mapping.entity_name(id).to_owned(),
        primary_key: paths(mapping, &entity.primary_key),
        version_id: entity.version_id.map(|column| render::column_path(mapping, column)),
        tables: tables.collect(),
        attributes: attributes.map(|it| attribute(mapping, &read_only, &it)).collect(),
    }
}

fn attribute(mapping: &Mapping, read_only: &[Name], attribute: &Attribute) -> AttributeAnswer {
    let text = |name: &Name| mapping.names.text(*name).to_owned();
    let (composite, synonym) = match &attribute.value {
        AttributeValue::Composite(parts) => (parts.iter().map(text).collect(), None),
        AttributeValue::Synonym(of) => (Vec::new(), Some(text(of))),
        AttributeValue::Columns(_) | AttributeValue::Expression(_) => (Vec::new(), None),
    };
    AttributeAnswer {
        name: text(&attribute.name),
        columns: paths(mapping, attribute.columns()),
        composite,
        synonym,
        read_only: read_only.contains(&attribute.name),
        deferred: attribute.deferred,
        group: attribute.group.as_ref().map(text),
    }
}

fn paths(mapping: &Mapping, columns: &[ColumnId]) -> Vec<String> {
    columns.iter().map(|column| render::column_path(mapping, *column)).collect()
}
