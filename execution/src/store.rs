//! Tables and rows, put into a database.

use joinwright::base::Dialect;
use joinwright::entity::Mapping;

use crate::database::{Answer, Database, Facts};
use crate::value::{Row, Type, Value};

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type.
    pub of: Type,
    /// Whether it may be NULL.
    pub nullable: bool,
}

/// A table with its rows.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The positions of those of its primary key.
    pub primary_key: Vec<usize>,
    /// Its rows.
    pub rows: Vec<Row>,
}

impl Stored {
    /// The tables that a document declares; `rows` are those of each, by its name.
    pub fn declared(mapping: &Mapping, rows: impl Fn(&str) -> Vec<Row>) -> Vec<Self> {
        let tables = mapping.catalog().tables().map(|(id, table)| {
            let column = |id| {
                let column = mapping.catalog().column(id);
                let name = mapping.names.text(column.name).to_owned();
                Column {
                    name,
                    of: declared_type(column.type_text(&mapping.names)),
                    nullable: column.nullable,
                }
            };
            let name = mapping.names.text(table.name).to_owned();
            let key = mapping.catalog().primary_key(id);
            let in_key = table.columns.iter().enumerate().filter(|(_, id)| key.contains(id));
            Self {
                rows: rows(&name),
                columns: table.columns.iter().map(column).collect(),
                primary_key: in_key.map(|(position, _)| position).collect(),
                name,
            }
        });
        tables.collect()
    }
}

fn declared_type(name: &str) -> Type {
    match name.to_ascii_uppercase() {
        name if name == "TEXT" => Type::Text,
        name if name.starts_with("VARCHAR") => Type::Varchar,
        _ => Type::Integer,
    }
}

/// Makes the tables, with their rows. Foreign keys are left out, for rows may refer to nothing.
///
/// # Errors
///
/// What the database says, with the statements.
pub fn fill(database: &mut dyn Database, tables: &[Stored]) -> Answer<()> {
    let facts = database.facts();
    let tables = tables.iter().map(|table| create(table, facts) + &insert(table, facts));
    let script: String = tables.collect();
    database.prepare(&script).map_err(|error| format!("{error}\n{script}"))
}

/// A name in quotes.
pub fn quoted(name: &str, dialect: Dialect) -> String {
    let quote = match dialect {
        Dialect::MySql | Dialect::MariaDb => '`',
        _ => '"',
    };
    let twice = format!("{quote}{quote}");
    format!("{quote}{}{quote}", name.replace(quote, &twice))
}

fn create(table: &Stored, facts: Facts) -> String {
    let Facts { dialect, temporary, engine, .. } = facts;
    let mut parts: Vec<_> = table.columns.iter().map(|column| define(column, facts)).collect();
    if !table.primary_key.is_empty() {
        let key = table.primary_key.iter().filter_map(|position| table.columns.get(*position));
        let key: Vec<_> = key.map(|column| quoted(&column.name, dialect)).collect();
        parts.push(format!("PRIMARY KEY ({})", key.join(", ")));
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

fn insert(table: &Stored, facts: Facts) -> String {
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
