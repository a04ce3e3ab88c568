//! Every strategy loads what nested loops over the rows find.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that panics has failed"
)]

mod comparison;
mod document;
mod generator;
mod injection;
mod model;
mod mutation;
mod oracle;
mod runner;

use std::collections::BTreeSet;

use joinwright::base::Dialect;
use joinwright::plan::Strategy;
use proptest::prelude::TestCaseError;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

use comparison::{Tally, compare};
use joinwright_execution::{Database, MySql, Postgres, Sqlite, config, hold};
use model::Model;
use mutation::without_term;

/// A row holds all that belongs to it in a value of its own: `per_parent` proves that.
const ELSEWHERE: [Strategy; 1] = [Strategy::Json];

/// A statement as it is.
fn as_it_is(_: Strategy, sql: &str) -> String {
    sql.to_owned()
}

/// Every strategy loads what nested loops over the rows find.
fn check<S: proptest::strategy::Strategy<Value = Model>>(
    models: impl Fn(Dialect) -> S,
    database: Option<impl Database>,
    share: u32,
) {
    let Some(database) = database else { return };
    let models = models(database.facts().dialect);
    hold(Ok(Some(database)), config(100, share), &models, |database, model| {
        let compared = compare(&model, database, &as_it_is, &mut Tally::new());
        compared.map_err(|mismatch| TestCaseError::fail(mismatch.what))
    });
}

fn sqlite() -> Sqlite {
    Sqlite::open().unwrap()
}

fn postgres() -> Option<Postgres> {
    Postgres::of_environment().unwrap()
}

fn mysql() -> Option<MySql> {
    MySql::of_environment().unwrap()
}

#[test]
fn strategies_on_sqlite() {
    check(generator::models, Some(sqlite()), 1);
}

#[test]
fn strategies_on_postgres() {
    check(generator::models, postgres(), 1);
}

#[test]
fn strategies_on_mysql() {
    check(generator::models, mysql(), 1);
}

#[test]
fn names_and_texts_that_try_to_be_sql_on_sqlite() {
    check(injection::models, Some(sqlite()), 2);
}

#[test]
fn names_and_texts_that_try_to_be_sql_on_postgres() {
    check(injection::models, postgres(), 4);
}

#[test]
fn names_and_texts_that_try_to_be_sql_on_mysql() {
    check(injection::models, mysql(), 4);
}

/// Names are in backticks and texts in single quotes: what double quotes are is all the same.
#[test]
fn names_and_texts_that_try_to_be_sql_on_mysql_with_ansi_quotes() {
    let server = mysql().map(|server| server.with_ansi_quotes().unwrap());
    check(injection::models, server, 4);
}

/// Random models, the same ones each time.
fn fixed_models(number: usize, dialect: Dialect) -> Vec<Model> {
    let mut runner = TestRunner::deterministic();
    let models = generator::models(dialect);
    (0..number).map(|_| models.new_tree(&mut runner).unwrap().current()).collect()
}

/// The comparison can fail: it notices a missing term in every strategy that has terms.
fn notice_dropped_terms(database: Option<impl Database>) {
    let Some(mut database) = database else { return };
    let mut unnoticed: BTreeSet<_> = Strategy::ALL.into_iter().collect();
    unnoticed.remove(&Strategy::Select);
    unnoticed.retain(|strategy| !ELSEWHERE.contains(strategy));
    for model in fixed_models(100, database.facts().dialect) {
        for strategy in unnoticed.clone() {
            let rewrite = move |asked: Strategy, sql: &str| {
                let mutated = (0..2).rev().find_map(|number| without_term(sql, number));
                mutated.filter(|_| asked == strategy).unwrap_or_else(|| sql.to_owned())
            };
            if let Err(mismatch) = compare(&model, &mut database, &rewrite, &mut Tally::new()) {
                assert_eq!(mismatch.strategy, strategy, "{}", mismatch.what);
                assert!(mismatch.what.contains("expected"), "{}", mismatch.what);
                unnoticed.remove(&strategy);
            }
        }
    }
    assert!(unnoticed.is_empty(), "nobody noticed: {unnoticed:?}");
}

#[test]
fn a_dropped_term_is_noticed_on_sqlite() {
    notice_dropped_terms(Some(sqlite()));
}

#[test]
fn a_dropped_term_is_noticed_on_postgres() {
    notice_dropped_terms(postgres());
}

#[test]
fn a_dropped_term_is_noticed_on_mysql() {
    notice_dropped_terms(mysql());
}

/// The generator reaches every strategy, many times.
#[test]
fn every_strategy_is_run() {
    let mut tally = Tally::new();
    let mut database = sqlite();
    for model in fixed_models(30, Dialect::Sqlite) {
        compare(&model, &mut database, &as_it_is, &mut tally).unwrap();
    }
    for strategy in Strategy::ALL.into_iter().filter(|it| !ELSEWHERE.contains(it)) {
        let number = tally.get(strategy.name()).copied().unwrap_or_default();
        assert!(number > 20, "{}: {number}", strategy.name());
    }
}
