//! Steps of a path to a subclass of their target.

#![cfg(feature = "json")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed")]

use joinwright::Model;
use joinwright::answer::StatementAnswer;
use serde_json::{Value, json};

/// A statement over owners and their animals, of which dogs have a table and walks of their own, and
/// goldfish are kept apart.
fn ask(path: &[&str], load: &str, defer: &[&str]) -> StatementAnswer {
    let ddl = "CREATE TABLE owner (id INTEGER PRIMARY KEY);
        CREATE TABLE animal (
            id INTEGER PRIMARY KEY, kind TEXT, owner_id INTEGER REFERENCES owner (id)
        );
        CREATE TABLE dog (id INTEGER PRIMARY KEY REFERENCES animal (id), breed TEXT);
        CREATE TABLE goldfish (id INTEGER PRIMARY KEY, kind TEXT);
        CREATE TABLE walk (id INTEGER PRIMARY KEY, dog_id INTEGER REFERENCES dog (id));";
    let relationship = |name: &str, target: &str| json!({name: {"target": target}});
    let entities = json!({
        "Owner": {"table": "owner", "relationship": relationship("animals", "Animal")},
        "Animal": {
            "table": "animal", "polymorphic_on": "animal.kind", "polymorphic_identity": "animal",
        },
        "Dog": {
            "inherits": "Animal", "table": "dog", "polymorphic_identity": "dog",
            "relationship": relationship("walks", "Walk"),
        },
        "Goldfish": {
            "inherits": "Animal", "table": "goldfish", "concrete": true,
            "polymorphic_identity": "goldfish",
        },
        "Walk": {"table": "walk"},
    });
    let statement = json!({"entity": "Owner", "path": path, "load": load, "defer": defer});
    let request = json!({"model": {"ddl": ddl, "entity": entities}, "statements": [statement]});
    let (model, request) = Model::from_request("request.json", &request.to_string());
    model.answer(&request).statements.pop().unwrap()
}

fn refused(path: &[&str]) -> (String, Option<String>) {
    match ask(path, "join", &[]) {
        StatementAnswer::Error { error } => (error.message.clone(), error.help.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_subclass_that_is_none_is_told_with_those_there_are() {
    let (message, help) = refused(&["animals:Dgo"]);
    assert_eq!(message, "`Animal` has no subclass `Dgo`");
    assert_eq!(help.as_deref(), Some("write `Dog`"));
    let (message, help) = refused(&["animals:Walk"]);
    assert_eq!(message, "`Walk` does not inherit from `Animal`");
    assert_eq!(help.as_deref(), Some("write one of `Dog`, `Goldfish`"));
}

#[test]
fn a_concrete_subclass_is_out_of_reach() {
    let (message, help) = refused(&["animals:Goldfish"]);
    assert_eq!(message, "`Goldfish` is concrete, and `Owner.animals` does not reach its table");
    assert_eq!(help.as_deref(), Some("declare a relationship to `Goldfish`"));
}

#[test]
fn only_the_subclass_has_its_relationships() {
    let (message, _) = refused(&["animals", "walks"]);
    assert_eq!(message, "`Animal` has no relationship `walks`");
    assert!(matches!(ask(&["animals:Dog", "walks"], "join", &[]), StatementAnswer::Sql { .. }));
}

#[test]
fn the_target_itself_changes_nothing() {
    let sql = |step| serde_json::to_value(ask(&[step], "joined", &[])).unwrap();
    assert_eq!(sql("animals:Animal"), sql("animals"));
    assert_ne!(sql("animals:Dog"), sql("animals"));
}

#[test]
fn attributes_of_the_subclass_can_be_deferred() {
    let attributes = |defer: &[&str]| -> Vec<Value> {
        let answer = serde_json::to_value(ask(&["animals:Dog"], "joined", defer)).unwrap();
        let columns = answer["columns"].as_array().unwrap();
        columns.iter().map(|column| column["attribute"].clone()).collect()
    };
    assert!(attributes(&[]).contains(&json!("breed")));
    assert!(!attributes(&["animals:Dog.breed"]).contains(&json!("breed")));
}

/// The statement for the walks is run for the dogs among the animals.
#[test]
fn a_further_statement_names_the_subclass_as_given() {
    let answer = serde_json::to_value(ask(&["animals:Dog", "walks"], "selectin", &[])).unwrap();
    let given: Vec<_> =
        answer["statements"].as_array().unwrap().iter().map(|it| it["given"].clone()).collect();
    assert_eq!(given, [Value::Null, json!("Owner"), json!("Dog")]);
}
