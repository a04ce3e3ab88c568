//! `MariaDB` or `MySQL`: a schema of its own for each connection.
//!
//! The session is as the server sets it up, which is what the engine writes for: a backslash escapes
//! the next character of a string.

use ::mysql::prelude::Queryable;
use ::mysql::{Conn, Params, Value as SqlValue};
use joinwright::base::Dialect;

use super::{Answer, Database, Facts, Table, server, words};
use crate::value::{Given, Value};

const MARIADB: Facts = Facts {
    dialect: Dialect::MariaDb,
    nulls_last: false,
    temporary: "",
    collate: "COLLATE utf8mb4_nopad_bin",
    engine: "ENGINE = MyISAM",
    text: ("_utf8mb4 X'", "'"),
};

const MYSQL: Facts =
    Facts { dialect: Dialect::MySql, collate: "COLLATE utf8mb4_0900_bin", ..MARIADB };

/// A connection.
#[derive(Debug)]
pub struct MySql {
    connection: Conn,
    facts: Facts,
    schema: String,
}

impl MySql {
    /// Connects to the server that `JOINWRIGHT_TEST_MYSQL` names, if it names one.
    ///
    /// # Errors
    ///
    /// What the server says.
    pub fn of_environment() -> Answer<Option<Self>> {
        server("JOINWRIGHT_TEST_MYSQL", Self::connect)
    }

    fn connect(url: &str) -> Answer<Self> {
        let mut connection = Conn::new(url).map_err(words)?;
        let version: Option<String> = connection.query_first("SELECT VERSION()").map_err(words)?;
        let is_mariadb = version.is_some_and(|version| version.contains("MariaDB"));
        let facts = if is_mariadb { MARIADB } else { MYSQL };
        let collate = facts.collate;
        connection.query_drop(format!("SET NAMES utf8mb4 {collate}")).map_err(words)?;
        let schema = format!("joinwright_test_{}", connection.connection_id());
        Ok(Self { connection, facts, schema })
    }

    /// Has double quotes stand around names.
    ///
    /// # Errors
    ///
    /// What the server says.
    pub fn with_ansi_quotes(mut self) -> Answer<Self> {
        let set = "SET sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')";
        self.connection.query_drop(set).map_err(words)?;
        Ok(self)
    }
}

impl Database for MySql {
    fn facts(&self) -> Facts {
        self.facts
    }

    fn prepare(&mut self, script: &str) -> Answer<()> {
        let schema = &self.schema;
        let again =
            format!("DROP SCHEMA IF EXISTS {schema}; CREATE SCHEMA {schema}; USE {schema};");
        let mut results =
            self.connection.query_iter(format!("{again}\n{script}")).map_err(words)?;
        while let Some(mut rows) = results.iter() {
            rows.try_for_each(|row| row.map(drop)).map_err(words)?;
        }
        Ok(())
    }

    fn query(&mut self, sql: &str, values: &[Given]) -> Answer<Table> {
        let values = Params::Positional(values.iter().map(|given| native(&given.value)).collect());
        let values = if values == Params::Positional(Vec::new()) { Params::Empty } else { values };
        let found = self.connection.exec_iter(sql, values).map_err(words)?;
        let columns = found.columns();
        let labels: Vec<_> =
            columns.as_ref().iter().map(|column| column.name_str().into_owned()).collect();
        let rows = found.map(|row| row.map_err(words)?.unwrap().into_iter().map(read).collect());
        Ok(Table { labels, rows: rows.collect::<Answer<_>>()? })
    }
}

impl Drop for MySql {
    fn drop(&mut self) {
        let _ = self.connection.query_drop(format!("DROP SCHEMA IF EXISTS {}", self.schema));
    }
}

fn native(value: &Value) -> SqlValue {
    match value {
        Value::Null => SqlValue::NULL,
        Value::Integer(number) => SqlValue::Int(*number),
        Value::Text(text) => SqlValue::Bytes(text.clone().into_bytes()),
    }
}

fn read(value: SqlValue) -> Answer<Value> {
    match value {
        SqlValue::NULL => Ok(Value::Null),
        SqlValue::Int(number) => Ok(Value::Integer(number)),
        SqlValue::UInt(number) => i64::try_from(number).map(Value::Integer).map_err(words),
        SqlValue::Bytes(bytes) => String::from_utf8(bytes).map(Value::Text).map_err(words),
        other => Err(format!("{other:?} is of no type that was stored")),
    }
}
