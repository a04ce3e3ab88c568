//! Names and texts that try to be SQL.
//!
//! They stand for themselves: every statement is one statement, whose tokens are those of the same
//! statement about tables with plain names; and what it loads is what nested loops find, from the
//! tables that have the names.

use std::collections::{BTreeMap, BTreeSet};

use joinwright::base::Dialect;
use joinwright_execution::Value;
use proptest::collection::vec;
use proptest::prelude::Strategy;
use proptest::sample::select;

use crate::generator;
use crate::model::{Condition, Model, Operand};

mod parsing;

/// What ends a quoted part, or begins a comment, a parameter or a statement, somewhere; and what
/// only looks like it.
const PIECES: [&str; 52] = [
    "x", "'", "\"", "`", "\\", "--", "/*", "*/", "#", ";", "?", ":p1", "$1", "@p1", "%s", "%",
    "{0}", "[", "]", "(", ")", ",", ".", " ", "\n", "\t", "\r", "''", "\"\"", "``", "]]", "\\'",
    "' OR '1", "\"; DROP", "NULL", "$$", "\\x27", "U&", "’", "＇", "ʼ", "“", "＂", "｀", "´",
    "\u{200b}", "\u{202e}", "\u{a0}", "\u{1}", "\u{7f}", "\u{85}", "\u{2028}",
];
/// Only in texts: `MySQL` has no names with them.
const WIDE: [&str; 3] = ["👻", "𝒙", "\u{10ffff}"];

/// Random models with such names and texts, all of which the database can have.
pub(crate) fn models(dialect: Dialect) -> impl Strategy<Value = Model> {
    let text = vec(select([&PIECES[..], &WIDE].concat()), 0..4);
    let texts = vec(text, 8).prop_map(|texts| distinct(texts.iter().map(|text| text.concat())));
    (generator::models(dialect), names(5, dialect), names(14, dialect), texts)
        .prop_map(|(model, tables, columns, texts)| renamed(model, &tables, &columns, &texts))
}

/// Names, no two alike.
fn names(number: usize, dialect: Dialect) -> impl Strategy<Value = Vec<String>> {
    let name = move |pieces: &Vec<&str>| {
        // SQLite does not find a table with a dot in its name inside a nested join.
        let of_sqlite = |piece: &&&str| dialect != Dialect::Sqlite || **piece != ".";
        let name: String = pieces.iter().filter(of_sqlite).copied().collect();
        // No name of MySQL ends with white space, and an alias begins with what can be seen.
        let seen = |char: char| !char.is_control() && !char.is_whitespace();
        if name.starts_with(seen) && name.trim_end() == name { name } else { format!("x{name}x") }
    };
    let names = vec(vec(select(&PIECES[..]), 1..4), number);
    names.prop_map(move |names| distinct(names.iter().map(name)))
}

/// The texts; one that was there before, in other case perhaps, begins with a letter of its own.
fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut known = BTreeSet::new();
    let texts = texts.zip('a'..).map(|(text, letter)| {
        let is_new = known.insert(text.to_lowercase());
        if is_new { text } else { format!("{letter}{text}") }
    });
    texts.collect()
}

/// The model with other names, and the texts that it has in other words.
fn renamed(mut model: Model, tables: &[String], columns: &[String], texts: &[String]) -> Model {
    for (table, name) in model.tables.iter_mut().zip(tables) {
        table.name.clone_from(name);
        let columns = table.columns.iter_mut().zip(columns);
        columns.for_each(|(column, name)| column.name.clone_from(name));
    }
    let mut known = BTreeMap::new();
    each_text(&mut model, &mut |text| {
        let next = known.len() % texts.len();
        let word = known.entry(text.clone()).or_insert_with(|| texts[next].clone());
        text.clone_from(word);
    });
    model
}

/// Visits the texts of rows and conditions.
fn each_text(model: &mut Model, visit: &mut dyn FnMut(&mut String)) {
    let mut values: Vec<&mut Value> = Vec::new();
    values.extend(model.tables.iter_mut().flat_map(|table| table.rows.iter_mut().flatten()));
    for relationship in &mut model.relationships {
        let on = relationship.secondary.iter_mut().filter_map(|it| it.on.as_mut());
        let conditions = on.chain(&mut relationship.second).chain([&mut relationship.primary]);
        conditions.for_each(|condition| literals(condition, &mut values));
    }
    for value in values {
        if let Value::Text(text) = value {
            visit(text);
        }
    }
}

fn literals<'c>(condition: &'c mut Condition, found: &mut Vec<&'c mut Value>) {
    let operands = match condition {
        Condition::And(terms) | Condition::Or(terms) => {
            for term in terms {
                literals(term, found);
            }
            return;
        }
        Condition::Not(inner) => return literals(inner, found),
        Condition::Compare(left, _, right) => vec![left, right],
        Condition::IsNull(operand) => vec![operand],
    };
    found.extend(operands.into_iter().filter_map(|operand| match operand {
        Operand::Literal(value) => Some(value),
        Operand::Column { .. } => None,
    }));
}
