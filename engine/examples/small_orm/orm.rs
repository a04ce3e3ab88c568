//! A small ORM: objects with their relationships, whatever the strategy and the database.
//!
//! The engine says which statements a load takes, where their parameters come from and what each
//! result column feeds. What is left is an identity map and a driver.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexSet;
use joinwright::Model;
use joinwright::answer::{self, Asked};
use joinwright::base::{ColumnId, EntityId, Name};
use joinwright::entity::Load;
use joinwright::plan::{self, LoadPlan, LoadRequest, LoadStatement, Ordering, Run, StepLoad};
use joinwright::render::{self, Expanded, Parameter, ResultColumn, Statement, Style, Take};

use super::driver::{Driver, Result, Row, Value};

/// The place of an object among [`Session::objects`].
pub(crate) type ObjectId = usize;

pub(crate) struct Object {
    pub(crate) entity: EntityId,
    pub(crate) attributes: BTreeMap<Name, Value>,
    pub(crate) relationships: BTreeMap<Name, IndexSet<ObjectId>>,
    columns: BTreeMap<ColumnId, Value>,
}

/// A connection with the objects that were loaded over it: one for each entity and primary key.
pub(crate) struct Session<'m, D> {
    model: &'m Model,
    driver: &'m mut D,
    pub(crate) objects: Vec<Object>,
    identities: HashMap<(EntityId, Row), ObjectId>,
}

/// Relationships, each from where the one before leads, and how each is loaded.
type Path<'p> = &'p [(&'p str, Load)];

/// The objects that a statement, by its number, gave at a path.
type Levels = HashMap<(usize, Vec<Name>), IndexSet<ObjectId>>;

/// The objects that rows of a statement belong to, by the values that rows are matched to them by.
type Owners = HashMap<Row, Vec<ObjectId>>;

/// A statement of a load.
struct Stage<'p> {
    number: usize,
    planned: &'p LoadStatement<'p>,
    statement: Statement,
    /// The result columns of each instance, by the path that leads to it: parents first.
    layout: BTreeMap<Vec<Name>, Vec<ResultColumn>>,
}

impl<'m, D: Driver> Session<'m, D> {
    pub(crate) fn new(model: &'m Model, driver: &'m mut D) -> Self {
        Self { model, driver, objects: Vec::new(), identities: HashMap::new() }
    }

    /// Loads an entity and the relationships along a path, each in its own way.
    pub(crate) fn load(&mut self, entity: &str, path: Path<'_>) -> Result<IndexSet<ObjectId>> {
        let (mapping, resolution) = (self.model.mapping(), self.model.resolution());
        let request = self.request(entity, path)?;
        let plan = plan::load(mapping, resolution, &request)
            .map_err(|why| answer::refused(self.model.subject(), &Asked::Refused(why)).message)?;
        let mut levels = Levels::new();
        for (number, planned) in plan.statements.iter().enumerate() {
            let statement = render::statement(&planned.plan, mapping, Style::of(D::DIALECT));
            if let Some(told) = statement.discriminators.first() {
                let entity = mapping.entity_name(told.entity);
                return Err(format!("this ORM knows no hierarchies, and `{entity}` is one").into());
            }
            let mut layout: BTreeMap<_, Vec<_>> = BTreeMap::new();
            for column in &statement.columns {
                layout.entry(column.path.clone()).or_default().push(column.clone());
            }
            self.run(&Stage { number, planned, statement, layout }, &plan, &mut levels)?;
        }
        Ok(levels.remove(&(0, Vec::new())).unwrap_or_default())
    }

    fn request(&self, entity: &str, path: Path<'_>) -> Result<LoadRequest> {
        let (mapping, resolution) = (self.model.mapping(), self.model.resolution());
        let mut at = mapping.find_entity(entity).ok_or("there is no such entity")?;
        let mut request = LoadRequest { order_by: Ordering::PrimaryKey, ..LoadRequest::new(at) };
        for (name, load) in path {
            let name = mapping.names.find(name);
            let found = name.and_then(|name| resolution.find(mapping, at, name));
            let step = found.ok_or("there is no such relationship")?;
            request.path.push((step.into(), StepLoad::As(*load)));
            at = resolution.relationship(mapping, step).target;
        }
        Ok(request)
    }

    /// Runs a statement for the objects that its parameters are about. One that could wait until
    /// its relationship is asked for ([`Run::OnAccess`]) is run at once: these objects call nobody.
    fn run(&mut self, stage: &Stage<'_>, plan: &LoadPlan<'_>, levels: &mut Levels) -> Result<()> {
        let at = |level: plan::Level| {
            let path = plan.statements.get(level.statement).map(|it| it.plan.path(level.level));
            levels.get(&(level.statement, path?)).cloned()
        };
        let mut owners = Owners::new();
        for id in stage.planned.parents.and_then(at).unwrap_or_default() {
            let key = stage.statement.matches.iter().map(|it| self.column(id, it.column));
            owners.entry(key.collect()).or_default().push(id);
        }
        let Some(given) = stage.planned.given.map(|level| at(level).unwrap_or_default()) else {
            return self.query(stage, &[], &owners, levels);
        };
        let given: Vec<_> = given.into_iter().filter(|id| self.may_have_rows(stage, *id)).collect();
        let most = stage.statement.parameters.iter().filter_map(|it| it.chunk).min();
        let size = if stage.planned.run == Run::Together { most.unwrap_or(1) } else { 1 };
        given.chunks(size).try_for_each(|given| self.query(stage, given, &owners, levels))
    }

    /// NULL refers to nothing: an instance that has it in such a column needs no statement.
    fn may_have_rows(&self, stage: &Stage<'_>, id: ObjectId) -> bool {
        let needed = stage.statement.parameters.iter().filter(|it| it.skip_if_null);
        let mut columns = needed.flat_map(|it| it.column.iter().chain(&it.columns));
        columns.all(|column| self.column(id, *column) != Value::Null)
    }

    fn query(
        &mut self,
        stage: &Stage<'_>,
        given: &[ObjectId],
        owners: &Owners,
        levels: &mut Levels,
    ) -> Result<()> {
        let Expanded { sql, values } = stage.statement.expand(given.len());
        let values: Vec<_> = values.iter().map(|take| self.value(stage, given, *take)).collect();
        for row in self.driver.query(&sql, &values)? {
            let key = stage.statement.matches.iter().map(|it| Value::at(&row, it.position));
            let owners = match stage.statement.matches.as_slice() {
                [] => given,
                _ => owners.get(&key.collect::<Row>()).map(Vec::as_slice).unwrap_or_default(),
            };
            self.row(stage, &row, owners, levels);
        }
        Ok(())
    }

    /// The value of a placeholder.
    fn value(&self, stage: &Stage<'_>, given: &[ObjectId], take: Take) -> Value {
        let of = |instance: usize, column: Option<ColumnId>| {
            let of = given.get(instance).zip(column);
            of.map_or(Value::Null, |(id, column)| self.column(*id, column))
        };
        match take {
            Take::Null => Value::Null,
            Take::Key { instance, column } => {
                let mut keys = stage.statement.parameters.iter().flat_map(|it| &it.columns);
                of(instance, keys.nth(column).copied())
            }
            Take::Parameter(index) => match stage.statement.parameters.get(index) {
                Some(Parameter { value: Some(literal), .. }) => Value::of(literal),
                parameter => of(0, parameter.and_then(|it| it.column)),
            },
        }
    }

    fn column(&self, id: ObjectId, column: ColumnId) -> Value {
        let value = self.objects.get(id).and_then(|object| object.columns.get(&column));
        value.cloned().unwrap_or(Value::Null)
    }

    /// Makes the objects of a row. Each object in it belongs to the one before it on its path;
    /// the first belongs to the owners, which an earlier statement gave.
    fn row(&mut self, stage: &Stage<'_>, row: &[Value], owners: &[ObjectId], levels: &mut Levels) {
        let mut met: BTreeMap<&[Name], ObjectId> = BTreeMap::new();
        for (path, columns) in &stage.layout {
            let Some(id) = self.meet(columns, row) else { continue };
            met.insert(path, id);
            levels.entry((stage.number, path.clone())).or_default().insert(id);
            let Some((name, above)) = path.split_last() else { continue };
            for owner in met.get(above).map_or(owners, std::slice::from_ref) {
                let Some(owner) = self.objects.get_mut(*owner) else { continue };
                owner.relationships.entry(*name).or_default().insert(id);
            }
        }
    }

    /// The object that some columns of a row make; none where the row has NULL for its key.
    fn meet(&mut self, columns: &[ResultColumn], row: &[Value]) -> Option<ObjectId> {
        let value = |column: &ResultColumn| Value::at(row, column.position);
        let entity = columns.first()?.entity;
        let key: Row = columns.iter().filter(|it| it.primary_key).map(value).collect();
        if key.contains(&Value::Null) {
            return None;
        }
        let next = self.objects.len();
        let id = *self.identities.entry((entity, key)).or_insert(next);
        if id == next {
            self.objects.push(Object {
                entity,
                attributes: columns.iter().map(|it| (it.attribute, value(it))).collect(),
                relationships: BTreeMap::new(),
                columns: columns.iter().filter_map(|it| Some((it.column?, value(it)))).collect(),
            });
        }
        Some(id)
    }
}
