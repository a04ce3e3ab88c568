//! What must hold for random inputs, on a database.

use std::cell::RefCell;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::database::{Answer, Database};

/// As many cases as `PROPTEST_CASES` says, or `usual`; of these, one in `share`.
pub fn config(usual: u32, share: u32) -> Config {
    let standard = Config {
        failure_persistence: None,
        max_shrink_iters: 4_000,
        max_shrink_time: 60_000,
        ..Config::default()
    };
    let given = std::env::var_os("PROPTEST_CASES").is_some();
    let cases = if given { standard.cases } else { usual };
    Config { cases: cases.div_ceil(share), ..standard }
}

/// Checks random inputs on a database, where there is one.
///
/// # Panics
///
/// With a small input that does not pass.
pub fn hold<S: Strategy>(
    database: Answer<Option<impl Database>>,
    config: Config,
    inputs: &S,
    check: impl Fn(&mut dyn Database, S::Value) -> Result<(), TestCaseError>,
) {
    assert!(database.is_ok(), "{:?}", database.err());
    let Ok(Some(database)) = database else { return };
    let database = RefCell::new(database);
    let failure =
        TestRunner::new(config).run(inputs, |input| check(&mut *database.borrow_mut(), input));
    assert!(failure.is_ok(), "{}", failure.err().map(|it| it.to_string()).unwrap_or_default());
}
