//! `joinwright sql`: the statement that loads an entity or its related rows.

use std::fmt::Write as _;

use joinwright::answer::{self, StatementAnswer};
use joinwright::spec::Request;
use joinwright::text::Sources;
use serde_json::{Map, Value};

use crate::arguments::{Format, SqlArguments};
use crate::{Outcome, check, input};

pub(crate) fn run(asked: &SqlArguments) -> Result<Outcome, String> {
    let loaded = input::load(&asked.model)?;
    let request = request(asked);
    let text = request.to_string();
    let mut sources = Sources::new();
    let source = sources.add("arguments", text.as_str());
    let (request, _) = Request::from_json(source, &text);
    let Some(spec) = request.statements.first() else {
        return Err("the arguments ask for no statement".to_owned());
    };
    let subject = loaded.model.subject();
    match answer::statement(subject, spec) {
        Ok(statement) => {
            let statement = StatementAnswer::of(loaded.model.mapping(), &statement);
            input::print(&printed(&statement, asked.format)?)?;
            Ok(if loaded.readable { Outcome::Clean } else { Outcome::Unreadable })
        }
        Err(refused) => {
            eprint!("{}", check::drawn(loaded.model.sources(), &[*refused]));
            Ok(if loaded.readable { Outcome::Errors } else { Outcome::Unreadable })
        }
    }
}

/// The arguments as a request for one statement, so that they mean what they mean in JSON.
fn request(asked: &SqlArguments) -> Value {
    let mut steps = asked.path.split('.').map(|step| Value::String(step.to_owned()));
    let mut statement = Map::new();
    statement.insert("entity".to_owned(), steps.next().unwrap_or(Value::Null));
    statement.insert("path".to_owned(), Value::Array(steps.collect()));
    for (key, text) in &asked.options {
        let value = text.parse::<u64>().map(Value::from);
        let value = value.or_else(|_| text.parse::<bool>().map(Value::from));
        statement.insert((*key).to_owned(), value.unwrap_or_else(|_| Value::from(text.as_str())));
    }
    let mut request = Map::new();
    request.insert("model".to_owned(), Value::Object(Map::new()));
    request.insert("statements".to_owned(), Value::Array(vec![Value::Object(statement)]));
    Value::Object(request)
}

fn printed(statement: &StatementAnswer, format: Format) -> Result<String, String> {
    match statement {
        StatementAnswer::Sql { sql, parameters, .. } if format == Format::Text => {
            let mut text = format!("{sql}\n");
            for parameter in parameters {
                let from = parameter.column.as_deref().map(String::from);
                let value = || parameter.value.as_ref().map(ToString::to_string);
                let list = || parameter.columns.join(", ");
                let from = from.or_else(value).unwrap_or_else(list);
                let _ = writeln!(text, "-- {} = {from}", parameter.name);
            }
            Ok(text)
        }
        _ => Ok(format!("{}\n", check::json(statement)?)),
    }
}
