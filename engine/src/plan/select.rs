//! `select`: the rows of an entity alone.

use super::build::Builder;
use super::model::{Plan, Select, Shown};
use super::request::Request;
use crate::entity::Mapping;

pub(super) fn plan<'m>(mapping: &'m Mapping, request: &Request) -> Plan<'m> {
    let mut builder = Builder::new(mapping, request, &[]);
    let selectable = mapping.entity(request.entity).selectable;
    let (placement, from) = builder.place(selectable, Shown::Plain);
    let select = Select {
        items: builder.items(request.entity, placement, 0),
        from: vec![from],
        order_by: builder.order(request, placement),
        limit: request.limit,
        offset: request.offset,
        ..Select::default()
    };
    builder.finish(select)
}
