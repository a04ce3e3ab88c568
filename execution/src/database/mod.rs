//! The databases that statements are run on.

use joinwright::base::Dialect;

use crate::value::{Given, Row};

mod mysql;
mod postgres;
mod sqlite;

pub use self::mysql::MySql;
pub use self::postgres::Postgres;
pub use self::sqlite::Sqlite;

/// What was asked for, or what the database said instead.
pub type Answer<T> = Result<T, String>;

/// A result as it comes: by position.
#[derive(Debug)]
pub struct Table {
    /// What the database calls the columns.
    pub labels: Vec<String>,
    /// In the order in which they came.
    pub rows: Vec<Row>,
}

/// What one has to know to talk to a database, apart from what a dialect is for.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// The dialect that its statements are in.
    pub dialect: Dialect,
    /// Whether NULL comes after all else in an order that says nothing of it.
    pub nulls_last: bool,
    /// Between `CREATE` and `TABLE`.
    pub(crate) temporary: &'static str,
    /// Behind the type of a text: text is compared by what it is written with, to the last space.
    pub(crate) collate: &'static str,
    /// Behind a table.
    pub(crate) engine: &'static str,
    /// Around the bytes of a text in hexadecimal digits: nothing in a text can be taken for SQL.
    pub(crate) text: (&'static str, &'static str),
}

/// A database: a connection of its own, for one model after another.
pub trait Database {
    /// What it is.
    fn facts(&self) -> Facts;

    /// Forgets the last model; runs the statements that make the next.
    ///
    /// # Errors
    ///
    /// What the database says.
    fn prepare(&mut self, script: &str) -> Answer<()>;

    /// Runs a statement.
    ///
    /// # Errors
    ///
    /// What the database says.
    fn query(&mut self, sql: &str, values: &[Given]) -> Answer<Table>;
}

/// Connects to the server that a variable names, if it names one.
fn server<T>(variable: &str, connect: impl Fn(&str) -> Answer<T>) -> Answer<Option<T>> {
    let Ok(url) = std::env::var(variable) else {
        eprintln!("skipped: {variable} names no server");
        return Ok(None);
    };
    connect(&url).map(Some)
}

/// As a function that errors can be mapped with.
fn words(error: impl std::error::Error) -> String {
    let cause = error.source().map(|source| format!(": {source}")).unwrap_or_default();
    format!("{error}{cause}")
}
