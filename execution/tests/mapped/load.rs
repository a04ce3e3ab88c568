//! Loads by a strategy, on SQLite, as a host would by the row layout.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use joinwright::Model;
use joinwright::base::{ColumnId, Dialect, EntityId, RelationshipId};
use joinwright::plan::{self, Request, Strategy};
use joinwright::render::{self, Parameter, Placeholders, Statement, Style};
use joinwright::report::Severity;
use rusqlite::Connection;

use crate::forms::{Form, Rows};

/// An instance: its loaded attributes.
pub(crate) type Object = BTreeMap<String, Option<i64>>;

/// Instances with related ones.
pub(crate) type Pairs = BTreeSet<(Object, Object)>;

type Row = Vec<Option<i64>>;

const DDL: &str = "
    CREATE TABLE parcel (id INTEGER PRIMARY KEY, weight INTEGER);
    CREATE TABLE receipt (id INTEGER PRIMARY KEY, parcel_id INTEGER, grade INTEGER);
    CREATE TABLE complaint (id INTEGER PRIMARY KEY, parcel_id INTEGER);
";

/// A model of one form, the entity that is loaded, and a database with rows.
pub(crate) struct Loader<'f> {
    model: Model,
    entity: &'f str,
    database: Connection,
}

impl<'f> Loader<'f> {
    pub(crate) fn new(document: &str, rows: &Rows, entity: &'f str) -> Self {
        let text = format!("ddl = '''{DDL}'''\n{document}");
        let model = Model::from_toml("model.toml", &text);
        let found = model.diagnostics().into_iter().filter(|it| it.severity != Severity::Note);
        let found: Vec<_> = found.map(|it| it.message).collect();
        assert!(found.is_empty(), "{text}\n{found:?}");
        Self { model, entity, database: database(rows) }
    }

    fn id(&self) -> EntityId {
        self.model.mapping().find_entity(self.entity).unwrap()
    }

    fn relationship(&self, name: &str) -> RelationshipId {
        let mapping = self.model.mapping();
        let name = mapping.names.find(name).unwrap();
        self.model.resolution().find(mapping, self.id(), name).unwrap()
    }

    fn request(&self, name: &str, load: Strategy) -> Request {
        Request::new(self.id(), vec![self.relationship(name)], load)
    }

    fn statement(&self, request: &Request) -> Statement {
        let mapping = self.model.mapping();
        let plan = plan::plan(mapping, self.model.resolution(), request).unwrap();
        let placeholders = Placeholders::Named;
        let style = Style { dialect: Dialect::Sqlite, placeholders, ..Style::default() };
        render::statement(&plan, mapping, style)
    }

    /// The strategy that asks whether related rows exist.
    pub(crate) fn exists_by(&self, name: &str) -> Strategy {
        let answer = self.model.resolution().answer(self.relationship(name)).unwrap();
        if answer.uselist { Strategy::Any } else { Strategy::Has }
    }

    /// The instances of the entity that a strategy loads.
    pub(crate) fn parents(&self, name: &str, load: Strategy) -> BTreeSet<Object> {
        self.all_parents(&self.request(name, load))
    }

    pub(crate) fn parents_without(&self, name: &str, load: Strategy) -> BTreeSet<Object> {
        self.all_parents(&Request { negate: true, ..self.request(name, load) })
    }

    fn all_parents(&self, request: &Request) -> BTreeSet<Object> {
        let statement = self.statement(request);
        let rows = self.run(&statement.sql);
        rows.iter().filter_map(|row| self.object(&statement, row, 0)).collect()
    }

    /// The pairs of a joined load.
    pub(crate) fn joined(&self, name: &str) -> Pairs {
        let statement = self.statement(&self.request(name, Strategy::Joined));
        let rows = self.run(&statement.sql);
        let pair =
            |row: &Row| Some((self.object(&statement, row, 0)?, self.object(&statement, row, 1)?));
        rows.iter().filter_map(pair).collect()
    }

    /// The pairs that one statement for each parent gives.
    pub(crate) fn one_by_one(&self, name: &str, load: Strategy, parents: &[Object]) -> Pairs {
        let statement = self.statement(&self.request(name, load));
        let mut pairs = Pairs::new();
        for parent in parents {
            let mut sql = statement.sql.clone();
            for Parameter { name, column, .. } in statement.parameters.iter().rev() {
                let value = literal(self.value(parent, column.unwrap()));
                sql = sql.replace(&format!(":{name}"), &value);
            }
            let rows = self.run(&sql);
            let related = rows.iter().filter_map(|row| self.object(&statement, row, 1));
            pairs.extend(related.map(|related| (parent.clone(), related)));
        }
        pairs
    }

    /// The pairs that one statement for all parents gives.
    pub(crate) fn at_once(&self, name: &str, load: Strategy, parents: &[Object]) -> Pairs {
        let statement = self.statement(&self.request(name, load));
        let mut sql = statement.sql.clone();
        for parameter in &statement.parameters {
            let keys = parents.iter().map(|parent| self.key(parent, &parameter.columns));
            let keys: Vec<_> = keys.collect();
            if keys.is_empty() {
                return Pairs::new();
            }
            let list = format!("(VALUES {})", keys.join(", "));
            sql = sql.replace(&format!("(:{})", parameter.name), &list);
        }
        let mut pairs = Pairs::new();
        for row in self.run(&sql) {
            let Some(related) = self.object(&statement, &row, 1) else { continue };
            let agrees = |parent: &&Object| {
                statement.matches.iter().all(|matched| {
                    let value = row[matched.position];
                    value.is_some() && value == self.value(parent, matched.column)
                })
            };
            let given = parents.iter().filter(agrees);
            pairs.extend(given.map(|parent| (parent.clone(), related.clone())));
        }
        pairs
    }

    fn key(&self, parent: &Object, columns: &[ColumnId]) -> String {
        let values = columns.iter().map(|column| literal(self.value(parent, *column)));
        format!("({})", values.collect::<Vec<_>>().join(", "))
    }

    /// The value of a column of the entity, by the attribute that shows it.
    fn value(&self, object: &Object, column: ColumnId) -> Option<i64> {
        let mapping = self.model.mapping();
        let attribute = mapping.entity(self.id()).attribute_of(column).unwrap();
        object[mapping.names.text(attribute.name)]
    }

    /// The instance at a depth of the path in a row; nothing where its key is NULL.
    fn object(&self, statement: &Statement, row: &Row, depth: usize) -> Option<Object> {
        let mut object = Object::new();
        let mut known = false;
        for column in statement.columns.iter().filter(|column| column.path.len() == depth) {
            let value = row[column.position];
            known |= column.primary_key && value.is_some();
            let name = self.model.mapping().names.text(column.attribute).to_owned();
            object.entry(name).or_insert(value);
        }
        known.then_some(object)
    }

    fn run(&self, sql: &str) -> Vec<Row> {
        let mut prepared = self.database.prepare(sql).unwrap();
        let width = prepared.column_count();
        let rows = prepared.query_map([], |row| (0..width).map(|i| row.get(i)).collect());
        rows.unwrap().collect::<Result<_, _>>().unwrap()
    }
}

/// A document of one form, without its tables.
pub(crate) fn document(form: &Form) -> String {
    format!(
        "[entity.Owner]
        {mapping}
        [entity.Owner.relationship.complaints]
        target = \"Complaint\"
        primaryjoin = \"Owner.{key} = foreign(Complaint.parcel_id)\"
        uselist = true
        viewonly = true
        [entity.Complaint]
        table = \"complaint\"
        [entity.Complaint.relationship.owners]
        target = \"Owner\"
        primaryjoin = \"foreign(Complaint.parcel_id) = Owner.{key}\"
        uselist = true
        viewonly = true
        ",
        mapping = form.mapping,
        key = form.key,
    )
}

fn database(rows: &Rows) -> Connection {
    let database = Connection::open_in_memory().unwrap();
    let mut script = DDL.to_owned();
    for (id, weight) in &rows.parcels {
        writeln!(script, "INSERT INTO parcel VALUES ({id}, {weight});").unwrap();
    }
    for (id, parcel, grade) in &rows.receipts {
        writeln!(script, "INSERT INTO receipt VALUES ({id}, {parcel}, {grade});").unwrap();
    }
    for (id, parcel) in &rows.complaints {
        let parcel = literal(*parcel);
        writeln!(script, "INSERT INTO complaint VALUES ({id}, {parcel});").unwrap();
    }
    database.execute_batch(&script).unwrap();
    database
}

fn literal(value: Option<i64>) -> String {
    value.map_or_else(|| "NULL".to_owned(), |value| value.to_string())
}
