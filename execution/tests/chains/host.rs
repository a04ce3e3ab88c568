//! A host that runs the statements of a whole load and makes objects of their rows: by what the
//! plan and the row layout say, and by nothing else.

use std::collections::{BTreeMap, BTreeSet};

use joinwright::Model;
use joinwright::base::ColumnId;
use joinwright::plan::{self, Level, LoadPlan, LoadRequest, LoadStatement, Run};
use joinwright::render::{self, Statement, Style};
use joinwright_execution::{Database, Given, Row, Stored, Value, fill, run};

use super::world::{Key, MODEL, World, key_of};

/// At most so many instances at once, so that few rows make several chunks.
const CHUNK: usize = 2;

/// An object: the values of its columns.
type Object = BTreeMap<ColumnId, Value>;

/// What a load gave: the objects of the entity, and along each step of the path what each object
/// leads to, in the order of the rows.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub(crate) roots: Vec<Key>,
    pub(crate) links: Vec<BTreeMap<Key, Vec<Key>>>,
    pub(crate) sql: Vec<String>,
}

pub(crate) struct Host<'d> {
    pub(crate) model: Model,
    database: &'d mut dyn Database,
}

/// One load as it goes on.
struct Loading<'h> {
    model: &'h Model,
    database: &'h mut dyn Database,
    plan: LoadPlan<'h>,
    objects: BTreeMap<(usize, usize), BTreeMap<Key, Object>>,
    loaded: Loaded,
}

impl<'d> Host<'d> {
    pub(crate) fn new(world: &World, database: &'d mut dyn Database) -> Self {
        let model = Model::from_toml("model.toml", MODEL);
        assert_eq!(model.diagnostics().len(), 0, "{:?}", model.diagnostics());
        let rows = |table: &str| world.rows(table).to_vec();
        fill(database, &Stored::declared(model.mapping(), rows)).unwrap();
        Self { model, database }
    }

    pub(crate) fn load(&mut self, request: &LoadRequest) -> Loaded {
        let plan = plan::load(self.model.mapping(), self.model.resolution(), request).unwrap();
        let links = vec![BTreeMap::new(); request.path.len()];
        let loaded = Loaded { links, ..Loaded::default() };
        let mut loading = Loading {
            model: &self.model,
            database: &mut *self.database,
            plan,
            objects: BTreeMap::new(),
            loaded,
        };
        for number in 0..loading.plan.statements.len() {
            loading.statement(number);
        }
        loading.loaded
    }
}

impl Loading<'_> {
    fn statement(&mut self, number: usize) {
        let planned = self.plan.statements[number].clone();
        let style = Style::of(self.database.facts().dialect);
        let statement = render::statement(&planned.plan, self.model.mapping(), style);
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
        let value = |object: &Object, column: ColumnId| Given::from(object[&column].clone());
        let ran = run(self.database, statement, &str::to_owned, given, value).unwrap();
        for row in ran.found.rows {
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
        row: &Row,
    ) -> Vec<Key> {
        let Some(level) = planned.parents else { return Vec::new() };
        let all = self.at(level);
        let fits = |object: &Object| match statement.matches.as_slice() {
            [] => given.first() == Some(object),
            matches => matches.iter().all(|it| {
                object[&it.column] == row[it.position] && row[it.position] != Value::Null
            }),
        };
        all.iter().filter(|(_, object)| fits(object)).map(|(key, _)| key.clone()).collect()
    }

    fn row(
        &mut self,
        number: usize,
        planned: &LoadStatement<'_>,
        statement: &Statement,
        parents: Vec<Key>,
        row: &Row,
    ) {
        let before = planned.plan.origin.len();
        let depths: BTreeSet<_> = statement.columns.iter().map(|it| it.path.len()).collect();
        let mut last = parents;
        for depth in depths {
            let columns = || statement.columns.iter().filter(|it| it.path.len() == depth);
            let key = columns().filter(|it| it.primary_key).map(|it| &row[it.position]);
            let Some(key) = key_of(key) else { return };
            let value = |position: usize| row[position].clone();
            let object = columns().map(|it| (it.column.unwrap(), value(it.position))).collect();
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
    columns.all(|column| object.get(column) != Some(&Value::Null))
}
