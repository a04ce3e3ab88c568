//! `defer`, `undefer` and `undefer_group` of a statement.

#![cfg(feature = "json")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed")]
#![expect(clippy::needless_pass_by_value, reason = "`json!` makes values")]

use joinwright::Model;
use serde_json::{Value, json};

/// The answer to one statement about a small library.
fn asked(statement: Value) -> Value {
    let ddl = "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT, bio TEXT, portrait BLOB);
        CREATE TABLE book (
            id INTEGER PRIMARY KEY,
            author_id INTEGER REFERENCES author (id),
            title TEXT,
            summary TEXT
        );";
    let deferred = |column: &str, group: Option<&str>| json!({"columns": [column], "deferred": true, "group": group});
    let model = json!({"ddl": ddl, "entity": {
        "Author": {
            "table": "author",
            "attribute": {
                "bio": deferred("author.bio", Some("long")),
                "portrait": deferred("author.portrait", Some("long")),
                "life": {"synonym": "bio"},
                "label": {"composite": ["name", "bio"]},
            },
            "relationship": {"books": {"target": "Book", "back_populates": "author"}},
        },
        "Book": {
            "table": "book",
            "attribute": {
                "summary": deferred("book.summary", None),
                "writer": deferred("book.author_id", None),
            },
            "relationship": {"author": {"target": "Author", "back_populates": "books"}},
        },
    }});
    let request = json!({"model": model, "statements": [statement]}).to_string();
    let (model, request) = Model::from_request("request", &request);
    let answer = serde_json::to_value(model.answer(&request)).unwrap();
    assert_eq!(answer["diagnostics"], json!([]));
    answer["statements"][0].clone()
}

/// The attributes that a statement loads, each with its path.
fn loaded(statement: Value) -> Vec<String> {
    let answer = asked(statement);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let column = |column: &Value| {
        let path = column["path"].as_array().unwrap().iter().map(text);
        path.chain([text(&column["attribute"])]).collect::<Vec<_>>().join(".")
    };
    answer["columns"].as_array().unwrap().iter().map(column).collect()
}

#[test]
fn what_is_deferred_is_left_out_until_it_is_asked_for() {
    assert_eq!(loaded(json!({"entity": "Author", "load": "select"})), ["id", "name"]);
    let undefer = json!({"entity": "Author", "load": "select", "undefer": ["bio"]});
    assert_eq!(loaded(undefer), ["id", "name", "bio"]);
}

#[test]
fn a_group_is_asked_for_at_once() {
    let group = json!({"entity": "Author", "load": "select", "undefer_group": ["long"]});
    assert_eq!(loaded(group), ["id", "name", "bio", "portrait"]);
}

#[test]
fn synonyms_and_composites_stand_for_what_they_show() {
    let synonym = json!({"entity": "Author", "load": "select", "undefer": ["life"]});
    assert_eq!(loaded(synonym), ["id", "name", "bio"]);
    let composite = json!({"entity": "Author", "load": "select", "undefer": ["label"]});
    assert_eq!(loaded(composite), ["id", "name", "bio"]);
}

#[test]
fn options_reach_along_the_path() {
    let statement = json!({
        "entity": "Author", "load": "joined", "path": ["books"],
        "undefer": ["books.summary"], "defer": ["books.title"],
    });
    assert_eq!(loaded(statement), ["id", "name", "books.id", "books.summary"]);
}

#[test]
fn one_attribute_counts_more_than_its_group_and_that_more_than_all() {
    let statement = json!({
        "entity": "Author", "load": "select",
        "defer": ["*", "portrait"], "undefer_group": ["long"],
    });
    assert_eq!(loaded(statement), ["id", "bio"]);
}

#[test]
fn what_identifies_an_instance_is_always_loaded() {
    let statement = json!({"entity": "Author", "load": "select", "defer": ["id", "name"]});
    assert_eq!(loaded(statement), ["id"]);
}

#[test]
fn a_joined_load_brings_the_columns_that_it_joins_by() {
    assert_eq!(loaded(json!({"entity": "Book", "load": "select"})), ["id", "title"]);
    let joined = json!({"entity": "Book", "load": "joined", "path": ["author"]});
    assert_eq!(loaded(joined), ["id", "writer", "title", "author.id", "author.name"]);
}

#[test]
fn names_that_mean_nothing_are_told() {
    let refused = |statement: Value| {
        let answer = asked(statement);
        let error = &answer["error"];
        let text = |key: &str| error[key].as_str().unwrap().to_owned();
        (text("code"), text("message"), text("help"))
    };
    let said = |code: &str, message: &str, help: &str| {
        (code.to_owned(), message.to_owned(), help.to_owned())
    };
    assert_eq!(
        refused(json!({"entity": "Author", "load": "select", "undefer": ["boi"]})),
        said("unknown_attribute", "`Author` has no attribute `boi`", "write `bio`")
    );
    assert_eq!(
        refused(json!({"entity": "Author", "load": "select", "undefer_group": ["lang"]})),
        said("unknown_attribute", "`Author` has no group `lang`", "write `long`")
    );
    assert_eq!(
        refused(json!({"entity": "Author", "load": "select", "defer": ["books.title"]})),
        said(
            "unfit_path",
            "the path does not lead to `books.title`",
            "begin it with the relationships of `path`, in their order"
        )
    );
}
