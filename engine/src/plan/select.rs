//! `select`: the rows of an entity alone.

use super::build::{Builder, Called};
use super::model::{FromId, Predicate, Select};
use super::place::Placement;
use super::request::Request;

pub(super) fn plan(builder: &mut Builder<'_>, request: &Request) {
    builder.begin(request, &[]);
    let (select, placement) = builder.entity_rows(request);
    builder.plan.placed.push(placement);
    builder.finish(select);
}

impl<'m> Builder<'m> {
    /// The rows of the entity alone, and where it is placed.
    pub(super) fn entity_rows(&mut self, request: &Request) -> (Select<'m>, Placement) {
        let (parent, from) = self.place_entity(request.entity, Called::Plain);
        (self.rows_from(request, parent, from, None), parent)
    }

    /// The rows of the entity, which is placed, as they are asked for; those that meet a condition.
    pub(super) fn rows_from(
        &mut self,
        request: &Request,
        parent: Placement,
        from: FromId,
        condition: Option<Predicate<'m>>,
    ) -> Select<'m> {
        let criterion = self.criterion(request.entity, parent);
        Select {
            items: self.items(request.entity, parent, 0),
            from: self.plan.sources.add([from]),
            filter: self.plan.predicates.add(condition.into_iter().chain(criterion)),
            order_by: self.order(request, parent),
            limit: request.limit,
            offset: request.offset,
            ..Select::default()
        }
    }
}
