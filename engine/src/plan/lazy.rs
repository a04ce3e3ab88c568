//! `lazy`, `lazy_reverse` and `with_parent`: the rows that belong to one given instance.
//!
//! Rules: `SQLAlchemy`'s `LazyLoader` and `RelationshipProperty._optimized_compare`.

use super::adapt::Ends;
use super::bind::{LazyClause, lazy_clause, reverse_clause};
use super::build::{Builder, Called, orders};
use super::eager::Joined;
use super::join::{Chain, between};
use super::model::{
    FromId, Item, Order, Placement, Plan, Predicate, Scope, Select, Shown, Use, Value,
};
use super::request::{Refusal, Request};
use super::step::Step;
use crate::base::{ColumnId, EntityId, SelectableId};
use crate::entity::Mapping;

/// The target's rows; a row that is found by its key needs no order.
pub(super) fn plan<'m>(
    mapping: &'m Mapping,
    request: &Request,
    steps: &[Step<'m>],
) -> Result<Plan<'m>, Refusal> {
    let step = *steps.first().ok_or(Refusal::NoRelationship(request.load))?;
    plan_with(mapping, request, step, &[])
}

/// The target's rows, and what is joined to them.
pub(super) fn plan_with<'m>(
    mapping: &'m Mapping,
    request: &Request,
    step: Step<'m>,
    joins: &[Joined<'m>],
) -> Result<Plan<'m>, Refusal> {
    let clause = clause(mapping, request, step)?;
    let mut lazy = Lazy::new(mapping, request, step, step.target, Shown::Plain);
    let get = if step.answer.uselist { None } else { lazy.get(&clause, step) };
    let order_by =
        if get.is_some() { Vec::new() } else { lazy.builder.step_order(step, lazy.ends) };
    let mut filter = get.unwrap_or_else(|| lazy.filter(&clause));
    filter.extend(lazy.builder.criterion(step.target, lazy.ends.target));
    let items = lazy.builder.target_items(step, lazy.ends.target, 1);
    let select = lazy.select(request, items, filter, order_by);
    Ok(lazy.finish(clause, select, joins))
}

/// The target's rows, in the target's own order.
pub(super) fn plan_with_parent<'m>(
    mapping: &'m Mapping,
    request: &Request,
    steps: &[Step<'m>],
) -> Result<Plan<'m>, Refusal> {
    let step = *steps.first().ok_or(Refusal::NoRelationship(request.load))?;
    let clause = clause(mapping, request, step)?;
    let target = step.target;
    let mut lazy = Lazy::new(mapping, request, step, target, Shown::Aliased);
    let mut filter = lazy.filter(&clause);
    filter.extend(lazy.builder.criterion(target, lazy.ends.target));
    let order_by = orders(&mapping.entity(target).order_by, Scope::of(lazy.ends.target));
    let items = lazy.builder.items(target, lazy.ends.target, 1);
    let select = lazy.select(request, items, filter, order_by);
    Ok(lazy.finish(clause, select, &[]))
}

/// The parent's rows, for a given instance of the target; a secondary is shown in the given way.
pub(super) fn plan_reverse<'m>(
    mapping: &'m Mapping,
    request: &Request,
    steps: &[Step<'m>],
    shown: Shown,
) -> Result<Plan<'m>, Refusal> {
    let step = *steps.first().ok_or(Refusal::NoRelationship(request.load))?;
    let clause = reverse_clause(mapping, step.answer);
    let clause = clause.ok_or(Refusal::IncompleteRelationship(step.id))?;
    let mut lazy = Lazy::new(mapping, request, step, request.entity, shown);
    let mut filter = lazy.filter(&clause);
    filter.extend(lazy.builder.criterion(request.entity, lazy.ends.target));
    let order_by = lazy.builder.order(request, lazy.ends.target);
    let items = lazy.builder.items(request.entity, lazy.ends.target, 0);
    let select = lazy.select(request, items, filter, order_by);
    Ok(lazy.finish(clause, select, &[]))
}

fn clause<'m>(
    mapping: &Mapping,
    request: &Request,
    step: Step<'m>,
) -> Result<LazyClause<'m>, Refusal> {
    let clause = lazy_clause(mapping, step.answer, false);
    let mut clause = clause.ok_or(Refusal::IncompleteRelationship(step.id))?;
    for column in &mut clause.parameters {
        *column = mapping.read_for(request.entity, *column);
    }
    Ok(clause)
}

/// A plan whose rows are those of one entity, and perhaps a secondary's.
struct Lazy<'m> {
    builder: Builder<'m>,
    ends: Ends,
    from: Vec<FromId>,
}

impl<'m> Lazy<'m> {
    /// Places the loaded entity, and the secondary in the given way. A secondary that joins several
    /// tables may have the loaded one among them; then its rows are the loaded ones.
    fn new(
        mapping: &'m Mapping,
        request: &Request,
        step: Step<'m>,
        loaded: EntityId,
        shown: Shown,
    ) -> Self {
        let mut builder = Builder::new(mapping, request, &[step]);
        let (parent, target) = (step.relationship.entity, step.target);
        builder.plan.given = Some(if loaded == target { parent } else { target });
        let selectable = mapping.loaded_from(loaded);
        let between = between(step);
        let around = between.filter(|_| shown == Shown::Plain && step.along.is_none());
        if let Some(around) = around.filter(|around| encloses(mapping, *around, selectable)) {
            let (secondary, from) = builder.place(around, Shown::Plain);
            let target = builder.part(secondary, selectable);
            let ends = Ends { source: Placement::NONE, secondary: Some(secondary), target };
            return Self { builder, ends, from: vec![from] };
        }
        if loaded == step.target && needs_parent(mapping, step) {
            let (last, from) = builder.place_entity(request.entity, Called::Parts);
            let (chain, ends) = builder.join_inner(Chain { from, last }, step, Called::Plain);
            return Self { builder, ends, from: vec![chain.from] };
        }
        let (target, from) = if loaded == step.target {
            builder.place_target(step, Called::Plain)
        } else {
            builder.place(selectable, Shown::Plain)
        };
        let secondary = between.map(|between| builder.place(between, shown));
        let mut froms = vec![from];
        froms.extend(secondary.map(|(_, from)| from));
        let secondary = secondary.map(|(placement, _)| placement);
        Self { builder, ends: Ends { source: Placement::NONE, secondary, target }, from: froms }
    }

    /// The filter that finds the target's row by its key, where the clause comes to that.
    fn get(&self, clause: &LazyClause<'m>, step: Step<'m>) -> Option<Vec<Predicate<'m>>> {
        let mapping = self.builder.mapping;
        let key = identity(mapping, step.target)?;
        let parameters = clause.as_get(mapping, step.target)?;
        let equals = |(column, parameter): (&ColumnId, usize)| {
            let (place, column) = self.builder.place_of(self.ends.target, *column);
            Predicate::Equals(place, column, parameter)
        };
        Some(key.iter().zip(parameters).map(equals).collect())
    }

    /// The clause as a filter. What it names besides the loaded rows and the secondary is selected
    /// from as well.
    fn filter(&mut self, clause: &LazyClause<'m>) -> Vec<Predicate<'m>> {
        let far = self.ends.secondary.unwrap_or(Placement::NONE);
        let scope = Scope { near: self.ends.target, far };
        let mut filter = Vec::with_capacity(clause.uses.len());
        for used in &clause.uses {
            let values = self.with_places(used, scope);
            filter.push(Predicate::Condition(Use { values, scope, ..used.clone() }));
        }
        filter
    }

    fn with_places(&mut self, used: &Use<'m>, scope: Scope) -> Vec<Value> {
        let graph = &self.builder.mapping.graph;
        let enclosed = used.condition.root().map(|root| super::adapt::enclosed(graph, root));
        let enclosed = enclosed.unwrap_or_default();
        let mut values = used.values.clone();
        for (value, occurrence) in values.iter_mut().zip(used.condition.occurrences()) {
            let inside = occurrence.expr.is_some_and(|expr| enclosed.contains(&expr));
            let column = occurrence.column;
            let known = self.builder.plan.locate(self.builder.mapping, scope, column).is_some();
            if *value == Value::InScope && !inside && !known {
                *value = Value::Column(self.also(graph.column(column).selectable), column);
            }
        }
        values
    }

    /// The place of something that is selected from besides.
    fn also(&mut self, selectable: SelectableId) -> super::PlaceId {
        let plain =
            |place: &&super::Place| place.selectable == selectable && place.shown == Shown::Plain;
        if let Some(place) = self.builder.plan.places().iter().position(|place| plain(&place)) {
            return super::PlaceId(u32::try_from(place).unwrap_or(u32::MAX));
        }
        let (placement, from) = self.builder.place(selectable, Shown::Plain);
        self.from.push(from);
        super::PlaceId(placement.first)
    }

    fn select(
        &self,
        request: &Request,
        items: Vec<Item>,
        filter: Vec<Predicate<'m>>,
        order_by: Vec<Order>,
    ) -> Select<'m> {
        let (from, limit, offset) = (self.from.clone(), request.limit, request.offset);
        Select { items, from, filter, order_by, limit, offset, ..Select::default() }
    }

    fn finish(
        mut self,
        clause: LazyClause<'m>,
        select: Select<'m>,
        joins: &[Joined<'m>],
    ) -> Plan<'m> {
        let plan = &mut self.builder.plan;
        plan.skip_if_null = clause.skip_if_null(&self.builder.mapping.graph);
        plan.parameters = clause.parameters;
        plan.placed = vec![self.ends.source, self.ends.target];
        let select = self.builder.join_to(select, joins);
        self.builder.finish(select)
    }
}

/// Whether the target is a lateral subquery, which means nothing without the rows of the parent.
pub(super) fn needs_parent(mapping: &Mapping, step: Step<'_>) -> bool {
    let target = mapping.entity(step.target).selectable;
    mapping.graph.selectable(target).lateral
}

/// The key by which an entity's instances can be had one by one; those of an alternate mapping are
/// another's.
pub(super) fn identity(mapping: &Mapping, entity: EntityId) -> Option<&[ColumnId]> {
    let entity = mapping.entity(entity);
    entity.non_primary.is_none().then_some(entity.primary_key.as_slice())
}

/// Whether a secondary joins several tables, the loaded one among them.
pub(super) fn encloses(mapping: &Mapping, secondary: SelectableId, loaded: SelectableId) -> bool {
    secondary != loaded && mapping.graph.is_leaf_of(loaded, secondary)
}

impl Builder<'_> {
    /// The place within a placement where one part of it appears.
    pub(super) fn part(&self, whole: Placement, part: SelectableId) -> Placement {
        let found = self.plan.find(Scope::of(whole), part);
        found.map_or(whole, |place| Placement { first: place.0, count: 1 })
    }
}
