//! Which statements a load takes.

use joinwright::Model;
use joinwright::answer::{LevelAnswer, LoadAnswer, LoadedAnswer, StatementAnswer};
use joinwright::report::Diagnostic;
use serde_json::Value;

use crate::request::{self, Options};

/// The statements that load a path, as a whole load also where one is enough.
pub(super) fn plan(
    model: &Model,
    path: &str,
    given: &[(&'static str, String)],
) -> Result<LoadAnswer, Box<Diagnostic>> {
    let mut options = request::options(given);
    options.insert("dialect".to_owned(), "sqlite".into());
    let load = options.get("load").and_then(Value::as_str).unwrap_or_default().to_owned();
    if load == "top_n" {
        return top_n(model, path, options);
    }
    let steps = path.split('.').count() - 1;
    if load != "json" && !load.is_empty() && (steps > 0 || load == "select") {
        options.insert("load".to_owned(), vec![load; steps].into());
    }
    request::statement(model, path, options).map(whole)
}

/// The first related rows of each instance: all instances come first.
fn top_n(model: &Model, path: &str, options: Options) -> Result<LoadAnswer, Box<Diagnostic>> {
    let statement = request::statement(model, path, options)?;
    let entity = path.split('.').next().unwrap_or_default();
    let select =
        [("load", "select"), ("dialect", "sqlite")].map(|(key, text)| (key, text.to_owned()));
    let mut load = whole(request::statement(model, entity, request::options(&select))?);
    let all = || Some(LevelAnswer { statement: 0, path: Vec::new() });
    load.statements.push(LoadedAnswer {
        statement,
        run: "together",
        parents: all(),
        identities: Vec::new(),
        parameters_from: all(),
    });
    Ok(load)
}

fn whole(answer: StatementAnswer) -> LoadAnswer {
    match answer {
        StatementAnswer::Load(load) => load,
        statement => LoadAnswer {
            statements: vec![LoadedAnswer {
                statement,
                run: "once",
                parents: None,
                identities: Vec::new(),
                parameters_from: None,
            }],
            unloaded: Vec::new(),
            choices: Vec::new(),
        },
    }
}
