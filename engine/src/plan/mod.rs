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
mod contains;
mod deferred;
mod discriminator;
mod draft;
mod eager;
mod exists;
mod join;
mod joined;
mod json;
mod lazy;
mod load;
mod model;
mod null;
mod request;
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
pub use load::{
    Level, LoadPlan, LoadRequest, LoadStatement, LoadSubclass, Run, StepLoad, Unloaded, load,
};
pub use model::{
    Bound, From, FromId, Item, JsonShape, Match, Order, Place, PlaceId, Placement, Plan, Predicate,
    Scalar, Scope, Select, SelectId, Shown, Use, Value, Window, WindowId,
};
pub use request::{Ordering, Refusal, Request, Strategy};
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
    let steps = step::steps(mapping, resolution, request)?;
    match request.load {
        Strategy::Select => Ok(select::plan(mapping, request)),
        Strategy::Lazy => lazy::plan(mapping, request, &steps),
        Strategy::LazyReverse => lazy::plan_reverse(mapping, request, &steps, Shown::Plain),
        Strategy::Join => Ok(join::plan(mapping, request, &steps, join::Rows::Matched)),
        Strategy::OuterJoin => Ok(join::plan(mapping, request, &steps, join::Rows::All)),
        Strategy::Joined => Ok(joined::plan(mapping, request, &steps)),
        Strategy::Any | Strategy::Has => exists::plan(mapping, request, &steps),
        Strategy::Contains => contains::plan(mapping, request, &steps),
        Strategy::WithParent => lazy::plan_with_parent(mapping, request, &steps),
        Strategy::Selectin => selectin::plan(mapping, request, &steps),
        Strategy::Json => json::plan(mapping, request, &steps),
        Strategy::TopN => top_n::plan(mapping, request, &steps),
        Strategy::Subquery => subquery::plan(mapping, request, &steps),
    }
}
