//! Which columns identify a row of a selectable.

use crate::base::{ColumnId, SelectableId};
use crate::graph::{EqualColumns, Graph, SelectableKind};

/// The columns that identify a row: a table's primary key; of anything else the columns that show
/// those of its tables, without the ones that are equal to another anyway. Of equal ones, the one
/// that is referred to stays, else the first. Empty where none is known; a recursive query may come
/// to one row in several ways.
///
/// Rules: `SQLAlchemy`'s `Mapper._configure_pks` and `sql.util.reduce_columns`; equality is taken
/// from every condition that holds, where `SQLAlchemy` looks at foreign keys and the outermost ON.
pub fn primary_key(graph: &Graph, selectable: SelectableId) -> Vec<ColumnId> {
    if let SelectableKind::Table(table) = graph.selectable(selectable).kind {
        let key = graph.catalog().primary_key(table).iter();
        return key.filter_map(|column| graph.table_column(*column)).collect();
    }
    let is_key = |column: &ColumnId| {
        let declared = graph.declared(*column).filter(|_| !graph.is_recursive(*column));
        declared.is_some_and(|declared| graph.catalog().is_primary_key(declared))
    };
    let columns = graph.columns(selectable);
    let keys: Vec<_> = columns.filter(is_key).collect();
    match keys.as_slice() {
        [] | [_] => keys,
        _ => reduced(graph, &keys, &graph.equal_columns(selectable)),
    }
}

fn reduced(graph: &Graph, keys: &[ColumnId], equal: &EqualColumns) -> Vec<ColumnId> {
    let refers = |from: ColumnId, to: ColumnId| {
        let declared = graph.declared(from).zip(graph.declared(to));
        declared.is_some_and(|(from, to)| graph.catalog().references(from, to))
    };
    let stays = |column: &ColumnId| {
        let others = || keys.iter().copied().filter(|key| equal.same(*key, *column));
        let is_referred = |key: &ColumnId| !others().any(|other| refers(*key, other));
        others().find(is_referred).or_else(|| others().next()) == Some(*column)
    };
    keys.iter().copied().filter(stays).collect()
}
