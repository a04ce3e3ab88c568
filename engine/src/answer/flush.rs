//! What a flush does in which order, as JSON.

use serde::Serialize;

use super::foreign_key::foreign_key;
use crate::base::TableId;
use crate::entity::Mapping;
use crate::render;
use crate::resolve::{self, Break, Resolution, TableCycle, WayOut};

/// The order in which a flush writes the mapped tables, and what stands in its way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlushAnswer {
    /// The tables in the order in which rows are inserted; they are deleted in the opposite order.
    pub insert_order: Vec<String>,
    /// Foreign keys of a table to itself: its rows are inserted behind those they refer to.
    pub row_order: Vec<String>,
    /// The circles in which tables refer to one another.
    pub cycles: Vec<CycleAnswer>,
    /// The entities whose rows are made of several tables, by name.
    pub entities: Vec<EntityFlushAnswer>,
}

/// Tables that refer to one another in a circle.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CycleAnswer {
    /// The tables.
    pub tables: Vec<String>,
    /// The foreign keys among them.
    pub foreign_keys: Vec<String>,
    /// The cheapest set of foreign keys without which there is no circle.
    pub ways_out: Vec<WayOutAnswer>,
}

/// A foreign key that has to wait.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WayOutAnswer {
    /// The foreign key.
    pub foreign_key: String,
    /// How it can wait: `post_update`, `deferrable` or `use_alter`.
    pub by: &'static str,
    /// The relationship that `post_update` is for.
    pub relationship: Option<String>,
}

/// An entity whose rows are made of several tables.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EntityFlushAnswer {
    /// The entity.
    pub entity: String,
    /// Its tables in the order of insertion.
    pub tables: Vec<String>,
    /// (source, target) columns that a flush copies from one of its tables to another.
    pub copies: Vec<[String; 2]>,
}

impl FlushAnswer {
    /// The JSON form of a model's write order.
    pub fn of(mapping: &Mapping, resolution: &Resolution) -> Self {
        let order = resolve::write_order(mapping, resolution);
        let keys = order.rows.iter().map(|key| foreign_key(mapping, *key));
        Self {
            insert_order: tables(mapping, &order.tables),
            row_order: keys.collect(),
            cycles: order.cycles.iter().map(|it| cycle(mapping, resolution, it)).collect(),
            entities: entities(mapping, &order.tables),
        }
    }
}

fn tables(mapping: &Mapping, tables: &[TableId]) -> Vec<String> {
    let selectables = tables.iter().filter_map(|table| mapping.graph.table(*table));
    selectables.filter_map(|it| mapping.selectable_path(it)).collect()
}

fn cycle(mapping: &Mapping, resolution: &Resolution, cycle: &TableCycle) -> CycleAnswer {
    CycleAnswer {
        tables: tables(mapping, &cycle.tables),
        foreign_keys: cycle.keys.iter().map(|key| foreign_key(mapping, *key)).collect(),
        ways_out: cycle.breaks.iter().map(|it| way_out(mapping, resolution, *it)).collect(),
    }
}

fn way_out(mapping: &Mapping, resolution: &Resolution, it: Break) -> WayOutAnswer {
    let (by, relationship) = match it.way {
        WayOut::PostUpdate(relationship) => ("post_update", relationship),
        WayOut::Deferrable => ("deferrable", None),
        WayOut::UseAlter => ("use_alter", None),
    };
    let path = |id| mapping.relationship_path(resolution.relationship(mapping, id));
    let foreign_key = foreign_key(mapping, it.key);
    WayOutAnswer { foreign_key, by, relationship: relationship.map(path) }
}

fn entities(mapping: &Mapping, order: &[TableId]) -> Vec<EntityFlushAnswer> {
    let entities = mapping.entities().filter_map(|(id, entity)| {
        let own = resolve::written_together(mapping, entity, order);
        let path = |column| render::column_path(mapping, column);
        (own.tables.len() > 1).then(|| EntityFlushAnswer {
            entity: mapping.entity_name(id).to_owned(),
            tables: tables(mapping, &own.tables),
            copies: own.copies.iter().map(|(from, to)| [path(*from), path(*to)]).collect(),
        })
    });
    let mut entities: Vec<_> = entities.collect();
    entities.sort_by(|a, b| a.entity.cmp(&b.entity));
    entities
}
