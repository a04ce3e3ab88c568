//! The ways in which the people are stored and mapped.

use joinwright_execution::{Row, Value};

use super::people::{Firm, Person};

/// A way to store a hierarchy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    /// All in one table.
    Single,
    /// Tables joined to the parent's.
    Joined,
    /// The same, the tables of all loaded together.
    JoinedTogether,
    /// The same, what each has of its own by a further statement.
    JoinedFurther,
    /// The same, as a union of the joins.
    JoinedUnion,
    /// A table for each, and a union of them.
    Concrete,
}

/// A relationship, with the columns that it compares.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    pub(crate) entity: &'static str,
    pub(crate) name: &'static str,
    pub(crate) target: &'static str,
    pub(crate) local: &'static str,
    pub(crate) remote: &'static str,
    /// As far as which subclass of the target it is followed.
    pub(crate) of_type: Option<&'static str>,
}

const PEOPLE: Link = link("Company", "people", "Person", "id", "company_id");
const ENGINEERS: Link = link("Company", "engineers", "Engineer", "id", "company_id");
const PEOPLE_ENGINEERS: Link = Link { of_type: Some("Engineer"), ..PEOPLE };
const COMPANY: Link = link("Person", "company", "Company", "company_id", "id");
const BOSS: Link = link("Person", "boss", "Manager", "boss_id", "id");
const MACHINES: Link = link("Engineer", "machines", "Machine", "id", "engineer_id");
const ENGINEER: Link = link("Machine", "engineer", "Engineer", "engineer_id", "id");
const ITS_COMPANY: Link = link("Engineer", "company", "Company", "company_id", "id");
const ITS_BOSS: Link = link("Engineer", "boss", "Manager", "boss_id", "id");

const fn link(
    entity: &'static str,
    name: &'static str,
    target: &'static str,
    local: &'static str,
    remote: &'static str,
) -> Link {
    Link { entity, name, target, local, remote, of_type: None }
}

const BASE: &str = "id INTEGER PRIMARY KEY, company_id INTEGER, boss_id INTEGER";

impl Shape {
    /// All of them.
    pub(crate) const ALL: [Self; 6] = [
        Self::Single,
        Self::Joined,
        Self::JoinedTogether,
        Self::JoinedFurther,
        Self::JoinedUnion,
        Self::Concrete,
    ];

    /// The relationships that this shape has; a table of its own inherits none and
    /// is not reached by those of its base.
    pub(crate) fn relationships(self) -> Vec<Link> {
        let mut links = vec![PEOPLE, ENGINEERS, COMPANY, BOSS, MACHINES, ENGINEER];
        if self != Self::Concrete {
            links.extend([ITS_COMPANY, ITS_BOSS, PEOPLE_ENGINEERS]);
        }
        links
    }

    /// The tables.
    fn ddl(self) -> String {
        let own = match self {
            Self::Single => format!("CREATE TABLE person ({BASE}, kind TEXT, skill INTEGER);"),
            Self::Joined | Self::JoinedTogether | Self::JoinedFurther | Self::JoinedUnion => {
                format!(
                    "CREATE TABLE person ({BASE}, kind TEXT);
                 CREATE TABLE engineer
                     (id INTEGER PRIMARY KEY REFERENCES person (id), skill INTEGER);
                 CREATE TABLE manager
                     (id INTEGER PRIMARY KEY REFERENCES person (id), skill INTEGER);"
                )
            }
            Self::Concrete => ["person", "engineer", "manager"]
                .map(|table| format!("CREATE TABLE {table} ({BASE}, skill INTEGER);"))
                .concat(),
        };
        format!(
            "CREATE TABLE company (id INTEGER PRIMARY KEY);
             CREATE TABLE machine (id INTEGER PRIMARY KEY, engineer_id INTEGER);
             {own}"
        )
    }

    /// The rows of a table.
    pub(crate) fn rows(self, firm: &Firm, table: &str) -> Vec<Row> {
        let people = || firm.people.iter();
        let own = |person: &&Person| person.kind.to_lowercase() == table;
        let id = |id: &i64| Value::Integer(*id);
        match (self, table) {
            (_, "company") => firm.companies.iter().map(|it| vec![id(it)]).collect(),
            (_, "machine") => {
                firm.machines.iter().map(|it| vec![id(&it.id), it.engineer.into()]).collect()
            }
            (Self::Single, _) => {
                people().map(|it| [base(it), vec![kind(it), id(&it.skill)]].concat()).collect()
            }
            (Self::Concrete, _) => {
                let own = people().filter(own);
                own.map(|it| [base(it), vec![id(&it.skill)]].concat()).collect()
            }
            (_, "person") => people().map(|it| [base(it), vec![kind(it)]].concat()).collect(),
            _ => people().filter(own).map(|it| vec![id(&it.id), id(&it.skill)]).collect(),
        }
    }

    /// The model.
    pub(crate) fn document(self) -> String {
        let (head, child) = match self {
            Self::Single => ("polymorphic_on = \"person.kind\"", ""),
            Self::Joined => ("polymorphic_on = \"person.kind\"", "table"),
            Self::JoinedFurther => {
                ("polymorphic_on = \"person.kind\"", "polymorphic_load = \"selectin\"\ntable")
            }
            Self::JoinedTogether => {
                ("polymorphic_on = \"person.kind\"\nwith_polymorphic = \"*\"", "table")
            }
            Self::JoinedUnion => (UNION_OF_JOINS, "table"),
            Self::Concrete => (UNION, "concrete = true\ntable"),
        };
        let own = |table: &str| match child {
            "" => String::new(),
            _ => format!("{child} = \"{table}\""),
        };
        let (engineer, manager) = match self {
            Self::Single => ("person", "person"),
            _ => ("engineer", "manager"),
        };
        let employer = if self == Self::Concrete { "engineer" } else { "person" };
        format!(
            r#"
            dialect = "sqlite"
            ddl = """{ddl}"""
            [entity.Company]
            table = "company"
            [entity.Company.relationship]
            people = {{ target = "Person", primaryjoin = "company.id = foreign(person.company_id)" }}
            engineers = {{ target = "Engineer", viewonly = true, primaryjoin = "company.id = foreign({employer}.company_id)" }}
            [entity.Machine]
            table = "machine"
            [entity.Machine.relationship]
            engineer = {{ target = "Engineer", primaryjoin = "foreign(machine.engineer_id) = {engineer}.id" }}
            [entity.Person]
            table = "person"
            polymorphic_identity = "person"
            {head}
            [entity.Person.relationship]
            company = {{ target = "Company", primaryjoin = "company.id = foreign(person.company_id)" }}
            boss = {{ target = "Manager", primaryjoin = "foreign(person.boss_id) = remote({manager}.id)" }}
            [entity.Engineer]
            inherits = "Person"
            polymorphic_identity = "engineer"
            {}
            [entity.Engineer.relationship]
            machines = {{ target = "Machine", viewonly = true, load = "selectin", primaryjoin = "foreign(machine.engineer_id) = {engineer}.id" }}
            [entity.Manager]
            inherits = "Person"
            polymorphic_identity = "manager"
            {}
            "#,
            own("engineer"),
            own("manager"),
            ddl = self.ddl(),
        )
    }
}

const UNION_OF_JOINS: &str = r#"with_polymorphic = "*"
polymorphic_on = "everyone.kind"
polymorphic_from = """(
    SELECT engineer.id AS id, person.company_id, person.boss_id, person.kind, engineer.skill
    FROM person JOIN engineer ON person.id = engineer.id
    UNION ALL SELECT manager.id, person.company_id, person.boss_id, person.kind, manager.skill
    FROM person JOIN manager ON person.id = manager.id
    UNION ALL SELECT person.id, person.company_id, person.boss_id, person.kind, NULL
    FROM person WHERE person.kind = 'person'
) AS everyone""""#;

const UNION: &str = r#"with_polymorphic = "*"
polymorphic_on = "everyone.kind"
polymorphic_from = """(
    SELECT id, company_id, boss_id, skill, 'person' AS kind FROM person
    UNION ALL SELECT id, company_id, boss_id, skill, 'engineer' AS kind FROM engineer
    UNION ALL SELECT id, company_id, boss_id, skill, 'manager' AS kind FROM manager
) AS everyone""""#;

/// The columns that all people have.
fn base(person: &Person) -> Row {
    vec![Value::Integer(person.id), person.company.into(), person.boss.into()]
}

fn kind(person: &Person) -> Value {
    Value::Text(person.kind.to_lowercase())
}
