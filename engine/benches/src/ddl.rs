//! The tables as a PostgreSQL script, in the shape of a dump: tables first, then what is added to
//! them and the indexes.

use std::fmt::{Result, Write};

use crate::model::{ForeignKey, Model, Table, Written};

impl Model {
    /// The script.
    pub fn ddl(&self) -> String {
        let mut script = String::new();
        // Writing into a string cannot fail.
        let _ = self.write_ddl(&mut script);
        script
    }

    fn write_ddl(&self, out: &mut String) -> Result {
        for table in &self.tables {
            self.write_table(table, out)?;
        }
        for table in &self.tables {
            self.write_later(table, out)?;
        }
        Ok(())
    }

    fn write_table(&self, table: &Table, out: &mut String) -> Result {
        let Table { name, columns, .. } = table;
        writeln!(out, "CREATE TABLE {name} (")?;
        for (place, column) in columns.iter().enumerate() {
            write!(out, "    {} {}", column.name, column.type_name)?;
            let inline =
                |key: &&ForeignKey| key.written == Written::Inline && key.columns.contains(&place);
            if let Some(key) = table.foreign_keys.iter().find(inline) {
                write!(out, " {} ON DELETE CASCADE", self.referred(key))?;
            }
            writeln!(out, ",")?;
        }
        let key = table.names(&table.primary_key).join(", ");
        write!(out, "    CONSTRAINT {name}_pkey PRIMARY KEY ({key})")?;
        for (place, key) in table.keys(Written::InTable) {
            write!(out, ",\n    {}", self.constraint(table, place, key))?;
        }
        writeln!(out, "\n);\n")
    }

    fn write_later(&self, table: &Table, out: &mut String) -> Result {
        for (place, key) in table.keys(Written::Altered) {
            let constraint = self.constraint(table, place, key);
            writeln!(out, "ALTER TABLE ONLY {} ADD {constraint};", table.name)?;
        }
        for (place, key) in table.foreign_keys.iter().enumerate() {
            let (name, columns) = (&table.name, table.names(&key.columns).join(", "));
            writeln!(out, "CREATE INDEX {name}_ix{place} ON {name} ({columns});")?;
        }
        Ok(())
    }

    fn constraint(&self, table: &Table, place: usize, key: &ForeignKey) -> String {
        let columns = table.names(&key.columns).join(", ");
        let name = &table.name;
        format!("CONSTRAINT {name}_fk{place} FOREIGN KEY ({columns}) {}", self.referred(key))
    }

    fn referred(&self, key: &ForeignKey) -> String {
        let Some(table) = self.tables.get(key.table) else { return String::new() };
        format!("REFERENCES {} ({})", table.name, table.names(&table.primary_key).join(", "))
    }
}

impl Table {
    /// The foreign keys that are declared there, with their places.
    fn keys(&self, written: Written) -> impl Iterator<Item = (usize, &ForeignKey)> {
        let keys = self.foreign_keys.iter().enumerate();
        keys.filter(move |(_, key)| key.written == written)
    }
}
