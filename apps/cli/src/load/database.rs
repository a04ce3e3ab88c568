//! An SQLite file, which is only read.

use std::fs::File;
use std::path::Path;

use joinwright::Model;
use joinwright::base::TableColumnId;
use joinwright::text::{LineTable, Span};
use rusqlite::{Connection, Error, OpenFlags};

use super::value::{Value, visible};
use crate::input;

/// An open file, and the model that says what it should hold.
pub(super) struct Database<'m> {
    connection: Connection,
    name: String,
    model: &'m Model,
}

impl<'m> Database<'m> {
    /// Opens a file. All that is read of it is of one moment, whoever writes to it meanwhile.
    pub(super) fn open(path: &Path, model: &'m Model) -> Result<Self, String> {
        let name = path.display().to_string();
        File::open(path)
            .map_err(|error| format!("cannot read `{name}`: {}", input::reason(&error)))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(path, flags).and_then(|connection| {
            connection.execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema")?;
            Ok(connection)
        });
        let connection =
            opened.map_err(|error| format!("cannot read `{name}`: {}", words(&error)))?;
        Ok(Self { connection, name, model })
    }

    /// Whether the file can answer a statement.
    pub(super) fn prepare(&self, sql: &str) -> Result<(), String> {
        self.connection.prepare(sql).map(drop).map_err(|error| self.said(&error))
    }

    /// Hands each row of a statement on.
    pub(super) fn query(
        &self,
        sql: &str,
        values: &[Value],
        mut each: impl FnMut(&[Value]) -> Result<(), String>,
    ) -> Result<(), String> {
        let said = |error: Error| self.said(&error);
        let mut statement = self.connection.prepare_cached(sql).map_err(said)?;
        let width = statement.column_count();
        let mut rows = statement.query(rusqlite::params_from_iter(values)).map_err(said)?;
        while let Some(row) = rows.next().map_err(said)? {
            let values = (0..width).map(|position| row.get_ref(position).map(Value::of));
            each(&values.collect::<Result<Vec<_>, _>>().map_err(said)?)?;
        }
        Ok(())
    }

    /// What the database says against a statement. What it lacks, the model declares somewhere.
    fn said(&self, error: &Error) -> String {
        let (name, words) = (&self.name, words(error));
        let lacks = |kind: &str, missing: &str, declared: Option<Span>| {
            let place = declared.map(|span| format!(", which `{}` declares", self.place(span)));
            format!("`{name}` has no {kind} `{missing}`{}", place.unwrap_or_default())
        };
        if let Some(table) = words.strip_prefix("no such table: ") {
            return lacks("table", table, self.table(table));
        }
        if let Some((table, column)) =
            words.strip_prefix("no such column: ").and_then(|it| it.split_once('.'))
        {
            return lacks("column", &format!("{table}.{column}"), self.column(table, column));
        }
        format!("`{name}` cannot answer: {words}")
    }

    fn table(&self, name: &str) -> Option<Span> {
        let mapping = self.model.mapping();
        let called = |it| mapping.names.text(it).eq_ignore_ascii_case(name);
        let (id, _) = mapping.catalog().tables().find(|(_, table)| called(table.name))?;
        mapping.catalog().places.tables.get(id)
    }

    fn column(&self, table: &str, name: &str) -> Option<Span> {
        let mapping = self.model.mapping();
        let called = |it, name: &str| mapping.names.text(it).eq_ignore_ascii_case(name);
        let mut tables = mapping.catalog().tables().map(|(_, table)| table);
        let table = tables.find(|it| called(it.name, table))?;
        let is = |id: &TableColumnId| called(mapping.catalog().column(*id).name, name);
        let id = table.columns.iter().find(is)?;
        mapping.catalog().places.columns.get(id)
    }

    /// A file and a line.
    fn place(&self, span: Span) -> String {
        let source = self.model.sources().get(span.source);
        let line = LineTable::new(&source.text).line(span.start) + 1;
        format!("{}:{line}", source.name)
    }
}

/// SQLite's own words, without the statement. They may repeat what the file holds, so what cannot be
/// seen is escaped.
fn words(error: &Error) -> String {
    let said = match error {
        Error::SqliteFailure(_, Some(words)) => words.clone(),
        Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    };
    visible(&said)
}
