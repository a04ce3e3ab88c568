//! `contains`: the rows of an entity whose collection holds one given instance.
//!
//! Where the collection is told by the columns of the target, they are compared with those of the
//! instance, and no other table is read. Rules: `SQLAlchemy`'s
//! `RelationshipProperty.Comparator.contains` and `__negated_contains_or_equals`.

use super::bind::is_equalities;
use super::build::Builder;
use super::lazy;
use super::place::Shown;
use super::request::{Refusal, Request};
use super::step::Step;
use crate::entity::{Mapping, primary_key};

pub(super) fn plan<'m>(
    builder: &mut Builder<'m>,
    request: &Request,
    step: &Step<'m>,
) -> Result<(), Refusal> {
    if !step.answer.uselist {
        return Err(Refusal::ContainsOnScalar(step.id));
    }
    if !request.negate && links_once(builder.mapping, step) {
        lazy::plan_reverse(builder, request, step, Shown::Aliased);
        return Ok(());
    }
    let target = step.target;
    let key = &builder.mapping.entity(target).primary_key;
    if key.is_empty() {
        return Err(Refusal::NoPrimaryKey(target));
    }
    builder.related(request, step, key);
    builder.plan.given = Some(target);
    builder.plan.parameters.extend_from_slice(key);
    Ok(())
}

/// Whether no row of the entity can be joined to one instance twice: there is no secondary, or it
/// is a table whose primary key is what the two conditions refer to. Other than `SQLAlchemy`, which
/// else gives the row twice and counts it twice against a limit.
fn links_once(mapping: &Mapping, step: &Step<'_>) -> bool {
    let (Some(secondary), Some(between)) =
        (step.join.secondary(), step.relationship.arguments.secondary)
    else {
        return true;
    };
    let one_table = mapping.graph.base_table(between.value).is_some();
    let key = primary_key(&mapping.graph, between.value);
    let conditions = [&step.join.primary().condition, &secondary.condition];
    let remote = step.join.remote_columns();
    one_table
        && !key.is_empty()
        && key.iter().all(|column| remote.contains(column))
        && conditions.iter().all(|condition| is_equalities(&mapping.graph, condition))
}
