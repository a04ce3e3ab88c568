//! Which columns identify a row of a selectable.

use crate::base::{ColumnId, SelectableId};
use crate::catalog::Catalog;
use crate::graph::{Condition, Graph, SelectableKind};

/// The columns that identify a row: a table's primary key; for a join, the keys of all its tables
/// without those that its ON conditions equate with an earlier one (`SQLAlchemy`'s
/// `sql.util.reduce_columns`). Empty where none is known.
pub fn primary_key(graph: &Graph, catalog: &Catalog, selectable: SelectableId) -> Vec<ColumnId> {
    match graph.selectable(selectable).kind {
        SelectableKind::Table(table) => {
            let key = catalog.table(table).primary_key().iter();
            key.filter_map(|column| graph.table_column(catalog, *column)).collect()
        }
        SelectableKind::Alias(of) => carried(graph, selectable, &primary_key(graph, catalog, of)),
        SelectableKind::Join { .. } => {
            let leaves = graph.leaves(selectable);
            let keys = leaves.flat_map(|leaf| primary_key(graph, catalog, leaf)).collect();
            reduced(keys, &equated(graph, selectable))
        }
        SelectableKind::Query(_) => Vec::new(),
    }
}

/// The columns of an alias that show `columns` of what it is an alias of.
fn carried(graph: &Graph, alias: SelectableId, columns: &[ColumnId]) -> Vec<ColumnId> {
    use crate::graph::ColumnSource;
    let own = graph.selectable(alias).columns.iter().copied();
    own.filter(|column| match graph.column(*column).source {
        ColumnSource::Alias(of) => columns.contains(&of),
        _ => false,
    })
    .collect()
}

/// The pairs of columns that the ON conditions of a join hold equal.
fn equated(graph: &Graph, join: SelectableId) -> Vec<(ColumnId, ColumnId)> {
    let (mut pairs, mut open) = (Vec::new(), vec![join]);
    while let Some(next) = open.pop() {
        let SelectableKind::Join { left, right, on, .. } = graph.selectable(next).kind else {
            continue;
        };
        open.extend([left, right]);
        let Some(on) = on else { continue };
        let condition = Condition::of_expression(graph, on, []);
        let equal = condition.products.iter().filter(|product| product.equality);
        let columns = |product: &crate::graph::Product| {
            Some((condition.column(product.left)?, condition.column(product.right)?))
        };
        pairs.extend(equal.filter_map(columns));
    }
    pairs
}

fn reduced(keys: Vec<ColumnId>, equated: &[(ColumnId, ColumnId)]) -> Vec<ColumnId> {
    let equal = |a: ColumnId, b: ColumnId| equated.contains(&(a, b)) || equated.contains(&(b, a));
    let mut kept: Vec<ColumnId> = Vec::new();
    for column in keys {
        if !kept.iter().any(|earlier| equal(*earlier, column)) {
            kept.push(column);
        }
    }
    kept
}
