//! `subquery`: the related rows of all instances that a query loads, by that query.
//!
//! The query is reduced to the columns that the relationship joins by. Rules: `SQLAlchemy`'s
//! `SubqueryLoader._generate_from_original_query`.

use super::adapt::Ends;
use super::build::{Builder, Called};
use super::deferred::LoadOption;
use super::eager::Joined;
use super::join::Chain;
use super::list::List;
use super::model::{From, Match, Plan, Predicate, Select, SelectId, Value};
use super::place::{PlaceId, Placement, Scope};
use super::request::Request;
use super::row::{Item, Scalar, Shows};
use super::step::Step;
use crate::base::{ColumnId, EntityId};
use crate::entity::{Mapping, primary_key};
use crate::graph::SelectableKind;

pub(super) fn plan<'m>(builder: &mut Builder<'m>, request: &Request, step: &Step<'m>) {
    super::select::plan(builder, request);
    builder.below(0, request.entity, step, &[]);
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
    step: &Step<'m>,
    joins: &[Joined<'m>],
    options: &[LoadOption],
) -> Plan<'m> {
    let mut builder = Builder::new(mapping);
    builder.plan.clone_from(parents.plan);
    builder.options.extend_from_slice(options);
    builder.below(parents.level, parents.entity, step, joins);
    builder.plan
}

impl<'m> Builder<'m> {
    /// Makes the plan, which loads parents at one of its levels, one for the rows that are related
    /// to them.
    fn below(&mut self, level: usize, entity: EntityId, step: &Step<'m>, joins: &[Joined<'m>]) {
        let parent = self.plan.placed.get(level).copied().unwrap_or(Placement::NONE);
        self.plan.steps.clear();
        self.plan.steps.push(step.followed(0));
        let takes = !(self.plan.keys.is_empty() && self.plan.parameters.is_empty());
        self.plan.given = self.plan.given.filter(|_| takes).or(Some(entity));
        self.plan.qualified = true;
        self.plan.matches.clear();
        let local = step.join.local_columns();
        let read = local.iter().enumerate();
        let read = read
            .map(|(item, column)| Match { item, column: self.mapping.read_for(entity, *column) });
        self.plan.matches.extend(read);
        let rows = self.plan.selects.pop().unwrap_or_default();
        let distinct = level > 0 || !self.is_keyed(entity);
        let (id, parent) = self.local_rows(rows, parent, distinct);
        let (chain, ends) = self.join_reduced(entity, parent, id, step);
        let around = ends.source;
        self.show_needed(id, Scope::of(parent), Scope::of(around), List::EMPTY);
        self.plan.placed.clear();
        self.plan.placed.extend([around, ends.target]);
        let mut select = Select {
            items: self.target_items(step, ends.target, 1),
            from: self.plan.sources.add([chain.from]),
            order_by: self.step_order(step, ends),
            ..Select::default()
        };
        self.join_to(&mut select, joins);
        let select = self.match_last(select, id);
        self.finish(select);
    }

    /// The related rows of an entity's reduced rows.
    pub(super) fn join_reduced(
        &mut self,
        entity: EntityId,
        reduced: Placement,
        id: SelectId,
        step: &Step<'m>,
    ) -> (Chain, Ends) {
        let last = self.enclose(reduced, id);
        let from = self.add(From::Select(id));
        let joined = self.join_inner(Chain { from, last }, step, Called::Plain);
        self.read_through(entity, last);
        joined
    }

    /// Shows last what tells to which parents a row belongs: the first items of the sub-SELECT.
    fn match_last(&mut self, select: Select<'m>, id: SelectId) -> Select<'m> {
        let loaded = self.plan.shown.width(select.items);
        let mut items = select.items;
        for (i, matched) in self.plan.matches.iter_mut().enumerate() {
            matched.item = loaded + i;
            let item = Item::unfed(Scalar::Shown(id, i));
            items = self.plan.shown.with(items, Shows::Item(item));
        }
        Select { items, ..select }
    }

    /// Has the joins to a placement of an entity take the columns that its instances read.
    fn read_through(&mut self, entity: EntityId, placement: Placement) {
        let (mapping, plan) = (self.mapping, &mut self.plan);
        let scope = Scope::of(placement);
        let Plan { froms, predicates, values, places, .. } = plan;
        for from in froms {
            let From::Join { on, .. } = from else { continue };
            for predicate in predicates.get(*on) {
                let Predicate::Condition(used) = predicate else { continue };
                for value in values.get_mut(used.values) {
                    let Value::Column(place, column) = value else { continue };
                    if placement.places().any(|other| other == *place) {
                        let read = mapping.read_for(entity, *column);
                        let of = mapping.graph.column(read).selectable;
                        let holds = |id: &PlaceId| {
                            places.get(id.index()).is_some_and(|it| it.selectable == of)
                        };
                        if let Some(place) = scope.places().find(holds) {
                            *value = Value::Column(place, read);
                        }
                    }
                }
            }
        }
    }

    /// Reduces rows to the columns that they are matched by. Without a limit their order says nothing;
    /// with one it applies before equal rows become one, because it counts instances.
    pub(super) fn local_rows(
        &mut self,
        mut rows: Select<'m>,
        mut parent: Placement,
        distinct: bool,
    ) -> (SelectId, Placement) {
        let limited = rows.limit.is_some() || rows.offset.is_some();
        rows.items = self.local_items(parent);
        if !limited {
            rows.order_by = List::EMPTY;
        } else if distinct {
            let id = self.enclosed(rows);
            parent = self.enclose(parent, id);
            let (items, from) = (self.local_items(parent), self.add(From::Select(id)));
            let from = self.plan.sources.add([from]);
            rows = Select { items, from, ..Select::default() };
        }
        rows.distinct = distinct;
        (self.enclosed(rows), parent)
    }

    fn local_items(&mut self, placement: Placement) -> List<Shows> {
        let mark = self.plan.shown.mark();
        for i in 0..self.plan.matches.len() {
            let Some(Match { column, .. }) = self.plan.matches.get(i).copied() else { break };
            let item = Item::unfed(self.column(placement, column));
            self.plan.shown.push(Shows::Item(item));
        }
        self.plan.shown.since(mark)
    }

    /// Whether no two rows of an entity share the columns that they are joined by: they hold the
    /// primary key of each table that they belong to, and where the entity maps a join, which may
    /// repeat a table's rows, its own as well. `SQLAlchemy` asks the tables alone.
    fn is_keyed(&self, entity: EntityId) -> bool {
        let graph = &self.mapping.graph;
        let of = self.mapping.entity(entity);
        let matches = self.plan.matches.iter();
        let shows = |key: &ColumnId| matches.clone().any(|it| it.column == *key);
        let held = |key: &ColumnId| {
            matches.clone().any(|it| self.mapping.are_equal(entity, *key, it.column))
        };
        let joined = graph.leaves(of.selectable).nth(1).is_some();
        let once = !joined || !of.primary_key.is_empty() && of.primary_key.iter().all(held);
        once && matches.clone().map(|it| graph.column(it.column).selectable).all(|holder| {
            match graph.selectable(holder).kind {
                SelectableKind::Table(table) => {
                    let key = graph.catalog().primary_key(table).iter();
                    key.filter_map(|column| graph.table_column(*column)).all(|it| shows(&it))
                }
                _ => primary_key(graph, holder).iter().all(shows),
            }
        })
    }
}
