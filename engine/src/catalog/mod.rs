//! The database as it is declared: tables, columns, keys.
//!
//! Knows nothing of mappings, of expressions or of how the declarations were written down.

mod key;
mod lookup;
mod placed;
mod table;

pub use key::{Constant, ForeignKey, Key, KeyKind, RowTest, SpelledKey};
pub use lookup::TableName;
pub use placed::Places;
pub use table::{Table, TableColumn};

use std::collections::BTreeMap;

use crate::base::{Arena, ForeignKeyId, Index, KeyId, Name, TableColumnId, TableId};
use crate::text::Span;

/// All tables of a database, in the order they were declared.
///
/// ```
/// use joinwright::base::Names;
/// use joinwright::catalog::{Catalog, ForeignKey, Key, KeyKind, Table, TableColumn};
///
/// let mut names = Names::new();
/// let mut catalog = Catalog::new();
/// let address = catalog.add_table(Table::new(names.intern("address")), &names);
/// let id = catalog.add_column(address, TableColumn::new(names.intern("id")));
/// catalog.add_key(address, Key::new(KeyKind::Primary, vec![id]));
/// let customer = catalog.add_table(Table::new(names.intern("customer")), &names);
/// let billing = catalog.add_column(customer, TableColumn::new(names.intern("billing_id")));
/// catalog.add_foreign_key(ForeignKey::new(customer, vec![billing], address, vec![id]));
///
/// assert_eq!(catalog.foreign_keys_between(customer, address).count(), 1);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// Where it is all written.
    pub places: Places,
    tables: Arena<TableId, Table>,
    columns: Arena<TableColumnId, TableColumn>,
    keys: Arena<KeyId, Key>,
    /// What is true of the rows that partial keys hold.
    rows: BTreeMap<KeyId, Vec<RowTest>>,
    foreign_keys: Arena<ForeignKeyId, ForeignKey>,
    /// By schema and name; the first declared wins.
    by_name: Index<TableId>,
    /// The same under the folded names.
    by_folded: Index<TableId>,
    /// By folded name without schema: the last one declared.
    by_bare: Index<TableId>,
    /// For each table the one declared before it whose folded name is the same without schema.
    namesakes: Arena<TableId, Option<TableId>>,
    /// By table and referred table: the last foreign key between them.
    links: Index<ForeignKeyId>,
    /// For each foreign key the next between the same tables, in order of declaration; the last leads
    /// back to the first.
    next_links: Arena<ForeignKeyId, ForeignKeyId>,
}

impl Catalog {
    /// No tables.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a column to a table.
    pub fn add_column(&mut self, table: TableId, mut column: TableColumn) -> TableColumnId {
        column.table = table;
        let id = self.columns.push(column);
        self.tables[table].columns.push(id);
        id
    }

    /// Gives a table these columns. Those that it has, by their names, only move, but for those that
    /// `changed`; no key may have one of these.
    pub(crate) fn set_columns(
        &mut self,
        table: TableId,
        columns: impl IntoIterator<Item = (TableColumn, Span)>,
        changed: &[Name],
    ) {
        let old = std::mem::take(&mut self.tables[table].columns);
        let ids = columns.into_iter().map(|(column, span)| {
            let known = old.iter().find(|id| self.columns[*id].name == column.name);
            let id = known.unwrap_or_else(|| self.columns.push(TableColumn { table, ..column }));
            if changed.contains(&column.name) {
                let TableColumn { type_name, nullable, .. } = column;
                let known = &mut self.columns[id];
                (known.type_name, known.nullable) = (type_name, nullable);
            }
            self.places.columns.set(id, span);
            id
        });
        self.tables[table].columns = ids.collect();
    }

    /// The columns that keys have, refer to or test; some more than once.
    pub(crate) fn key_columns(&self) -> impl Iterator<Item = TableColumnId> {
        let keys = self.tables.ids().flat_map(|table| self.keys(table));
        let own = keys.flat_map(|(id, key)| {
            key.columns.iter().copied().chain(self.rows_of(id).iter().map(RowTest::column))
        });
        let foreign = self.foreign_keys.iter();
        own.chain(foreign.flat_map(|(_, key)| key.columns().chain(key.referred())))
    }

    /// Declares a primary key, unique key or index. A second primary key replaces the first.
    pub fn add_key(&mut self, table: TableId, key: Key) -> KeyId {
        if key.kind == KeyKind::Primary {
            for column in &key.columns {
                self.columns[*column].nullable = false;
            }
            let others = self.keys(table).filter(|(_, other)| other.kind != KeyKind::Primary);
            self.tables[table].keys = others.map(|(id, _)| id).collect();
        }
        let id = self.keys.push(key);
        self.tables[table].keys.push(id);
        id
    }

    /// Declares a foreign key.
    pub fn add_foreign_key(&mut self, key: ForeignKey) -> ForeignKeyId {
        let from = key.table;
        let id = self.foreign_keys.push(key);
        self.tables[from].foreign_keys.push(id);
        let last = self.links.replace(id, |id| self.foreign_keys[id].tables());
        let first = last.map_or(id, |last| std::mem::replace(&mut self.next_links[last], id));
        self.next_links.push(first);
        id
    }

    /// Makes room for further tables, columns, keys and foreign keys.
    pub fn reserve(&mut self, tables: usize, columns: usize, keys: usize, foreign_keys: usize) {
        self.tables.reserve(tables);
        self.namesakes.reserve(tables);
        self.columns.reserve(columns);
        self.keys.reserve(keys);
        self.foreign_keys.reserve(foreign_keys);
        self.next_links.reserve(foreign_keys);
        self.by_name.reserve(tables, |id| self.tables[id].full_name());
        self.links.reserve(foreign_keys, |id| self.foreign_keys[id].tables());
    }

    /// Gives back the room that was made for what did not come.
    pub fn shrink(&mut self) {
        self.tables.shrink();
        self.namesakes.shrink();
        self.columns.shrink();
        self.keys.shrink();
        self.foreign_keys.shrink();
        self.next_links.shrink();
        self.places.shrink();
    }

    /// A table.
    pub fn table(&self, id: TableId) -> &Table {
        &self.tables[id]
    }

    /// A column.
    pub fn column(&self, id: TableColumnId) -> &TableColumn {
        &self.columns[id]
    }

    /// A primary key, unique key or index.
    pub fn key(&self, id: KeyId) -> &Key {
        &self.keys[id]
    }

    /// A foreign key.
    pub fn foreign_key(&self, id: ForeignKeyId) -> &ForeignKey {
        &self.foreign_keys[id]
    }

    /// All tables in order of declaration.
    pub fn tables(&self) -> impl ExactSizeIterator<Item = (TableId, &Table)> {
        self.tables.iter()
    }

    /// The number of columns of all tables.
    pub fn column_count(&self) -> usize {
        self.tables.iter().map(|(_, table)| table.columns.len()).sum()
    }

    /// The columns of all tables, in the order in which they were added.
    pub fn columns(&self) -> impl ExactSizeIterator<Item = (TableColumnId, &TableColumn)> {
        self.columns.iter()
    }

    /// The number of foreign keys of all tables.
    pub fn foreign_key_count(&self) -> usize {
        self.tables.iter().map(|(_, table)| table.foreign_keys.len()).sum()
    }

    /// The foreign keys of `from` that refer to `to`, in order of declaration.
    pub fn foreign_keys_between(
        &self,
        from: TableId,
        to: TableId,
    ) -> impl Iterator<Item = (ForeignKeyId, &ForeignKey)> {
        let last = self.links.find(&(from, to), |id| self.foreign_keys[id].tables());
        let first = last.map(|last| self.next_links[last]);
        let next = move |id: &ForeignKeyId| (Some(*id) != last).then(|| self.next_links[*id]);
        let ids = std::iter::successors(first, next);
        ids.map(|id| (id, &self.foreign_keys[id]))
    }

    /// Whether a column is part of its table's primary key.
    pub fn is_primary_key(&self, column: TableColumnId) -> bool {
        self.primary_key(self.columns[column].table).contains(&column)
    }

    /// Whether a foreign key makes `column` refer to `referred`.
    pub fn references(&self, column: TableColumnId, referred: TableColumnId) -> bool {
        let (from, to) = (self.columns[column].table, self.columns[referred].table);
        self.foreign_keys_between(from, to).any(|(_, key)| key.pairs.contains(&(column, referred)))
    }
}
