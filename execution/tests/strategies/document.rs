//! The model as the engine reads it.

use std::fmt::Write as _;

use joinwright::base::Dialect;
use joinwright_execution::{Column, Value, quoted};

use super::model::{Condition, Model, Operand, Operator, Relationship, Side, Table, Written};

/// The document, in TOML.
pub(crate) fn document(model: &Model) -> String {
    let mut out = format!("dialect = \"{}\"\nddl = {}\n", model.dialect, toml(&ddl(model)));
    for (index, table) in model.tables.iter().enumerate().filter(|(_, table)| table.mapped) {
        let _ = writeln!(out, "[entity.E{index}]\ntable = {}", toml(&table.name));
        write_order(model, index, &table.order_by, &mut out);
        for relationship in model.relationships.iter().filter(|it| it.source == index) {
            write_relationship(model, relationship, &mut out);
        }
    }
    out
}

/// The tables, in SQL.
fn ddl(model: &Model) -> String {
    let quoted = |name: &str| quoted(name, model.dialect);
    let columns = |table: &Table, list: &[usize]| columns(table, list, model.dialect);
    let define = |column: &Column| define(column, model.dialect);
    let mut out = String::new();
    for table in &model.tables {
        let mut parts: Vec<_> = table.columns.iter().map(define).collect();
        if !table.primary_key.is_empty() {
            parts.push(format!("PRIMARY KEY ({})", columns(table, &table.primary_key)));
        }
        for key in &table.foreign_keys {
            let target = &model.tables[key.target];
            let own = columns(table, &key.columns);
            let referred = columns(target, &target.primary_key);
            let target = quoted(&target.name);
            parts.push(format!("FOREIGN KEY ({own}) REFERENCES {target} ({referred})"));
        }
        let _ = writeln!(out, "CREATE TABLE {} ({});", quoted(&table.name), parts.join(", "));
    }
    out
}

fn string(text: &str, dialect: Dialect) -> String {
    let text = text.replace('\'', "''");
    let escapes = matches!(dialect, Dialect::MySql | Dialect::MariaDb);
    format!("'{}'", if escapes { text.replace('\\', "\\\\") } else { text })
}

/// The names of some columns of a table.
fn columns(table: &Table, columns: &[usize], dialect: Dialect) -> String {
    let names = columns.iter().map(|column| quoted(&table.columns[*column].name, dialect));
    names.collect::<Vec<_>>().join(", ")
}

fn define(column: &Column, dialect: Dialect) -> String {
    let null = if column.nullable { "" } else { " NOT NULL" };
    format!("{} {}{null}", quoted(&column.name, dialect), column.of.name())
}

fn write_relationship(model: &Model, relationship: &Relationship, out: &mut String) {
    let (source, name) = (relationship.source, toml(&relationship.name));
    let _ = writeln!(out, "[entity.E{source}.relationship.{name}]");
    let _ = writeln!(out, "target = \"E{}\"", relationship.target);
    write_secondary(model, relationship, out);
    write_join(model, relationship, out);
    write_list("remote_side", &paths(model, relationship.target, &relationship.remote_side), out);
    write_order(model, relationship.target, &relationship.order_by, out);
    if let Some(uselist) = relationship.uselist {
        let _ = writeln!(out, "uselist = {uselist}");
    }
    let _ = writeln!(out, "viewonly = {}", relationship.viewonly);
    let _ = writeln!(out, "innerjoin = {}", relationship.innerjoin);
}

fn write_secondary(model: &Model, relationship: &Relationship, out: &mut String) {
    let Some(secondary) = &relationship.secondary else { return };
    let tables = secondary.tables.iter();
    let tables: Vec<_> =
        tables.map(|table| quoted(&model.tables[*table].name, model.dialect)).collect();
    let mut text = tables.join(" JOIN ");
    if let Some(on) = &secondary.on {
        let writer = ConditionWriter { model, relationship, marked: false };
        let _ = write!(text, " ON {}", writer.text(on));
    }
    let _ = writeln!(out, "secondary = {}", toml(&text));
}

fn write_join(model: &Model, relationship: &Relationship, out: &mut String) {
    match &relationship.written {
        Written::Inferred => {}
        Written::ForeignKeys(side, columns) => {
            let table = relationship.tables(*side)[0];
            write_list("foreign_keys", &paths(model, table, columns), out);
        }
        Written::Conditions { marked } => {
            let writer = ConditionWriter { model, relationship, marked: *marked };
            let _ = writeln!(out, "primaryjoin = {}", toml(&writer.text(&relationship.primary)));
            if let Some(second) = &relationship.second {
                let _ = writeln!(out, "secondaryjoin = {}", toml(&writer.text(second)));
            }
        }
    }
}

fn write_order(model: &Model, table: usize, order: &[(usize, bool)], out: &mut String) {
    let term = |(column, descending): &(usize, bool)| {
        let path = path(model, table, *column);
        if *descending { format!("{path} DESC") } else { path }
    };
    let terms: Vec<_> = order.iter().map(term).collect();
    if !terms.is_empty() {
        let _ = writeln!(out, "order_by = {}", toml(&terms.join(", ")));
    }
}

fn write_list(key: &str, items: &[String], out: &mut String) {
    if !items.is_empty() {
        let items: Vec<_> = items.iter().map(|item| toml(item)).collect();
        let _ = writeln!(out, "{key} = [{}]", items.join(", "));
    }
}

fn paths(model: &Model, table: usize, columns: &[usize]) -> Vec<String> {
    columns.iter().map(|column| path(model, table, *column)).collect()
}

fn path(model: &Model, table: usize, column: usize) -> String {
    let table = &model.tables[table];
    let quoted = |name: &str| quoted(name, model.dialect);
    format!("{}.{}", quoted(&table.name), quoted(&table.columns[column].name))
}

/// A basic string of TOML; also a quoted key.
fn toml(text: &str) -> String {
    let mut out = String::from("\"");
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            control if control.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

struct ConditionWriter<'m> {
    model: &'m Model,
    relationship: &'m Relationship,
    /// Whether to write `foreign(…)` and `remote(…)`.
    marked: bool,
}

impl ConditionWriter<'_> {
    fn text(&self, condition: &Condition) -> String {
        let all = |terms: &[Condition], word: &str| {
            let terms: Vec<_> = terms.iter().map(|term| self.text(term)).collect();
            format!("({})", terms.join(word))
        };
        match condition {
            Condition::And(terms) => all(terms, " AND "),
            Condition::Or(terms) => all(terms, " OR "),
            Condition::Not(inner) => format!("(NOT {})", self.text(inner)),
            Condition::Compare(left, operator, right) => {
                let operator = match operator {
                    Operator::Equal => "=",
                    Operator::NotEqual => "<>",
                    Operator::Less => "<",
                    Operator::GreaterOrEqual => ">=",
                };
                format!("{} {operator} {}", self.operand(left), self.operand(right))
            }
            Condition::IsNull(operand) => format!("{} IS NULL", self.operand(operand)),
        }
    }

    fn operand(&self, operand: &Operand) -> String {
        match operand {
            Operand::Literal(Value::Null) => "NULL".to_owned(),
            Operand::Literal(Value::Integer(number)) => number.to_string(),
            Operand::Literal(Value::Text(text)) => string(text, self.model.dialect),
            Operand::Column { side, column, foreign } => {
                let (table, column) = self.model.columns(self.relationship, *side)[*column];
                let mut text = path(self.model, table, column);
                if self.marked && *foreign {
                    text = format!("foreign({text})");
                }
                let far = *side == Side::Target && self.relationship.secondary.is_none();
                if self.marked && far { format!("remote({text})") } else { text }
            }
        }
    }
}
