//! Requests of the interchange JSON, and their answers.

#![cfg(feature = "json")]
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use joinwright::Model;
use joinwright::answer::Answer;
use serde_json::{Value, json};

/// A library's request with one statement.
fn ask(statement: &Value) -> (String, Answer) {
    let ddl = "CREATE TABLE author (id INTEGER PRIMARY KEY, name VARCHAR(80), born DATE);
        CREATE TABLE book (
            id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author (id),
            title VARCHAR(80), year INTEGER
        );";
    let request = json!({
        "model": {
            "ddl": ddl,
            "entity": {
                "Author": {
                    "table": "author",
                    "order_by": "author.born",
                    "relationship": {"books": {
                        "target": "Book", "order_by": "book.year", "back_populates": "author",
                    }},
                },
                "Book": {
                    "table": "book",
                    "relationship": {"author": {"target": "Author", "back_populates": "books"}},
                },
            },
        },
        "statements": [statement],
    });
    let text = request.to_string();
    let (model, request) = Model::from_request("request.json", &text);
    let answer = model.answer(&request);
    (text, answer)
}

fn first(answer: &Answer) -> Value {
    serde_json::to_value(answer.statements.first().unwrap()).unwrap()
}

#[test]
fn an_order_in_sql_comes_before_that_of_the_relationships() {
    let order = "lower(Author.name) DESC NULLS LAST, author.id";
    let (_, answer) =
        ask(&json!({"entity": "Author", "path": ["books"], "load": "joined", "order_by": order}));
    let sql = first(&answer)["sql"].as_str().unwrap().to_owned();
    let tail = " ORDER BY lower(author.name) DESC NULLS LAST, author.id, book_1.year";
    assert!(sql.ends_with(tail), "{sql}");

    let (_, answer) = ask(&json!({
        "entity": "Author", "path": ["books"], "load": "joined", "order_by": order, "limit": 3,
    }));
    let sql = first(&answer)["sql"].as_str().unwrap().to_owned();
    assert!(sql.contains(" ORDER BY lower(author.name) DESC NULLS LAST, author.id LIMIT"), "{sql}");
    let tail = " ORDER BY lower(anon_1.author_name) DESC NULLS LAST, anon_1.author_id, book_1.year";
    assert!(sql.ends_with(tail), "{sql}");
}

#[test]
fn a_wrong_order_is_told_with_its_place() {
    for (order, code, marked) in [
        ("author.nme", "unknown_column", "nme"),
        ("author.name DESC,", "sql_syntax", ""),
        ("book.title", "column_not_in_selectable", "book.title"),
    ] {
        let statement =
            json!({"entity": "Author", "load": "select", "order_by": order, "limit": 2});
        let (text, answer) = ask(&statement);
        let error = &first(&answer)["error"];
        assert_eq!(
            (error["code"].as_str(), error["entity"].as_str()),
            (Some(code), Some("Author"))
        );
        let label = &error["labels"][0];
        let place = |key: &str| usize::try_from(label[key].as_u64().unwrap()).unwrap();
        assert_eq!(text.get(place("start")..place("end")).unwrap(), marked);
        assert!(answer.diagnostics.is_empty());
    }
}
