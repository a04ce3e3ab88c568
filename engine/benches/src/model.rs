//! A model as data, before it is written in any form.

/// Tables and the entities that map them.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Each refers to earlier ones only, or to itself.
    pub tables: Vec<Table>,
    /// In an order of which each prefix is a model too.
    pub entities: Vec<Entity>,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The columns of its primary key, by place.
    pub primary_key: Vec<usize>,
    /// What it refers to.
    pub foreign_keys: Vec<ForeignKey>,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type in PostgreSQL.
    pub type_name: &'static str,
}

/// A foreign key to the primary key of another table.
#[derive(Clone, Debug)]
pub struct ForeignKey {
    /// The referring columns, by place.
    pub columns: Vec<usize>,
    /// The table referred to, by place.
    pub table: usize,
    /// Where DDL declares it.
    pub written: Written,
}

/// Where DDL declares a foreign key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Written {
    /// Behind its column.
    Inline,
    /// Behind the columns of its table.
    InTable,
    /// In a statement of its own.
    Altered,
}

/// An entity that maps one table.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Its name.
    pub name: String,
    /// Its table, by place.
    pub table: usize,
    /// Its relationships.
    pub relationships: Vec<Relationship>,
}

/// A relationship.
#[derive(Clone, Debug)]
pub struct Relationship {
    /// Its name.
    pub name: String,
    /// The entity it leads to, by place.
    pub target: usize,
    /// How it joins.
    pub link: Link,
    /// Its reverse; a relationship without one is only read.
    pub back_populates: Option<String>,
    /// The relationships that write the same columns on purpose.
    pub overlaps: Vec<String>,
    /// Its load strategy, if it is not the usual one.
    pub load: Option<&'static str>,
}

/// What tells a relationship how to join.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Link {
    /// The only foreign key between the tables.
    Inferred,
    /// One of several foreign keys, told by one of its columns.
    Listed {
        /// The table that has the column, by place.
        table: usize,
        /// The column, by place.
        column: usize,
    },
    /// The key of the table to itself, from the row that refers.
    Upwards,
    /// A junction table, by place.
    Secondary(usize),
    /// A condition: the target's rows of one status that refer by a column.
    Filtered {
        /// The referring column of the target, by place.
        column: usize,
        /// The target's column that is compared with `'open'`, by place.
        status: usize,
    },
}

impl Model {
    /// All relationships.
    pub fn relationship_count(&self) -> usize {
        self.entities.iter().map(|entity| entity.relationships.len()).sum()
    }

    /// The table of an entity.
    pub(crate) fn table_of(&self, entity: usize) -> Option<&Table> {
        self.tables.get(self.entities.get(entity)?.table)
    }

    /// `table.column`
    pub(crate) fn path(&self, table: usize, column: usize) -> String {
        let table = self.tables.get(table);
        let name = table.map_or("", |table| &table.name);
        format!("{name}.{}", table.map_or("", |table| table.column(column)))
    }
}

impl Table {
    /// The name of a column.
    pub(crate) fn column(&self, place: usize) -> &str {
        self.columns.get(place).map_or("", |column| &column.name)
    }

    /// The names of several columns.
    pub(crate) fn names(&self, places: &[usize]) -> Vec<&str> {
        places.iter().map(|place| self.column(*place)).collect()
    }

    /// Whether a column is part of the primary key.
    pub(crate) fn is_key(&self, place: usize) -> bool {
        self.primary_key.contains(&place)
    }

    pub(crate) fn add(&mut self, name: impl Into<String>, type_name: &'static str) -> usize {
        self.columns.push(Column { name: name.into(), type_name });
        self.columns.len() - 1
    }
}
