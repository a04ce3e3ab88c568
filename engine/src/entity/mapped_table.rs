//! Which tables a mapping can write.

use super::attribute::AttributeValue;
use super::mapping::Mapping;
use crate::base::{ColumnId, EntityId, Name, SelectableId, TableColumnId, TableId};
use crate::graph::{Query, SelectableKind};

/// A table whose rows an entity's instances show.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MappedTable {
    /// The table.
    pub table: TableId,
    /// Whether an instance tells which row it is, so that a flush can write it.
    pub writable: bool,
}

impl Mapping {
    /// The tables that an entity selects from, each once, in the order in which they are met.
    ///
    /// A table can be written where the attributes show its whole primary key. Nothing can that is
    /// reached through `UNION` and its kin or a recursive query, whose rows do not tell where they
    /// are from, or through an alternate mapping, which only loads. Rule: `SQLAlchemy`'s
    /// `Mapper._configure_pks`, which lets the tables of a `UNION` be written.
    pub fn mapped_tables(&self, entity: EntityId) -> Vec<MappedTable> {
        let entity = self.entity(entity);
        let shown = entity.shown_columns(&self.graph);
        let shown: Vec<TableColumnId> =
            shown.filter_map(|column| self.graph.declared(column)).collect();
        let known = |table: TableId| {
            let key = self.catalog().primary_key(table);
            !key.is_empty() && key.iter().all(|column| shown.contains(column))
        };
        let mut tables: Vec<MappedTable> = Vec::new();
        for (table, single) in self.tables_under(entity.selectable) {
            let writable = single && entity.non_primary.is_none() && known(table);
            match tables.iter_mut().find(|other| other.table == table) {
                Some(other) => other.writable &= writable,
                None => tables.push(MappedTable { table, writable }),
            }
        }
        tables
    }

    /// The attributes of an entity that are never written: what is computed, and columns of tables
    /// that cannot be written.
    pub fn read_only_attributes(&self, entity: EntityId) -> Vec<Name> {
        let tables = self.mapped_tables(entity);
        let writable = |column: &ColumnId| {
            let declared = self.graph.declared(*column);
            let table = declared.map(|column| self.catalog().column(column).table);
            tables.iter().any(|mapped| mapped.writable && Some(mapped.table) == table)
        };
        let entity = self.entity(entity);
        let is_read_only = |attribute: &Name| {
            let meant = entity.attribute_meant(&self.graph, *attribute);
            meant.is_some_and(|meant| match &meant.value {
                AttributeValue::Columns(columns) => !columns.iter().any(writable),
                AttributeValue::Expression(_) => true,
                AttributeValue::Composite(_) | AttributeValue::Synonym(_) => false,
            })
        };
        let attributes = entity.attributes(&self.graph).map(|attribute| attribute.name);
        attributes.filter(is_read_only).collect()
    }

    /// Every table under a selectable, and whether its rows come through plain SELECTs alone.
    fn tables_under(&self, selectable: SelectableId) -> Vec<(TableId, bool)> {
        let (mut tables, mut open) = (Vec::new(), vec![(selectable, true)]);
        while let Some((next, single)) = open.pop() {
            match self.graph.selectable(next).kind {
                SelectableKind::Table(table) => tables.push((table, single)),
                SelectableKind::Alias(of) => open.push((of, single)),
                SelectableKind::Join { left, right, .. } => {
                    open.extend([(right, single), (left, single)]);
                }
                SelectableKind::Query(query) => {
                    let single = single && matches!(self.graph.query(query), Query::Select { .. });
                    let from = self.graph.selected_from(query);
                    open.extend(from.into_iter().rev().map(|from| (from, single)));
                }
                SelectableKind::Recursion(_) => {}
            }
        }
        tables
    }
}
