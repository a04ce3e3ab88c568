//! Putting a plan together.

use super::deferred::LoadOption;
use super::discriminator::discriminators;
use super::model::{
    Bound, From, FromId, Item, Order, Place, PlaceId, Placement, Plan, Predicate, Scalar, Scope,
    Select, SelectId, Shown, Window, WindowId,
};
use super::request::{Ordering, Request};
use super::step::Step;
use crate::base::{ColumnId, EntityId, SelectableId};
use crate::entity::{AttributeValue, Entity, Mapping};
use crate::graph::{Condition, Expr, JoinKind, OrderTerm, SelectableKind};

/// A plan in the making.
#[derive(Debug)]
pub(super) struct Builder<'m> {
    pub(super) mapping: &'m Mapping,
    pub(super) plan: Plan<'m>,
    /// What the request says of attributes.
    pub(super) options: Vec<LoadOption>,
    /// The condition of the first of the joined loads.
    pub(super) joined_by: Option<&'m Condition>,
}

/// Under which name an entity is placed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Called {
    /// Its own.
    Plain,
    /// Each of its tables under another.
    Parts,
    /// All its tables under another together.
    Whole,
}

impl Called {
    /// The name of the same kind for a secondary, whose tables always keep apart.
    pub(super) fn of_secondary(self) -> Shown {
        match self {
            Self::Plain => Shown::Plain,
            Self::Parts | Self::Whole => Shown::Aliased,
        }
    }
}

/// What is left to do for one part of a joined selectable.
enum Part {
    Enter(SelectableId),
    Join(JoinKind, Option<crate::base::ExprId>),
}

impl<'m> Builder<'m> {
    pub(super) fn new(mapping: &'m Mapping, request: &Request, steps: &[Step<'m>]) -> Self {
        let steps = steps.iter().enumerate().map(|(level, step)| step.followed(level)).collect();
        let plan = Plan { steps, ..Plan::default() };
        Self { mapping, plan, options: request.options.clone(), joined_by: None }
    }

    /// Ends the plan with its outermost SELECT.
    pub(super) fn finish(mut self, select: Select<'m>) -> Plan<'m> {
        self.plan.discriminators = discriminators(self.mapping, &select.items);
        self.plan.selects.push(select);
        self.plan
    }

    /// Places a selectable; of a join, each part by itself.
    pub(super) fn place(&mut self, selectable: SelectableId, shown: Shown) -> (Placement, FromId) {
        let placement = self.add_places(self.mapping.graph.leaves(selectable), shown);
        self.put_beside(placement, Placement::NONE);
        let from = match self.mapping.graph.selectable(selectable).kind {
            SelectableKind::Join { .. } => self.joined(selectable, placement),
            _ => self.add(From::Place(PlaceId(placement.first))),
        };
        (placement, from)
    }

    /// The joins of a placed selectable.
    fn joined(&mut self, selectable: SelectableId, placement: Placement) -> FromId {
        let mut places = placement.places();
        let (mut open, mut built) = (vec![Part::Enter(selectable)], Vec::new());
        while let Some(part) = open.pop() {
            match part {
                Part::Enter(id) => match self.mapping.graph.selectable(id).kind {
                    SelectableKind::Join { left, right, kind, on } => {
                        open.extend([Part::Join(kind, on), Part::Enter(right), Part::Enter(left)]);
                    }
                    _ => built.extend(places.next().map(|place| self.add(From::Place(place)))),
                },
                Part::Join(kind, on) => {
                    let sides = (built.pop(), built.pop());
                    let (Some(right), Some(left)) = sides else { continue };
                    let on = on.map(|on| Predicate::Expr(on, Scope::of(placement)));
                    built.push(self.join(left, right, kind, on.into_iter().collect()));
                }
            }
        }
        built.pop().unwrap_or(FromId(0))
    }

    /// The same places as seen from outside the SELECT that now encloses them.
    pub(super) fn enclose(&mut self, placement: Placement, select: SelectId) -> Placement {
        let first = count(self.plan.places.len());
        for id in placement.places() {
            let Some(Place { selectable, .. }) = self.plan.place(id) else { continue };
            self.add_places([selectable], Shown::Within(select));
        }
        Placement { first, count: count(self.plan.places.len()) - first }
    }

    fn add_places(
        &mut self,
        leaves: impl IntoIterator<Item = SelectableId>,
        shown: Shown,
    ) -> Placement {
        let first = count(self.plan.places.len());
        let place = |selectable| Place { selectable, shown, scope: Scope::NONE };
        self.plan.places.extend(leaves.into_iter().map(place));
        Placement { first, count: count(self.plan.places.len()) - first }
    }

    /// Lets the lateral subqueries of a placement name columns of their neighbours and of what stands
    /// before them.
    pub(super) fn put_beside(&mut self, placement: Placement, before: Placement) {
        let graph = &self.mapping.graph;
        for id in placement.places() {
            let Some(place) = self.plan.places.get_mut(id.index()) else { continue };
            if graph.selectable(place.selectable).lateral {
                place.scope = Scope { near: placement, far: before };
            }
        }
    }

    /// Whether some part of a selectable appears in the plan under its own name.
    pub(super) fn appears(&self, selectable: SelectableId) -> bool {
        let mut plain = self.plan.places.iter().filter(|place| place.shown == Shown::Plain);
        plain.any(|place| self.mapping.graph.is_leaf_of(place.selectable, selectable))
    }

    pub(super) fn add(&mut self, from: From<'m>) -> FromId {
        self.plan.froms.push(from);
        FromId(count(self.plan.froms.len() - 1))
    }

    pub(super) fn join(
        &mut self,
        left: FromId,
        right: FromId,
        kind: JoinKind,
        on: Vec<Predicate<'m>>,
    ) -> FromId {
        self.add(From::Join { left, right, kind, on })
    }

    /// Adds a window.
    pub(super) fn window(&mut self, window: Window) -> WindowId {
        self.plan.windows.push(window);
        WindowId(count(self.plan.windows.len() - 1))
    }

    /// Adds a SELECT that others select from.
    pub(super) fn enclosed(&mut self, select: Select<'m>) -> SelectId {
        self.plan.selects.push(select);
        SelectId(count(self.plan.selects.len() - 1))
    }

    /// The columns that load an entity, and those it is loaded with, from a placement of what it is
    /// loaded from. What they share is loaded once.
    pub(super) fn items(
        &mut self,
        entity: EntityId,
        placement: Placement,
        level: usize,
    ) -> Vec<Item> {
        if self.mapping.entity(entity).hierarchy.polymorphic.is_none() {
            return self.items_of(entity, placement, level);
        }
        self.items_together(&self.mapping.loaded_with(entity), placement, level)
    }

    /// The columns that load the target of a step, and what is loaded along.
    pub(super) fn target_items(
        &mut self,
        step: Step<'m>,
        placement: Placement,
        level: usize,
    ) -> Vec<Item> {
        let along = along(self.mapping, step);
        if along.is_empty() {
            return self.items(step.target, placement, level);
        }
        let mut entities = self.mapping.loaded_with(step.target);
        entities.extend(along);
        self.items_together(&entities, placement, level)
    }

    fn items_together(
        &mut self,
        entities: &[EntityId],
        placement: Placement,
        level: usize,
    ) -> Vec<Item> {
        let mut items = Vec::new();
        for each in entities {
            for item in self.items_of(*each, placement, level) {
                match items.iter().find(|known| is_loaded(known, &item)) {
                    Some(known) => self.share(known, &item),
                    None => items.push(item),
                }
            }
        }
        items
    }

    /// Notes that a known item feeds what another would, unless that is the same attribute, which
    /// the other's entity inherits.
    fn share(&mut self, known: &Item, item: &Item) {
        let Some((known, bound)) = known.feeds.zip(item.feeds) else { return };
        let inherits = self.mapping.lineage(bound.entity).contains(&known.entity);
        if !inherits || known.attribute != bound.attribute {
            self.plan.shared.push((known, bound));
        }
    }

    fn items_of(&self, entity: EntityId, placement: Placement, level: usize) -> Vec<Item> {
        let of = self.mapping.entity(entity);
        let mut items = Vec::with_capacity(of.attributes.len());
        for attribute in of.attributes.iter().filter(|it| self.loads(of, it, level)) {
            let mut add = |value, column: Option<ColumnId>| {
                let primary_key = column.is_some_and(|column| of.primary_key.contains(&column));
                let bound = Bound { entity, attribute: attribute.name, column, level, primary_key };
                items.push(Item { value, label: attribute.label, feeds: Some(bound) });
            };
            match &attribute.value {
                AttributeValue::Columns(columns) => {
                    for column in columns {
                        if let Some((place, shown)) = self.located(placement, *column) {
                            add(Scalar::Column(place, shown), Some(*column));
                        }
                    }
                }
                AttributeValue::Expression(expr) => {
                    add(Scalar::Expr(*expr, Scope::of(placement)), None);
                }
                AttributeValue::Composite(_) | AttributeValue::Synonym(_) => {}
            }
        }
        items
    }

    /// What the rows of an entity have to meet where those of others stand in the same table. An
    /// alternate mapping that does not have what tells them apart takes all rows.
    pub(super) fn criterion(
        &self,
        entity: EntityId,
        placement: Placement,
    ) -> Option<Predicate<'m>> {
        let primary = self.mapping.primary_of(entity);
        let criterion = self.mapping.entity(primary).hierarchy.criterion?;
        let graph = &self.mapping.graph;
        let has = |expr| match *graph.expr(expr) {
            Expr::Column(column) => self.located(placement, column).is_some(),
            _ => true,
        };
        let told = graph.walk(criterion).all(has);
        told.then(|| Predicate::Expr(criterion, Scope::of(placement)))
    }

    /// Places what an entity is loaded from.
    pub(super) fn place_entity(&mut self, entity: EntityId, called: Called) -> (Placement, FromId) {
        let selectable = self.mapping.loaded_from(entity);
        match called {
            Called::Plain => self.place(selectable, Shown::Plain),
            Called::Parts => self.place(selectable, Shown::Aliased),
            Called::Whole => self.place_whole(selectable),
        }
    }

    /// Places what the target of a step is loaded from, and beside it what is loaded along.
    pub(super) fn place_target(&mut self, step: Step<'m>, called: Called) -> (Placement, FromId) {
        let (mut target, mut from) = self.place_entity(step.target, called);
        for entity in along(self.mapping, step) {
            let Some(on) = self.mapping.inherit_condition(entity) else { continue };
            let local = self.mapping.entity(entity).local;
            let (own, right) = self.place(local, called.of_secondary());
            target.count += own.count;
            let on = Predicate::Expr(on, Scope::of(target));
            from = self.join(from, right, JoinKind::Left, vec![on]);
        }
        (target, from)
    }

    /// Places a selectable under another name. A join has none to itself: it is put into a
    /// sub-SELECT.
    fn place_whole(&mut self, selectable: SelectableId) -> (Placement, FromId) {
        if self.mapping.graph.leaves(selectable).nth(1).is_none() {
            return self.place(selectable, Shown::Aliased);
        }
        let (inner, from) = self.place(selectable, Shown::Plain);
        let columns = self.mapping.graph.selectable(selectable).columns.iter();
        let item = |column: &ColumnId| Item {
            value: self.column(inner, *column),
            label: None,
            feeds: None,
        };
        let items = columns.map(item).collect();
        let id =
            self.enclosed(Select { qualified: true, items, from: vec![from], ..Select::default() });
        (self.enclose(inner, id), self.add(From::Select(id)))
    }

    /// A column where it appears in a placement.
    pub(super) fn column(&self, placement: Placement, column: ColumnId) -> Scalar {
        let (place, column) = self.place_of(placement, column);
        Scalar::Column(place, column)
    }

    /// Where a placement has a column; at the first place where none has it.
    pub(super) fn place_of(&self, placement: Placement, column: ColumnId) -> (PlaceId, ColumnId) {
        self.located(placement, column).unwrap_or((PlaceId(placement.first), column))
    }

    /// Where a placement has a column.
    pub(super) fn located(
        &self,
        placement: Placement,
        column: ColumnId,
    ) -> Option<(PlaceId, ColumnId)> {
        self.plan.locate(self.mapping, Scope::of(placement), column)
    }

    /// The order that is asked for, or that of the entity.
    pub(super) fn order(&self, request: &Request, placement: Placement) -> Vec<Order> {
        let entity = self.mapping.entity(request.entity);
        match &request.order_by {
            Ordering::PrimaryKey => self.key_order(entity, placement),
            Ordering::Terms(terms) => orders(terms, Scope::of(placement)),
            Ordering::Unordered => orders(&entity.order_by, Scope::of(placement)),
        }
    }

    pub(super) fn key_order(&self, entity: &Entity, placement: Placement) -> Vec<Order> {
        let order = |column: &ColumnId| Order {
            value: self.column(placement, *column),
            descending: None,
            nulls_first: None,
        };
        entity.primary_key.iter().map(order).collect()
    }
}

/// Whether an item loads what another would, for an attribute that they share.
fn is_loaded(known: &Item, item: &Item) -> bool {
    let same = |a: Bound, b: Bound| a.entity != b.entity || a.attribute == b.attribute;
    known.value == item.value && known.feeds.zip(item.feeds).is_some_and(|(a, b)| same(a, b))
}

/// The entities between the target of a step and what is loaded along, this one the last, that the
/// target is not loaded with anyway.
fn along(mapping: &Mapping, step: Step<'_>) -> Vec<EntityId> {
    let Some(along) = step.along else { return Vec::new() };
    let anyway = mapping.loaded_with(step.target);
    let lineage = mapping.lineage(along).into_iter();
    let mut between: Vec<_> = lineage.take_while(|it| *it != step.target).collect();
    between.retain(|entity| !anyway.contains(entity));
    between.reverse();
    between
}

/// Terms of an ORDER BY over the places of a scope.
pub(super) fn orders(terms: &[OrderTerm], scope: Scope) -> Vec<Order> {
    let order = |term: &OrderTerm| Order {
        value: Scalar::Expr(term.expr, scope),
        descending: term.descending,
        nulls_first: term.nulls_first,
    };
    terms.iter().map(order).collect()
}

/// What a sub-SELECT shows, as it is loaded from outside.
pub(super) fn shown(id: SelectId, loaded: Vec<Item>) -> impl Iterator<Item = Item> {
    let items = loaded.into_iter().enumerate();
    items.map(move |(i, item)| Item { value: Scalar::Shown(id, i), ..item })
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
