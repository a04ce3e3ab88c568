//! The tables of the catalog as selectables, and their columns.
//!
//! Neither is recorded again: their ids are the first of a graph's, in the order of the catalog, and
//! what they are called is read there.

use super::Graph;
use super::selectable::{Column, ColumnSource, Selectable, SelectableKind};
use crate::base::{ColumnId, Id, IdsIter, Name, SelectableId, TableColumnId, TableId};
use crate::catalog::{Catalog, TableColumn};
use crate::text::Span;

/// The columns of a selectable in order; made by [`Graph::columns`].
#[derive(Clone, Debug)]
pub struct Columns<'g>(Listed<'g>);

#[derive(Clone, Debug)]
enum Listed<'g> {
    /// By its table.
    Declared(&'g Graph, IdsIter<'g, TableColumnId>),
    /// By itself.
    Own(std::slice::Iter<'g, ColumnId>),
}

impl Graph {
    /// The tables that the graph shows.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The tables, when the graph is of no more use.
    pub fn into_catalog(self) -> Catalog {
        self.catalog
    }

    /// The tables, whose places move.
    pub(crate) fn catalog_mut(&mut self) -> &mut Catalog {
        &mut self.catalog
    }

    /// The selectable of a table; `None` for one of another catalog.
    pub fn table(&self, table: TableId) -> Option<SelectableId> {
        (table.index() < self.selectables.first()).then(|| same_place(table))
    }

    /// The graph's column for a declared one; `None` for one of another catalog.
    pub fn table_column(&self, column: TableColumnId) -> Option<ColumnId> {
        let is_first = column.index() < self.columns.first();
        if is_first { Some(same_place(column)) } else { self.later.get(&column).copied() }
    }

    /// The declared column that a column shows unchanged: its own, or that of what it is an alias
    /// of. A computed column has none.
    pub fn declared(&self, column: ColumnId) -> Option<TableColumnId> {
        match self.columns.get(column).map(|column| column.source) {
            None => Some(same_place(column)),
            Some(ColumnSource::Table(declared)) => Some(declared),
            Some(ColumnSource::Alias(of)) => self.declared(of),
            Some(ColumnSource::Expr(_)) => None,
        }
    }

    /// A selectable.
    pub fn selectable(&self, id: SelectableId) -> Selectable {
        self.selectables.get(id).map_or_else(|| self.of_table(same_place(id)), |made| made.shape)
    }

    fn of_table(&self, table: TableId) -> Selectable {
        let name = Some(self.catalog.table(table).name);
        Selectable { kind: SelectableKind::Table(table), name, lateral: false }
    }

    /// A column.
    pub fn column(&self, id: ColumnId) -> Column {
        self.columns.get(id).copied().unwrap_or_else(|| self.of_declared(same_place(id)))
    }

    fn of_declared(&self, id: TableColumnId) -> Column {
        let TableColumn { table, name, .. } = *self.catalog.column(id);
        Column { selectable: same_place(table), name, source: ColumnSource::Table(id) }
    }

    /// The columns of a selectable in order. A join has those of both sides, not columns of its own.
    pub fn columns(&self, selectable: SelectableId) -> Columns<'_> {
        let declared = || self.catalog.table(same_place(selectable)).columns.iter();
        Columns(match self.selectables.get(selectable) {
            Some(made) => Listed::Own(made.columns.iter()),
            None => Listed::Declared(self, declared()),
        })
    }

    /// Gives a table these columns, as [`Catalog::set_columns`] does.
    pub(crate) fn set_columns(
        &mut self,
        table: TableId,
        columns: impl IntoIterator<Item = (TableColumn, Span)>,
        changed: &[Name],
    ) {
        let known = self.catalog.columns().len();
        self.catalog.set_columns(table, columns, changed);
        for id in &self.catalog.table(table).columns {
            if id.index() >= known {
                let new = self.columns.push(self.of_declared(id));
                self.later.insert(id, new);
            }
        }
    }
}

/// The id that a declared table or column has in a graph, and the other way round.
fn same_place<A: Id, B: Id>(id: A) -> B {
    B::from_index(u32::try_from(id.index()).unwrap_or(u32::MAX))
}

impl Iterator for Columns<'_> {
    type Item = ColumnId;

    fn next(&mut self) -> Option<ColumnId> {
        match &mut self.0 {
            Listed::Declared(graph, ids) => ids.next().and_then(|id| graph.table_column(id)),
            Listed::Own(ids) => ids.next().copied(),
        }
    }

    fn nth(&mut self, n: usize) -> Option<ColumnId> {
        match &mut self.0 {
            Listed::Declared(graph, ids) => ids.nth(n).and_then(|id| graph.table_column(id)),
            Listed::Own(ids) => ids.nth(n).copied(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.0 {
            Listed::Declared(_, ids) => ids.size_hint(),
            Listed::Own(ids) => ids.size_hint(),
        }
    }
}

impl DoubleEndedIterator for Columns<'_> {
    fn next_back(&mut self) -> Option<ColumnId> {
        match &mut self.0 {
            Listed::Declared(graph, ids) => ids.next_back().and_then(|id| graph.table_column(id)),
            Listed::Own(ids) => ids.next_back().copied(),
        }
    }
}

impl Default for Columns<'_> {
    fn default() -> Self {
        Self(Listed::Own([].iter()))
    }
}

impl ExactSizeIterator for Columns<'_> {}
