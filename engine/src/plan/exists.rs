//! `any` and `has`: the rows of an entity for which some related row exists, or none.
//!
//! Rules: `SQLAlchemy`'s `RelationshipProperty.Comparator._criterion_exists`.

use super::build::{Builder, Called};
use super::model::{Predicate, Select, SelectId};
use super::place::Placement;
use super::request::{Refusal, Request, Strategy};
use super::step::Step;
use crate::base::ColumnId;

pub(super) fn plan<'m>(
    builder: &mut Builder<'m>,
    request: &Request,
    step: &Step<'m>,
) -> Result<(), Refusal> {
    match (request.load, step.answer.uselist) {
        (Strategy::Any, false) => return Err(Refusal::AnyOnScalar(step.id)),
        (Strategy::Has, true) => return Err(Refusal::HasOnCollection(step.id)),
        _ => {}
    }
    builder.related(request, step, &[]);
    Ok(())
}

impl<'m> Builder<'m> {
    /// The rows of the entity for which a related row exists; a row that has the values of a given
    /// instance in the columns of `key`.
    pub(super) fn related(&mut self, request: &Request, step: &Step<'m>, key: &[ColumnId]) {
        self.begin(request, std::slice::from_ref(step));
        let (parent, from) = self.place_entity(request.entity, Called::Plain);
        let select = self.related_rows(step, parent, key);
        let exists = Predicate::Exists { select, negated: request.negate };
        let select = self.rows_from(request, parent, from, Some(exists));
        self.finish(select);
    }

    fn related_rows(&mut self, step: &Step<'m>, parent: Placement, key: &[ColumnId]) -> SelectId {
        let target = self.mapping.loaded_from(step.target);
        let aliased = self.appears(target)
            || self.mapping.share_lineage(step.relationship.entity, step.target);
        let called = if aliased { Called::Whole } else { Called::Plain };
        let (ends, secondary, related) = self.ends_target_first(parent, step, called);
        let primary = self.primary(step, ends);
        let secondaryjoin = self.secondary(step, ends);
        let criterion = self.criterion(step.target, ends.target);
        let joined = std::iter::once(primary).chain(secondaryjoin).chain(criterion);
        let mark = self.plan.predicates.mark();
        self.plan.predicates.add(joined);
        for (i, column) in key.iter().enumerate() {
            let (place, column) = self.place_of(ends.target, *column);
            self.plan.predicates.push(Predicate::Equals(place, column, i));
        }
        let filter = self.plan.predicates.since(mark);
        let from = self.plan.sources.add([Some(related), secondary].into_iter().flatten());
        self.enclosed(Select { from, filter, ..Select::default() })
    }
}
