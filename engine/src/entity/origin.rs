//! Where the rows and values of a subquery come from.

use crate::base::{ColumnId, QueryId, SelectableId};
use crate::graph::{ColumnSource, Graph, Query, SelectableKind};

/// The column, and every column that it shows unchanged in some row; those of all the branches of a
/// union.
pub(super) fn origins(graph: &Graph, column: ColumnId) -> Vec<ColumnId> {
    let mut found = vec![column];
    let mut next = 0;
    while let Some(known) = found.get(next).copied() {
        next += 1;
        for source in sources(graph, known) {
            if !found.contains(&source) {
                found.push(source);
            }
        }
    }
    found
}

/// The columns that a column shows directly.
fn sources(graph: &Graph, column: ColumnId) -> Vec<ColumnId> {
    let of = graph.column(column);
    let selectable = graph.selectable(of.selectable);
    if let SelectableKind::Query(query) = selectable.kind {
        let position = graph.columns(of.selectable).position(|other| other == column);
        return position.map_or_else(Vec::new, |position| selected(graph, query, position));
    }
    match of.source {
        ColumnSource::Alias(of) => vec![of],
        ColumnSource::Table(_) | ColumnSource::Expr(_) => Vec::new(),
    }
}

/// What the SELECTs of a query select at a position.
fn selected(graph: &Graph, query: QueryId, position: usize) -> Vec<ColumnId> {
    let (mut columns, mut open) = (Vec::new(), vec![query]);
    while let Some(next) = open.pop() {
        match graph.query(next) {
            Query::Set { left, right, .. } => open.extend([*right, *left]),
            Query::With { body, .. } => open.push(*body),
            Query::Select { items, .. } => {
                let item = items.get(position);
                columns.extend(item.and_then(|item| graph.expr(item.expr).column()));
            }
        }
    }
    columns
}

/// The selectable and everything that it selects from, however deep.
pub(super) fn within(graph: &Graph, selectable: SelectableId) -> Vec<SelectableId> {
    let mut found = vec![selectable];
    let mut next = 0;
    while let Some(known) = found.get(next).copied() {
        next += 1;
        match graph.selectable(known).kind {
            SelectableKind::Table(_) | SelectableKind::Recursion(_) => {}
            SelectableKind::Alias(of) => found.push(of),
            SelectableKind::Join { left, right, .. } => found.extend([left, right]),
            SelectableKind::Query(query) => found.extend(graph.selected_from(query)),
        }
    }
    found
}
