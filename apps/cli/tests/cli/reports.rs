//! The forms of findings that other programs read.

use serde_json::Value;

use crate::stage::{Stage, model, status};

/// OASIS's schema of SARIF 2.1.0, without its descriptions; a bracket that only JavaScript lets
/// stand bare in a pattern is escaped.
const SARIF: &str = include_str!("../schema/sarif-2.1.0.json");

/// Findings in two files, one with a fix, one on several lines of another.
fn stage() -> Stage {
    let model = model("view_only = true").replace("ddl = '''", "schema = [\"a b.sql\"]\nddl = '''");
    let ddl = "CREATE TABLE é (\n  id INTEGER,\n  x INTEGER REFERENCES nowhere (id)\n);\nCREATE TABLE address (id INTEGER);\n";
    Stage::new().with("m.toml", model).with("a b.sql", ddl)
}

fn sarif(stage: &Stage) -> Value {
    let output = stage.run(&["check", "m.toml", "--format", "sarif"]);
    assert_eq!(status(&output), 1);
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn sarif_is_what_its_schema_allows() {
    let schema: Value = serde_json::from_str(SARIF).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let log = sarif(&stage());
    let wrong: Vec<_> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(log["runs"][0]["results"].as_array().unwrap().len() >= 3, "{log:#}");

    let mut spoilt = log;
    spoilt["runs"][0]["results"][0]["level"] = Value::from("fatal");
    assert!(!validator.is_valid(&spoilt));
}

#[test]
fn sarif_counts_lines_and_characters_from_one() {
    let log = sarif(&stage());
    let results = log["runs"][0]["results"].as_array().unwrap();
    let of = |code| results.iter().find(|result| result["ruleId"] == code).unwrap();
    let unknown = of("unknown_key");
    let region = &unknown["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"];
    assert_eq!((region["startLine"].as_u64(), region["endColumn"].as_u64()), (Some(14), Some(10)));
    let table = of("unknown_table");
    let location = &table["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "a%20b.sql");
    assert_eq!(location["region"]["startLine"], 3);
}

#[test]
fn annotations_are_one_command_a_line() {
    let output = stage().run(&["check", "m.toml", "--format", "github"]);
    assert_eq!(status(&output), 1);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.lines().all(|line| line.starts_with("::")), "{text}");
    assert!(
        text.contains("::error title=unknown_table,file=a b.sql,line=3,endLine=3,col="),
        "{text}"
    );
}
