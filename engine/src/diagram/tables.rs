//! Tables as boxes, foreign keys as lines.

use super::cycle::Cycles;
use super::{Direction, Edge, EdgeKind, Node};
use crate::base::{ForeignKeyId, TableColumnId, TableId};
use crate::catalog::ForeignKey;
use crate::entity::Mapping;
use crate::resolve::{Count, Resolution};

pub(super) fn nodes(mapping: &Mapping, resolution: &Resolution) -> Vec<Node> {
    let cycles = Cycles::new(mapping, resolution);
    let nodes = mapping.catalog.tables().map(|(id, _)| Node {
        name: mapping.table_path(id),
        table: None,
        cycle: cycles.has_table(id),
    });
    nodes.collect()
}

pub(super) fn edges(mapping: &Mapping, resolution: &Resolution) -> Vec<Edge> {
    let cycles = Cycles::new(mapping, resolution);
    let keys = mapping.catalog.tables().flat_map(|(_, table)| &table.foreign_keys);
    keys.map(|key| Edge { cycle: cycles.has_key(*key), ..edge(mapping, *key) }).collect()
}

fn edge(mapping: &Mapping, id: ForeignKeyId) -> Edge {
    let catalog = &mapping.catalog;
    let key = catalog.foreign_key(id);
    let name = |column: &TableColumnId| mapping.names.text(catalog.column(*column).name);
    let shared = |column: &&TableColumnId| is_shared(mapping, id, **column);
    let owner = mapping.table_path(key.table);
    let overlaps = key.columns.iter().filter(shared);
    let overlaps = overlaps.map(|column| format!("{owner}.{}", name(column))).collect();
    let names = key.columns.iter().map(name).collect::<Vec<_>>().join(", ");
    let referring = Count {
        at_least_one: false,
        at_most_one: catalog.table(key.table).is_unique(&key.columns),
    };
    Edge {
        direction: Some(Direction::ManyToOne),
        from_end: referring.into(),
        to_end: referred(mapping, key).into(),
        overlaps,
        ..Edge::new(EdgeKind::ForeignKey, &owner, &mapping.table_path(key.referred_table), &names)
    }
}

fn referred(mapping: &Mapping, key: &ForeignKey) -> Count {
    let required = |column: &TableColumnId| !mapping.catalog.column(*column).nullable;
    let table: TableId = key.referred_table;
    Count {
        at_least_one: key.columns.iter().all(required),
        at_most_one: mapping.catalog.table(table).is_unique(&key.referred),
    }
}

/// Whether another foreign key of the table has the column too.
fn is_shared(mapping: &Mapping, id: ForeignKeyId, column: TableColumnId) -> bool {
    let table = mapping.catalog.table(mapping.catalog.column(column).table);
    let mut others = table.foreign_keys.iter().filter(|other| **other != id);
    others.any(|other| mapping.catalog.foreign_key(*other).columns.contains(&column))
}
