//! Tables and their columns.

use crate::base::{ForeignKeyId, Ids, KeyId, Name, Names, TableColumnId, TableId};

/// A table as it is declared.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name, without schema.
    pub name: Name,
    /// The schema it was declared in, where one was written.
    pub schema: Option<Name>,
    /// Its columns in order.
    pub columns: Ids<TableColumnId>,
    /// Its primary key, unique keys and indexes.
    pub keys: Ids<KeyId>,
    /// The foreign keys it declares.
    pub foreign_keys: Ids<ForeignKeyId>,
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
}

impl Table {
    /// A table without columns.
    pub fn new(name: Name) -> Self {
        Self { name, schema: None, columns: Ids::new(), keys: Ids::new(), foreign_keys: Ids::new() }
    }
}

impl TableColumn {
    /// A nullable column without type.
    pub fn new(name: Name) -> Self {
        use crate::base::Id;
        Self { table: TableId::from_index(0), name, type_name: None, nullable: true }
    }

    /// Its type, empty where none was written.
    pub fn type_text<'n>(&self, names: &'n Names) -> &'n str {
        self.type_name.map_or("", |name| names.text(name))
    }
}
