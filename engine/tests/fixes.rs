//! Fixes over broken models by chance: what is proven mends, and brings up nothing else.

mod random_model;

use joinwright::Model;
use joinwright::report::{Diagnostic, Fix};
use proptest::prelude::*;
use random_model::{AS_MADE, models};

fn count(found: &[Diagnostic], like: &Diagnostic) -> usize {
    let same = |it: &&Diagnostic| it.code == like.code && it.subject == like.subject;
    found.iter().filter(same).count()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn proven_fixes_mend_and_break_nothing(random in models()) {
        let model = Model::from_toml("model.toml", &random.document(AS_MADE));
        let (told, proven) = (model.diagnostics(), model.proven_diagnostics());
        for finding in &proven {
            for fix in &finding.fixes {
                let after = model.with_fix(fix).expect("it was applied before").diagnostics();
                prop_assert!(count(&after, finding) < count(&told, finding));
                prop_assert!(after.len() < told.len(), "{}: {}\n{:?}", finding.code, fix.title, random);
            }
        }
    }
}

/// Customers that each misspell a column, and of whom every other also misspells a key that stands
/// rightly beside it: writing that rightly would give it twice.
fn misspelled(customers: usize) -> String {
    let ddl = "CREATE TABLE customer (id INTEGER PRIMARY KEY, friend_id INTEGER REFERENCES customer (id));";
    let customer = |number: usize| {
        let twice = if number.is_multiple_of(2) { "" } else { "view_only = true\n" };
        format!(
            "[entity.Customer{number}]\ntable = 'customer'\n\
             [entity.Customer{number}.relationship.friend]\ntarget = 'Customer{number}'\n\
             viewonly = true\n{twice}remote_side = ['customer.idd']\n"
        )
    };
    let entities: String = (0..customers).map(customer).collect();
    format!("ddl = '{ddl}'\n{entities}")
}

#[test]
fn fixes_are_proven_among_others_that_fail() {
    for customers in [1, 2, 60] {
        let model = Model::from_toml("model.toml", &misspelled(customers));
        let fixes = |found: Vec<Diagnostic>| -> Vec<Fix> {
            found.into_iter().flat_map(|finding| finding.fixes).collect()
        };
        assert_eq!(fixes(model.diagnostics()).len(), customers + customers / 2);
        let proven = fixes(model.proven_diagnostics());
        assert_eq!(proven.len(), customers);
        assert!(proven.iter().all(|fix| fix.title == "replace by `id`"), "{proven:?}");
    }
}

/// A synonym of a column that is not there, and a condition that misspells the synonym: the fix of the
/// condition holds only once the synonym is mended.
const LEANING: &str = r#"
    ddl = """
        CREATE TABLE stop (id INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE sight (id INTEGER PRIMARY KEY, title TEXT);
    """
    [entity.Sight]
    table = "sight"
    [entity.Stop]
    table = "stop"
    [entity.Stop.attribute.called]
    synonym = "nme"
    [entity.Stop.relationship.namesakes]
    target = "Sight"
    primaryjoin = "Stop.caled = foreign(Sight.title)"
    viewonly = true
"#;

#[test]
fn no_fix_is_proven_by_another() {
    let titles = |found: Vec<Diagnostic>| -> Vec<String> {
        found.into_iter().flat_map(|finding| finding.fixes).map(|fix| fix.title).collect()
    };
    let model = Model::from_toml("model.toml", LEANING);
    assert_eq!(titles(model.diagnostics()), ["replace by `name`", "replace by `called`"]);
    assert_eq!(titles(model.proven_diagnostics()), ["replace by `name`"]);
}
