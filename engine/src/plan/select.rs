//! `select`: the rows of an entity alone.

use super::build::{Builder, Called};
use super::model::Select;
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
        let criterion = self.criterion(request.entity, parent);
        let select = Select {
            items: self.items(request.entity, parent, 0),
            from: self.plan.sources.add([from]),
            filter: self.plan.predicates.add(criterion),
            order_by: self.order(request, parent),
            limit: request.limit,
            offset: request.offset,
            ..Select::default()
        };
        (select, parent)
    }
}
