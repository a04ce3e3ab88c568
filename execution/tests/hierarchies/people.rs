//! A firm's people, as plain data.

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::Strategy;

/// What a person is, by the name of the entity.
pub(crate) const KINDS: [&str; 3] = ["Person", "Engineer", "Manager"];

/// A person.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: i64,
    pub(crate) kind: &'static str,
    pub(crate) skill: i64,
    pub(crate) company: Option<i64>,
    pub(crate) boss: Option<i64>,
}

/// A machine, perhaps an engineer's.
#[derive(Clone, Debug)]
pub(crate) struct Machine {
    pub(crate) id: i64,
    pub(crate) engineer: Option<i64>,
}

/// Everything that is stored.
#[derive(Clone, Debug)]
pub(crate) struct Firm {
    pub(crate) companies: Vec<i64>,
    pub(crate) people: Vec<Person>,
    pub(crate) machines: Vec<Machine>,
}

/// An object: its entity and its id.
pub(crate) type Object = (String, i64);

impl Firm {
    /// The objects of an entity and all that inherit from it.
    pub(crate) fn objects(&self, entity: &str) -> Vec<Object> {
        let named = |kind: &str, id: &i64| (kind.to_owned(), *id);
        match entity {
            "Company" => self.companies.iter().map(|id| named("Company", id)).collect(),
            "Machine" => self.machines.iter().map(|it| named("Machine", &it.id)).collect(),
            _ => {
                let people =
                    self.people.iter().filter(|it| entity == "Person" || it.kind == entity);
                people.map(|it| named(it.kind, &it.id)).collect()
            }
        }
    }

    /// The value of a column of an object.
    pub(crate) fn value(&self, object: &Object, column: &str) -> Option<i64> {
        let person = || self.people.iter().find(|it| it.id == object.1).unwrap();
        match (object.0.as_str(), column) {
            (_, "id") => Some(object.1),
            ("Machine", "engineer_id") => {
                self.machines.iter().find(|it| it.id == object.1).unwrap().engineer
            }
            (_, "company_id") => person().company,
            (_, "boss_id") => person().boss,
            (_, "skill") => Some(person().skill),
            other => panic!("no such column: {other:?}"),
        }
    }
}

/// Firms with a few people. An id is one person's, whatever the person is.
pub(crate) fn firms() -> impl Strategy<Value = Firm> {
    let person = (0..3_usize, 0..5_i64, weighted(0.8, 1..4_i64), weighted(0.8, 1..8_i64));
    let people = vec(person, 0..9);
    let machines = vec(weighted(0.8, 1..8_i64), 0..6);
    (people, machines).prop_map(|(people, machines)| Firm {
        companies: vec![1, 2, 3],
        people: (1..)
            .zip(people)
            .map(|(id, (kind, skill, company, boss))| Person {
                id,
                kind: KINDS[kind],
                skill,
                company,
                boss,
            })
            .collect(),
        machines: (1..).zip(machines).map(|(id, engineer)| Machine { id, engineer }).collect(),
    })
}
