use joinwright::text::Span;

use crate::stage::{DDL, MODEL, Stage};

fn hints(stage: &Stage) -> Vec<String> {
    let text = &stage.model.sources().get(stage.document).text;
    let found = stage.editor().hints(stage.whole());
    let line = |at: usize| text[..at].rsplit('\n').next().unwrap().to_owned();
    found.iter().map(|hint| format!("{} ⟨{}⟩", line(hint.at.start as usize), hint.text)).collect()
}

#[test]
fn a_target_is_followed_by_direction_and_cardinality() {
    let model =
        MODEL.replace("target = \"Address\"\nfor", "target = \"Address\"\nbackref = 'payers'\nfor");
    let model = model
        + "\n[entity.Node]\ntable = 'node'\n[entity.Node.relationship.children]\ntarget = 'Node'\n";
    let expected = [
        "target = \"Address\" ⟨many-to-one, 0..1⟩",
        "backref = 'payers' ⟨one-to-many, 0..*⟩",
        "target = \"Address\" ⟨many-to-one, 1⟩",
        "target = 'Node' ⟨one-to-many, 0..*⟩",
    ];
    assert_eq!(hints(&Stage::new(&model, DDL)), expected);
}

#[test]
fn an_unresolved_relationship_has_no_hint() {
    let model = MODEL.replace("foreign_keys", "# foreign_keys");
    assert_eq!(hints(&Stage::new(&model, DDL)).len(), 1);
}

#[test]
fn hints_outside_the_span_are_left_out() {
    let stage = Stage::new(MODEL, DDL);
    let start = Span { end: 20, ..stage.whole() };
    assert!(stage.editor().hints(start).is_empty());
}
