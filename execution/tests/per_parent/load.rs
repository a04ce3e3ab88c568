//! Statements run on a database, their rows read by the row layout alone.

use joinwright::Model;
use joinwright::base::ColumnId;
use joinwright::plan::{Request, Strategy};
use joinwright::render::{Statement, Style};
use joinwright_execution::{
    Database, Facts, Given, Row, Stored, Value, fill, model, run, statement,
};
use serde_json::Value as Json;

use super::forum::{Forum, LABELS, Link, MODEL, Post, Thread};

pub(crate) struct Session<'d> {
    model: Model,
    database: &'d mut dyn Database,
}

impl<'d> Session<'d> {
    pub(crate) fn new(forum: &Forum, database: &'d mut dyn Database) -> Self {
        let model = model(MODEL).unwrap();
        let rows = |table: &str| match table {
            "thread" => forum.threads.iter().map(Thread::row).collect(),
            "post" => forum.posts.iter().map(Post::row).collect(),
            "label" => (1..=LABELS).map(|label| vec![Value::Integer(label)]).collect(),
            _ => forum.links.iter().map(Link::row).collect(),
        };
        fill(database, &Stored::declared(model.mapping(), rows)).unwrap();
        Self { model, database }
    }

    pub(crate) fn facts(&self) -> Facts {
        self.database.facts()
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
        statement(&self.model, request, Style::of(self.facts().dialect)).unwrap()
    }

    fn rows(&mut self, statement: &Statement, given: &[Row]) -> Vec<Row> {
        let mapping = self.model.mapping();
        let value = |row: &Row, column| Given::from(row[position(mapping, column)].clone());
        run(self.database, statement, &str::to_owned, given, value).unwrap().found.rows
    }

    /// The ids of the rows that match each of the given rows of a table.
    pub(crate) fn first_rows(&mut self, request: &Request, given: &[Row]) -> Vec<Vec<Value>> {
        if given.is_empty() {
            return Vec::new();
        }
        let statement = self.statement(request);
        let rows = self.rows(&statement, given);
        let mapping = self.model.mapping();
        let id = statement.columns.iter().find(|column| column.primary_key).unwrap().position;
        let own = |given: &Row| {
            let fits = |row: &&Row| {
                statement
                    .matches
                    .iter()
                    .all(|it| row[it.position] == given[position(mapping, it.column)])
            };
            rows.iter().filter(fits).map(|row| row[id].clone()).collect()
        };
        given.iter().map(own).collect()
    }

    /// The JSON value of each row.
    pub(crate) fn documents(&mut self, request: &Request) -> Vec<Json> {
        let statement = self.statement(request);
        let position =
            statement.columns.iter().find(|column| column.key.is_some()).unwrap().position;
        let document = |row: Row| match &row[position] {
            Value::Text(text) => serde_json::from_str(text).unwrap(),
            Value::Integer(_) | Value::Null => Json::Null,
        };
        self.rows(&statement, &[]).into_iter().map(document).collect()
    }
}

/// Where the table of a column has it.
fn position(mapping: &joinwright::entity::Mapping, column: ColumnId) -> usize {
    let column = mapping.graph.column(column);
    let tables = mapping.catalog().tables();
    let all = tables.filter(|(id, _)| mapping.graph.table(*id) == Some(column.selectable));
    let names = all.flat_map(|(_, table)| &table.columns).map(|id| mapping.catalog().column(id));
    names.map(|it| it.name).position(|name| name == column.name).unwrap()
}
