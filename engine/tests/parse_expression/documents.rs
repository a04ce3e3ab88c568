//! Every text of the shared model documents reads without a mistake.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use joinwright::base::Dialect;
use joinwright::parse::{Grammar, path};
use joinwright::text::{Fragment, Sources};

use crate::world::{Read, World};

/// The kinds of texts, by the keys they stand under.
const CONDITIONS: &[&str] = &["primaryjoin", "secondaryjoin", "inherit_condition"];
const EXPRESSIONS: &[&str] = &["expression", "polymorphic_on"];
const CLAUSES: &[&str] = &["secondary", "table", "from"];
const PATHS: &[&str] = &["foreign_keys", "remote_side"];

fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/oracle");
    let found = folder.is_dir().then_some(folder);
    if found.is_none() {
        println!("skipped: there are no shared documents beside the repository");
    }
    found
}

#[test]
fn all_shared_documents_read() {
    let Some(folder) = shared() else { return };
    let mut texts = Texts::default();
    for file in ["cases.dev.jsonl", "mappings.dev.jsonl", "generated.dev.jsonl"] {
        let lines = std::fs::read_to_string(folder.join(file)).unwrap();
        for line in lines.lines() {
            texts.gather(&serde_json::from_str(line).unwrap());
        }
    }
    let seeds = std::fs::read_to_string(folder.join("seeds.json")).unwrap();
    texts.gather(&serde_json::from_str(&seeds).unwrap());
    assert!(texts.found.len() > 500, "{} texts", texts.found.len());
    let mistakes: Vec<_> = texts.found.iter().filter_map(Text::mistake).collect();
    assert!(mistakes.is_empty(), "{mistakes:#?}");
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Text {
    key: String,
    sql: String,
    dialect: String,
    operators: Vec<String>,
}

#[derive(Default)]
struct Texts {
    found: BTreeSet<Text>,
}

impl Texts {
    /// Gathers the texts of every model document inside `value`.
    fn gather(&mut self, value: &serde_json::Value) {
        match value {
            serde_json::Value::Object(map) => {
                if let Some(model) = map.get("model") {
                    let dialect = model.get("dialect").and_then(|dialect| dialect.as_str());
                    self.gather_model(model, dialect.unwrap_or("ansi"), &operators_in(model));
                }
                map.values().for_each(|value| self.gather(value));
            }
            serde_json::Value::Array(list) => list.iter().for_each(|value| self.gather(value)),
            _ => {}
        }
    }

    fn gather_model(&mut self, value: &serde_json::Value, dialect: &str, operators: &[String]) {
        let Some(map) = value.as_object() else { return };
        let mut operators = operators.to_vec();
        operators.extend(operators_in(value));
        for (key, value) in map {
            let texts = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            for text in texts.iter().filter_map(|text| text.as_str()) {
                let (key, sql) = (key.clone(), text.to_owned());
                let (dialect, operators) = (dialect.to_owned(), operators.clone());
                self.found.insert(Text { key, sql, dialect, operators });
            }
            self.gather_model(value, dialect, &operators);
        }
    }
}

fn operators_in(value: &serde_json::Value) -> Vec<String> {
    let list = value.get("comparison_operators").and_then(|list| list.as_array());
    let texts = list.into_iter().flatten().filter_map(|operator| operator.as_str());
    texts.map(str::to_owned).collect()
}

impl Text {
    /// What is wrong with the text, if its key says that it is SQL.
    fn mistake(&self) -> Option<String> {
        let operators: Vec<&str> = self.operators.iter().map(String::as_str).collect();
        let dialect: Dialect = self.dialect.parse().unwrap();
        let grammar = Grammar { comparison_operators: &operators, ..Grammar::of(dialect) };
        let read = self.read(&grammar)?;
        let wrong = !read.defects.is_empty();
        wrong.then(|| format!("{}: {:?}\n{:?}", self.key, self.sql, read.defects))
    }

    fn read(&self, grammar: &Grammar<'_>) -> Option<Read> {
        let (key, text) = (self.key.as_str(), self.sql.as_str());
        let mut world = world_of(text);
        if CONDITIONS.contains(&key) {
            Some(world.condition(text, grammar))
        } else if EXPRESSIONS.contains(&key) {
            Some(world.expression(text, grammar))
        } else if CLAUSES.contains(&key) {
            Some(world.clause(text, grammar))
        } else if key == "order_by" {
            Some(world.order_by(text, grammar))
        } else if key == "select" {
            Some(world.query(text, grammar))
        } else if PATHS.contains(&key) {
            let id = Sources::new().add("text", text);
            let defect = path(&Fragment::verbatim(id, text, 0), grammar.dialect).err();
            let (shown, places) = (String::new(), Vec::new());
            Some(Read { shown, defects: defect.into_iter().collect(), places })
        } else {
            None
        }
    }
}

/// A database that has every table which a text could name, each with every column.
fn world_of(text: &str) -> World {
    let unquoted = text.replace('"', "");
    let words = unquoted.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'));
    let (mut tables, mut columns) = (BTreeSet::new(), BTreeSet::new());
    for word in words.filter(|word| !word.is_empty()) {
        let parts: Vec<&str> = word.split('.').collect();
        match *parts.as_slice() {
            [schema, table, _] => tables.insert((Some(schema), table)),
            [first, second] => tables.insert((None, first)) | tables.insert((Some(first), second)),
            _ => tables.insert((None, word)),
        };
        columns.extend(parts.last().copied());
    }
    let columns: Vec<&str> = columns.into_iter().collect();
    let tables = tables.into_iter().map(|(schema, table)| (schema, table, columns.as_slice()));
    World::of(&tables.collect::<Vec<_>>())
}
