//! The statements of a load, run one after another, and objects made of their rows.

use std::collections::BTreeMap;

use joinwright::answer::{ColumnAnswer, LevelAnswer, LoadAnswer, MatchAnswer};

use super::database::Database;
use super::kinds::Kinds;
use super::layout::Group;
use super::objects::{Attribute, ObjectId, Objects, Related};
use super::stage::Stage;
use super::value::Value;

/// Runs a load.
pub(super) fn load<'a>(
    load: &'a LoadAnswer,
    kinds: Kinds<'_>,
    database: &Database<'_>,
) -> Result<Objects<'a>, String> {
    let (objects, levels) = (Objects::default(), BTreeMap::new());
    let mut loading = Loading { database, kinds, objects, levels };
    let stages = load.statements.iter().enumerate();
    let stages: Vec<_> = stages.filter_map(|(number, loaded)| Stage::new(number, loaded)).collect();
    // What the file lacks is told also where no row would have come to need it.
    stages.iter().try_for_each(|stage| database.prepare(&stage.text(1)))?;
    stages.iter().try_for_each(|stage| loading.run(stage))?;
    for unloaded in &load.unloaded {
        if let Some((name, above)) = unloaded.path.split_last() {
            loading.leave(above, name, unloaded.load);
        }
    }
    Ok(loading.objects)
}

/// A load as it goes on.
struct Loading<'a, 'd> {
    database: &'d Database<'d>,
    kinds: Kinds<'d>,
    objects: Objects<'a>,
    /// The instances that each statement gave at each path.
    levels: BTreeMap<(usize, &'a [String]), Related>,
}

/// The instances that rows belong to, by the values that rows are matched to them by.
type Matched = BTreeMap<Vec<Value>, Vec<ObjectId>>;

/// What a group of a row came to: an object, and the JSON that it was made of.
type Instance = (ObjectId, serde_json::Value);

impl<'a> Loading<'a, '_> {
    fn run(&mut self, stage: &Stage<'a>) -> Result<(), String> {
        self.begin(stage);
        let matched = self.matched(stage);
        let Some(given) = stage.given.map(|level| self.at(level).to_vec()) else {
            return self.query(stage, &[], &matched);
        };
        let finds = |id: &ObjectId| {
            let object = self.objects.get(*id);
            object.is_some_and(|it| stage.is_for(self.kinds, it.entity) && stage.finds(it))
        };
        let given: Vec<_> = given.into_iter().filter(finds).collect();
        given.chunks(stage.chunk()).try_for_each(|given| self.query(stage, given, &matched))
    }

    /// The instances of a level.
    fn at(&self, level: &'a LevelAnswer) -> &[ObjectId] {
        let level = (level.statement, level.path.as_slice());
        self.levels.get(&level).map(Related::all).unwrap_or_default()
    }

    /// Notes that a relationship is loaded, also where a statement finds nothing for it.
    fn begin(&mut self, stage: &Stage<'a>) {
        if stage.completes() {
            return;
        }
        let parents = stage.parents.map(|level| self.at(level).to_vec()).unwrap_or_default();
        for group in stage.groups.iter().filter(|group| group.up.is_none()) {
            for parent in &parents {
                self.begin_in(*parent, group);
            }
        }
    }

    /// Notes that the relationship to a group is loaded for an object, if its entity has it.
    fn begin_in(&mut self, id: ObjectId, group: &Group<'a>) {
        let Some((name, object)) = group.relationship().zip(self.objects.get(id)) else { return };
        if self.kinds.has(object.entity, name) {
            self.objects.begin(id, name, group.uselist);
        }
    }

    /// The parents of a statement, where its rows are matched to them.
    fn matched(&self, stage: &Stage<'a>) -> Matched {
        let mut matched = Matched::new();
        let parents = stage.parents.map(|level| self.at(level)).unwrap_or_default();
        for id in parents {
            let value = |it: &MatchAnswer| self.objects.get(*id)?.column(&it.column);
            let values = stage.matches.iter().map(|it| value(it).map(Value::compared));
            if let Some(values) = values.collect() {
                matched.entry(values).or_default().push(*id);
            }
        }
        matched
    }

    /// Runs a statement for some instances. Where its rows are not matched to parents, they belong
    /// to the instance that it is run for.
    fn query(
        &mut self,
        stage: &Stage<'a>,
        given: &[ObjectId],
        matched: &Matched,
    ) -> Result<(), String> {
        let objects: Vec<_> = given.iter().filter_map(|id| self.objects.get(*id)).collect();
        let (sql, values) = (stage.text(given.len()), stage.values(&objects));
        let database = self.database;
        database.query(&sql, &values, |row| {
            let values = stage.matches.iter().map(|it| cell(row, it.position).compared());
            let parents = match stage.matches {
                [] => given,
                _ => {
                    matched.get(&values.collect::<Vec<_>>()).map(Vec::as_slice).unwrap_or_default()
                }
            };
            self.row(stage, row, parents)
        })
    }

    fn row(
        &mut self,
        stage: &Stage<'a>,
        row: &[Value],
        parents: &[ObjectId],
    ) -> Result<(), String> {
        let mut met: Vec<Vec<Instance>> = Vec::new();
        for (number, group) in stage.groups.iter().enumerate() {
            let above = group.up.and_then(|up| met.get(up)).map(Vec::as_slice);
            let instances = match (group.document(), above) {
                (Some(position), Some(above)) => {
                    self.documents(stage, number, above, cell(row, position))?
                }
                (_, Some([])) => Vec::new(),
                (_, above) => {
                    let above: Option<Vec<_>> =
                        above.map(|above| above.iter().map(|(id, _)| *id).collect());
                    let parents = above.as_deref().unwrap_or(parents);
                    self.columns(stage, number, parents, row).into_iter().collect()
                }
            };
            met.push(instances);
        }
        Ok(())
    }

    /// The instance that columns of a row make.
    fn columns(
        &mut self,
        stage: &Stage<'a>,
        number: usize,
        parents: &[ObjectId],
        row: &[Value],
    ) -> Option<Instance> {
        let group = stage.groups.get(number)?;
        let entity = group.entity_of(row);
        let own = group.columns.iter().filter(|it| self.kinds.is(entity, &it.entity));
        let attributes = attributes(own, |column| cell(row, column.position).clone());
        let id = self.meet(stage, number, (entity, attributes), parents)?;
        Some((id, serde_json::Value::Null))
    }

    /// The instances that JSON makes: what each instance above has under the relationship's name,
    /// and below columns what is in the column.
    fn documents(
        &mut self,
        stage: &Stage<'a>,
        number: usize,
        above: &[Instance],
        cell: &Value,
    ) -> Result<Vec<Instance>, String> {
        let Some(group) = stage.groups.get(number) else { return Ok(Vec::new()) };
        let name = group.relationship().unwrap_or_default();
        let mut instances = Vec::new();
        for (parent, json) in above {
            let json = match json {
                serde_json::Value::Null => parsed(cell)?,
                json => json.get(name).cloned().unwrap_or_default(),
            };
            for json in listed(json) {
                let entity = group.entity_in(&json);
                let own = group.columns.iter().filter(|it| self.kinds.is(entity, &it.entity));
                let attributes = attributes(own, |column| {
                    let key = column.key.as_deref().and_then(|key| json.get(key));
                    key.map_or(Value::Null, Value::of_json)
                });
                let id = self.meet(stage, number, (entity, attributes), &[*parent]);
                instances.extend(id.map(|id| (id, json)));
            }
        }
        Ok(instances)
    }

    /// Finds or makes an object, and puts it where it belongs.
    fn meet(
        &mut self,
        stage: &Stage<'a>,
        number: usize,
        (entity, attributes): (&'a str, Vec<Attribute<'a>>),
        parents: &[ObjectId],
    ) -> Option<ObjectId> {
        let group = stage.groups.get(number)?;
        let id = self.objects.meet(entity, attributes)?;
        self.levels.entry((stage.number, group.path)).or_default().add(id);
        for below in stage.groups.iter().filter(|below| below.up == Some(number)) {
            self.begin_in(id, below);
        }
        if stage.completes() && group.up.is_none() {
            return Some(id);
        }
        match group.relationship() {
            None => self.objects.roots.add(id),
            Some(name) => parents.iter().for_each(|it| self.objects.link(*it, name, id)),
        }
        Some(id)
    }

    /// Notes that a relationship of the instances at a path is not loaded.
    fn leave(&mut self, above: &'a [String], name: &'a str, load: &'a str) {
        for ((_, path), instances) in &self.levels {
            for id in instances.all().iter().filter(|_| *path == above) {
                self.objects.leave(*id, name, load);
            }
        }
    }
}

fn cell(row: &[Value], position: usize) -> &Value {
    row.get(position).unwrap_or(&Value::Null)
}

fn attributes<'a, 'g>(
    columns: impl Iterator<Item = &'g &'a ColumnAnswer>,
    value: impl Fn(&ColumnAnswer) -> Value,
) -> Vec<Attribute<'a>>
where
    'a: 'g,
{
    let attribute = |column: &&'a ColumnAnswer| Attribute {
        name: &column.attribute,
        column: column.column.as_deref(),
        primary_key: column.primary_key,
        value: value(column),
    };
    columns.map(attribute).collect()
}

fn parsed(cell: &Value) -> Result<serde_json::Value, String> {
    let Value::Text(text) = cell else { return Ok(serde_json::Value::Null) };
    serde_json::from_str(text)
        .map_err(|error| format!("a column is not the JSON it should be: {error}"))
}

/// The objects of a JSON array, or the one that stands there without an array.
fn listed(json: serde_json::Value) -> Vec<serde_json::Value> {
    match json {
        serde_json::Value::Array(all) => all,
        serde_json::Value::Null => Vec::new(),
        one => vec![one],
    }
}
