//! The row layout, sorted by whose columns they are.

use joinwright::answer::{ColumnAnswer, DiscriminatorAnswer, StepAnswer};

use super::value::Value;

/// The columns of a row that make one instance, or in JSON several.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// The relationships that lead to it.
    pub(super) path: &'a [String],
    pub(super) entity: &'a str,
    pub(super) columns: Vec<&'a ColumnAnswer>,
    /// The group of the instance that the last relationship of the path belongs to, if the row has
    /// it.
    pub(super) up: Option<usize>,
    /// Whether the last relationship of the path holds a collection.
    pub(super) uselist: bool,
    /// What tells of which entity of a hierarchy the instance is.
    told: Option<&'a DiscriminatorAnswer>,
}

impl<'a> Group<'a> {
    /// The relationship that leads to it.
    pub(super) fn relationship(&self) -> Option<&'a str> {
        self.path.last().map(String::as_str)
    }

    /// The entity of the instance that a row holds.
    pub(super) fn entity_of(&self, row: &[Value]) -> &'a str {
        let told = |told: &DiscriminatorAnswer| row.get(told.position).cloned();
        self.told.map_or(self.entity, |it| entity_told(it, told(it).as_ref()))
    }

    /// The entity of the instance that a JSON object holds.
    pub(super) fn entity_in(&self, object: &serde_json::Value) -> &'a str {
        let told =
            |told: &DiscriminatorAnswer| object.get(told.key.as_deref()?).map(Value::of_json);
        self.told.map_or(self.entity, |it| entity_told(it, told(it).as_ref()))
    }

    /// The position of the JSON that holds the instances.
    pub(super) fn document(&self) -> Option<usize> {
        self.columns.iter().find(|column| column.key.is_some()).map(|column| column.position)
    }
}

/// The entity whose rows have a value; that which is loaded where none has.
fn entity_told<'a>(told: &'a DiscriminatorAnswer, value: Option<&Value>) -> &'a str {
    let is = |it: &serde_json::Value| Some(&Value::of_json(it)) == value;
    let identity = told.identities.iter().find(|it| is(&it.value));
    identity.map_or(told.entity.as_str(), |it| it.entity.as_str())
}

/// The groups of a statement, parents first.
pub(super) fn groups<'a>(
    columns: &'a [ColumnAnswer],
    steps: &'a [StepAnswer],
    discriminators: &'a [DiscriminatorAnswer],
) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for column in columns {
        if let Some(group) = groups.iter_mut().find(|group| group.path == column.path.as_slice()) {
            group.columns.push(column);
            continue;
        }
        let uselist = steps.iter().any(|step| step.path == column.path && step.uselist);
        let (path, entity) = (column.path.as_slice(), column.entity.as_str());
        let told = discriminators.iter().find(|it| it.path == column.path);
        groups.push(Group { path, entity, columns: vec![column], up: None, uselist, told });
    }
    groups.sort_by_key(|group| group.path.len());
    let paths: Vec<_> = groups.iter().map(|group| group.path).collect();
    for group in &mut groups {
        let above = group.path.split_last().map(|(_, above)| above);
        group.up = above.and_then(|above| paths.iter().position(|path| *path == above));
    }
    groups
}
