//! The databases that statements are run on.

use joinwright::base::Dialect;

use super::model::{Given, Model, Type, Value};

mod mysql;
mod postgres;
mod script;
mod sqlite;

pub(crate) use self::mysql::MySql;
pub(crate) use self::postgres::Postgres;
pub(crate) use self::sqlite::Sqlite;

/// What was asked for, or what the database said instead.
pub(crate) type Answer<T> = Result<T, String>;

/// A result as it comes: by position.
pub(crate) struct Table {
    /// What the database calls the columns.
    pub(crate) labels: Vec<String>,
    pub(crate) rows: Vec<Vec<Value>>,
}

/// What one has to know to talk to a database, apart from what a dialect is for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    pub(crate) dialect: Dialect,
    /// Whether NULL comes after all else in an order that says nothing of it.
    pub(crate) nulls_last: bool,
    /// What parameters begin with; where it is no question mark, their number follows.
    pub(crate) placeholder: char,
    /// What several rows of values are behind `IN`, up to the first of them.
    pub(crate) row_list: &'static str,
    /// Between `CREATE` and `TABLE`.
    temporary: &'static str,
    /// Behind the type of a text: text is compared by what it is written with, to the last space.
    collate: &'static str,
    /// Behind a table.
    engine: &'static str,
    /// Around the bytes of a text in hexadecimal digits: nothing in a text can be taken for SQL.
    text: (&'static str, &'static str),
}

/// A database: a connection of its own, for one model after another.
pub(crate) trait Database {
    fn facts(&self) -> Facts;

    /// Forgets the last model; runs the statements that make the next.
    fn prepare(&mut self, script: &str) -> Answer<()>;

    fn query(&mut self, sql: &str, values: &[Given]) -> Answer<Table>;
}

/// Makes a model's tables, with their rows.
pub(crate) fn fill(database: &mut dyn Database, model: &Model) -> Answer<()> {
    let script = script::script(model, database.facts());
    database.prepare(&script).map_err(|error| format!("{error}\n{script}"))
}

impl Type {
    /// What databases call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Integer => "INTEGER",
            Self::Text => "TEXT",
            Self::Varchar => "VARCHAR(30)",
        }
    }
}

/// As a function that errors can be mapped with.
fn words(error: impl std::error::Error) -> String {
    let cause = error.source().map(|source| format!(": {source}")).unwrap_or_default();
    format!("{error}{cause}")
}
