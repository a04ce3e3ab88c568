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
mod oracle;
mod runner;

use proptest::prelude::{ProptestConfig, TestCaseError, proptest};

use comparison::{Tally, compare};

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
        let compared = compare(&model, &str::to_owned, &mut Tally::new());
        compared.map_err(|mismatch| TestCaseError::fail(mismatch.what))?;
    }
}
