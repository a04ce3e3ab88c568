//! Statements run on `SQLite`, their rows read by the row layout alone.

use joinwright::Model;
use joinwright::base::{ColumnId, Dialect};
use joinwright::graph::Literal;
use joinwright::plan::{self, Request, Strategy};
use joinwright::render::{self, Statement, Style, Take};
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, params_from_iter};
use serde_json::Value;

use super::forum::{Forum, LABELS, Link, MODEL, Post, Thread};

pub(crate) struct Session {
    model: Model,
    database: Connection,
}

impl Session {
    pub(crate) fn new(forum: &Forum) -> Self {
        let session = Self {
            model: Model::from_toml("model.toml", MODEL),
            database: Connection::open_in_memory().unwrap(),
        };
        let ddl = MODEL.split("\"\"\"").nth(1).unwrap();
        session.database.execute_batch(ddl).unwrap();
        session.database.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        session.insert("thread", forum.threads.iter().map(Thread::row));
        session.insert("post", forum.posts.iter().map(Post::row));
        session.insert("label", (1..=LABELS).map(|label| vec![label.into()]));
        session.insert("thread_label", forum.links.iter().map(Link::row));
        session
    }

    fn insert(&self, table: &str, rows: impl Iterator<Item = Vec<Cell>>) {
        for row in rows {
            let places = vec!["?"; row.len()].join(", ");
            let sql = format!("INSERT INTO {table} VALUES ({places})");
            self.database.execute(&sql, params_from_iter(row)).unwrap();
        }
    }

    pub(crate) fn request(&self, entity: &str, path: &[&str], load: Strategy) -> Request {
        let (mapping, resolution) = (self.model.mapping(), self.model.resolution());
        let entity = mapping.find_entity(entity).unwrap();
        let mut at = entity;
        let step = |name: &&str| {
            let id = resolution.find(mapping, at, mapping.names.find(name).unwrap()).unwrap();
            at = resolution.relationship(mapping, id).target;
            id
        };
        Request::new(entity, path.iter().map(step).collect(), load)
    }

    fn statement(&self, request: &Request) -> Statement {
        let plan = plan::plan(self.model.mapping(), self.model.resolution(), request).unwrap();
        render::statement(&plan, self.model.mapping(), Style::of(Dialect::Sqlite))
    }

    /// The ids of the rows that match each of the given rows of a table.
    pub(crate) fn first_rows(
        &self,
        request: &Request,
        table: &str,
        given: &[Vec<Cell>],
    ) -> Vec<Vec<i64>> {
        let statement = self.statement(request);
        let position = |column: &ColumnId| self.position(table, *column);
        let expanded = statement.expand(given.len());
        let value = |take: &Take| match take {
            Take::Parameter(index) => number(&statement, *index),
            Take::Key { instance, column } => {
                let columns =
                    &statement.parameters.iter().find(|it| !it.columns.is_empty()).unwrap().columns;
                given[*instance][position(&columns[*column])].clone()
            }
            Take::Null => Cell::Null,
        };
        let values: Vec<_> = expanded.values.iter().map(value).collect();
        let id = statement.columns.iter().find(|column| column.primary_key).unwrap().position;
        let mut rows = Vec::new();
        let mut prepared = self.database.prepare(&expanded.sql).unwrap();
        let mut found = prepared.query(params_from_iter(values)).unwrap();
        while let Some(row) = found.next().unwrap() {
            let own = statement.matches.iter().map(|it| row.get::<_, Cell>(it.position).unwrap());
            rows.push((own.collect::<Vec<_>>(), row.get::<_, i64>(id).unwrap()));
        }
        let own = |given: &Vec<Cell>| {
            let own: Vec<_> =
                statement.matches.iter().map(|it| given[position(&it.column)].clone()).collect();
            rows.iter().filter(|(key, _)| *key == own).map(|(_, id)| *id).collect()
        };
        given.iter().map(own).collect()
    }

    /// The JSON value of each row.
    pub(crate) fn documents(&self, request: &Request) -> Vec<Value> {
        let statement = self.statement(request);
        let values = (0..statement.parameters.len()).map(|index| number(&statement, index));
        let position =
            statement.columns.iter().find(|column| column.key.is_some()).unwrap().position;
        let mut prepared = self.database.prepare(&statement.sql).unwrap();
        let mut rows = prepared.query(params_from_iter(values)).unwrap();
        let mut documents = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            let text: Option<String> = row.get(position).unwrap();
            documents.push(text.map_or(Value::Null, |text| serde_json::from_str(&text).unwrap()));
        }
        documents
    }

    fn position(&self, table: &str, column: ColumnId) -> usize {
        let mapping = self.model.mapping();
        let name = mapping.names.text(mapping.graph.column(column).name);
        let columns = format!("SELECT * FROM {table}");
        let prepared = self.database.prepare(&columns).unwrap();
        prepared.column_index(name).unwrap()
    }
}

fn number(statement: &Statement, index: usize) -> Cell {
    match &statement.parameters[index].value {
        Some(Literal::Number(number)) => Cell::Integer(number.parse().unwrap()),
        _ => Cell::Null,
    }
}
