//! From a document to rows, as a host goes: statements are run by their parameters.

use joinwright::Model;
use joinwright::base::ColumnId;
use joinwright::graph::Literal;
use joinwright::plan::{self, Request};
use joinwright::render::{self, Parameter, Statement, Style, Take};
use joinwright::report::Severity;

use crate::database::{Answer, Database, Table};
use crate::value::{Given, Value};

/// What a statement gave.
#[derive(Debug)]
pub struct Ran {
    /// What was run.
    pub sql: String,
    /// What came back.
    pub found: Table,
}

/// The model of a document.
///
/// # Errors
///
/// The errors that the engine finds in it.
pub fn model(document: &str) -> Answer<Model> {
    let model = Model::from_toml("model.toml", document);
    let diagnostics = model.diagnostics();
    let errors = diagnostics.iter().filter(|it| it.code.severity == Severity::Error);
    let errors: Vec<_> = errors.map(|it| format!("{}: {}", it.code.name, it.message)).collect();
    if errors.is_empty() { Ok(model) } else { Err(format!("the model is refused: {errors:?}")) }
}

/// The statement that answers a request.
///
/// # Errors
///
/// Why there is none.
pub fn statement(model: &Model, request: &Request, style: Style) -> Answer<Statement> {
    let plan = plan::plan(model.mapping(), model.resolution(), request);
    let plan = plan.map_err(|refusal| format!("{refusal:?}"))?;
    Ok(render::statement(&plan, model.mapping(), style))
}

/// Runs a statement for the given instances, in one go; `value` is what an instance has in a
/// column. `rewrite` is done to the text before it is run.
///
/// # Errors
///
/// What the database says, with the statement and its values.
pub fn run<I>(
    database: &mut dyn Database,
    statement: &Statement,
    rewrite: &dyn Fn(&str) -> String,
    given: &[I],
    value: impl Fn(&I, ColumnId) -> Given,
) -> Answer<Ran> {
    let expanded = statement.expand(given.len());
    let takes = expanded.values.iter();
    let values = takes.map(|take| taken(statement, *take, given, &value));
    let values = values.collect::<Option<Vec<_>>>().ok_or("a parameter has no value")?;
    let sql = rewrite(&expanded.sql);
    let found = database.query(&sql, &values);
    let found = found.map_err(|error| format!("{error}\n{sql}\n{values:?}"))?;
    Ok(Ran { sql, found })
}

fn taken<I>(
    statement: &Statement,
    take: Take,
    given: &[I],
    value: &impl Fn(&I, ColumnId) -> Given,
) -> Option<Given> {
    match take {
        Take::Parameter(index) => match statement.parameters.get(index)? {
            Parameter { column: Some(column), .. } => Some(value(given.first()?, *column)),
            Parameter { value: Some(Literal::Number(number)), .. } => {
                Some(Value::Integer(number.parse().ok()?).into())
            }
            _ => None,
        },
        Take::Key { instance, column } => {
            let list = statement.parameters.iter().find(|it| !it.columns.is_empty())?;
            Some(value(given.get(instance)?, *list.columns.get(column)?))
        }
        Take::Null => Some(Value::Null.into()),
    }
}
