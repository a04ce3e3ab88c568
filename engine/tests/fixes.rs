//! Fixes over broken models by chance: what is proven mends, and brings up nothing else.

mod random_model;

use joinwright::Model;
use joinwright::report::Diagnostic;
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
