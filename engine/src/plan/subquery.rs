//! `subquery`: the related rows of all instances that a query loads, by that query.
//!
//! The query is reduced to the columns that the relationship joins by. Rules: `SQLAlchemy`'s
//! `SubqueryLoader._generate_from_original_query`.

use super::build::Builder;
use super::join::Chain;
use super::model::{From, Item, Plan, Scalar, Select, Shown, Step};
use super::request::{Refusal, Request};
use crate::base::ColumnId;
use crate::entity::{Mapping, primary_key};

pub(super) fn plan<'m>(
    mapping: &'m Mapping,
    request: &Request,
    steps: &[Step<'m>],
) -> Result<Plan<'m>, Refusal> {
    let step = *steps.first().ok_or(Refusal::NoRelationship(request.load))?;
    let mut builder = Builder::new(mapping, steps);
    builder.plan.qualified = true;
    let entity = mapping.entity(request.entity);
    let (parent, from) = builder.place(entity.selectable, Shown::Plain);
    let local = &step.answer.local_columns;
    let item = |value| Item { value, label: None, feeds: None };
    let order_by = if request.is_limited() { builder.order(request, parent) } else { Vec::new() };
    let inner = Select {
        distinct: !is_keyed(mapping, local),
        items: local.iter().map(|column| item(builder.column(parent, *column))).collect(),
        from: vec![from],
        order_by,
        limit: request.limit,
        offset: request.offset,
        ..Select::default()
    };
    let id = builder.enclosed(inner);
    let around = builder.enclose(parent, id);
    let from = builder.add(From::Select(id));
    let chain = Chain { from, last: around };
    let (chain, ends) = builder.join_inner(chain, step, Shown::Plain);
    builder.show_needed(id, parent, around, &[]);
    let mut items = builder.items(step.relationship.target, ends.target, 1);
    items.extend((0..local.len()).map(|i| item(Scalar::Shown(id, i))));
    let order_by = builder.step_order(step, ends);
    Ok(builder.finish(Select { items, from: vec![chain.from], order_by, ..Select::default() }))
}

/// Whether columns hold the primary key of each table that they belong to: no two rows share them.
fn is_keyed(mapping: &Mapping, columns: &[ColumnId]) -> bool {
    let holders = columns.iter().map(|column| mapping.graph.column(*column).selectable);
    holders
        .flat_map(|holder| primary_key(&mapping.graph, &mapping.catalog, holder))
        .all(|key| columns.contains(&key))
}
