//! `joinwright sql`: the statement that loads an entity or its related rows.

use std::fmt::Write as _;

use joinwright::answer::{LoadAnswer, ParameterAnswer, StatementAnswer};

use crate::arguments::{Format, SqlArguments};
use crate::{Outcome, input, report, request};

pub(crate) fn run(asked: &SqlArguments) -> Result<Outcome, String> {
    let loaded = input::load(&asked.model)?;
    let options = request::options(&asked.options);
    let outcome = match request::statement(&loaded.model, &asked.path, options) {
        Ok(statement) => {
            input::print(&printed(&statement, asked.format)?)?;
            report::point_to_check(&asked.model, &loaded.model.diagnostics(), &[]);
            Outcome::Clean
        }
        Err(refused) => {
            request::refuse(&asked.model, &loaded.model, *refused, asked.format)?;
            Outcome::Errors
        }
    };
    Ok(if loaded.readable { outcome } else { Outcome::Unreadable })
}

fn printed(statement: &StatementAnswer, format: Format) -> Result<String, String> {
    if format == Format::Json {
        return Ok(format!("{}\n", report::pretty(statement)?));
    }
    Ok(match statement {
        StatementAnswer::Sql { sql, parameters, .. } => text(sql, parameters),
        StatementAnswer::Load(load) => load_text(load),
        StatementAnswer::Error { error } => format!("{}\n", error.message),
    })
}

fn text(sql: &str, parameters: &[ParameterAnswer]) -> String {
    let mut text = format!("{sql}\n");
    for parameter in parameters {
        let from = parameter.column.as_deref().map(String::from);
        let value = || parameter.value.as_ref().map(ToString::to_string);
        let list = || parameter.columns.join(", ");
        let from = from.or_else(value).unwrap_or_else(list);
        let _ = writeln!(text, "-- {} = {from}", parameter.name);
    }
    text
}

/// Each statement under a line that says for whom it is run, and then what is not loaded and what
/// was chosen.
fn load_text(load: &LoadAnswer) -> String {
    let mut text = String::new();
    for (number, loaded) in (1..).zip(&load.statements) {
        let of = loaded.parents.as_ref().map(|parents| {
            format!(", for {} of statement {}", instances(&parents.path), parents.statement + 1)
        });
        let run = loaded.run.replace('_', " ");
        let _ = writeln!(text, "-- statement {number}: {run}{}", of.unwrap_or_default());
        if let StatementAnswer::Sql { sql, parameters, .. } = &loaded.statement {
            text.push_str(&self::text(sql, parameters));
        }
    }
    for unloaded in &load.unloaded {
        let _ = writeln!(text, "-- {}: {}", unloaded.path.join("."), unloaded.load);
    }
    for choice in &load.choices {
        let inner = if choice.innerjoin { ", inner" } else { "" };
        let (path, because) = (choice.path.join("."), choice.because.join("; "));
        let _ = writeln!(text, "-- {path}: {}{inner}: {because}", choice.load);
    }
    text
}

fn instances(path: &[String]) -> String {
    if path.is_empty() { "the entity".to_owned() } else { format!("`{}`", path.join(".")) }
}
