//! A host that runs the statements of a whole load and makes objects of their rows: by what the
//! plan and the row layout say, and by nothing else.

use std::collections::{BTreeMap, BTreeSet};

use joinwright::Model;
use joinwright::base::ColumnId;
use joinwright::graph::Literal;
use joinwright::plan::{self, Level, LoadPlan, LoadRequest, LoadStatement, Run};
use joinwright::render::{self, Parameter, Statement, Style};
use rusqlite::Connection;

use super::world::{Key, MODEL, TABLES, World};

/// At most so many instances at once, so that few rows make several chunks.
const CHUNK: usize = 2;

/// An object: the values of its columns.
type Object = BTreeMap<ColumnId, Option<i64>>;

/// What a load gave: the objects of the entity, and along each step of the path what each object
/// leads to, in the order of the rows.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub(crate) roots: Vec<Key>,
    pub(crate) links: Vec<BTreeMap<Key, Vec<Key>>>,
    pub(crate) sql: Vec<String>,
}

pub(crate) struct Host {
    pub(crate) model: Model,
    database: Connection,
}

/// One load as it goes on.
struct Loading<'h> {
    host: &'h Host,
    plan: LoadPlan<'h>,
    objects: BTreeMap<(usize, usize), BTreeMap<Key, Object>>,
    loaded: Loaded,
}

impl Host {
    pub(crate) fn new(world: &World) -> Self {
        let model = Model::from_toml("model.toml", MODEL);
        assert_eq!(model.diagnostics().len(), 0, "{:?}", model.diagnostics());
        let database = Connection::open_in_memory().unwrap();
        database.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        let ddl = MODEL.split("\"\"\"").nth(1).unwrap();
        database.execute_batch(ddl).unwrap();
        for (table, width, _) in TABLES {
            let places = vec!["?"; width].join(", ");
            let sql = format!("INSERT INTO {table} VALUES ({places})");
            for row in world.rows(table) {
                database.execute(&sql, rusqlite::params_from_iter(row)).unwrap();
            }
        }
        Self { model, database }
    }

    pub(crate) fn load(&self, request: &LoadRequest) -> Loaded {
        let plan = plan::load(self.model.mapping(), self.model.resolution(), request).unwrap();
        let links = vec![BTreeMap::new(); request.path.len()];
        let loaded = Loaded { links, ..Loaded::default() };
        let mut loading = Loading { host: self, plan, objects: BTreeMap::new(), loaded };
        for number in 0..loading.plan.statements.len() {
            loading.statement(number);
        }
        loading.loaded
    }
}

impl Loading<'_> {
    fn statement(&mut self, number: usize) {
        let planned = self.plan.statements[number].clone();
        let style = Style { dialect: self.host.model.mapping().dialect, ..Style::default() };
        let statement = render::statement(&planned.plan, self.host.model.mapping(), style);
        self.loaded.sql.push(statement.sql.clone());
        let size = if planned.run == Run::Together { CHUNK } else { 1 };
        let given: Vec<Object> = match planned.given {
            None => vec![Object::new()],
            Some(level) => self.at(level).values().cloned().collect(),
        };
        let given: Vec<_> = given.into_iter().filter(|it| is_met(&statement, it)).collect();
        for given in given.chunks(size) {
            self.run(number, &planned, &statement, given);
        }
    }

    fn at(&self, level: Level) -> BTreeMap<Key, Object> {
        self.objects.get(&(level.statement, level.level)).cloned().unwrap_or_default()
    }

    fn run(
        &mut self,
        number: usize,
        planned: &LoadStatement<'_>,
        statement: &Statement,
        given: &[Object],
    ) {
        let (sql, values) = expand(&statement.sql, &statement.parameters, given);
        let mut prepared =
            self.host.database.prepare(&sql).unwrap_or_else(|e| panic!("{e}\n{sql}"));
        let width = prepared.column_count();
        let rows = prepared.query_map(rusqlite::params_from_iter(values), |row| {
            (0..width).map(|i| row.get::<_, Option<i64>>(i)).collect::<Result<Vec<_>, _>>()
        });
        for row in rows.unwrap().map(Result::unwrap) {
            let parents = self.parents(planned, statement, given, &row);
            self.row(number, planned, statement, parents, &row);
        }
    }

    /// The objects that a row belongs to.
    fn parents(
        &self,
        planned: &LoadStatement<'_>,
        statement: &Statement,
        given: &[Object],
        row: &[Option<i64>],
    ) -> Vec<Key> {
        let Some(level) = planned.parents else { return Vec::new() };
        let all = self.at(level);
        let fits = |object: &Object| match statement.matches.as_slice() {
            [] => given.first() == Some(object),
            matches => matches.iter().all(|it| object[&it.column] == row[it.position]),
        };
        all.iter().filter(|(_, object)| fits(object)).map(|(key, _)| key.clone()).collect()
    }

    fn row(
        &mut self,
        number: usize,
        planned: &LoadStatement<'_>,
        statement: &Statement,
        parents: Vec<Key>,
        row: &[Option<i64>],
    ) {
        let before = planned.plan.origin.len();
        let depths: BTreeSet<_> = statement.columns.iter().map(|it| it.path.len()).collect();
        let mut last = parents;
        for depth in depths {
            let columns = || statement.columns.iter().filter(|it| it.path.len() == depth);
            let key = columns().filter(|it| it.primary_key).map(|it| row[it.position]);
            let Some(key) = key.collect::<Option<Key>>() else { return };
            let object = columns().map(|it| (it.column.unwrap(), row[it.position])).collect();
            self.objects.entry((number, depth - before)).or_default().insert(key.clone(), object);
            if depth == 0 && !self.loaded.roots.contains(&key) {
                self.loaded.roots.push(key.clone());
            }
            for parent in last.drain(..) {
                let held = self.loaded.links[depth - 1].entry(parent).or_default();
                if !held.contains(&key) {
                    held.push(key.clone());
                }
            }
            last = vec![key];
        }
    }
}

/// Whether a statement can find anything for an object.
fn is_met(statement: &Statement, object: &Object) -> bool {
    let needed = statement.parameters.iter().filter(|it| it.skip_if_null);
    let mut columns = needed.flat_map(|it| it.column.iter().chain(&it.columns));
    columns.all(|column| object.get(column).is_none_or(Option::is_some))
}

/// The text with a placeholder for each value of a list, and the values.
fn expand(sql: &str, parameters: &[Parameter], given: &[Object]) -> (String, Vec<Option<i64>>) {
    let (mut out, mut values) = (String::new(), Vec::new());
    let mut pieces = sql.split('?');
    out.push_str(pieces.next().unwrap());
    for (parameter, piece) in parameters.iter().zip(pieces) {
        if let Some(column) = parameter.column {
            values.push(given[0][&column]);
            out.push('?');
        } else if let Some(Literal::Number(number)) = &parameter.value {
            values.push(Some(number.parse().unwrap()));
            out.push('?');
        } else {
            assert!(parameter.chunk.unwrap() >= given.len());
            let rows = given.iter().map(|object| parameter.columns.iter().map(|it| object[it]));
            rows.for_each(|row| values.extend(row));
            out.push_str(&list(parameter.columns.len(), given.len()));
        }
        out.push_str(piece);
    }
    (out, values)
}

/// The placeholders of a list, which `SQLite` takes as rows of `VALUES` where they are several
/// columns wide.
fn list(width: usize, length: usize) -> String {
    let row = vec!["?"; width].join(", ");
    match width {
        1 => vec!["?"; length].join(", "),
        _ => format!("VALUES {}", vec![format!("({row})"); length].join(", ")),
    }
}
