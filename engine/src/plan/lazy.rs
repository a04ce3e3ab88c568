//! `lazy`, `lazy_reverse` and `with_parent`: the rows that belong to one given instance.
//!
//! Rules: `SQLAlchemy`'s `LazyLoader` and `RelationshipProperty._optimized_compare`.

use super::adapt::Ends;
use super::bind::LazyClause;
use super::build::{Builder, Called};
use super::clause::{Asked, AskedId, Given};
use super::eager::Joined;
use super::join::{Chain, between};
use super::list::{List, Mark};
use super::model::{Order, Plan, Predicate, Select, Use, Value};
use super::place::{Place, PlaceId, Placement, Scope, Shown};
use super::request::Request;
use super::row::Shows;
use super::step::Step;
use crate::base::{ColumnId, EntityId, SelectableId};
use crate::entity::Mapping;

/// The target's rows; a row that is found by its key needs no order.
pub(super) fn plan<'m>(builder: &mut Builder<'m>, request: &Request, step: &Step<'m>) {
    builder.lazy(request, step, &[]);
}

/// The target's rows, and what is joined to them.
pub(super) fn plan_with<'m>(
    mapping: &'m Mapping,
    request: &Request,
    step: &Step<'m>,
    joins: &[Joined<'m>],
) -> Plan<'m> {
    let mut builder = Builder::new(mapping);
    builder.lazy(request, step, joins);
    builder.plan
}

/// The target's rows, in the target's own order.
pub(super) fn plan_with_parent<'m>(builder: &mut Builder<'m>, request: &Request, step: &Step<'m>) {
    let target = step.target;
    let mut lazy = Lazy::new(builder, request, step, Given::Parent, Shown::Aliased);
    let filter = lazy.filter(target);
    let entity = lazy.builder.mapping.entity(target);
    let asked = lazy.builder.asked_order(request, entity, lazy.ends.target);
    let own = |builder: &mut Builder<'m>, at| builder.terms(&entity.order_by, Scope::of(at));
    let order_by = asked.unwrap_or_else(|| own(lazy.builder, lazy.ends.target));
    let items = lazy.builder.items(target, lazy.ends.target, 1);
    lazy.finish(request, Parts { items, filter, order_by }, &[]);
}

/// The parent's rows, for a given instance of the target; a secondary is shown in the given way.
pub(super) fn plan_reverse<'m>(
    builder: &mut Builder<'m>,
    request: &Request,
    step: &Step<'m>,
    shown: Shown,
) {
    let mut lazy = Lazy::new(builder, request, step, Given::Target, shown);
    let filter = lazy.filter(request.entity);
    let order_by = lazy.builder.order(request, lazy.ends.target);
    let items = lazy.builder.items(request.entity, lazy.ends.target, 0);
    lazy.finish(request, Parts { items, filter, order_by }, &[]);
}

impl<'m> Builder<'m> {
    fn lazy(&mut self, request: &Request, step: &Step<'m>, joins: &[Joined<'m>]) {
        let mut lazy = Lazy::new(self, request, step, Given::Parent, Shown::Plain);
        let get = lazy.asked().key.is_some();
        let filter = if get { lazy.by_key(step.target) } else { lazy.filter(step.target) };
        let order_by =
            if get { List::EMPTY } else { lazy.builder.related_order(request, step, lazy.ends) };
        let items = lazy.builder.target_items(step, lazy.ends.target, 1);
        lazy.finish(request, Parts { items, filter, order_by }, joins);
    }
}

/// A plan whose rows are those of one entity, and perhaps a secondary's.
struct Lazy<'b, 'm> {
    builder: &'b mut Builder<'m>,
    /// The clause that finds the rows.
    asked: AskedId,
    ends: Ends,
    /// Where what it selects from begins.
    from: Mark,
}

/// What its SELECT consists of.
#[derive(Clone, Copy)]
struct Parts<'m> {
    items: List<Shows>,
    filter: List<Predicate<'m>>,
    order_by: List<Order>,
}

impl<'b, 'm> Lazy<'b, 'm> {
    /// Places the loaded entity, and the secondary in the given way. A secondary that joins several
    /// tables may have the loaded one among them; then its rows are the loaded ones.
    fn new(
        builder: &'b mut Builder<'m>,
        request: &Request,
        step: &Step<'m>,
        given: Given,
        shown: Shown,
    ) -> Self {
        builder.begin(request, std::slice::from_ref(step));
        let mapping = builder.mapping;
        let (parent, target) = (step.relationship.entity, step.target);
        let loaded = if given == Given::Parent { target } else { request.entity };
        builder.plan.given = Some(if loaded == target { parent } else { target });
        let selectable = mapping.loaded_from(loaded);
        let between = between(step);
        let mut ends = Ends { source: Placement::NONE, secondary: None, target: Placement::NONE };
        let around = between.filter(|_| shown == Shown::Plain && step.along.is_none());
        let around = around.filter(|around| encloses(mapping, *around, selectable));
        let (first, second) = if let Some(around) = around {
            let (secondary, from) = builder.place(around, Shown::Plain);
            (ends.secondary, ends.target) = (Some(secondary), builder.part(secondary, selectable));
            (from, None)
        } else if loaded == target && needs_parent(mapping, step) {
            let (last, from) = builder.place_entity(request.entity, Called::Parts);
            let (chain, joined) = builder.join_inner(Chain { from, last }, step, Called::Plain);
            ends = joined;
            (chain.from, None)
        } else {
            let (placement, from) = if loaded == target {
                builder.place_target(step, Called::Plain)
            } else {
                builder.place(selectable, Shown::Plain)
            };
            let secondary = between.map(|between| builder.place(between, shown));
            (ends.target, ends.secondary) = (placement, secondary.map(|(placement, _)| placement));
            (from, secondary.map(|(_, from)| from))
        };
        let from = builder.plan.sources.mark();
        builder.plan.sources.push(first);
        builder.plan.sources.add(second);
        let asked = builder.clauses.find(mapping, request.entity, step, given);
        Self { builder, asked, ends, from }
    }

    fn asked(&self) -> &Asked<'m> {
        self.builder.clauses.get(self.asked)
    }

    /// The filter that finds a row by its key.
    fn by_key(&mut self, target: EntityId) -> List<Predicate<'m>> {
        let Builder { mapping, plan, clauses, .. } = &mut *self.builder;
        let mark = plan.predicates.mark();
        for (column, parameter) in clauses.get(self.asked).key.iter().flatten() {
            let (place, column) = plan.place_of(mapping, self.ends.target, *column);
            plan.predicates.push(Predicate::Equals(place, column, *parameter));
        }
        self.closed(mark, target)
    }

    /// The clause as a filter. What it names besides the loaded rows and the secondary is selected
    /// from as well.
    fn filter(&mut self, loaded: EntityId) -> List<Predicate<'m>> {
        let scope = self.ends.scope();
        let Builder { plan, clauses, .. } = &mut *self.builder;
        let LazyClause { uses, values, .. } = &clauses.get(self.asked).clause;
        let mark = plan.predicates.mark();
        let before = plan.values.mark();
        let all = plan.values.add_all(values);
        plan.predicates.add(uses.iter().map(|used| {
            Predicate::Condition(Use { values: used.values.behind(before), scope, ..*used })
        }));
        let mut next = 0;
        while let Some((at, column)) = self.asked().open.get(next).copied() {
            let value = self.builder.selected(scope, column);
            if let Some(slot) = self.builder.plan.values.get_mut(all).get_mut(at) {
                *slot = value;
            }
            next += 1;
        }
        self.closed(mark, loaded)
    }

    fn closed(&mut self, mark: Mark, loaded: EntityId) -> List<Predicate<'m>> {
        let criterion = self.builder.criterion(loaded, self.ends.target);
        self.builder.plan.predicates.add(criterion);
        self.builder.plan.predicates.since(mark)
    }

    fn finish(self, request: &Request, parts: Parts<'m>, joins: &[Joined<'m>]) {
        let Self { builder, asked, ends, from } = self;
        let Builder { plan, clauses, .. } = &mut *builder;
        let asked = clauses.get(asked);
        plan.skip_if_null.extend_from_slice(&asked.skip);
        plan.parameters.extend_from_slice(&asked.clause.parameters);
        plan.placed.extend([ends.source, ends.target]);
        let Parts { items, filter, order_by } = parts;
        let from = plan.sources.since(from);
        let (limit, offset) = (request.limit, request.offset);
        let mut select =
            Select { items, from, filter, order_by, limit, offset, ..Select::default() };
        builder.join_to(&mut select, joins);
        builder.finish(select);
    }
}

/// Whether the target is a lateral subquery, which means nothing without the rows of the parent.
pub(super) fn needs_parent(mapping: &Mapping, step: &Step<'_>) -> bool {
    let target = mapping.entity(step.target).selectable;
    mapping.graph.selectable(target).lateral
}

/// Whether a secondary joins several tables, the loaded one among them.
pub(super) fn encloses(mapping: &Mapping, secondary: SelectableId, loaded: SelectableId) -> bool {
    secondary != loaded && mapping.graph.is_leaf_of(loaded, secondary)
}

impl Builder<'_> {
    /// A column where a scope has it. What is in no scope is selected from under its own name.
    fn selected(&mut self, scope: Scope, column: ColumnId) -> Value {
        if let Some((place, column)) = self.plan.locate(self.mapping, scope, column) {
            return Value::Column(place, column);
        }
        let selectable = self.mapping.graph.column(column).selectable;
        if self.plain(selectable).is_none() {
            let (_, from) = self.place(selectable, Shown::Plain);
            self.plan.sources.push(from);
        }
        self.plain(selectable).map_or(Value::InScope, |place| Value::Column(place, column))
    }

    /// The place of something that is selected from under its own name.
    fn plain(&self, selectable: SelectableId) -> Option<PlaceId> {
        let plain = |place: &Place| place.selectable == selectable && place.shown == Shown::Plain;
        let place = self.plan.places().iter().position(plain)?;
        u32::try_from(place).ok().map(PlaceId)
    }

    /// The place within a placement where one part of it appears.
    pub(super) fn part(&self, whole: Placement, part: SelectableId) -> Placement {
        let found = self.plan.find(Scope::of(whole), part);
        found.map_or(whole, |place| Placement { first: place.0, count: 1 })
    }
}
