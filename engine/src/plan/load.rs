//! Whole loads: an entity and the relationships along a path, each loaded in its own way.
//!
//! What is joined comes in the statement of the level above; everything else takes a statement of
//! its own, which is run for instances that an earlier one gave. Rules: `SQLAlchemy`'s loader
//! options and the strategies of `sqlalchemy.orm.strategies`.

use super::choose::Choice;
use super::deferred::LoadOption;
use super::draft::{self, Draft, Head, Related, Shared};
use super::model::Plan;
use super::request::{Ordering, Refusal, Request, Strategy};
use super::step::PathStep;
use super::subclass::Subclass;
use super::subquery::Parents;
use super::tree::Tree;
use super::{joined, lazy, selectin, subclass, subquery};
use crate::base::{EntityId, Name};
use crate::entity::{Load, Mapping};
use crate::graph::Literal;
use crate::resolve::Resolution;

/// A request for a whole load.
#[derive(Clone, PartialEq, Debug)]
pub struct LoadRequest {
    /// The entity to start from.
    pub entity: EntityId,
    /// The relationships to follow, one from another, and how each is loaded.
    pub path: Vec<(PathStep, StepLoad)>,
    /// At most so many instances of the entity.
    pub limit: Option<u64>,
    /// Without the first so many.
    pub offset: Option<u64>,
    /// Their order.
    pub order_by: Ordering,
    /// Whether joined steps of the path drop instances without related rows; if not given, each
    /// relationship says so itself, and a step that is chosen does where it can drop none.
    pub innerjoin: Option<bool>,
    /// Whether other relationships, of the entity and of all that is loaded, are loaded as they say
    /// themselves.
    pub defaults: bool,
    /// What is said of attributes along the path, deferred ones above all.
    pub options: Vec<LoadOption>,
    /// Subclasses whose rows are completed by further statements, beside those that say so
    /// themselves. Rule: `SQLAlchemy`'s `selectin_polymorphic`.
    pub subclasses: Vec<LoadSubclass>,
}

/// A subclass whose rows a whole load completes by a further statement.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct LoadSubclass {
    /// How many relationships of the path lead to the entity that it inherits from.
    pub depth: usize,
    /// The subclass.
    pub entity: EntityId,
}

/// How a step of a path is loaded.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum StepLoad {
    /// In this way.
    As(Load),
    /// As the engine chooses; [`LoadPlan::choices`] says how and why.
    Auto,
}

/// The statements of a whole load.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LoadPlan<'m> {
    /// In the order in which they can be run.
    pub statements: Vec<LoadStatement<'m>>,
    /// The relationships that are not loaded, on purpose.
    pub unloaded: Vec<Unloaded>,
    /// What was chosen for the steps that leave it to the engine.
    pub choices: Vec<Choice>,
}

/// One statement of a whole load.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LoadStatement<'m> {
    /// The statement.
    pub plan: Plan<'m>,
    /// How often it is run.
    pub run: Run,
    /// The instances that its rows belong to; nothing for the entity's own statement.
    pub parents: Option<Level>,
    /// Of a statement whose rows are further attributes of the parents themselves: the values of
    /// their discriminator for which it is run, with the entity that each means.
    pub identities: Vec<(Literal, EntityId)>,
    /// The instances whose columns its parameters take: the parents, except that a `subquery` has
    /// the parameters of the statement that it repeats.
    pub given: Option<Level>,
}

/// The instances that a statement of a whole load gives at one of its levels.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Level {
    /// The position of the statement.
    pub statement: usize,
    /// The level of its plan.
    pub level: usize,
}

/// How often a statement is run.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Run {
    /// Once.
    Once,
    /// For many given instances at once, as many as the parameters allow.
    Together,
    /// For each given instance.
    Each,
    /// For a given instance when the relationship is first asked for.
    OnAccess,
}

/// A relationship that a whole load leaves alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unloaded {
    /// The relationships that lead there, this one the last.
    pub path: Vec<Name>,
    /// What is to be had instead: nothing ([`Load::None`]), an error ([`Load::Raise`],
    /// [`Load::RaiseOnSql`]), a query ([`Load::Dynamic`]) or writing only ([`Load::WriteOnly`]).
    pub load: Load,
}

/// The statements that a whole load takes.
///
/// ```
/// use joinwright::entity::Load;
/// use joinwright::plan::{LoadRequest, Run, StepLoad, load};
/// let model = joinwright::Model::from_toml("model.toml", r#"
///     ddl = """
///         CREATE TABLE author (id INTEGER PRIMARY KEY);
///         CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author (id));
///     """
///     [entity.Author]
///     table = "author"
///     [entity.Author.relationship.books]
///     target = "Book"
///     [entity.Book]
///     table = "book"
/// "#);
/// let (id, books, _) = model.relationships().next().ok_or("no relationship")?;
/// let path = vec![(id.into(), StepLoad::As(Load::Selectin))];
/// let request = LoadRequest { path, ..LoadRequest::new(books.entity) };
/// let plan = load(model.mapping(), model.resolution(), &request).map_err(|_| "refused")?;
/// let runs: Vec<_> = plan.statements.iter().map(|statement| statement.run).collect();
/// assert_eq!(runs, [Run::Once, Run::Together]);
/// # Ok::<(), &str>(())
/// ```
///
/// # Errors
///
/// A [`Refusal`] where the path leads through a relationship that does not exist, is not resolved or
/// is not loaded, or where a strategy does not fit it.
pub fn load<'m>(
    mapping: &'m Mapping,
    resolution: &'m Resolution,
    request: &LoadRequest,
) -> Result<LoadPlan<'m>, Refusal> {
    let tree = Tree::new(mapping, resolution, request)?;
    let Shared { drafts, unloaded } = draft::share_out(&tree, &request.options);
    let mut plan = LoadPlan { statements: Vec::new(), unloaded, choices: tree.choices() };
    for draft in &drafts {
        let statement = match &draft.head {
            Head::First => first(mapping, request, draft),
            Head::Related(related) => further(mapping, &plan, *related, draft)?,
            Head::Subclass { parents, subclass } => {
                completing(mapping, &plan, *parents, subclass, draft)
            }
        };
        plan.statements.push(statement);
    }
    Ok(plan)
}

impl LoadRequest {
    /// A request for an entity alone.
    pub fn new(entity: EntityId) -> Self {
        Self {
            entity,
            path: Vec::new(),
            limit: None,
            offset: None,
            order_by: Ordering::Unordered,
            innerjoin: None,
            defaults: false,
            options: Vec::new(),
            subclasses: Vec::new(),
        }
    }
}

/// Whether a relationship that is loaded so has rows of its own.
pub(super) fn is_loaded(load: Load) -> bool {
    match load {
        Load::Select | Load::Joined | Load::Selectin | Load::Subquery | Load::Immediate => true,
        Load::Raise | Load::RaiseOnSql | Load::None | Load::WriteOnly | Load::Dynamic => false,
    }
}

fn first<'m>(mapping: &'m Mapping, request: &LoadRequest, draft: &Draft<'m>) -> LoadStatement<'m> {
    let request = Request {
        limit: request.limit,
        offset: request.offset,
        order_by: request.order_by.clone(),
        options: draft.options.clone(),
        ..Request::new(request.entity, Vec::new(), Strategy::Joined)
    };
    let plan = joined::plan_with(mapping, &request, &draft.joins);
    LoadStatement { plan, run: Run::Once, parents: None, identities: Vec::new(), given: None }
}

fn further<'m>(
    mapping: &'m Mapping,
    earlier: &LoadPlan<'m>,
    Related { step, load, parents, entity }: Related<'m>,
    Draft { joins, options, .. }: &Draft<'m>,
) -> Result<LoadStatement<'m>, Refusal> {
    let unknown = Refusal::IncompleteRelationship(step.id);
    let above = earlier.statements.get(parents.statement).ok_or(unknown)?;
    let request = |strategy| Request {
        options: options.clone(),
        ..Request::new(entity, vec![step.id], strategy)
    };
    let (mut plan, run, given) = match load {
        Load::Subquery => {
            let rows = Parents { plan: &above.plan, level: parents.level, entity };
            (subquery::plan_below(mapping, rows, &step, joins, options), above.run, above.given)
        }
        Load::Selectin => {
            let request = request(Strategy::Selectin);
            let plan = selectin::plan_with(mapping, &request, &step, joins)?;
            (plan, Run::Together, Some(parents))
        }
        _ => {
            let request = request(Strategy::Lazy);
            let plan = lazy::plan_with(mapping, &request, &step, joins);
            let run = if load == Load::Select { Run::OnAccess } else { Run::Each };
            (plan, run, Some(parents))
        }
    };
    plan.origin = above.plan.path(parents.level);
    Ok(LoadStatement { plan, run, parents: Some(parents), identities: Vec::new(), given })
}

/// The statement that completes the rows of a subclass.
fn completing<'m>(
    mapping: &'m Mapping,
    earlier: &LoadPlan<'m>,
    parents: Level,
    subclass: &Subclass,
    Draft { joins, options, .. }: &Draft<'m>,
) -> LoadStatement<'m> {
    let mut plan = subclass::plan(mapping, subclass, options, joins);
    let above = earlier.statements.get(parents.statement);
    plan.origin = above.map(|above| above.plan.path(parents.level)).unwrap_or_default();
    let identities = subclass.identities.clone();
    let (run, level) = (Run::Together, Some(parents));
    LoadStatement { plan, run, parents: level, identities, given: level }
}
