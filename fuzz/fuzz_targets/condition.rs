//! Well-formed conditions: what is printed of one reads back to what prints the same.

#![no_main]

use std::fmt::Write;

use arbitrary::Arbitrary;
use joinwright::Model;
use joinwright::base::Dialect;
use joinwright::render;
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
enum Condition {
    Compared(Scalar, Comparison, Scalar),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Not(Box<Condition>),
    IsNull(Scalar, bool),
    Between(Scalar, Scalar, Scalar),
    In(Scalar, Vec<i8>),
    Exists(Box<Condition>),
}

#[derive(Arbitrary, Debug)]
enum Scalar {
    Column(bool, Mark, bool),
    Number(i16),
    Text(String),
    Sum(Box<Scalar>, Box<Scalar>),
    Product(Box<Scalar>, Box<Scalar>),
    Joined(Box<Scalar>, Box<Scalar>),
    Call(Box<Scalar>),
    Cast(Box<Scalar>),
    Case(Box<Condition>, Box<Scalar>, Box<Scalar>),
}

#[derive(Arbitrary, Debug, Clone, Copy)]
enum Mark {
    None,
    Foreign,
    Remote,
    Both,
}

#[derive(Arbitrary, Debug, Clone, Copy)]
enum Comparison {
    Equal,
    Unequal,
    Less,
    Like,
    Declared,
}

impl Condition {
    fn write(&self, out: &mut String) {
        match self {
            Self::Compared(a, by, b) => write_all(out, &[&"(", a, by, b, &")"]),
            Self::And(a, b) => write_all(out, &[&"(", &**a, &" AND ", &**b, &")"]),
            Self::Or(a, b) => write_all(out, &[&"(", &**a, &" OR ", &**b, &")"]),
            Self::Not(a) => write_all(out, &[&"NOT ", &**a]),
            Self::IsNull(a, true) => write_all(out, &[&"(", a, &" IS NULL)"]),
            Self::IsNull(a, false) => write_all(out, &[&"(", a, &" IS NOT NULL)"]),
            Self::Between(a, b, c) => {
                write_all(out, &[&"(", a, &" BETWEEN ", b, &" AND ", c, &")"]);
            }
            Self::In(a, list) => {
                let list: Vec<_> = list.iter().map(i8::to_string).collect();
                let list = if list.is_empty() { "NULL".to_owned() } else { list.join(", ") };
                write_all(out, &[&"(", a, &" IN (", &list.as_str(), &"))"]);
            }
            Self::Exists(a) => {
                write_all(out, &[&"EXISTS (SELECT 1 FROM c WHERE c.id = b.id AND ", &**a, &")"]);
            }
        }
    }
}

impl Scalar {
    fn write(&self, out: &mut String) {
        match self {
            Self::Column(near, mark, key) => {
                let table = if *near { "a" } else { "b" };
                let column = if *key { "id" } else { "x" };
                let (open, close) = mark.around();
                write!(out, "{open}{table}.{column}{close}").expect("strings take all");
            }
            Self::Number(n) => write!(out, "({n})").expect("strings take all"),
            Self::Text(text) => {
                write!(out, "'{}'", text.replace('\'', "''")).expect("strings take all");
            }
            Self::Sum(a, b) => write_all(out, &[&"(", &**a, &" + ", &**b, &")"]),
            Self::Product(a, b) => write_all(out, &[&"(", &**a, &" * ", &**b, &")"]),
            Self::Joined(a, b) => write_all(out, &[&"(", &**a, &" || ", &**b, &")"]),
            Self::Call(a) => write_all(out, &[&"lower(", &**a, &")"]),
            Self::Cast(a) => write_all(out, &[&"CAST(", &**a, &" AS INTEGER)"]),
            Self::Case(when, then, otherwise) => {
                let parts: [&dyn Written; 7] =
                    [&"CASE WHEN ", &**when, &" THEN ", &**then, &" ELSE ", &**otherwise, &" END"];
                write_all(out, &parts);
            }
        }
    }
}

impl Mark {
    fn around(self) -> (&'static str, &'static str) {
        match self {
            Self::None => ("", ""),
            Self::Foreign => ("foreign(", ")"),
            Self::Remote => ("remote(", ")"),
            Self::Both => ("remote(foreign(", "))"),
        }
    }
}

/// A part of a condition's text.
trait Written {
    fn write(&self, out: &mut String);
}

impl Written for &str {
    fn write(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl Written for Condition {
    fn write(&self, out: &mut String) {
        Condition::write(self, out);
    }
}

impl Written for Scalar {
    fn write(&self, out: &mut String) {
        Scalar::write(self, out);
    }
}

impl Written for Comparison {
    fn write(&self, out: &mut String) {
        out.push_str(match self {
            Self::Equal => " = ",
            Self::Unequal => " <> ",
            Self::Less => " < ",
            Self::Like => " LIKE ",
            Self::Declared => " << ",
        });
    }
}

fn write_all(out: &mut String, parts: &[&dyn Written]) {
    for part in parts {
        part.write(out);
    }
}

/// A model with this condition, as JSON, so that no quoting of TOML stands in between.
fn model(condition: &str) -> Model {
    let mut text = String::new();
    for c in condition.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            c if c < ' ' => write!(text, "\\u{:04x}", u32::from(c)).expect("strings take all"),
            c => text.push(c),
        }
    }
    let ddl = "CREATE TABLE a (id INTEGER PRIMARY KEY, x INTEGER); \
               CREATE TABLE b (id INTEGER PRIMARY KEY, x INTEGER REFERENCES a (id)); \
               CREATE TABLE c (id INTEGER PRIMARY KEY);";
    let document = format!(
        r#"{{"ddl": "{ddl}", "comparison_operators": ["<<"], "entity": {{
            "A": {{"table": "a", "relationship": {{
                "b": {{"target": "B", "viewonly": true, "primaryjoin": "{text}"}}}}}},
            "B": {{"table": "b"}}}}}}"#
    );
    Model::from_json("model.json", &document)
}

/// The condition of the one relationship, as it is printed.
fn printed(model: &Model) -> Option<String> {
    let (_, _, answer) = model.relationships().next()?;
    let condition = &answer.join.as_ref()?.primary().condition;
    Some(render::condition(model.mapping(), condition, Dialect::Ansi))
}

fuzz_target!(|condition: Condition| {
    let mut text = String::new();
    condition.write(&mut text);
    let first = model(&text);
    joinwright_fuzz::exercise(&first);
    if let Some(once) = printed(&first) {
        let second = model(&once);
        // Printing adds parentheses, so what was nested just deep enough may now be too deep.
        let too_deep = second.diagnostics().iter().any(|it| it.code.name == "too_deep");
        let again = printed(&second);
        assert!(too_deep || again.as_deref() == Some(once.as_str()), "{again:?} from {once}");
    }
});
