//! Tables and their columns.

use super::key::{Key, KeyKind};
use crate::base::{ForeignKeyId, Name, Names, TableColumnId, TableId};
use crate::text::Span;

/// A table as it is declared.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name, without schema.
    pub name: Name,
    /// The schema it was declared in, where one was written.
    pub schema: Option<Name>,
    /// Its columns in order.
    pub columns: Vec<TableColumnId>,
    /// Its primary key, unique keys and indexes.
    pub keys: Vec<Key>,
    /// The foreign keys it declares.
    pub foreign_keys: Vec<ForeignKeyId>,
    /// Where its name stands in its declaration.
    pub span: Option<Span>,
}

/// A column as its table declares it.
#[derive(Clone, Copy, Debug)]
pub struct TableColumn {
    /// The table; set when the column is added to it.
    pub table: TableId,
    /// Its name.
    pub name: Name,
    /// Its type as written, upper case, single spaces; absent where none was written.
    pub type_name: Option<Name>,
    /// Whether it may hold NULL. Columns of a primary key may not.
    pub nullable: bool,
    /// Where its name stands in its declaration.
    pub span: Option<Span>,
}

impl Table {
    /// A table without columns.
    pub fn new(name: Name) -> Self {
        Self {
            name,
            schema: None,
            columns: Vec::new(),
            keys: Vec::new(),
            foreign_keys: Vec::new(),
            span: None,
        }
    }

    /// The columns of the primary key in key order; empty where there is none.
    pub fn primary_key(&self) -> &[TableColumnId] {
        let key = self.keys.iter().find(|key| key.kind == KeyKind::Primary);
        key.map_or(&[], |key| &key.columns)
    }

    /// Whether `columns` hold at most one row for each of their values: some primary or unique key
    /// lies within them.
    pub fn is_unique(&self, columns: &[TableColumnId]) -> bool {
        let unique = self.keys.iter().filter(|key| key.is_unique());
        unique.into_iter().any(|key| key.columns.iter().all(|column| columns.contains(column)))
    }
}

impl TableColumn {
    /// A nullable column without type.
    pub fn new(name: Name) -> Self {
        use crate::base::Id;
        Self { table: TableId::from_index(0), name, type_name: None, nullable: true, span: None }
    }

    /// Its type, empty where none was written.
    pub fn type_text<'n>(&self, names: &'n Names) -> &'n str {
        self.type_name.map_or("", |name| names.text(name))
    }
}
