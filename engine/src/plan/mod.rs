//! Load plans: which rows to select, from where, and which column feeds which attribute.
//!
//! Takes relationships that are resolved without a gap, and says what is to be selected in terms of
//! [`Place`]s: one appearance each of a table or subquery in a FROM clause. A condition is used as
//! it stands, with a value for each of its occurrences: a column of a place, or a parameter. One
//! file per load strategy.
//!
//! Knows nothing of dialects, of how anything is spelled, or of how aliases and labels are called.

mod adapt;
mod bind;
mod build;
mod choose;
mod clause;
mod contains;
mod deferred;
mod discriminator;
mod draft;
mod eager;
mod exists;
mod items;
mod join;
mod joined;
mod json;
mod lazy;
mod list;
mod load;
mod model;
mod needed;
mod null;
mod place;
mod planner;
mod reference;
mod request;
mod row;
mod select;
mod selectin;
mod step;
mod subclass;
mod subquery;
mod top_n;
mod tree;

pub use bind::{LazyClause, lazy_clause};
pub use choose::{Choice, Why};
pub use deferred::{Attributes, LoadOption};
pub use discriminator::Discriminator;
pub use list::{List, Lists};
pub use load::{
    Level, LoadPlan, LoadRequest, LoadStatement, LoadSubclass, Run, StepLoad, Unloaded, load,
};
pub use model::{
    From, FromId, JsonShape, Match, Order, Plan, Predicate, Select, SelectId, Use, Value, Window,
    WindowId,
};
pub use place::{Place, PlaceId, Placement, Scope, Shown};
pub use planner::Planner;
pub use request::{Ordering, Refusal, Request, Strategy};
pub use row::{Bound, Item, Scalar, Shows, Stretch};
pub use step::{Followed, PathStep, Step};

use crate::entity::Mapping;
use crate::resolve::Resolution;

/// The plan that answers a request.
///
/// # Errors
///
/// A [`Refusal`] where the path leads through a relationship that does not exist or is not
/// resolved, or where the strategy does not fit it.
pub fn plan<'m>(
    mapping: &'m Mapping,
    resolution: &'m Resolution,
    request: &Request,
) -> Result<Plan<'m>, Refusal> {
    let mut planner = Planner::new(mapping, resolution);
    planner.plan(request)?;
    Ok(planner.into_plan())
}
