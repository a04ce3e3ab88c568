//! A statement, from its request to SQL.

use super::path::{entity, path};
use super::refusal::{Asked, refusal};
use super::{StatementAnswer, Subject, deferred, load, order, style};
use crate::plan::{self, LoadRequest, Refusal, Request, StepLoad, Strategy};
use crate::render::{self, Style};
use crate::report::Diagnostic;
use crate::spec::document::Text;
use crate::spec::{LoadSpec, StatementSpec};

/// The statement that a request asks for, or the statements of a whole load.
///
/// # Errors
/// A diagnostic that says why there is none.
pub fn statement(
    subject: Subject<'_>,
    spec: &StatementSpec,
) -> Result<StatementAnswer, Box<Diagnostic>> {
    let asked = |asked: Asked| refusal(subject, spec, &asked);
    let entity = entity(subject, spec).map_err(asked)?;
    let style = style::style(subject, spec).map_err(asked)?;
    let wanted = wanted(spec).map_err(asked)?;
    let path = path(subject, spec, entity).map_err(asked)?;
    let options = deferred::options(subject, spec, entity, &path).map_err(asked)?;
    let subclasses = deferred::subclasses(subject, spec, entity, &path).map_err(asked)?;
    let rows = match (&wanted, path.as_slice()) {
        (Wanted::One(strategy), [step]) if strategy.finds_related() => {
            order::target(subject, *step)
        }
        _ => entity,
    };
    let (mapping, order_by) = order::ordered(subject, spec, rows)?;
    let subject = Subject { mapping: mapping.as_ref().unwrap_or(subject.mapping), ..subject };
    let answer = match wanted {
        Wanted::One(load) => {
            let request = one(spec, Request::new(entity, Vec::new(), load));
            let request = Request { path, order_by, options, ..request };
            single(subject, &request, style)
        }
        Wanted::Whole(loads) => load::request(spec, entity, path, loads).and_then(|whole| {
            let whole = LoadRequest { order_by, options, subclasses, ..whole };
            load::load(subject, &whole, style)
        }),
    };
    answer.map_err(|why| refusal(subject, spec, &Asked::Refused(why)))
}

fn single(
    subject: Subject<'_>,
    request: &Request,
    style: Style,
) -> Result<StatementAnswer, Refusal> {
    let plan = plan::plan(subject.mapping, subject.resolution, request)?;
    let statement = render::statement(&plan, subject.mapping, style);
    Ok(StatementAnswer::of(subject.mapping, &statement))
}

/// What `load` comes to.
enum Wanted {
    /// One statement.
    One(Strategy),
    /// A whole load, with a strategy for each step of the path.
    Whole(Vec<StepLoad>),
}

/// A single strategy asks for one statement where one can do: else, and where several are listed,
/// other relationships count or subclasses are completed, it is that of each step of a whole load.
fn wanted(spec: &StatementSpec) -> Result<Wanted, Asked> {
    let step = |text: &Text| {
        let unknown = || Asked::UnknownStep(text.text().to_owned());
        load::step(text.text()).ok_or_else(unknown)
    };
    let text = match spec.load.as_ref().ok_or(Asked::Missing("load"))? {
        LoadSpec::Steps(steps) => {
            return Ok(Wanted::Whole(steps.iter().map(step).collect::<Result<_, _>>()?));
        }
        LoadSpec::One(text) => text,
    };
    let strategy = Strategy::parse(text.text());
    let whole = spec.defaults.is_some_and(|defaults| defaults.value)
        || !spec.selectin_polymorphic.is_empty();
    match strategy {
        Some(Strategy::Select) if whole => Ok(Wanted::Whole(Vec::new())),
        Some(one) if !whole && one.takes(spec.path.len()) => Ok(Wanted::One(one)),
        Some(one) if load::step(one.name()).is_none() && !whole => Ok(Wanted::One(one)),
        _ => Ok(Wanted::Whole(vec![step(text)?; spec.path.len()])),
    }
}

/// A request with the options of a statement.
fn one(spec: &StatementSpec, request: Request) -> Request {
    Request {
        limit: spec.limit.map(|limit| limit.value),
        offset: spec.offset.map(|offset| offset.value),
        innerjoin: spec.innerjoin.map(|inner| inner.value),
        aliased: spec.aliased.is_some_and(|aliased| aliased.value),
        negate: spec.negate.is_some_and(|negate| negate.value),
        ..request
    }
}
