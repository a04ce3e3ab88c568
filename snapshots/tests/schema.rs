//! The JSON Schema of answers: accepted as it stands, and what every fixture's answer keeps to.

#![expect(clippy::unwrap_used, reason = "a helper that panics is a test that fails")]

use std::path::Path;

use joinwright::plan::Strategy;
use joinwright::{Draft, Model, answer};
use serde_json::{Value, json};

#[test]
fn the_schema_is_the_accepted_one() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(env!("CARGO_MANIFEST_DIR"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_json_snapshot!("answer.schema", answer::schema()));
}

#[test]
fn every_answer_keeps_to_the_schema() {
    let validator = jsonschema::validator_for(&answer::schema()).unwrap();
    let mut wrong = Vec::new();
    insta::glob!("../../fixtures", "*/*/model.toml", |path| {
        let answer = serde_json::to_value(answered(path)).unwrap();
        let errors = validator.iter_errors(&answer);
        wrong
            .extend(errors.map(|it| format!("{}: {it} at {}", path.display(), it.instance_path())));
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(!validator.is_valid(&json!({"schema": 1})));
}

/// The answer about a fixture, with each relationship loaded in every way.
fn answered(path: &Path) -> answer::Answer {
    let text = std::fs::read_to_string(path).unwrap();
    let mut draft = Draft::from_toml("model.toml", &text);
    let files: Vec<String> = draft.schema_files().map(str::to_owned).collect();
    for file in files {
        let text = std::fs::read_to_string(path.with_file_name(&file)).unwrap_or_default();
        draft.add_schema(&file, &text);
    }
    let model = draft.finish();
    let statements: Vec<Value> = model
        .relationships()
        .flat_map(|(_, it, _)| {
            let entity = model.mapping().entity_name(it.entity);
            let path = [model.mapping().names.text(it.name)];
            let statement =
                |load: Strategy| json!({"entity": entity, "path": path, "load": load.name()});
            Strategy::ALL.map(statement)
        })
        .collect();
    let request = json!({"model": {}, "statements": statements});
    let (_, request) = Model::from_request("request", &request.to_string());
    model.answer(&request)
}
