//! Hierarchies on one table, on joined tables and on tables of their own: every strategy loads the
//! same objects, each of the right entity, as nested loops over the people find.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that panics has failed"
)]

mod loading;
mod people;
mod runner;
mod shape;
mod whole;

use joinwright_execution::{Answer, Database, MySql, Postgres, Sqlite, config, hold};
use proptest::prelude::TestCaseError;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

use joinwright::plan::Strategy;
use people::{Firm, firms};
use runner::Runner;
use shape::Shape;
use whole::wholes;

/// Every strategy that follows a relationship.
const STRATEGIES: [Strategy; 10] = [
    Strategy::Lazy,
    Strategy::LazyReverse,
    Strategy::WithParent,
    Strategy::Joined,
    Strategy::Selectin,
    Strategy::Subquery,
    Strategy::Join,
    Strategy::OuterJoin,
    Strategy::Any,
    Strategy::Has,
];

/// Compares all that can be loaded of a firm in a shape.
fn compare(
    firm: &Firm,
    shape: Shape,
    database: &mut dyn Database,
    rewrite: &dyn Fn(&str) -> String,
) -> Result<usize, String> {
    let mut runner = Runner::new(firm, shape, database, rewrite)?;
    let mut compared = 0;
    for entity in ["Person", "Engineer", "Manager"] {
        runner.compare_entity(entity)?;
    }
    for relationship in shape.relationships() {
        for strategy in STRATEGIES {
            compared += usize::from(runner.compare(relationship, strategy)?);
        }
    }
    Ok(compared)
}

fn hierarchies(database: Answer<Option<impl Database>>, share: u32) {
    hold(database, config(40, share), &firms(), |database, firm| {
        for shape in Shape::ALL {
            let compared = compare(&firm, shape, database, &str::to_owned);
            compared.map_err(|what| TestCaseError::fail(format!("{shape:?}: {what}")))?;
        }
        Ok(())
    });
}

#[test]
fn every_strategy_loads_what_nested_loops_find_on_sqlite() {
    hierarchies(Sqlite::open().map(Some), 1);
}

#[test]
fn every_strategy_loads_what_nested_loops_find_on_postgres() {
    hierarchies(Postgres::of_environment(), 20);
}

#[test]
fn every_strategy_loads_what_nested_loops_find_on_mysql() {
    hierarchies(MySql::of_environment(), 20);
}

fn whole_loads(database: Answer<Option<impl Database>>, share: u32) {
    let inputs = (firms(), wholes(), proptest::sample::select(&Shape::ALL[..]));
    hold(database, config(400, share), &inputs, |database, (firm, whole, shape)| {
        let runner = Runner::new(&firm, shape, database, &str::to_owned);
        let compared = runner.and_then(|mut runner| runner.compare_whole(&whole));
        compared.map_err(|what| TestCaseError::fail(format!("{shape:?}: {what}")))
    });
}

#[test]
fn a_whole_load_gives_what_nested_loops_find_on_sqlite() {
    whole_loads(Sqlite::open().map(Some), 1);
}

#[test]
fn a_whole_load_gives_what_nested_loops_find_on_postgres() {
    whole_loads(Postgres::of_environment(), 4);
}

#[test]
fn a_whole_load_gives_what_nested_loops_find_on_mysql() {
    whole_loads(MySql::of_environment(), 4);
}

/// On `SQLite`.
fn compare_here(
    firm: &Firm,
    shape: Shape,
    rewrite: &dyn Fn(&str) -> String,
) -> Result<usize, String> {
    compare(firm, shape, &mut Sqlite::open().unwrap(), rewrite)
}

fn fixed_firms(number: usize) -> Vec<Firm> {
    let mut runner = TestRunner::deterministic();
    (0..number).map(|_| firms().new_tree(&mut runner).unwrap().current()).collect()
}

#[test]
fn every_shape_is_compared() {
    for shape in Shape::ALL {
        let compared = compare_here(&fixed_firms(1)[0], shape, &str::to_owned).unwrap();
        assert!(compared > 25, "{shape:?}: {compared}");
    }
}

/// The comparison can fail: it notices that other people are taken for engineers.
#[test]
fn a_wider_criterion_is_noticed() {
    let widen = |sql: &str| sql.replace("IN ('engineer')", "IN ('engineer', 'manager')");
    let noticed =
        fixed_firms(20).iter().any(|firm| compare_here(firm, Shape::Single, &widen).is_err());
    assert!(noticed);
}

/// The comparison can fail: it notices that a manager is taken for an engineer.
#[test]
fn a_wrong_identity_is_noticed() {
    for shape in [Shape::JoinedTogether, Shape::Concrete] {
        let swap = |sql: &str| {
            let sql = sql.replace("'manager' AS kind", "'engineer' AS kind");
            sql.replace("person.kind AS", "'engineer' AS")
        };
        let noticed = fixed_firms(20).iter().any(|firm| compare_here(firm, shape, &swap).is_err());
        assert!(noticed, "{shape:?}");
    }
}

/// The comparison can fail: it notices what a further statement brings along wrongly.
#[test]
fn a_wrong_further_statement_is_noticed() {
    let raise = |sql: &str| sql.replace("engineer.skill AS", "engineer.skill + 1 AS");
    let mut runner = TestRunner::deterministic();
    let noticed = fixed_firms(40).iter().any(|firm| {
        let whole = wholes().new_tree(&mut runner).unwrap().current();
        let mut database = Sqlite::open().unwrap();
        let compared = Runner::new(firm, Shape::JoinedFurther, &mut database, &raise);
        compared.and_then(|mut runner| runner.compare_whole(&whole)).is_err()
    });
    assert!(noticed);
}
