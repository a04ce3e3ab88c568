//! A whole load, as JSON.

use serde::Serialize;

use super::statement::{IdentityAnswer, identity};
use super::{StatementAnswer, Subject};
use crate::base::{EntityId, Name};
use crate::entity::{Load, Mapping};
use crate::plan::{
    self, Choice, Level, LoadPlan, LoadRequest, PathStep, Refusal, Run, StepLoad, Unloaded, Why,
};
use crate::render::{Renderer, Style};
use crate::spec::StatementSpec;

/// The statements of a whole load.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoadAnswer {
    /// In the order in which they can be run.
    pub statements: Vec<LoadedAnswer>,
    /// The relationships that are not loaded, on purpose.
    pub unloaded: Vec<UnloadedAnswer>,
    /// What was chosen for the steps that are `auto`.
    pub choices: Vec<ChoiceAnswer>,
}

/// One statement of a whole load.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoadedAnswer {
    /// The statement, as one that is asked for alone.
    #[serde(flatten)]
    pub statement: StatementAnswer,
    /// How often it is run: `once`, `together` (for many instances at once), `each` (for each
    /// instance), `on_access` (for an instance when the relationship is first asked for).
    pub run: &'static str,
    /// The instances that its rows belong to; null for the first statement.
    pub parents: Option<LevelAnswer>,
    /// Where its rows are further attributes of the parents themselves: the values of their
    /// discriminator for which it is run, with the entity that each means.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identities: Vec<IdentityAnswer>,
    /// The instances whose columns its parameters take; null where it takes none.
    pub parameters_from: Option<LevelAnswer>,
}

/// Instances that an earlier statement gives.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LevelAnswer {
    /// The position of the statement.
    pub statement: usize,
    /// The path of the instances among its columns.
    pub path: Vec<String>,
}

/// A relationship that is not loaded.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnloadedAnswer {
    /// The relationships that lead there, this one the last.
    pub path: Vec<String>,
    /// `none`, `raise`, `raise_on_sql`, `write_only` or `dynamic`.
    pub load: &'static str,
}

/// What was chosen for a step.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChoiceAnswer {
    /// The relationships that lead to the end of the step.
    pub path: Vec<String>,
    /// The strategy.
    pub load: &'static str,
    /// Whether it is joined by an inner join.
    pub innerjoin: bool,
    /// Why, in words.
    pub because: Vec<String>,
}

/// The names of the ways of loading a step.
pub(super) const STEPS: [&str; 10] = [
    "select",
    "lazy",
    "joined",
    "selectin",
    "subquery",
    "immediate",
    "none",
    "raise",
    "raise_on_sql",
    "auto",
];

/// The way of loading a step that has this name. `lazy` is `select`, as one statement of it is
/// called.
pub(super) fn step(name: &str) -> Option<StepLoad> {
    match name {
        "auto" => Some(StepLoad::Auto),
        "lazy" => Some(StepLoad::As(Load::Select)),
        _ => Load::parse(name).filter(|load| load.can_be_asked()).map(StepLoad::As),
    }
}

/// The request for a whole load along a path.
pub(super) fn request(
    spec: &StatementSpec,
    entity: EntityId,
    path: Vec<PathStep>,
    loads: Vec<StepLoad>,
) -> Result<LoadRequest, Refusal> {
    if path.len() != loads.len() {
        return Err(Refusal::StepsAndLoads { steps: path.len(), loads: loads.len() });
    }
    Ok(LoadRequest {
        path: path.into_iter().zip(loads).collect(),
        limit: spec.limit.map(|limit| limit.value),
        offset: spec.offset.map(|offset| offset.value),
        innerjoin: spec.innerjoin.map(|inner| inner.value),
        defaults: spec.defaults.is_some_and(|defaults| defaults.value),
        ..LoadRequest::new(entity)
    })
}

/// The statements that a whole load takes.
pub(super) fn load(
    subject: Subject<'_>,
    request: &LoadRequest,
    style: Style,
) -> Result<StatementAnswer, Refusal> {
    let mapping = subject.mapping;
    let plan = plan::load(mapping, subject.resolution, request)?;
    let mut renderer = Renderer::new(mapping, style);
    let loaded = plan.statements.iter().map(|statement| LoadedAnswer {
        statement: StatementAnswer::of(mapping, &renderer.statement(&statement.plan)),
        run: run(statement.run),
        parents: statement.parents.and_then(|level| level_answer(mapping, &plan, level)),
        identities: statement.identities.iter().map(|it| identity(mapping, it)).collect(),
        parameters_from: statement.given.and_then(|level| level_answer(mapping, &plan, level)),
    });
    Ok(StatementAnswer::Load(LoadAnswer {
        statements: loaded.collect(),
        unloaded: plan.unloaded.iter().map(|it| unloaded(mapping, it)).collect(),
        choices: plan.choices.iter().map(|it| choice(mapping, it)).collect(),
    }))
}

fn level_answer(mapping: &Mapping, plan: &LoadPlan<'_>, level: Level) -> Option<LevelAnswer> {
    let Level { statement, level } = level;
    let path = names(mapping, &plan.statements.get(statement)?.plan.path(level));
    Some(LevelAnswer { statement, path })
}

fn names(mapping: &Mapping, path: &[Name]) -> Vec<String> {
    path.iter().map(|name| mapping.names.text(*name).to_owned()).collect()
}

fn run(run: Run) -> &'static str {
    match run {
        Run::Once => "once",
        Run::Together => "together",
        Run::Each => "each",
        Run::OnAccess => "on_access",
    }
}

fn unloaded(mapping: &Mapping, unloaded: &Unloaded) -> UnloadedAnswer {
    UnloadedAnswer { path: names(mapping, &unloaded.path), load: unloaded.load.name() }
}

fn choice(mapping: &Mapping, choice: &Choice) -> ChoiceAnswer {
    ChoiceAnswer {
        path: names(mapping, &choice.path),
        load: choice.load.name(),
        innerjoin: choice.inner,
        because: choice.why.iter().map(|why| because(mapping, why)).collect(),
    }
}

/// A reason in a line: lower case, names in backticks.
fn because(mapping: &Mapping, why: &Why) -> String {
    match why {
        Why::One => "it leads to one, so a join repeats no row".to_owned(),
        Why::Many => "it leads to many, and a join would repeat the parent".to_owned(),
        Why::ManyWithoutKey => {
            "it leads to many, and the parent has no primary key to load them by".to_owned()
        }
        Why::AlwaysThere(columns) => {
            let columns = super::because::listed(mapping, columns);
            format!("{columns} a foreign key and never NULL, so an inner join drops no row")
        }
    }
}
