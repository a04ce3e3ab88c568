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
mod model;
mod mutation;
mod oracle;
mod runner;

use proptest::prelude::{ProptestConfig, TestCaseError, proptest};

use std::collections::BTreeSet;

use joinwright::plan::Strategy;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

use comparison::{Tally, compare};
use mutation::without_term;

/// `PROPTEST_CASES` models, or as many as take a few seconds.
fn config() -> ProptestConfig {
    let standard = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let given = std::env::var_os("PROPTEST_CASES").is_some();
    if given { standard } else { ProptestConfig { cases: 100, ..standard } }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_strategy_loads_what_nested_loops_find(model in generator::models()) {
        let compared = compare(&model, &|_, sql| sql.to_owned(), &mut Tally::new());
        compared.map_err(|mismatch| TestCaseError::fail(mismatch.what))?;
    }
}

/// Random models, the same ones each time.
fn fixed_models(number: usize) -> Vec<model::Model> {
    let mut runner = TestRunner::deterministic();
    let models = generator::models();
    (0..number).map(|_| models.new_tree(&mut runner).unwrap().current()).collect()
}

/// The comparison can fail: it notices a missing term in every strategy that has terms.
#[test]
fn a_dropped_term_is_noticed() {
    let mut unnoticed: BTreeSet<_> = Strategy::ALL.into_iter().collect();
    unnoticed.remove(&Strategy::Select);
    for model in fixed_models(100) {
        for strategy in unnoticed.clone() {
            let rewrite = move |asked: Strategy, sql: &str| {
                let mutated = (0..2).rev().find_map(|number| without_term(sql, number));
                mutated.filter(|_| asked == strategy).unwrap_or_else(|| sql.to_owned())
            };
            if let Err(mismatch) = compare(&model, &rewrite, &mut Tally::new()) {
                assert_eq!(mismatch.strategy, strategy, "{}", mismatch.what);
                assert!(mismatch.what.contains("expected"), "{}", mismatch.what);
                unnoticed.remove(&strategy);
            }
        }
    }
    assert!(unnoticed.is_empty(), "nobody noticed: {unnoticed:?}");
}

/// The generator reaches every strategy, many times.
#[test]
fn every_strategy_is_run() {
    let mut tally = Tally::new();
    for model in fixed_models(30) {
        compare(&model, &|_, sql| sql.to_owned(), &mut tally).unwrap();
    }
    for strategy in Strategy::ALL {
        let number = tally.get(strategy.name()).copied().unwrap_or_default();
        assert!(number > 20, "{}: {number}", strategy.name());
    }
}
