//! Loads by a strategy, on a database, as a host would by the row layout.

use std::collections::{BTreeMap, BTreeSet};

use joinwright::Model;
use joinwright::base::{ColumnId, EntityId, RelationshipId};
use joinwright::plan::{Request, Strategy};
use joinwright::render::{Statement, Style};
use joinwright_execution::{Database, Given, Row, Stored, Value, fill, run, statement};

use crate::forms::{Form, Rows};

/// An instance: its loaded attributes.
pub(crate) type Object = BTreeMap<String, Option<i64>>;

/// Instances with related ones.
pub(crate) type Pairs = BTreeSet<(Object, Object)>;

const DDL: &str = "
    CREATE TABLE parcel (id INTEGER PRIMARY KEY, weight INTEGER);
    CREATE TABLE receipt (id INTEGER PRIMARY KEY, parcel_id INTEGER, grade INTEGER);
    CREATE TABLE complaint (id INTEGER PRIMARY KEY, parcel_id INTEGER);
";

/// A model of one form, the entity that is loaded, and a database with rows.
pub(crate) struct Loader<'f> {
    model: Model,
    entity: &'f str,
    database: &'f mut dyn Database,
}

impl<'f> Loader<'f> {
    pub(crate) fn new(
        document: &str,
        rows: &Rows,
        entity: &'f str,
        database: &'f mut dyn Database,
    ) -> Self {
        let text = format!("ddl = '''{DDL}'''\n{document}");
        let model = Model::from_toml("model.toml", &text);
        let found: Vec<_> = model.diagnostics().iter().map(|it| it.message.clone()).collect();
        assert!(found.is_empty(), "{text}\n{found:?}");
        fill(database, &Stored::declared(model.mapping(), |table| rows.of(table))).unwrap();
        Self { model, entity, database }
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
        statement(&self.model, request, Style::of(self.database.facts().dialect)).unwrap()
    }

    /// The strategy that asks whether related rows exist.
    pub(crate) fn exists_by(&self, name: &str) -> Strategy {
        let answer = self.model.resolution().answer(self.relationship(name)).unwrap();
        if answer.uselist { Strategy::Any } else { Strategy::Has }
    }

    /// The instances of the entity that a strategy loads.
    pub(crate) fn parents(&mut self, name: &str, load: Strategy) -> BTreeSet<Object> {
        self.all_parents(&self.request(name, load))
    }

    pub(crate) fn parents_without(&mut self, name: &str, load: Strategy) -> BTreeSet<Object> {
        self.all_parents(&Request { negate: true, ..self.request(name, load) })
    }

    fn all_parents(&mut self, request: &Request) -> BTreeSet<Object> {
        let statement = self.statement(request);
        let rows = self.run(&statement, &[]);
        rows.iter().filter_map(|row| self.object(&statement, row, 0)).collect()
    }

    /// The pairs of a joined load.
    pub(crate) fn joined(&mut self, name: &str) -> Pairs {
        let statement = self.statement(&self.request(name, Strategy::Joined));
        let rows = self.run(&statement, &[]);
        let pair =
            |row: &Row| Some((self.object(&statement, row, 0)?, self.object(&statement, row, 1)?));
        rows.iter().filter_map(pair).collect()
    }

    /// The pairs that one statement for each parent gives.
    pub(crate) fn one_by_one(&mut self, name: &str, load: Strategy, parents: &[Object]) -> Pairs {
        let statement = self.statement(&self.request(name, load));
        let mut pairs = Pairs::new();
        for parent in parents {
            let rows = self.run(&statement, std::slice::from_ref(parent));
            let related = rows.iter().filter_map(|row| self.object(&statement, row, 1));
            pairs.extend(related.map(|related| (parent.clone(), related)));
        }
        pairs
    }

    /// The pairs that one statement for all parents gives.
    pub(crate) fn at_once(&mut self, name: &str, load: Strategy, parents: &[Object]) -> Pairs {
        let statement = self.statement(&self.request(name, load));
        if parents.is_empty() {
            return Pairs::new();
        }
        let mut pairs = Pairs::new();
        let rows = self.run(&statement, parents);
        let once: BTreeSet<_> = rows.iter().collect();
        assert_eq!(once.len(), rows.len(), "a row is repeated: {}", statement.sql);
        for row in rows {
            let Some(related) = self.object(&statement, &row, 1) else { continue };
            let agrees = |parent: &&Object| {
                statement.matches.iter().all(|matched| {
                    let value = number(&row[matched.position]);
                    value.is_some()
                        && value == self::value(&self.model, self.id(), parent, matched.column)
                })
            };
            let given = parents.iter().filter(agrees);
            pairs.extend(given.map(|parent| (parent.clone(), related.clone())));
        }
        pairs
    }

    /// The instance at a depth of the path in a row; nothing where its key is NULL.
    fn object(&self, statement: &Statement, row: &Row, depth: usize) -> Option<Object> {
        let mut object = Object::new();
        let mut known = false;
        for column in statement.columns.iter().filter(|column| column.path.len() == depth) {
            let value = number(&row[column.position]);
            known |= column.primary_key && value.is_some();
            let name = self.model.mapping().names.text(column.attribute).to_owned();
            object.entry(name).or_insert(value);
        }
        known.then_some(object)
    }

    fn run(&mut self, statement: &Statement, given: &[Object]) -> Vec<Row> {
        let (model, entity) = (&self.model, self.id());
        let value = |object: &Object, column| {
            Given::from(Value::from(value(model, entity, object, column)))
        };
        run(self.database, statement, &str::to_owned, given, value).unwrap().found.rows
    }
}

/// The value of a column of an entity, by the attribute that shows it.
fn value(model: &Model, entity: EntityId, object: &Object, column: ColumnId) -> Option<i64> {
    let mapping = model.mapping();
    let attribute = mapping.entity(entity).attribute_of(&mapping.graph, column).unwrap();
    object[mapping.names.text(attribute.name)]
}

fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(number) => Some(*number),
        Value::Null => None,
        Value::Text(text) => panic!("no number: {text}"),
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
        [diagnostics]
        uselist_contradicts_keys = \"off\"
        ",
        mapping = form.mapping,
        key = form.key,
    )
}
