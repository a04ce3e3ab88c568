//! The tables of a script while it is read: names only, so that columns, keys and whole tables can
//! be renamed and dropped again before anything is bound.

use rustc_hash::FxHashMap;

use crate::base::{Few, Name, Names, reads_as};
use crate::catalog::{Catalog, Constant, KeyKind, TableColumn, TableName};
use crate::text::Span;

/// A name where it is written.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Written {
    pub(super) name: Name,
    pub(super) span: Span,
}

/// A table's name where it is written.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct WrittenTable {
    pub(super) name: TableName,
    pub(super) span: Span,
}

/// A column, and where its name is written; it reads as fields of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlacedColumn {
    pub(crate) column: TableColumn,
    pub(crate) span: Span,
}

reads_as!(PlacedColumn.column: TableColumn);

/// A primary key, unique key or index, its columns not bound yet.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct KeyDraft {
    pub(super) kind: KeyKind,
    pub(super) name: Option<Name>,
    /// What the database calls it, once that was asked for.
    pub(super) made_up: Option<Name>,
    pub(super) columns: Few<Written>,
    /// Of a unique index over some rows only, what is true of those rows.
    pub(super) among: Vec<RowTestDraft>,
    pub(super) span: Span,
}

/// What is true of each row that a partial index holds, its column not bound yet.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum RowTestDraft {
    Equals(Written, Constant),
    NotNull(Written),
}

/// A foreign key, its columns and its table not bound yet.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct ForeignKeyDraft {
    pub(super) name: Option<Name>,
    /// What the database calls it, once that was asked for.
    pub(super) made_up: Option<Name>,
    /// Which of the table's unnamed foreign keys it is, from one.
    pub(super) number: usize,
    /// How many tables had been dropped with CASCADE when it was declared.
    pub(super) cascades: usize,
    pub(super) columns: Few<Written>,
    pub(super) referred_table: WrittenTable,
    pub(super) referred: Few<Written>,
    pub(super) deferrable: bool,
    pub(super) span: Span,
}

/// What a table takes over from another one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Inheritance {
    /// `LIKE other`: columns alone.
    Columns,
    /// `INHERITS (other)`: columns, which the child may declare again.
    Parent,
    /// `LIKE other INCLUDING ALL`: columns and keys.
    Keys,
    /// `PARTITION OF other`: columns, keys and foreign keys.
    Partition,
}

/// A table that another one takes columns from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    pub(super) table: WrittenTable,
    pub(super) how: Inheritance,
    /// Before which of the table's own columns the other's come.
    pub(super) at: usize,
}

/// A table under construction.
#[derive(Clone, Debug)]
pub(super) struct TableDraft {
    pub(super) name: TableName,
    pub(super) span: Span,
    pub(super) columns: Vec<PlacedColumn>,
    pub(super) keys: Vec<KeyDraft>,
    pub(super) foreign_keys: Vec<ForeignKeyDraft>,
    pub(super) origins: Vec<Origin>,
    /// Columns that were renamed after keys may have named them, by their old names.
    pub(super) renamed: FxHashMap<Name, Name>,
    /// How often each name was made up for its keys.
    pub(super) made_up: FxHashMap<String, usize>,
    unnamed_foreign_keys: usize,
    cascades: usize,
    dropped: bool,
}

/// All tables under construction, in order of declaration.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    tables: Vec<TableDraft>,
    /// Tables by folded name.
    by_name: FxHashMap<TableName, usize>,
    /// Tables by folded name without schema.
    by_bare: FxHashMap<Name, Vec<usize>>,
    /// Tables that were renamed after keys may have named them, by their old names, folded.
    renamed: FxHashMap<TableName, usize>,
    /// Tables that were dropped with CASCADE, by folded name: the last time, counted in such drops.
    cascaded: FxHashMap<TableName, usize>,
    cascades: usize,
}

impl KeyDraft {
    pub(super) fn new(
        kind: KeyKind,
        name: Option<Written>,
        columns: Few<Written>,
        span: Span,
    ) -> Self {
        let (name, among) = (name.map(|name| name.name), Vec::new());
        Self { kind, name, made_up: None, columns, among, span }
    }
}

impl ForeignKeyDraft {
    pub(super) fn new(
        name: Option<Written>,
        columns: Few<Written>,
        referred_table: WrittenTable,
        referred: Few<Written>,
        span: Span,
    ) -> Self {
        let name = name.map(|name| name.name);
        let (made_up, number, cascades) = (None, 0, 0);
        let deferrable = false;
        Self {
            name,
            made_up,
            number,
            cascades,
            columns,
            referred_table,
            referred,
            deferrable,
            span,
        }
    }
}

impl TableDraft {
    pub(super) fn new(written: WrittenTable) -> Self {
        Self {
            name: written.name,
            span: written.span,
            columns: Vec::new(),
            keys: Vec::new(),
            foreign_keys: Vec::new(),
            origins: Vec::new(),
            renamed: FxHashMap::default(),
            made_up: FxHashMap::default(),
            unnamed_foreign_keys: 0,
            cascades: 0,
            dropped: false,
        }
    }

    pub(super) fn column(&self, name: Name, names: &Names) -> Option<usize> {
        let exact = self.columns.iter().position(|column| column.name == name);
        exact.or_else(|| {
            let folded = names.folded(name);
            self.columns.iter().position(|column| names.folded(column.name) == folded)
        })
    }

    pub(super) fn add_foreign_key(&mut self, mut key: ForeignKeyDraft) {
        if key.name.is_none() {
            self.unnamed_foreign_keys += 1;
            key.number = self.unnamed_foreign_keys;
        }
        key.cascades = self.cascades;
        self.foreign_keys.push(key);
    }

    /// Drops a column with the keys and foreign keys that stand on it.
    pub(super) fn drop_column(&mut self, name: Name, names: &Names) {
        let stands_on = |columns: &[Written]| columns.iter().any(|c| same(c.name, name, names));
        self.columns.retain(|column| !same(column.name, name, names));
        self.keys.retain(|key| !stands_on(&key.columns));
        self.foreign_keys.retain(|key| !stands_on(&key.columns));
    }

    pub(super) fn rename_column(&mut self, old: Name, new: Written, names: &Names) {
        if let Some(column) = self.column(old, names).and_then(|index| self.columns.get_mut(index))
        {
            column.name = new.name;
            column.span = new.span;
            self.renamed.insert(names.folded(old), new.name);
        }
    }
}

impl Drafts {
    /// The table of this name, as [`Catalog::find_table`](crate::catalog::Catalog::find_table)
    /// would find it.
    pub(super) fn find(&self, name: TableName, names: &Names) -> Option<usize> {
        let exact = self.by_name.get(&folded(name, names)).copied();
        exact.or_else(|| self.find_bare(name, names))
    }

    fn find_bare(&self, name: TableName, names: &Names) -> Option<usize> {
        let candidates = self.by_bare.get(&names.folded(name.table))?;
        let schema_of = |index: &usize| self.tables.get(*index).and_then(|t| t.name.schema);
        let fits = |index: &&usize| name.schema.is_none() || schema_of(index).is_none();
        let mut fitting = candidates.iter().filter(fits);
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => Some(*only),
            _ => None,
        }
    }

    pub(super) fn find_mut(&mut self, name: TableName, names: &Names) -> Option<&mut TableDraft> {
        let table = self.find(name, names).and_then(|index| self.tables.get_mut(index))?;
        table.cascades = self.cascades;
        Some(table)
    }

    /// The table of this name, or the one that once was called so.
    pub(super) fn find_renamed(&self, name: TableName, names: &Names) -> Option<usize> {
        self.find(name, names).or_else(|| self.renamed.get(&folded(name, names)).copied())
    }

    /// The table declared under exactly this name, schema included.
    pub(super) fn declared(&self, name: TableName, names: &Names) -> Option<&TableDraft> {
        let index = self.by_name.get(&folded(name, names))?;
        self.tables.get(*index)
    }

    pub(super) fn add(&mut self, mut table: TableDraft, names: &Names) {
        for key in &mut table.foreign_keys {
            key.cascades = self.cascades;
        }
        self.index(table.name, self.tables.len(), names);
        self.tables.push(table);
    }

    /// Drops a table; with `cascade` also the foreign keys that refer to it.
    pub(super) fn drop_table(&mut self, name: TableName, cascade: bool, names: &Names) {
        let Some(index) = self.find(name, names) else { return };
        let Some(table) = self.tables.get_mut(index) else { return };
        let name = table.name;
        *table = TableDraft::new(WrittenTable { name, span: table.span });
        table.dropped = true;
        self.forget(name, index, names);
        if cascade {
            self.cascades += 1;
            let name = folded(name, names);
            self.cascaded.insert(name, self.cascades);
            self.cascaded.insert(TableName { schema: None, ..name }, self.cascades);
        }
    }

    /// Whether a foreign key went with the table that it referred to when it was declared.
    pub(super) fn is_cascaded(&self, key: &ForeignKeyDraft, names: &Names) -> bool {
        let last = self.cascaded.get(&folded(key.referred_table.name, names));
        last.is_some_and(|last| *last > key.cascades)
    }

    pub(super) fn rename(&mut self, old: TableName, new: WrittenTable, names: &Names) {
        let Some(index) = self.find(old, names) else { return };
        let Some(table) = self.tables.get_mut(index) else { return };
        let old = table.name;
        // A new name without schema leaves the table where it is.
        table.name.schema = new.name.schema.or(old.schema);
        table.name.table = new.name.table;
        table.span = new.span;
        let name = table.name;
        self.renamed.insert(folded(old, names), index);
        self.forget(old, index, names);
        self.index(name, index, names);
    }

    pub(super) fn get(&self, index: usize) -> Option<&TableDraft> {
        self.tables.get(index).filter(|table| !table.dropped)
    }

    pub(super) fn get_mut(&mut self, index: usize) -> Option<&mut TableDraft> {
        self.tables.get_mut(index).filter(|table| !table.dropped)
    }

    /// Every place in the order of declaration; [`get`](Self::get) finds nothing at those whose
    /// table was dropped.
    pub(super) fn indexes(&self) -> std::ops::Range<usize> {
        0..self.tables.len()
    }

    /// Makes room for all tables, columns, keys and foreign keys.
    pub(super) fn reserve(&self, catalog: &mut Catalog) {
        let tables = || self.indexes().filter_map(|index| self.get(index));
        let columns = tables().map(|table| table.columns.len()).sum();
        let keys = tables().map(|table| table.keys.len()).sum();
        let foreign_keys = tables().map(|table| table.foreign_keys.len()).sum();
        catalog.reserve(tables().count(), columns, keys, foreign_keys);
    }

    fn index(&mut self, name: TableName, index: usize, names: &Names) {
        self.by_name.entry(folded(name, names)).or_insert(index);
        self.by_bare.entry(names.folded(name.table)).or_default().push(index);
    }

    fn forget(&mut self, name: TableName, index: usize, names: &Names) {
        self.by_name.remove(&folded(name, names));
        if let Some(list) = self.by_bare.get_mut(&names.folded(name.table)) {
            list.retain(|other| *other != index);
        }
    }
}

/// Whether two names differ in case at most.
pub(super) fn same(left: Name, right: Name, names: &Names) -> bool {
    left == right || names.folded(left) == names.folded(right)
}

fn folded(name: TableName, names: &Names) -> TableName {
    TableName {
        schema: name.schema.map(|schema| names.folded(schema)),
        table: names.folded(name.table),
    }
}
