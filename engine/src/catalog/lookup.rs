//! Finding tables and columns by name.
//!
//! A spelling that is exactly right wins over one that differs in case only.

use super::Catalog;
use super::table::Table;
use crate::base::{Name, Names, TableColumnId, TableId};

/// A table's name with its schema.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TableName {
    /// The schema, where one is written.
    pub schema: Option<Name>,
    /// The table.
    pub table: Name,
}

impl Table {
    pub(super) fn full_name(&self) -> TableName {
        TableName { schema: self.schema, table: self.name }
    }
}

impl TableName {
    fn folded(self, names: &Names) -> Self {
        Self {
            schema: self.schema.map(|schema| names.folded(schema)),
            table: names.folded(self.table),
        }
    }
}

impl Catalog {
    /// Adds a table under its name. Where the name is taken already, the first table keeps it.
    pub fn add_table(&mut self, table: Table, names: &Names) -> TableId {
        let id = self.tables.push(table);
        let name = |id| self.tables[id].full_name();
        self.by_name.insert(id, name);
        self.by_folded.insert(id, |id| name(id).folded(names));
        self.namesakes.push(self.by_bare.replace(id, |id| names.folded(name(id).table)));
        id
    }

    /// The table of this name. A name without schema also finds the only table of that name in any
    /// schema; a schema that no table was declared with is taken for the default one.
    pub fn find_table(&self, name: TableName, names: &Names) -> Option<TableId> {
        let name_of = |id| self.tables[id].full_name();
        let exact = self.by_name.find(&name, name_of);
        let folded = || self.by_folded.find(&name.folded(names), |id| name_of(id).folded(names));
        exact.or_else(folded).or_else(|| self.find_bare(name, names))
    }

    fn find_bare(&self, name: TableName, names: &Names) -> Option<TableId> {
        let bare = |id: TableId| names.folded(self.tables[id].name);
        let last = self.by_bare.find(&names.folded(name.table), bare);
        let fits = |id: &TableId| name.schema.is_none() || self.tables[*id].schema.is_none();
        let mut fitting = std::iter::successors(last, |id| self.namesakes[*id]).filter(fits);
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    /// The column of this name in a table.
    pub fn find_column(&self, table: TableId, name: Name, names: &Names) -> Option<TableColumnId> {
        let columns = &self.tables[table].columns;
        let exact = columns.iter().find(|id| self.columns[*id].name == name);
        let folded = names.folded(name);
        let by_case = || columns.iter().find(|id| names.folded(self.columns[*id].name) == folded);
        exact.or_else(by_case)
    }
}
