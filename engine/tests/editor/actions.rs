use joinwright::text::Span;

use crate::stage::{DDL, MODEL, Stage};

#[test]
fn a_diagnostic_offers_its_fixes_and_a_silence() {
    let model = MODEL.replace("foreign_keys = [\"customer.billing_id\"]\n", "");
    let stage = Stage::new(&model, DDL);
    let found = stage.model.diagnostics();
    let codes: Vec<_> = found.iter().map(|it| it.code.name).collect();
    assert_eq!(codes, ["ambiguous_foreign_keys"]);
    let actions = stage.editor().actions(&found, found[0].labels[0].span);
    let titles: Vec<_> = actions.iter().map(|action| action.title.as_str()).collect();
    assert_eq!(titles.len(), 3, "{titles:?}");
    assert_eq!(titles[2], "ignore `ambiguous_foreign_keys` here");
    for action in &actions {
        let mended = Stage::new(&stage.edited(&action.edits), DDL);
        let left: Vec<_> = mended.model.diagnostics().iter().map(|it| it.code.name).collect();
        assert!(!left.contains(&"ambiguous_foreign_keys"), "{}: {left:?}", action.title);
    }
}

#[test]
fn elsewhere_nothing_is_offered() {
    let model = MODEL.replace("foreign_keys = [\"customer.billing_id\"]\n", "");
    let stage = Stage::new(&model, DDL);
    let start = Span::new(stage.document, 0, 3);
    assert!(stage.editor().actions(&stage.model.diagnostics(), start).is_empty());
}
