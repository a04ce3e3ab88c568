//! Keys: primary, unique, foreign; and indexes, which serve as keys where they are unique.

use crate::base::{Name, TableColumnId, TableId};
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
    pub columns: Vec<TableColumnId>,
    /// Where it is declared.
    pub span: Option<Span>,
}

/// A foreign key: each of `columns` refers to the column of `referred` at the same place.
#[derive(Clone, Debug)]
pub struct ForeignKey {
    /// Its name, where one was written.
    pub name: Option<Name>,
    /// The table that declares it.
    pub table: TableId,
    /// The referring columns.
    pub columns: Vec<TableColumnId>,
    /// The table referred to.
    pub referred_table: TableId,
    /// The columns referred to, as many as `columns`.
    pub referred: Vec<TableColumnId>,
    /// Where it is declared.
    pub span: Option<Span>,
}

impl Key {
    /// An unnamed key.
    pub fn new(kind: KeyKind, columns: Vec<TableColumnId>) -> Self {
        Self { kind, name: None, columns, span: None }
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
        columns: Vec<TableColumnId>,
        referred_table: TableId,
        referred: Vec<TableColumnId>,
    ) -> Self {
        Self { name: None, table, columns, referred_table, referred, span: None }
    }

    /// Each referring column with the column it refers to.
    pub fn pairs(&self) -> impl Iterator<Item = (TableColumnId, TableColumnId)> {
        self.columns.iter().copied().zip(self.referred.iter().copied())
    }
}
