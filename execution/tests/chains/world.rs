//! A model with every shape that a step of a load can have, its rows, and what leads where in them.

use std::collections::BTreeSet;

/// A row: its columns in the order of the table.
pub(crate) type Row = Vec<Option<i64>>;

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

/// The tables, with how many columns each has and how many of the first are its key.
pub(crate) const TABLES: [(&str, usize, usize); 5] =
    [("town", 1, 1), ("team", 2, 2), ("person", 5, 1), ("skill", 2, 1), ("person_skill", 2, 0)];

/// Each relationship: its entity, name and target, and the order of what it leads to, if any.
pub(crate) const RELATIONSHIPS: [(&str, &str, &str, Ordered); 9] = [
    ("Town", "people", "Person", None),
    ("Team", "members", "Person", Some(|row| vec![row[0].map(|id| -id)])),
    ("Person", "team", "Team", None),
    ("Person", "boss", "Person", None),
    ("Person", "reports", "Person", Some(|row| vec![row[4], row[0]])),
    ("Person", "town", "Town", None),
    ("Person", "skills", "Skill", Some(|row| vec![Some(row[1].map_or(i64::MAX, |level| -level))])),
    ("Person", "juniors", "Person", None),
    ("Skill", "people", "Person", None),
];

/// What rows come in ascending order of.
pub(crate) type Ordered = Option<fn(&[Option<i64>]) -> Vec<Option<i64>>>;

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
    pub(crate) fn related(&self, entity: &str, name: &str, row: &[Option<i64>]) -> BTreeSet<Key> {
        let target = RELATIONSHIPS.iter().find(|it| (it.0, it.1) == (entity, name)).unwrap().2;
        let all = self.rows(&target.to_lowercase()).iter();
        all.filter(|other| self.holds(entity, name, row, other)).map(|it| key(target, it)).collect()
    }

    fn holds(&self, entity: &str, name: &str, row: &[Option<i64>], other: &[Option<i64>]) -> bool {
        let linked = |person: Option<i64>, skill: Option<i64>| {
            self.links.iter().any(|link| equal(link[0], person) && equal(link[1], skill))
        };
        match (entity, name) {
            ("Town", "people") => equal(row[0], other[4]),
            ("Team", "members") => equal(row[0], other[1]) && equal(row[1], other[2]),
            ("Person", "team") => equal(row[1], other[0]) && equal(row[2], other[1]),
            ("Person", "boss") => equal(row[3], other[0]),
            ("Person", "reports") => equal(row[0], other[3]),
            ("Person", "town") => equal(row[4], other[0]),
            ("Person", "skills") => linked(row[0], other[0]),
            ("Person", "juniors") => other[0] > row[0] && equal(row[4], other[4]),
            ("Skill", "people") => linked(other[0], row[0]),
            _ => panic!("no relationship {entity}.{name}"),
        }
    }
}

/// What identifies a row of an entity.
pub(crate) fn key(entity: &str, row: &[Option<i64>]) -> Key {
    let width = TABLES.iter().find(|it| it.0 == entity.to_lowercase()).unwrap().2;
    row[..width].iter().map(|value| value.unwrap()).collect()
}

fn equal(left: Option<i64>, right: Option<i64>) -> bool {
    left.is_some() && left == right
}
