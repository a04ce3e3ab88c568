//! Any model document; what follows a NUL is its DDL. Each fix that is proven removes its finding,
//! and none, proven or not, makes a text that cannot be read.

#![no_main]

use joinwright::report::{Applicability, Fix};
use joinwright::{Draft, Model};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let (document, ddl) = text.split_once('\0').unwrap_or((&text, ""));
    let mut draft = Draft::from_toml("model.toml", document);
    draft.add_schema("schema.sql", ddl);
    let model = draft.finish();
    let told = model.diagnostics();
    for fix in told.iter().flat_map(|found| &found.fixes) {
        joinwright_fuzz::exercise(&model.with_fix(fix).expect("the edits fit"));
    }
    for found in model.proven_diagnostics() {
        let tried = |fix: &&Fix| fix.applicability != Applicability::Display;
        for fix in found.fixes.iter().filter(tried) {
            let mended = model.with_fix(fix).expect("it was tried");
            assert!(count(&mended, &found) < count(&model, &found), "{found:?}");
        }
    }
});

/// The findings of one code about one subject.
fn count(model: &Model, like: &joinwright::report::Diagnostic) -> usize {
    let all = model.diagnostics().into_iter();
    all.filter(|it| it.code == like.code && it.subject == like.subject).count()
}
