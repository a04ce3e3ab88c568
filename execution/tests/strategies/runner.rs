//! Runs the engine's statements on a database, and makes objects of their rows: by the row layout,
//! and by nothing else.

use joinwright::base::ColumnId;
use joinwright::entity::Mapping;
use joinwright::plan::{Request, Strategy};
use joinwright::render::{Labels, Statement, Style};
use joinwright_execution::{Database, Given, Ran, Row, Stored, Value, fill, run, statement};

use super::document::document;
use super::model::{Model, Table};

/// What is done to a statement before it is run.
pub(crate) type Rewrite = dyn Fn(Strategy, &str) -> String;

/// A model in the engine, and its rows in a database.
pub(crate) struct Runner<'m> {
    pub(crate) engine: joinwright::Model,
    model: &'m Model,
    database: &'m mut dyn Database,
    rewrite: &'m Rewrite,
}

/// A row of a result.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct LoadedRow {
    /// The objects, nearest first; nothing where an outer join found none.
    pub(crate) objects: Vec<Option<Row>>,
    /// The values of `Statement::matches`.
    pub(crate) matches: Vec<Value>,
}

/// What a statement gives.
pub(crate) struct Loaded {
    pub(crate) sql: String,
    pub(crate) rows: Vec<LoadedRow>,
    /// The columns of the given instances that `LoadedRow::matches` goes by.
    pub(crate) matches: Vec<usize>,
}

type Found<T> = Result<T, String>;

impl<'m> Runner<'m> {
    /// Reads the model and fills the database.
    pub(crate) fn new(
        model: &'m Model,
        database: &'m mut dyn Database,
        rewrite: &'m Rewrite,
    ) -> Found<Self> {
        let engine = joinwright_execution::model(&document(model))?;
        let tables: Vec<_> = model.tables.iter().map(stored).collect();
        fill(database, &tables)?;
        Ok(Self { engine, model, database, rewrite })
    }

    /// Plans, renders and runs a statement for the given instances, rows of one table.
    pub(crate) fn load(
        &mut self,
        request: &Request,
        given: (usize, &[&Row]),
        labels: Labels,
    ) -> Found<Loaded> {
        let mapping = self.engine.mapping();
        let style = Style { dialect: self.database.facts().dialect, labels, ..Style::default() };
        let statement = statement(&self.engine, request, style)?;
        let rewrite = |sql: &str| (self.rewrite)(request.load, sql);
        let (table, given) = given;
        let value = |row: &&Row, column: ColumnId| {
            let position = position(mapping, &self.model.tables[table], column);
            let of = self.model.tables[table].columns[position].of;
            Given { value: row[position].clone(), of }
        };
        let Ran { sql, found } = run(self.database, &statement, &rewrite, given, value)?;
        if labels == Labels::TableColumn && !found.labels.is_empty() {
            check_labels(&found.labels, &statement)?;
        }
        let rows =
            found.rows.iter().map(|row| self.loaded(row, &statement)).collect::<Found<_>>()?;
        let matches = statement.matches.iter();
        let matches = matches.map(|it| self.position(table, it.column)).collect();
        Ok(Loaded { sql, rows, matches })
    }

    /// The objects of a row, by the row layout.
    fn loaded(&self, row: &Row, statement: &Statement) -> Found<LoadedRow> {
        let mut depths: Vec<_> = statement.columns.iter().map(|it| it.path.len()).collect();
        depths.sort_unstable();
        depths.dedup();
        let objects = depths.into_iter().map(|depth| self.object(row, statement, depth));
        let matches = statement.matches.iter().map(|it| row[it.position].clone());
        Ok(LoadedRow { objects: objects.collect::<Found<_>>()?, matches: matches.collect() })
    }

    fn object(&self, row: &Row, statement: &Statement, depth: usize) -> Found<Option<Row>> {
        let mapping = self.engine.mapping();
        let columns = || statement.columns.iter().filter(|it| it.path.len() == depth);
        let mut object = Vec::new();
        for column in columns() {
            // The entity of the first table is E0.
            let table: usize = mapping.entity_name(column.entity)[1..].parse().unwrap();
            let position = named(&self.model.tables[table], mapping.names.text(column.attribute))?;
            object.push((position, row[column.position].clone()));
        }
        object.sort();
        let object = object.into_iter().map(|(_, value)| value).collect();
        let mut key = columns().filter(|it| it.primary_key).peekable();
        let found = key.peek().is_some() && key.all(|it| row[it.position] != Value::Null);
        Ok(found.then_some(object))
    }

    fn position(&self, table: usize, column: ColumnId) -> usize {
        position(self.engine.mapping(), &self.model.tables[table], column)
    }
}

/// Where a table has a column.
fn position(mapping: &Mapping, table: &Table, column: ColumnId) -> usize {
    named(table, mapping.names.text(mapping.graph.column(column).name)).unwrap()
}

fn named(table: &Table, name: &str) -> Found<usize> {
    let mut columns = table.columns.iter();
    columns.position(|column| column.name == name).ok_or_else(|| format!("no column {name}"))
}

fn stored(table: &Table) -> Stored {
    let Table { name, columns, primary_key, rows, .. } = table.clone();
    Stored { name, columns, primary_key, rows }
}

/// Written labels are what the database calls the columns.
fn check_labels(labels: &[String], statement: &Statement) -> Found<()> {
    let columns = statement.columns.iter().map(|it| (it.position, &it.label));
    let matches = statement.matches.iter().map(|it| (it.position, &it.label));
    for (position, label) in columns.chain(matches) {
        let name = &labels[position];
        if name != label {
            return Err(format!("column {position} is called {name}, not {label}"));
        }
    }
    Ok(())
}
