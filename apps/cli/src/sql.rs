//! `joinwright sql`: the statement that loads an entity or its related rows.

use std::fmt::Write as _;

use joinwright::Model;
use joinwright::answer::{
    self, DiagnosticAnswer, LoadAnswer, ParameterAnswer, StatementAnswer, Subject,
};
use joinwright::report::Diagnostic;
use joinwright::spec::StatementSpec;
use joinwright::text::{Sources, Span};
use serde_json::{Map, Value};

use crate::arguments::{Format, SqlArguments};
use crate::{Outcome, input, report};

pub(crate) fn run(asked: &SqlArguments) -> Result<Outcome, String> {
    let loaded = input::load(&asked.model)?;
    let outcome = match statement(&loaded.model, asked) {
        Ok(statement) => {
            input::print(&printed(&statement, asked.format)?)?;
            Outcome::Clean
        }
        Err(refused) => {
            refuse(&loaded.model, *refused, asked.format)?;
            Outcome::Errors
        }
    };
    Ok(if loaded.readable { outcome } else { Outcome::Unreadable })
}

fn statement(model: &Model, asked: &SqlArguments) -> Result<StatementAnswer, Box<Diagnostic>> {
    let (arguments, spec) = spec(asked)?;
    let subject = Subject { sources: arguments.sources(), ..model.subject() };
    answer::statement(subject, &spec).map_err(|refused| without_places(*refused))
}

/// The arguments read as a request is read, or what is wrong with the first of them that is.
fn spec(asked: &SqlArguments) -> Result<(Model, StatementSpec), Box<Diagnostic>> {
    let (arguments, request) = Model::from_request("arguments", &request(asked).to_string());
    if let Some(wrong) = arguments.diagnostics().into_iter().next() {
        return Err(without_places(wrong));
    }
    let nowhere = || Span::new(Sources::new().add("arguments", ""), 0, 0);
    let first = request.statements.into_iter().next();
    Ok((arguments, first.unwrap_or_else(|| StatementSpec::new(nowhere()))))
}

/// A finding without its places, which are in a text that nobody wrote.
fn without_places(mut wrong: Diagnostic) -> Box<Diagnostic> {
    wrong.labels.clear();
    wrong.fixes.clear();
    Box::new(wrong)
}

fn refuse(model: &Model, refused: Diagnostic, format: Format) -> Result<(), String> {
    if format == Format::Text {
        eprint!("{}", report::drawn(model.sources(), &[refused]));
        return Ok(());
    }
    let error = Box::new(DiagnosticAnswer::of(model.sources(), &refused));
    input::print(&format!("{}\n", report::pretty(&StatementAnswer::Error { error })?))
}

/// The arguments as a request for one statement, so that they mean what they mean in JSON.
fn request(asked: &SqlArguments) -> Value {
    let mut steps = asked.path.split('.').map(|step| Value::String(step.to_owned()));
    let mut statement = Map::new();
    statement.insert("entity".to_owned(), steps.next().unwrap_or(Value::Null));
    statement.insert("path".to_owned(), Value::Array(steps.collect()));
    for (key, text) in &asked.options {
        statement.insert((*key).to_owned(), value(key, text));
    }
    let mut request = Map::new();
    request.insert("model".to_owned(), Value::Object(Map::new()));
    request.insert("statements".to_owned(), Value::Array(vec![Value::Object(statement)]));
    Value::Object(request)
}

/// What an option says. Several strategies are one for each step of the path.
fn value(key: &str, text: &str) -> Value {
    if key == "load" && text.contains(',') {
        return text.split(',').map(str::trim).collect();
    }
    let value = text.parse::<u64>().map(Value::from);
    let value = value.or_else(|_| text.parse::<bool>().map(Value::from));
    value.unwrap_or_else(|_| Value::from(text))
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
