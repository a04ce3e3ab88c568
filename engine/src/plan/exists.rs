//! `any` and `has`: the rows of an entity for which some related row exists, or none.
//!
//! Rules: `SQLAlchemy`'s `RelationshipProperty.Comparator._criterion_exists`.

use super::build::{Builder, Called};
use super::model::{Plan, Predicate, Select};
use super::request::{Refusal, Request, Strategy};
use super::step::Step;
use crate::base::ColumnId;
use crate::entity::Mapping;

pub(super) fn plan<'m>(
    mapping: &'m Mapping,
    request: &Request,
    steps: &[Step<'m>],
) -> Result<Plan<'m>, Refusal> {
    let step = *steps.first().ok_or(Refusal::NoRelationship(request.load))?;
    match (request.load, step.answer.uselist) {
        (Strategy::Any, false) => return Err(Refusal::AnyOnScalar(step.id)),
        (Strategy::Has, true) => return Err(Refusal::HasOnCollection(step.id)),
        _ => {}
    }
    Ok(related(mapping, request, step, &[]))
}

/// The rows of the entity for which a related row exists; a row that has the values of a given
/// instance in the columns of `key`.
pub(super) fn related<'m>(
    mapping: &'m Mapping,
    request: &Request,
    step: Step<'m>,
    key: &[ColumnId],
) -> Plan<'m> {
    let mut builder = Builder::new(mapping, request, &[step]);
    let (parent, from) = builder.place_entity(request.entity, Called::Plain);
    let target = mapping.loaded_from(step.target);
    let aliased =
        builder.appears(target) || mapping.share_lineage(step.relationship.entity, step.target);
    let called = if aliased { Called::Whole } else { Called::Plain };
    let (ends, secondary, related) = builder.ends_target_first(parent, step, called);
    let mut filter = vec![builder.primary(step, ends)];
    filter.extend(builder.secondary(step, ends));
    filter.extend(builder.criterion(step.target, ends.target));
    filter.extend(key.iter().enumerate().map(|(i, column)| {
        let (place, column) = builder.place_of(ends.target, *column);
        Predicate::Equals(place, column, i)
    }));
    let rows = [Some(related), secondary].into_iter().flatten().collect();
    let select = builder.enclosed(Select { from: rows, filter, ..Select::default() });
    let exists = Predicate::Exists { select, negated: request.negate };
    let criterion = builder.criterion(request.entity, parent);
    let select = Select {
        items: builder.items(request.entity, parent, 0),
        from: vec![from],
        filter: std::iter::once(exists).chain(criterion).collect(),
        order_by: builder.order(request, parent),
        limit: request.limit,
        offset: request.offset,
        ..Select::default()
    };
    builder.finish(select)
}
