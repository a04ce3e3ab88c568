//! `SQLite`, in memory.

use joinwright::base::Dialect;
use rusqlite::Connection;
use rusqlite::types::{Value as SqlValue, ValueRef};

use super::{Answer, Database, Facts, Table, words};
use crate::value::{Given, Value};

const FACTS: Facts = Facts {
    dialect: Dialect::Sqlite,
    nulls_last: false,
    temporary: "",
    collate: "",
    engine: "",
    text: ("CAST(X'", "' AS TEXT)"),
};

/// A database of its own in memory.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
}

impl Sqlite {
    /// Opens one.
    ///
    /// # Errors
    ///
    /// What `SQLite` says.
    pub fn open() -> Answer<Self> {
        Ok(Self { connection: Connection::open_in_memory().map_err(words)? })
    }
}

impl Database for Sqlite {
    fn facts(&self) -> Facts {
        FACTS
    }

    fn prepare(&mut self, script: &str) -> Answer<()> {
        *self = Self::open()?;
        self.connection.execute_batch(script).map_err(words)
    }

    fn query(&mut self, sql: &str, values: &[Given]) -> Answer<Table> {
        let mut statement = self.connection.prepare(sql).map_err(words)?;
        let labels: Vec<_> = statement.column_names().map(str::to_owned).collect();
        let values = rusqlite::params_from_iter(values.iter().map(|given| native(&given.value)));
        let mut found = statement.query(values).map_err(words)?;
        let mut rows = Vec::new();
        while let Some(row) = found.next().map_err(words)? {
            rows.push(
                (0..labels.len()).map(|position| read(row, position)).collect::<Answer<_>>()?,
            );
        }
        Ok(Table { labels, rows })
    }
}

fn native(value: &Value) -> SqlValue {
    match value {
        Value::Null => SqlValue::Null,
        Value::Integer(number) => SqlValue::Integer(*number),
        Value::Text(text) => SqlValue::Text(text.clone()),
    }
}

fn read(row: &rusqlite::Row<'_>, position: usize) -> Answer<Value> {
    match row.get_ref(position).map_err(words)? {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Integer(number)),
        ValueRef::Text(text) => Ok(Value::Text(String::from_utf8_lossy(text).into_owned())),
        other => Err(format!("column {position} is {other:?}")),
    }
}
