//! The generated model says the same in every form, and nothing is wrong with it.

use std::collections::BTreeMap;

use joinwright::text::Sources;
use joinwright::{Draft, Model};

const SIZE: usize = 150;

/// What was found out about each relationship, by its path.
fn answers(model: &Model) -> BTreeMap<String, String> {
    assert_eq!(model.diagnostics(), [], "a generated model is clean");
    let mapping = model.mapping();
    let path = |column| mapping.column_path(column);
    let answers = model.relationships().map(|(_, relationship, answer)| {
        let pairs = answer.local_remote();
        let pairs = pairs.iter();
        let pairs: Vec<_> = pairs.map(|(local, remote)| (path(*local), path(*remote))).collect();
        (mapping.relationship_path(relationship), format!("{:?} {pairs:?}", answer.direction))
    });
    answers.collect()
}

fn with_schema(mut draft: Draft, ddl: &str) -> Model {
    draft.add_schema("schema.sql", ddl);
    draft.finish()
}

#[test]
fn every_form_of_a_model_has_the_same_answers() {
    let model = joinwright_benches::Model::generate(SIZE);
    let ddl = model.ddl();
    let typed = Model::from_mapping(Sources::new(), model.mapping().unwrap());
    let expected = answers(&typed);
    assert_eq!(expected.len(), model.relationship_count());
    let json_with_tables = Model::from_json("model.json", &model.json_with_tables());
    assert_eq!(answers(&json_with_tables), expected);
    let json_with_ddl = Model::from_json("model.json", &model.json_with_ddl());
    assert_eq!(answers(&json_with_ddl), expected);
    let json = with_schema(Draft::from_json("model.json", &model.json()), &ddl);
    assert_eq!(answers(&json), expected);
    let toml = with_schema(Draft::from_toml("model.toml", &model.toml()), &ddl);
    assert_eq!(answers(&toml), expected);
}

#[test]
fn a_generated_model_has_the_promised_shape() {
    let model = joinwright_benches::Model::generate(1000);
    let columns: usize = model.tables.iter().map(|table| table.columns.len()).sum();
    let keys: usize = model.tables.iter().map(|table| table.foreign_keys.len()).sum();
    let relationships = model.relationship_count();
    assert!((7_500..9_000).contains(&columns), "{columns} columns");
    assert!((2_700..3_300).contains(&keys), "{keys} foreign keys");
    assert!((3_700..4_400).contains(&relationships), "{relationships} relationships");
}

#[test]
fn every_measured_statement_can_be_made() {
    use joinwright::plan::plan;
    let model = joinwright_benches::library::model();
    assert_eq!(model.diagnostics(), []);
    for case in joinwright_benches::library::ALL {
        let request = case.request(&model).unwrap();
        assert!(plan(model.mapping(), model.resolution(), &request).is_ok(), "{}", case.name);
    }
}
