//! Arguments as a request for a statement, so that they mean what they mean in JSON.

use std::path::Path;

use joinwright::Model;
use joinwright::answer::{self, DiagnosticAnswer, StatementAnswer, Subject};
use joinwright::report::Diagnostic;
use joinwright::spec::StatementSpec;
use joinwright::text::{Sources, Span};
use serde_json::{Map, Value};

use crate::arguments::Format;
use crate::{input, report};

/// What is said of a statement beside its path.
pub(crate) type Options = Map<String, Value>;

/// The options as the engine reads them, which judges what they say.
pub(crate) fn options(given: &[(&'static str, String)]) -> Options {
    given.iter().map(|(key, text)| ((*key).to_owned(), value(key, text))).collect()
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

/// The statement for a path such as `Entity.rel.rel`, or the statements of a whole load.
pub(crate) fn statement(
    model: &Model,
    path: &str,
    options: Options,
) -> Result<StatementAnswer, Box<Diagnostic>> {
    let (arguments, spec) = spec(path, options)?;
    let subject = Subject { sources: arguments.sources(), ..model.subject() };
    answer::statement(subject, &spec).map_err(|refused| without_places(*refused))
}

/// The arguments read as a request is read, or what is wrong with the first of them that is.
fn spec(path: &str, options: Options) -> Result<(Model, StatementSpec), Box<Diagnostic>> {
    let (arguments, request) = Model::from_request("arguments", &request(path, options));
    if let Some(wrong) = arguments.diagnostics().into_iter().next() {
        return Err(without_places(wrong));
    }
    let nowhere = || Span::new(Sources::new().add("arguments", ""), 0, 0);
    let first = request.statements.into_iter().next();
    Ok((arguments, first.unwrap_or_else(|| StatementSpec::new(nowhere()))))
}

fn request(path: &str, mut statement: Options) -> String {
    let mut steps = path.split('.').map(Value::from);
    statement.insert("entity".to_owned(), steps.next().unwrap_or(Value::Null));
    statement.insert("path".to_owned(), steps.collect());
    serde_json::json!({ "model": {}, "statements": [statement] }).to_string()
}

/// A finding without its places, which are in a text that nobody wrote.
fn without_places(mut wrong: Diagnostic) -> Box<Diagnostic> {
    wrong.labels.clear();
    wrong.fixes.clear();
    Box::new(wrong)
}

/// Tells why there is no statement; what else is wrong with the model may be the cause.
pub(crate) fn refuse(
    path: &Path,
    model: &Model,
    refused: Diagnostic,
    format: Format,
) -> Result<(), String> {
    let found = model.diagnostics();
    if format == Format::Text {
        eprint!("{}", report::drawn(model.sources(), std::slice::from_ref(&refused)));
    } else {
        let error = Box::new(DiagnosticAnswer::of(model.sources(), &refused));
        input::print(&format!("{}\n", report::pretty(&StatementAnswer::Error { error })?))?;
    }
    report::point_to_check(path, &found, &[refused]);
    Ok(())
}
