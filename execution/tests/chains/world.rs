//! A model with every shape that a step of a load can have, its rows, and what leads where in them.

use std::collections::BTreeSet;

use joinwright_execution::{Row, Value};

/// What identifies a row.
pub(crate) type Key = Vec<i64>;

/// A composite reference with nullable parts, references to the own table, a junction that may hold
/// a link twice, a range, and a reference that is always there.
pub(crate) const MODEL: &str = r#"
dialect = "sqlite"
ddl = """
    CREATE TABLE town (id INTEGER PRIMARY KEY);
    CREATE TABLE team (region INTEGER, number INTEGER, PRIMARY KEY (region, number));
    CREATE TABLE person (
        id INTEGER PRIMARY KEY,
        region INTEGER,
        number INTEGER,
        boss_id INTEGER REFERENCES person (id),
        town_id INTEGER NOT NULL REFERENCES town (id),
        FOREIGN KEY (region, number) REFERENCES team (region, number)
    );
    CREATE TABLE skill (id INTEGER PRIMARY KEY, level INTEGER);
    CREATE TABLE person_skill (
        person_id INTEGER REFERENCES person (id),
        skill_id INTEGER REFERENCES skill (id)
    );
"""
[entity.Town]
table = "town"
[entity.Town.relationship.people]
target = "Person"
back_populates = "town"

[entity.Team]
table = "team"
[entity.Team.relationship.members]
target = "Person"
back_populates = "team"
order_by = "person.id DESC"

[entity.Person]
table = "person"
[entity.Person.relationship.team]
target = "Team"
back_populates = "members"
[entity.Person.relationship.boss]
target = "Person"
remote_side = ["person.id"]
back_populates = "reports"
[entity.Person.relationship.reports]
target = "Person"
back_populates = "boss"
order_by = "person.town_id, person.id"
[entity.Person.relationship.town]
target = "Town"
back_populates = "people"
[entity.Person.relationship.skills]
target = "Skill"
secondary = "person_skill"
back_populates = "people"
order_by = "skill.level DESC"
[entity.Person.relationship.juniors]
target = "Person"
viewonly = true
primaryjoin = "foreign(remote(Person.id)) > Person.id AND remote(Person.town_id) = Person.town_id"

[entity.Skill]
table = "skill"
[entity.Skill.relationship.people]
target = "Person"
secondary = "person_skill"
back_populates = "skills"
"#;

/// Each relationship: its entity, name and target, and the order of what it leads to, if any.
pub(crate) const RELATIONSHIPS: [(&str, &str, &str, Order); 9] = [
    ("Town", "people", "Person", &[]),
    ("Team", "members", "Person", &[(0, true)]),
    ("Person", "team", "Team", &[]),
    ("Person", "boss", "Person", &[]),
    ("Person", "reports", "Person", &[(4, false), (0, false)]),
    ("Person", "town", "Town", &[]),
    ("Person", "skills", "Skill", &[(1, true)]),
    ("Person", "juniors", "Person", &[]),
    ("Skill", "people", "Person", &[]),
];

/// Columns that rows are ordered by; `true` for descending.
pub(crate) type Order = &'static [(usize, bool)];

/// The rows of all tables.
#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    pub(crate) towns: Vec<Row>,
    pub(crate) teams: Vec<Row>,
    pub(crate) people: Vec<Row>,
    pub(crate) skills: Vec<Row>,
    pub(crate) links: Vec<Row>,
}

impl World {
    pub(crate) fn rows(&self, table: &str) -> &[Row] {
        match table {
            "town" => &self.towns,
            "team" => &self.teams,
            "person" => &self.people,
            "skill" => &self.skills,
            _ => &self.links,
        }
    }

    /// The keys of the rows that a relationship leads to from a row: nested loops, with SQL's NULL.
    pub(crate) fn related(&self, entity: &str, name: &str, row: &Row) -> BTreeSet<Key> {
        let target = RELATIONSHIPS.iter().find(|it| (it.0, it.1) == (entity, name)).unwrap().2;
        let all = self.rows(&target.to_lowercase()).iter();
        all.filter(|other| self.holds(entity, name, row, other)).map(|it| key(target, it)).collect()
    }

    fn holds(&self, entity: &str, name: &str, row: &Row, other: &Row) -> bool {
        let linked = |person: &Value, skill: &Value| {
            self.links.iter().any(|link| equal(&link[0], person) && equal(&link[1], skill))
        };
        match (entity, name) {
            ("Town", "people") => equal(&row[0], &other[4]),
            ("Team", "members") => equal(&row[0], &other[1]) && equal(&row[1], &other[2]),
            ("Person", "team") => equal(&row[1], &other[0]) && equal(&row[2], &other[1]),
            ("Person", "boss") => equal(&row[3], &other[0]),
            ("Person", "reports") => equal(&row[0], &other[3]),
            ("Person", "town") => equal(&row[4], &other[0]),
            ("Person", "skills") => linked(&row[0], &other[0]),
            ("Person", "juniors") => other[0] > row[0] && equal(&row[4], &other[4]),
            ("Skill", "people") => linked(&other[0], &row[0]),
            _ => panic!("no relationship {entity}.{name}"),
        }
    }
}

/// What identifies a row of an entity.
pub(crate) fn key(entity: &str, row: &Row) -> Key {
    let width = if entity == "Team" { 2 } else { 1 };
    key_of(&row[..width]).unwrap()
}

/// The key of these values; nothing where one is NULL.
pub(crate) fn key_of<'v>(values: impl IntoIterator<Item = &'v Value>) -> Option<Key> {
    let number = |value: &Value| match value {
        Value::Integer(number) => Some(*number),
        _ => None,
    };
    values.into_iter().map(number).collect()
}

fn equal(left: &Value, right: &Value) -> bool {
    *left != Value::Null && left == right
}
