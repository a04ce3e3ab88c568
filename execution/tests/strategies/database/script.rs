//! A model's tables and rows as one script.

use super::Facts;
use crate::document::{columns, quoted};
use crate::model::{Column, Model, Table, Type, Value};

/// The statements. Foreign keys are left out, for rows may refer to nothing.
pub(super) fn script(model: &Model, facts: Facts) -> String {
    model.tables.iter().map(|table| create(table, facts) + &insert(table, facts)).collect()
}

fn create(table: &Table, facts: Facts) -> String {
    let Facts { dialect, temporary, engine, .. } = facts;
    let mut parts: Vec<_> = table.columns.iter().map(|column| define(column, facts)).collect();
    if !table.primary_key.is_empty() {
        parts.push(format!("PRIMARY KEY ({})", columns(table, &table.primary_key, dialect)));
    }
    let (name, parts) = (quoted(&table.name, dialect), parts.join(", "));
    format!("CREATE {temporary} TABLE {name} ({parts}) {engine};\n")
}

fn define(column: &Column, facts: Facts) -> String {
    let (name, of) = (quoted(&column.name, facts.dialect), column.of.name());
    let collate = if column.of == Type::Integer { "" } else { facts.collate };
    let null = if column.nullable { "" } else { "NOT NULL" };
    format!("{name} {of} {collate} {null}")
}

fn insert(table: &Table, facts: Facts) -> String {
    if table.rows.is_empty() {
        return String::new();
    }
    let row = |row: &Vec<Value>| {
        let values: Vec<_> = row.iter().map(|value| literal(value, facts)).collect();
        format!("({})", values.join(", "))
    };
    let rows: Vec<_> = table.rows.iter().map(row).collect();
    format!("INSERT INTO {} VALUES {};\n", quoted(&table.name, facts.dialect), rows.join(", "))
}

fn literal(value: &Value, facts: Facts) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => {
            let digits: Vec<_> = text.bytes().map(|byte| format!("{byte:02x}")).collect();
            format!("{}{}{}", facts.text.0, digits.concat(), facts.text.1)
        }
    }
}
