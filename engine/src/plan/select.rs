//! `select`: the rows of an entity alone.

use super::build::{Builder, Called};
use super::model::{Placement, Plan, Select};
use super::request::Request;
use crate::entity::Mapping;

pub(super) fn plan<'m>(mapping: &'m Mapping, request: &Request) -> Plan<'m> {
    let mut builder = Builder::new(mapping, request, &[]);
    let (select, placement) = builder.entity_rows(request);
    builder.plan.placed.push(placement);
    builder.finish(select)
}

impl<'m> Builder<'m> {
    /// The rows of the entity alone, and where it is placed.
    pub(super) fn entity_rows(&mut self, request: &Request) -> (Select<'m>, Placement) {
        let (parent, from) = self.place_entity(request.entity, Called::Plain);
        let select = Select {
            items: self.items(request.entity, parent, 0),
            from: vec![from],
            filter: self.criterion(request.entity, parent).into_iter().collect(),
            order_by: self.order(request, parent),
            limit: request.limit,
            offset: request.offset,
            ..Select::default()
        };
        (select, parent)
    }
}
