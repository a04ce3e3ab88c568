//! Keys: primary, unique, foreign; and indexes, which serve as keys where they are unique.

use super::Catalog;
use crate::base::{Few, ForeignKeyId, Name, Names, Seldom, TableColumnId, TableId};
use crate::text::Span;

/// What a [`Key`] guarantees.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum KeyKind {
    /// Unique and not null.
    Primary,
    /// Unique.
    Unique,
    /// Nothing: an index that may hold duplicates, or holds only some rows.
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
    /// Of a unique index over some rows only, what is true of those rows; else empty.
    pub among: Seldom<Vec<RowTest>>,
    /// Where it is declared.
    pub span: Option<Span>,
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

/// A foreign key: each of `columns` refers to the column of `referred` at the same place.
#[derive(Clone, Debug)]
pub struct ForeignKey {
    /// Its name, where one was written.
    pub name: Option<Name>,
    /// The table that declares it.
    pub table: TableId,
    /// The referring columns.
    pub columns: Few<TableColumnId>,
    /// The table referred to.
    pub referred_table: TableId,
    /// The columns referred to, as many as `columns`.
    pub referred: Few<TableColumnId>,
    /// Whether the database may look for the referred row only when the transaction ends.
    pub deferrable: bool,
    /// Where it is declared.
    pub span: Option<Span>,
}

impl Key {
    /// An unnamed key.
    pub fn new(kind: KeyKind, columns: impl Into<Few<TableColumnId>>) -> Self {
        Self { kind, name: None, columns: columns.into(), among: Seldom::default(), span: None }
    }

    /// The words for it: `primary key`, `unique key`, `partial unique index`, `index`.
    pub fn as_str(&self) -> &'static str {
        match self.kind {
            KeyKind::Primary => "primary key",
            KeyKind::Unique => "unique key",
            KeyKind::Index if self.among.is_empty() => "index",
            KeyKind::Index => "partial unique index",
        }
    }

    /// Whether no two rows can agree in all its columns.
    pub fn is_unique(&self) -> bool {
        self.kind != KeyKind::Index
    }
}

impl ForeignKey {
    /// An unnamed foreign key.
    pub fn new(
        table: TableId,
        columns: impl Into<Few<TableColumnId>>,
        referred_table: TableId,
        referred: impl Into<Few<TableColumnId>>,
    ) -> Self {
        let (columns, referred) = (columns.into(), referred.into());
        Self { name: None, table, columns, referred_table, referred, deferrable: false, span: None }
    }

    /// The table that declares it and the one it refers to.
    pub(super) fn tables(&self) -> (TableId, TableId) {
        (self.table, self.referred_table)
    }

    /// Each referring column with the column it refers to.
    pub fn pairs(&self) -> impl Iterator<Item = (TableColumnId, TableColumnId)> {
        self.columns.iter().copied().zip(self.referred.iter().copied())
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
    /// A foreign key by its names.
    pub fn spelled<'n>(&self, key: ForeignKeyId, names: &'n Names) -> SpelledKey<'n> {
        let key = self.foreign_key(key);
        let columns = |table, columns: &[TableColumnId]| {
            let table = self.table(table);
            let columns = columns.iter().map(|column| names.text(self.column(*column).name));
            (table.schema.map(|it| names.text(it)), names.text(table.name), columns.collect())
        };
        SpelledKey {
            from: columns(key.table, &key.columns),
            to: columns(key.referred_table, &key.referred),
            name: key.name.map(|name| names.text(name)),
        }
    }
}
