//! A host that runs the statements of a whole load over a hierarchy: one object for each identity,
//! of the entity that its discriminator tells, with whatever its statements bring along.

use std::collections::{BTreeMap, BTreeSet};

use joinwright::base::{ColumnId, EntityId};
use joinwright::entity::Inheritance;
use joinwright::graph::Literal;
use joinwright::plan::{self, Level, LoadPlan, LoadRequest, LoadStatement, Run};
use joinwright::render::{self, Statement, Style};
use joinwright_execution::{Database, Given, Row, Value, run};

use super::people::Object;

/// At most so many instances at once, so that few rows make several chunks.
const CHUNK: usize = 2;

/// The relationships that lead somewhere, by name.
type Path = Vec<String>;

/// What a load gave.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub(crate) roots: Vec<Object>,
    /// What each object leads to at the end of a path.
    pub(crate) links: BTreeMap<Path, BTreeMap<Object, BTreeSet<Object>>>,
    /// What is known of each object: its attributes, by name.
    pub(crate) attributes: BTreeMap<Object, BTreeMap<String, Value>>,
    pub(crate) sql: Vec<String>,
}

/// A load as it goes on.
pub(crate) struct Loading<'h> {
    model: &'h joinwright::Model,
    database: &'h mut dyn Database,
    rewrite: &'h dyn Fn(&str) -> String,
    plan: LoadPlan<'h>,
    levels: BTreeMap<(usize, Path), BTreeSet<Object>>,
    columns: BTreeMap<Object, BTreeMap<ColumnId, Value>>,
    loaded: Loaded,
}

/// A statement of the load.
struct Stage<'h> {
    number: usize,
    planned: LoadStatement<'h>,
    statement: Statement,
}

impl<'h> Loading<'h> {
    pub(crate) fn load(
        model: &'h joinwright::Model,
        database: &'h mut dyn Database,
        rewrite: &'h dyn Fn(&str) -> String,
        request: &LoadRequest,
    ) -> Result<Loaded, String> {
        let plan = plan::load(model.mapping(), model.resolution(), request);
        let plan = plan.map_err(|refusal| format!("{refusal:?}"))?;
        let mut loading = Self {
            model,
            database,
            rewrite,
            plan,
            levels: BTreeMap::new(),
            columns: BTreeMap::new(),
            loaded: Loaded::default(),
        };
        for number in 0..loading.plan.statements.len() {
            loading.statement(number)?;
        }
        Ok(loading.loaded)
    }

    fn statement(&mut self, number: usize) -> Result<(), String> {
        let planned = self.plan.statements[number].clone();
        let style = Style::of(self.database.facts().dialect);
        let statement = render::statement(&planned.plan, self.model.mapping(), style);
        let stage = Stage { number, planned, statement };
        let Some(level) = stage.planned.given else {
            return self.run(&stage, &[]);
        };
        let given = self.at(level).into_iter();
        let given: Vec<_> = given.filter(|object| self.is_run_for(&stage, object)).collect();
        let size = if stage.planned.run == Run::Together { CHUNK } else { 1 };
        given.chunks(size).try_for_each(|given| self.run(&stage, given))
    }

    fn at(&self, Level { statement, level }: Level) -> BTreeSet<Object> {
        let path = self.plan.statements[statement].plan.path(level);
        let path = path.into_iter().map(|name| self.model.mapping().names.text(name).to_owned());
        self.levels.get(&(statement, path.collect())).cloned().unwrap_or_default()
    }

    fn is_run_for(&self, stage: &Stage<'_>, object: &Object) -> bool {
        let Stage { planned, statement, .. } = stage;
        let of_entity = match (planned.identities.as_slice(), statement.given) {
            ([], Some(entity)) => self.is(object, entity),
            ([], None) => true,
            (identities, _) => identities.iter().any(|(_, id)| self.name(*id) == object.0),
        };
        let needed = statement.parameters.iter().filter(|it| it.skip_if_null);
        let mut columns = needed.flat_map(|it| it.column.iter().chain(&it.columns));
        of_entity && columns.all(|column| self.column(object, *column) != Some(&Value::Null))
    }

    fn is(&self, object: &Object, of: EntityId) -> bool {
        let mapping = self.model.mapping();
        mapping.lineage(mapping.find_entity(&object.0).unwrap()).contains(&of)
    }

    /// Whether an object has a relationship: what is joined to one of another kind is nobody's.
    fn has(&self, object: &Object, relationship: &str) -> bool {
        let mapping = self.model.mapping();
        let entity = mapping.find_entity(&object.0).unwrap();
        let name = mapping.names.find(relationship).unwrap();
        let found = self.model.resolution().find(mapping, entity, name).is_some();
        found || mapping.inheritance(entity) == Some(Inheritance::Concrete)
    }

    fn column(&self, object: &Object, column: ColumnId) -> Option<&Value> {
        self.columns.get(object)?.get(&column)
    }

    fn name(&self, entity: EntityId) -> &str {
        self.model.mapping().entity_name(entity)
    }

    fn run(&mut self, stage: &Stage<'_>, given: &[Object]) -> Result<(), String> {
        let (columns, mapping) = (&self.columns, self.model.mapping());
        let value = |object: &Object, column: ColumnId| {
            let known = columns.get(object).and_then(|it| it.get(&column));
            let unknown =
                || panic!("{} of {object:?}\n{}", mapping.column_path(column), stage.statement.sql);
            Given::from(known.unwrap_or_else(unknown).clone())
        };
        let ran = run(self.database, &stage.statement, self.rewrite, given, value)?;
        for row in ran.found.rows {
            let parents = self.parents(stage, given, &row);
            self.row(stage, &parents, &row).map_err(|what| format!("{what}\n{}", ran.sql))?;
        }
        self.loaded.sql.push(ran.sql);
        Ok(())
    }

    /// The objects that a row belongs to.
    fn parents(&self, stage: &Stage<'_>, given: &[Object], row: &Row) -> Vec<Object> {
        let Some(level) = stage.planned.parents else { return Vec::new() };
        let fits = |object: &Object| match stage.statement.matches.as_slice() {
            [] => given.first() == Some(object),
            matches => matches.iter().all(|it| {
                let (own, value) = (self.column(object, it.column), &row[it.position]);
                own == Some(value) && *value != Value::Null
            }),
        };
        let given = stage.statement.given;
        let entity = given.filter(|_| stage.planned.given.is_none_or(|it| it == level));
        let of_entity = |it: &Object| entity.is_none_or(|entity| self.is(it, entity));
        self.at(level).into_iter().filter(|it| of_entity(it) && fits(it)).collect()
    }

    fn row(&mut self, stage: &Stage<'_>, parents: &[Object], row: &Row) -> Result<(), String> {
        let paths: BTreeSet<_> = stage.statement.columns.iter().map(|it| &it.path).collect();
        let mut paths: Vec<_> = paths.into_iter().collect();
        paths.sort_by_key(|path| path.len());
        let above = stage.planned.plan.origin.len();
        let mut met: BTreeMap<Path, Object> = BTreeMap::new();
        for names in paths {
            let text = |name| self.model.mapping().names.text(name).to_owned();
            let path: Path = names.iter().copied().map(text).collect();
            let owner = path.split_last().and_then(|(name, before)| Some((met.get(before)?, name)));
            if owner.is_some_and(|(owner, name)| !self.has(owner, name)) {
                continue;
            }
            let Some(object) = self.object(stage, names, row) else { continue };
            self.levels.entry((stage.number, path.clone())).or_default().insert(object.clone());
            met.insert(path.clone(), object.clone());
            if !stage.planned.identities.is_empty() && path.len() == above {
                if !parents.contains(&object) {
                    return Err(format!("{object:?} is none of {parents:?}"));
                }
                continue;
            }
            let Some((_, before)) = path.split_last() else {
                if !self.loaded.roots.contains(&object) {
                    self.loaded.roots.push(object);
                }
                continue;
            };
            let owner = met.get(before).map(std::slice::from_ref);
            let links = self.loaded.links.entry(path.clone()).or_default();
            for parent in owner.unwrap_or(parents) {
                links.entry(parent.clone()).or_default().insert(object.clone());
            }
        }
        Ok(())
    }

    /// The object that a row has at a path, with what else the row tells of it.
    fn object(
        &mut self,
        stage: &Stage<'_>,
        path: &[joinwright::base::Name],
        row: &Row,
    ) -> Option<Object> {
        let Stage { statement, .. } = stage;
        let columns = || statement.columns.iter().filter(|it| it.path == path);
        let key = columns().find(|it| it.primary_key)?;
        let Value::Integer(id) = row[key.position] else { return None };
        let told = statement.discriminators.iter().find(|it| it.path == path);
        let entity = told.map_or(key.entity, |told| {
            let value = &row[told.position];
            let is = |literal: &Literal| matches!((literal, value), (Literal::String(a), Value::Text(b)) if **a == **b);
            let found = told.identities.iter().find(|(literal, _)| is(literal));
            found.map_or(told.entity, |(_, entity)| *entity)
        });
        let object = (self.name(entity).to_owned(), id);
        let own = columns().filter(|it| self.is(&object, it.entity)).cloned().collect::<Vec<_>>();
        for column in own {
            let value = row[column.position].clone();
            let name = self.model.mapping().names.text(column.attribute).to_owned();
            if let Some(column) = column.column {
                self.columns.entry(object.clone()).or_default().insert(column, value.clone());
            }
            self.loaded.attributes.entry(object.clone()).or_default().insert(name, value);
        }
        Some(object)
    }
}
