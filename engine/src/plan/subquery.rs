//! `subquery`: the related rows of all instances that a query loads, by that query.
//!
//! The query is reduced to the columns that the relationship joins by. Rules: `SQLAlchemy`'s
//! `SubqueryLoader._generate_from_original_query`.

use super::build::{Builder, Called};
use super::deferred::LoadOption;
use super::eager::Joined;
use super::join::Chain;
use super::model::{
    From, Item, Match, PlaceId, Placement, Plan, Predicate, Scalar, Scope, Select, SelectId, Value,
};
use super::request::{Refusal, Request};
use super::step::Step;
use crate::base::{ColumnId, EntityId};
use crate::entity::{Mapping, primary_key};

pub(super) fn plan<'m>(
    mapping: &'m Mapping,
    request: &Request,
    steps: &[Step<'m>],
) -> Result<Plan<'m>, Refusal> {
    let step = *steps.first().ok_or(Refusal::NoRelationship(request.load))?;
    let parents = super::select::plan(mapping, request);
    let parents = Parents { plan: &parents, level: 0, entity: request.entity };
    Ok(plan_below(mapping, parents, step, &[], &request.options))
}

/// The instances at a level of the plan that loads them.
#[derive(Clone, Copy)]
pub(super) struct Parents<'p, 'm> {
    pub(super) plan: &'p Plan<'m>,
    pub(super) level: usize,
    pub(super) entity: EntityId,
}

/// The rows that are related to what a plan loads at one of its levels, and what is joined to them.
/// The plan's parameters stay parameters.
pub(super) fn plan_below<'m>(
    mapping: &'m Mapping,
    parents: Parents<'_, 'm>,
    step: Step<'m>,
    joins: &[Joined<'m>],
    options: &[LoadOption],
) -> Plan<'m> {
    let mut builder = Builder::around(mapping, parents.plan, step, options);
    let read = |column: &ColumnId| mapping.read_for(parents.entity, *column);
    let local: Vec<_> = step.answer.local_columns.iter().map(read).collect();
    let local = local.as_slice();
    let (id, parent) = builder.local_rows(parents, local);
    let around = builder.enclose(parent, id);
    let from = builder.add(From::Select(id));
    let (chain, ends) = builder.join_inner(Chain { from, last: around }, step, Called::Plain);
    builder.read_through(parents.entity, around);
    builder.show_needed(id, parent, around, &[]);
    builder.plan.placed = vec![around, ends.target];
    let select = Select {
        items: builder.target_items(step, ends.target, 1),
        from: vec![chain.from],
        order_by: builder.step_order(step, ends),
        ..Select::default()
    };
    let mut select = builder.join_to(select, joins);
    let loaded = select.items.len()..;
    let matches = loaded.zip(local).map(|(item, column)| Match { item, column: *column });
    builder.plan.matches = matches.collect();
    select.items.extend((0..local.len()).map(|i| unfed(Scalar::Shown(id, i))));
    builder.finish(select)
}

fn unfed(value: Scalar) -> Item {
    Item { value, label: None, feeds: None }
}

impl<'m> Builder<'m> {
    /// A plan that selects from what another one selects, for a step from there.
    fn around(
        mapping: &'m Mapping,
        plan: &Plan<'m>,
        step: Step<'m>,
        options: &[LoadOption],
    ) -> Self {
        let plan = Plan {
            steps: vec![step.followed(0)],
            given: Some(step.relationship.entity),
            qualified: true,
            ..plan.clone()
        };
        Self { mapping, plan, options: options.to_vec(), joined_by: None }
    }

    /// Has the joins to a placement of an entity take the columns that its instances read.
    fn read_through(&mut self, entity: EntityId, placement: Placement) {
        let (mapping, plan) = (self.mapping, &mut self.plan);
        let mut values = Vec::new();
        for from in &mut plan.froms {
            let From::Join { on, .. } = from else { continue };
            for predicate in on {
                let Predicate::Condition(used) = predicate else { continue };
                values.extend(&mut used.values);
            }
        }
        let scope = Scope::of(placement);
        let places = &plan.places;
        for value in values {
            let Value::Column(place, column) = value else { continue };
            if placement.places().any(|other| other == *place) {
                let read = mapping.read_for(entity, *column);
                let of = mapping.graph.column(read).selectable;
                let holds =
                    |id: &PlaceId| places.get(id.index()).is_some_and(|it| it.selectable == of);
                if let Some(place) = scope.places().find(holds) {
                    *value = Value::Column(place, read);
                }
            }
        }
    }

    /// Reduces the rows of the plan so far to the columns that a level is joined by, each row once.
    /// Without a limit their order says nothing; with one it applies first, because it counts
    /// instances.
    fn local_rows(
        &mut self,
        parents: Parents<'_, 'm>,
        local: &[ColumnId],
    ) -> (SelectId, Placement) {
        let level = parents.plan.placed.get(parents.level).copied();
        let mut parent = level.unwrap_or(Placement::NONE);
        let mut rows = self.plan.selects.pop().unwrap_or_default();
        let distinct = parents.level > 0 || !is_keyed(self.mapping, local);
        let limited = rows.limit.is_some() || rows.offset.is_some();
        rows.items = self.columns(parent, local);
        if !limited {
            rows.order_by.clear();
        } else if distinct {
            let id = self.enclosed(rows);
            parent = self.enclose(parent, id);
            let (items, from) = (self.columns(parent, local), self.add(From::Select(id)));
            rows = Select { items, from: vec![from], ..Select::default() };
        }
        rows.distinct = distinct;
        (self.enclosed(rows), parent)
    }

    fn columns(&self, placement: Placement, columns: &[ColumnId]) -> Vec<Item> {
        columns.iter().map(|column| unfed(self.column(placement, *column))).collect()
    }
}

/// Whether columns hold the primary key of each table that they belong to: no two rows share them.
fn is_keyed(mapping: &Mapping, columns: &[ColumnId]) -> bool {
    let holders = columns.iter().map(|column| mapping.graph.column(*column).selectable);
    holders
        .flat_map(|holder| primary_key(&mapping.graph, &mapping.catalog, holder))
        .all(|key| columns.contains(&key))
}
