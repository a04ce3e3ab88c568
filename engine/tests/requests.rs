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

fn whole(statement: &Value) -> Value {
    first(&ask(statement).1)
}

#[test]
fn a_listed_strategy_asks_for_a_whole_load() {
    let one = whole(&json!({"entity": "Author", "path": ["books"], "load": "selectin"}));
    let load = whole(&json!({"entity": "Author", "path": ["books"], "load": ["selectin"]}));
    assert_eq!(load["statements"].as_array().unwrap().len(), 2);
    let (first, second) = (&load["statements"][0], &load["statements"][1]);
    assert_eq!((first["run"].as_str(), &first["parents"]), (Some("once"), &Value::Null));
    assert_eq!(second["run"], "together");
    assert_eq!(second["parents"], json!({"statement": 0, "path": []}));
    assert_eq!(second["parameters_from"], second["parents"]);
    for key in ["sql", "parameters", "columns", "matches", "steps", "given"] {
        assert_eq!(second[key], one[key], "{key}");
    }
    assert_eq!(one["parameters"][0]["chunk"], 500);
    assert_eq!(one["matches"][0]["column"], "author.id");
}

#[test]
fn a_strategy_for_one_relationship_is_that_of_each_step_of_a_longer_path() {
    let load = whole(&json!({"entity": "Book", "path": ["author", "books"], "load": "selectin"}));
    let statements = load["statements"].as_array().unwrap();
    let paths: Vec<_> = statements.iter().map(|it| it["columns"][0]["path"].clone()).collect();
    assert_eq!(paths, [json!([]), json!(["author"]), json!(["author", "books"])]);
    assert_eq!(statements[2]["parents"], json!({"statement": 1, "path": ["author"]}));
}

#[test]
fn a_choice_says_why() {
    let load = whole(&json!({"entity": "Book", "path": ["author", "books"], "load": "auto"}));
    let (author, books) = (&load["choices"][0], &load["choices"][1]);
    assert_eq!(
        (author["load"].as_str(), author["innerjoin"].as_bool()),
        (Some("joined"), Some(true))
    );
    let because = "`book.author_id` is a foreign key and never NULL, so an inner join drops no row";
    assert_eq!(author["because"][1], because);
    assert_eq!(
        (books["load"].as_str(), books["innerjoin"].as_bool()),
        (Some("selectin"), Some(false))
    );
    let outer = json!({"entity": "Book", "path": ["author"], "load": "auto", "innerjoin": false});
    assert!(whole(&outer)["statements"][0]["sql"].as_str().unwrap().contains("LEFT OUTER JOIN"));
}

#[test]
fn a_load_that_cannot_be_is_refused() {
    for (path, load, code) in [
        (&["books", "author"][..], json!("any"), "unfit_path"),
        (&["books", "author"], json!(["joined"]), "unfit_path"),
        (&["books", "author"], json!(["raise", "joined"]), "unfit_path"),
        (&["books"], json!(["any"]), "unknown_value"),
        (&["books"], json!(["joind"]), "unknown_value"),
        (&["author"], json!("contains"), "unknown_relationship"),
    ] {
        let refused = whole(&json!({"entity": "Author", "path": path, "load": load}));
        assert_eq!(refused["error"]["code"], code, "{load}");
    }
    let scalar = whole(&json!({"entity": "Book", "path": ["author"], "load": "contains"}));
    assert_eq!(scalar["error"]["code"], "contains_on_scalar");
    let filter = json!({"entity": "Author", "path": ["books"], "load": "any", "defaults": true});
    assert_eq!(whole(&filter)["error"]["code"], "unknown_value");
}
