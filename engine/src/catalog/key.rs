//! Keys: primary, unique, foreign; and indexes, which serve as keys where they are unique.

use super::Catalog;
use crate::base::{Few, ForeignKeyId, KeyId, Name, Names, TableColumnId, TableId};

/// What a [`Key`] guarantees.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum KeyKind {
    /// Unique and not null.
    Primary,
    /// Unique.
    Unique,
    /// Unique among the rows that it holds ([`Catalog::add_partial_key`]).
    Partial,
    /// Nothing: an index that may hold duplicates, or holds only some rows of which nothing is known.
    Index,
}

/// A primary key, unique key or index.
#[derive(Clone, Debug)]
pub struct Key {
    /// What it guarantees.
    pub kind: KeyKind,
    /// Its name, where one was written.
    pub name: Option<Name>,
    /// Its columns in order.
    pub columns: Few<TableColumnId>,
}

/// What is true of each row that a partial index holds.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum RowTest {
    /// The column has this value.
    Equals(TableColumnId, Constant),
    /// The column has a value.
    NotNull(TableColumnId),
}

impl RowTest {
    /// The column that is tested.
    pub fn column(&self) -> TableColumnId {
        match self {
            Self::Equals(column, _) | Self::NotNull(column) => *column,
        }
    }
}

/// A value written in a schema.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Constant {
    /// A number, as written.
    Number(Box<str>),
    /// A string, decoded.
    String(Box<str>),
    /// `TRUE` or `FALSE`
    Boolean(bool),
}

/// A foreign key.
#[derive(Clone, Debug)]
pub struct ForeignKey {
    /// Its name, where one was written.
    pub name: Option<Name>,
    /// The table that declares it.
    pub table: TableId,
    /// The table referred to.
    pub referred_table: TableId,
    /// Each referring column with the column it refers to.
    pub pairs: Few<(TableColumnId, TableColumnId)>,
    /// Whether the database may look for the referred row only when the transaction ends.
    pub deferrable: bool,
}

impl Key {
    /// An unnamed key.
    pub fn new(kind: KeyKind, columns: impl Into<Few<TableColumnId>>) -> Self {
        Self { kind, name: None, columns: columns.into() }
    }

    /// The words for it: `primary key`, `unique key`, `partial unique index`, `index`.
    pub fn as_str(&self) -> &'static str {
        match self.kind {
            KeyKind::Primary => "primary key",
            KeyKind::Unique => "unique key",
            KeyKind::Partial => "partial unique index",
            KeyKind::Index => "index",
        }
    }

    /// Whether no two rows can agree in all its columns.
    pub fn is_unique(&self) -> bool {
        matches!(self.kind, KeyKind::Primary | KeyKind::Unique)
    }
}

impl ForeignKey {
    /// An unnamed foreign key: each of `columns` refers to the column of `referred` at the same place.
    /// What one of the two has more of than the other is left out.
    pub fn new(
        table: TableId,
        columns: impl IntoIterator<Item = TableColumnId>,
        referred_table: TableId,
        referred: impl IntoIterator<Item = TableColumnId>,
    ) -> Self {
        let pairs = columns.into_iter().zip(referred).collect();
        Self { name: None, table, referred_table, pairs, deferrable: false }
    }

    /// The table that declares it and the one it refers to.
    pub(super) fn tables(&self) -> (TableId, TableId) {
        (self.table, self.referred_table)
    }

    /// The referring columns.
    pub fn columns(&self) -> impl ExactSizeIterator<Item = TableColumnId> + Clone {
        self.pairs.iter().map(|(column, _)| *column)
    }

    /// The columns referred to, in the order of those that refer to them.
    pub fn referred(&self) -> impl ExactSizeIterator<Item = TableColumnId> + Clone {
        self.pairs.iter().map(|(_, referred)| *referred)
    }

    /// Whether a column is one of those that refer.
    pub fn has(&self, column: TableColumnId) -> bool {
        self.columns().any(|own| own == column)
    }
}

/// What a foreign key says, in the order of names: keys are told of in this order, so that the one
/// in which tables and keys are declared does not show.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct SpelledKey<'n> {
    from: SpelledColumns<'n>,
    to: SpelledColumns<'n>,
    name: Option<&'n str>,
}

/// A schema, a table, and some of its columns.
type SpelledColumns<'n> = (Option<&'n str>, &'n str, Vec<&'n str>);

impl Catalog {
    /// The columns of a table's primary key in key order; empty where there is none.
    pub fn primary_key(&self, table: TableId) -> &[TableColumnId] {
        let key = self.keys(table).find(|(_, key)| key.kind == KeyKind::Primary);
        key.map_or(&[], |(_, key)| &key.columns)
    }

    /// Whether `columns` of a table hold at most one row for each of their values: some primary or
    /// unique key lies within them.
    pub fn is_unique(
        &self,
        table: TableId,
        columns: &(impl Iterator<Item = TableColumnId> + Clone),
    ) -> bool {
        let within = |column: &TableColumnId| columns.clone().any(|it| it == *column);
        self.keys(table).any(|(_, key)| key.is_unique() && key.columns.iter().all(within))
    }

    /// The primary key, unique keys and indexes of a table.
    pub fn keys(&self, table: TableId) -> impl Iterator<Item = (KeyId, &Key)> {
        self.tables[table].keys.iter().map(|id| (id, &self.keys[id]))
    }

    /// What is true of the rows that a [partial](KeyKind::Partial) key holds, and of no other; empty
    /// for any other key.
    pub fn rows_of(&self, key: KeyId) -> &[RowTest] {
        self.rows.get(&key).map_or(&[], Vec::as_slice)
    }

    /// Declares an index that is unique, but holds only the rows of which all of `rows` is true.
    pub fn add_partial_key(&mut self, table: TableId, key: Key, rows: Vec<RowTest>) -> KeyId {
        let id = self.add_key(table, Key { kind: KeyKind::Partial, ..key });
        self.rows.insert(id, rows);
        id
    }

    /// A foreign key by its names.
    pub fn spelled<'n>(&self, key: ForeignKeyId, names: &'n Names) -> SpelledKey<'n> {
        let key = self.foreign_key(key);
        let name = |column| names.text(self.column(column).name);
        let spelled = |table, columns| {
            let table = self.table(table);
            (table.schema.map(|it| names.text(it)), names.text(table.name), columns)
        };
        SpelledKey {
            from: spelled(key.table, key.columns().map(name).collect()),
            to: spelled(key.referred_table, key.referred().map(name).collect()),
            name: key.name.map(|name| names.text(name)),
        }
    }
}
