//! Tables as boxes, foreign keys as lines.

use rustc_hash::FxHashMap;

use super::{Direction, Edge, EdgeKind, Node};
use crate::base::{ForeignKeyId, Id, TableColumnId, TableId};
use crate::catalog::ForeignKey;
use crate::entity::Mapping;
use crate::graph::dependency_order;
use crate::resolve::Count;

pub(super) fn diagram(mapping: &Mapping) -> (Vec<Node>, Vec<Edge>) {
    let circles = circles(mapping);
    let nodes = mapping.catalog().tables().map(|(id, _)| Node {
        name: mapping.table_path(id),
        table: None,
        cycle: circles.contains_key(&id),
    });
    let keys = mapping.catalog().tables().flat_map(|(_, table)| &table.foreign_keys);
    let edges = keys.map(|id| {
        let key = mapping.catalog().foreign_key(id);
        let circle = |table: TableId| circles.get(&table);
        let cycle = key.table != key.referred_table
            && circle(key.table).is_some()
            && circle(key.table) == circle(key.referred_table);
        Edge { cycle, ..edge(mapping, id) }
    });
    (nodes.collect(), edges.collect())
}

/// In which circle of foreign keys a table is; a key of a table to itself makes none.
fn circles(mapping: &Mapping) -> FxHashMap<TableId, usize> {
    let keys = mapping.catalog().tables().flat_map(|(_, table)| &table.foreign_keys);
    let keys = keys.map(|key| mapping.catalog().foreign_key(key));
    let needs = keys
        .filter(|key| key.table != key.referred_table)
        .map(|key| (key.table.index(), key.referred_table.index()));
    let order = dependency_order(mapping.catalog().tables().len(), needs);
    let circle = |table: TableId| order.cycles.iter().position(|it| it.contains(&table.index()));
    let tables = mapping.catalog().tables().map(|(id, _)| id);
    tables.filter_map(|id| Some((id, circle(id)?))).collect()
}

fn edge(mapping: &Mapping, id: ForeignKeyId) -> Edge {
    let catalog = mapping.catalog();
    let key = catalog.foreign_key(id);
    let name = |column| mapping.names.text(catalog.column(column).name);
    let shared = |column: &TableColumnId| is_shared(mapping, id, *column);
    let owner = mapping.table_path(key.table);
    let overlaps = key.columns().filter(shared);
    let overlaps = overlaps.map(|column| format!("{owner}.{}", name(column))).collect();
    let names = key.columns().map(name).collect::<Vec<_>>().join(", ");
    let at_most_one = catalog.is_unique(key.table, &key.columns());
    let referring = Count { at_least_one: false, at_most_one };
    Edge {
        direction: Some(Direction::ManyToOne),
        from_end: referring.into(),
        to_end: referred(mapping, key).into(),
        overlaps,
        ..Edge::new(EdgeKind::ForeignKey, &owner, &mapping.table_path(key.referred_table), &names)
    }
}

fn referred(mapping: &Mapping, key: &ForeignKey) -> Count {
    let catalog = mapping.catalog();
    Count {
        at_least_one: key.columns().all(|column| !catalog.column(column).nullable),
        at_most_one: catalog.is_unique(key.referred_table, &key.referred()),
    }
}

/// Whether another foreign key of the table has the column too.
fn is_shared(mapping: &Mapping, id: ForeignKeyId, column: TableColumnId) -> bool {
    let table = mapping.catalog().table(mapping.catalog().column(column).table);
    let mut others = table.foreign_keys.iter().filter(|other| *other != id);
    others.any(|other| mapping.catalog().foreign_key(other).has(column))
}
