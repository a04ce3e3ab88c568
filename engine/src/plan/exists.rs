//! `any` and `has`: the rows of an entity for which some related row exists, or none.
//!
//! Rules: `SQLAlchemy`'s `RelationshipProperty.Comparator._criterion_exists`.

use super::build::Builder;
use super::model::{Plan, Predicate, Select, Shown, Step};
use super::request::{Refusal, Request, Strategy};
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
    let (parent, from) = builder.place(mapping.entity(request.entity).selectable, Shown::Plain);
    let target = mapping.entity(step.relationship.target).selectable;
    let shown = if builder.appears(target) { Shown::Aliased } else { Shown::Plain };
    let (ends, secondary, related) = builder.ends_target_first(parent, step, shown);
    let mut filter = vec![builder.primary(step, ends)];
    filter.extend(builder.secondary(step, ends));
    filter.extend(
        key.iter().enumerate().map(|(i, column)| {
            Predicate::Equals(builder.place_of(ends.target, *column), *column, i)
        }),
    );
    let rows = [Some(related), secondary].into_iter().flatten().collect();
    let select = builder.enclosed(Select { from: rows, filter, ..Select::default() });
    let select = Select {
        items: builder.items(request.entity, parent, 0),
        from: vec![from],
        filter: vec![Predicate::Exists { select, negated: request.negate }],
        order_by: builder.order(request, parent),
        limit: request.limit,
        offset: request.offset,
        ..Select::default()
    };
    builder.finish(select)
}
