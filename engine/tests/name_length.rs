//! Names that are made up are as short as the database wants them, and stay apart.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test that panics has failed")]

use std::collections::BTreeSet;

use joinwright::Model;
use joinwright::base::Dialect;
use joinwright::plan::{self, Ordering, Request, Strategy};
use joinwright::render::{self, Capabilities, Length, SqlDialect, Statement, Style};
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

const COLUMN: &str = "number_of_meals_that_were_ordered";

fn model(parent: &str, child: &str) -> Model {
    Model::from_toml(
        "model.toml",
        &format!(
            "ddl = '''
                CREATE TABLE \"{parent}\" (
                    id INTEGER PRIMARY KEY, a_{COLUMN} INTEGER, b_{COLUMN} INTEGER
                );
                CREATE TABLE \"{child}\" (
                    id INTEGER PRIMARY KEY, parent INTEGER REFERENCES \"{parent}\" (id)
                );
            '''
            [entity.Parent]
            table = '{parent}'
            [entity.Parent.relationship.children]
            target = 'Child'
            [entity.Child]
            table = '{child}'"
        ),
    )
}

fn joined(model: &Model, dialect: impl SqlDialect, limit: Option<u64>) -> Statement {
    let (id, relationship, _) = model.relationships().next().unwrap();
    let request = Request {
        limit,
        order_by: Ordering::PrimaryKey,
        ..Request::new(relationship.entity, vec![id], Strategy::Joined)
    };
    let plan = plan::plan(model.mapping(), model.resolution(), &request).unwrap();
    render::statement(&plan, model.mapping(), Style::of(dialect))
}

const LONG: &str = "registration_of_a_participant_in_a_conference_or_workshop";

/// The text is that of `SQLAlchemy` 2.1.9 for the same model.
#[test]
fn a_long_name_ends_in_a_number() {
    let model = model(&format!("p{LONG}"), &format!("k{LONG}"));
    let (p, k) = (format!("p{LONG}"), format!("k{LONG}"));
    let (p_, k_, anon) =
        (&p[..57], &k[..57], "anon_1_pregistration_of_a_participant_in_a_conference_or_");
    let expected = format!(
        "SELECT anon_1.{p_}_2 AS {anon}_1, anon_1.{p_}_4 AS {anon}_3, anon_1.{p_}_6 AS {anon}_5, \
         {k_}_1.id AS {k_}_7, {k_}_1.parent AS {k_}_8 FROM (SELECT {p}.id AS {p_}_2, \
         {p}.a_{COLUMN} AS {p_}_4, {p}.b_{COLUMN} AS {p_}_6 FROM {p} ORDER BY {p}.id LIMIT $1) AS \
         anon_1 LEFT OUTER JOIN {k} AS {k_}_1 ON anon_1.{p_}_2 = {k_}_1.parent ORDER BY \
         anon_1.{p_}_2"
    );
    assert_eq!(joined(&model, Dialect::Postgres, Some(3)).sql, expected);
}

#[test]
fn a_database_has_its_own_limit() {
    let model = model(LONG, "child");
    let old = Capabilities { longest_name: Some(Length::Bytes(30)), ..Capabilities::ORACLE };
    let labels = |dialect: Capabilities| -> Vec<String> {
        let statement = joined(&model, dialect, None);
        statement.columns.into_iter().map(|column| column.label).collect()
    };
    let short = &LONG[..24];
    let shortened = [1, 2, 3].map(|number| format!("{short}_{number}"));
    assert_eq!(labels(old)[..3], shortened);
    assert_eq!(labels(Capabilities::ORACLE)[1], format!("{LONG}_a_{COLUMN}"));
}

proptest! {
    #[test]
    fn made_names_fit_and_stay_apart(
        parent in "p[a-zß🦀]{1,70}", child in "k[a-zß🦀]{1,70}", limit: bool, most in 12..80_usize,
        bytes: bool,
    ) {
        let model = model(&parent, &child);
        let length = if bytes { Length::Bytes(most) } else { Length::Characters(most) };
        let dialect = Capabilities { longest_name: Some(length), ..Capabilities::SQLITE };
        let statement = joined(&model, dialect, limit.then_some(1));
        let labels: Vec<_> = statement.columns.iter().map(|column| &column.label).collect();
        for label in &labels {
            let size = if bytes { label.len() } else { label.chars().count() };
            prop_assert!(size <= most, "{label}");
        }
        prop_assert_eq!(labels.iter().collect::<BTreeSet<_>>().len(), labels.len());
    }
}
