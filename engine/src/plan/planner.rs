//! Plans, one after the other.

use super::build::Builder;
use super::model::Plan;
use super::place::Shown;
use super::request::{Refusal, Request, Strategy};
use super::step::{self, Step};
use super::{contains, exists, join, joined, json, lazy, select, selectin, subquery, top_n};
use crate::entity::Mapping;
use crate::resolve::Resolution;

/// Plans one request after another, using its lists again: as soon as they are long enough, a plan
/// takes no allocation.
///
/// ```
/// # let model = joinwright::Model::from_toml("model.toml", r#"
/// #     ddl = "CREATE TABLE bird (id INTEGER PRIMARY KEY);"
/// #     [entity.Bird]
/// #     table = "bird"
/// # "#);
/// # let (mapping, resolution) = (model.mapping(), model.resolution());
/// # let entity = mapping.find_entity("Bird").ok_or("no entity")?;
/// use joinwright::plan::{Planner, Request, Strategy};
/// use joinwright::render::{Renderer, Style};
///
/// let mut planner = Planner::new(mapping, resolution);
/// let mut renderer = Renderer::new(mapping, Style::default());
/// let mut text = String::new();
/// for limit in [1, 2] {
///     let limit = Some(limit);
///     let request = Request { limit, ..Request::new(entity, vec![], Strategy::Select) };
///     let plan = planner.plan(&request).map_err(|_| "refused")?;
///     text.clear();
///     renderer.write(plan, &mut text);
/// }
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug)]
pub struct Planner<'m> {
    resolution: &'m Resolution,
    builder: Builder<'m>,
    steps: Vec<Step<'m>>,
}

impl<'m> Planner<'m> {
    /// A planner for the requests of one model.
    pub fn new(mapping: &'m Mapping, resolution: &'m Resolution) -> Self {
        Self { resolution, builder: Builder::new(mapping), steps: Vec::new() }
    }

    /// The plan that answers a request. It is there until the next one is asked for.
    ///
    /// # Errors
    ///
    /// As [`plan`](super::plan()).
    pub fn plan(&mut self, request: &Request) -> Result<&Plan<'m>, Refusal> {
        let Self { resolution, builder, steps } = self;
        step::steps(builder.mapping, resolution, request, steps)?;
        let one = || steps.first().ok_or(Refusal::NoRelationship(request.load));
        match request.load {
            Strategy::Select => select::plan(builder, request),
            Strategy::Lazy => lazy::plan(builder, request, one()?),
            Strategy::LazyReverse => lazy::plan_reverse(builder, request, one()?, Shown::Plain),
            Strategy::Join => join::plan(builder, request, steps, join::Rows::Matched),
            Strategy::OuterJoin => join::plan(builder, request, steps, join::Rows::All),
            Strategy::Joined => joined::plan(builder, request, steps),
            Strategy::Any | Strategy::Has => exists::plan(builder, request, one()?)?,
            Strategy::Contains => contains::plan(builder, request, one()?)?,
            Strategy::WithParent => lazy::plan_with_parent(builder, request, one()?),
            Strategy::Selectin => selectin::plan(builder, request, one()?)?,
            Strategy::Json => json::plan(builder, request, steps)?,
            Strategy::TopN => top_n::plan(builder, request, one()?)?,
            Strategy::Subquery => subquery::plan(builder, request, one()?),
        }
        Ok(&self.builder.plan)
    }

    pub(super) fn into_plan(self) -> Plan<'m> {
        self.builder.plan
    }
}
