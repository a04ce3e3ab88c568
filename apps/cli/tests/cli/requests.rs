//! `analyze`: one answer for each request, whatever is wrong with it.

use serde_json::Value;

use crate::stage::{Stage, status};

const MODEL: &str = r#""model": {"ddl": "CREATE TABLE t (id INT PRIMARY KEY, p INT REFERENCES t);",
    "entity": {"T": {"table": "t", "relationship": {"r": {"target": "T"}}}}}"#;

fn analyze(arguments: &[&str], input: &[u8]) -> (i32, Vec<Value>) {
    let output = Stage::new().run_with(&[&["analyze"], arguments].concat(), input);
    let answers = String::from_utf8(output.stdout.clone()).unwrap();
    let answers = answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (status(&output), answers)
}

fn codes(findings: &Value) -> Vec<&str> {
    findings.as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap()).collect()
}

#[test]
fn every_line_gets_an_answer() {
    let lines = b"{\"id\": 1,\n\n{\"id\": 2, \"model\": {}}\ngarbage\nnull\n{\"id\": \"\xff\", \"model\": {}}\n";
    let (status, answers) = analyze(&["--jsonl"], lines);
    let found: Vec<_> = answers.iter().map(|answer| codes(&answer["diagnostics"])).collect();
    let syntax = vec!["document_syntax"];
    let expected = [syntax.clone(), vec![], syntax.clone(), vec!["wrong_type"], syntax];
    assert_eq!((status, found), (1, expected.to_vec()));
    assert_eq!(answers[1]["id"], 2);
}

#[test]
fn a_statement_that_says_something_odd_is_refused() {
    let statements = r#"[{"entity": "T", "load": "joined", "path": ["r"]},
        {"entity": "T", "load": "joined", "path": ["r"], "lmit": 3},
        {"entity": "T", "load": "select", "limit": "3"},
        {"entity": "T", "load": "selct"}, 5, {"entity": "X", "load": "select"},
        {"entity": "T", "load": "joined", "path": ["x"]}, {"load": "select"}]"#;
    let request = format!("{{\"id\": 1, {MODEL}, \"statements\": {statements}}}");
    let (status, answers) = analyze(&["-"], request.replace('\n', " ").as_bytes());
    let answers = answers.first().unwrap();
    let refused: Vec<_> = answers["statements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["error"]["code"].as_str())
        .collect();
    let expected = [
        None,
        Some("unknown_key"),
        Some("wrong_type"),
        Some("unknown_value"),
        Some("wrong_type"),
        Some("unknown_entity"),
        Some("unknown_relationship"),
        Some("missing_key"),
    ];
    assert_eq!((status, refused), (1, expected.to_vec()));
    let told = codes(&answers["diagnostics"]);
    for code in ["unknown_key", "wrong_type", "unknown_value", "missing_key"] {
        assert!(told.contains(&code), "{code} is not among {told:?}");
    }
}

#[test]
fn a_request_cannot_name_files() {
    let request = br#"{"id": 1, "model": {"schema": ["a.sql"], "entity": {"T": {"table": "t"}}}}"#;
    let (status, answers) = analyze(&[], request);
    assert_eq!((status, codes(&answers[0]["diagnostics"])), (1, vec!["unreadable_file"]));
}
