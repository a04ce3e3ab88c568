//! `subquery`: the related rows of all instances that a query loads, by that query.
//!
//! The query is reduced to the columns that the relationship joins by. Rules: `SQLAlchemy`'s
//! `SubqueryLoader._generate_from_original_query`.

use super::build::Builder;
use super::join::Chain;
use super::model::{From, FromId, Item, Match, Placement, Plan, Scalar, Select, Shown, Step};
use super::request::{Refusal, Request};
use crate::base::ColumnId;
use crate::entity::{Mapping, primary_key};

pub(super) fn plan<'m>(
    mapping: &'m Mapping,
    request: &Request,
    steps: &[Step<'m>],
) -> Result<Plan<'m>, Refusal> {
    let step = *steps.first().ok_or(Refusal::NoRelationship(request.load))?;
    let mut builder = Builder::new(mapping, request, steps);
    builder.plan.qualified = true;
    let local = &step.answer.local_columns;
    let distinct = !is_keyed(mapping, local);
    let selectable = mapping.entity(request.entity).selectable;
    let mut source = builder.place(selectable, Shown::Plain);
    let mut part = builder.part_of(request, source.0);
    if distinct && request.is_limited() {
        // The limit counts instances, so it applies before equal rows count once.
        source = builder.limited(part, source, local);
        part = Select::default();
    }
    let (parent, from) = source;
    let item = |value| Item { value, label: None, feeds: None };
    let inner = Select {
        distinct,
        items: local.iter().map(|column| item(builder.column(parent, *column))).collect(),
        from: vec![from],
        ..part
    };
    let id = builder.enclosed(inner);
    let around = builder.enclose(parent, id);
    let from = builder.add(From::Select(id));
    let chain = Chain { from, last: around };
    let (chain, ends) = builder.join_inner(chain, step, Shown::Plain);
    builder.show_needed(id, parent, around, &[]);
    let mut items = builder.items(step.relationship.target, ends.target, 1);
    let loaded = items.len()..;
    let matches = loaded.zip(local).map(|(item, column)| Match { item, column: *column });
    builder.plan.given = Some(request.entity);
    builder.plan.matches = matches.collect();
    items.extend((0..local.len()).map(|i| item(Scalar::Shown(id, i))));
    let order_by = builder.step_order(step, ends);
    Ok(builder.finish(Select { items, from: vec![chain.from], order_by, ..Select::default() }))
}

impl<'m> Builder<'m> {
    /// Which instances are asked for: without a limit their order says nothing.
    fn part_of(&self, request: &Request, parent: Placement) -> Select<'m> {
        if !request.is_limited() {
            return Select::default();
        }
        Select {
            order_by: self.order(request, parent),
            limit: request.limit,
            offset: request.offset,
            ..Select::default()
        }
    }

    /// The columns of a part of the instances, to select from.
    fn limited(
        &mut self,
        part: Select<'m>,
        (parent, from): (Placement, FromId),
        columns: &[ColumnId],
    ) -> (Placement, FromId) {
        let item = |column: &ColumnId| Item {
            value: self.column(parent, *column),
            label: None,
            feeds: None,
        };
        let items = columns.iter().map(item).collect();
        let id = self.enclosed(Select { items, from: vec![from], ..part });
        (self.enclose(parent, id), self.add(From::Select(id)))
    }
}

/// Whether columns hold the primary key of each table that they belong to: no two rows share them.
fn is_keyed(mapping: &Mapping, columns: &[ColumnId]) -> bool {
    let holders = columns.iter().map(|column| mapping.graph.column(*column).selectable);
    holders
        .flat_map(|holder| primary_key(&mapping.graph, &mapping.catalog, holder))
        .all(|key| columns.contains(&key))
}
