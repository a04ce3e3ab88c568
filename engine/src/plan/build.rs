//! Putting a plan together.

use super::clause::Clauses;
use super::deferred::LoadOption;
use super::discriminator::{add_discriminators, may_tell};
use super::eager::{Joined, Joining};
use super::items::Known;
use super::list::List;
use super::model::{From, FromId, Order, Plan, Predicate, Select, SelectId, Window, WindowId};
use super::place::{Place, PlaceId, Placement, Scope, Shown};
use super::reference::References;
use super::request::{Ordering, Request};
use super::row::{Item, Scalar, Shows};
use super::step::Step;
use crate::base::{ColumnId, EntityId, ExprId, SelectableId};
use crate::entity::{Entity, Mapping};
use crate::graph::{Condition, JoinKind, OrderTerm, Selectable, SelectableKind};

/// A plan in the making. What one plan took room for, the next one uses again.
#[derive(Debug)]
pub(super) struct Builder<'m> {
    pub(super) mapping: &'m Mapping,
    pub(super) plan: Plan<'m>,
    /// What the request says of attributes.
    pub(super) options: Vec<LoadOption>,
    /// The condition of the first of the joined loads.
    pub(super) joined_by: Option<&'m Condition>,
    pub(super) clauses: Clauses<'m>,
    pub(super) references: References,
    pub(super) joins: Vec<Joined<'m>>,
    pub(super) joining: Joining,
    /// Columns that a sub-SELECT has to show.
    pub(super) needed: Vec<ColumnId>,
    pub(super) known: Known,
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
    Join(JoinKind, Option<ExprId>),
}

impl<'m> Builder<'m> {
    pub(super) fn new(mapping: &'m Mapping) -> Self {
        Self {
            mapping,
            plan: Plan::default(),
            options: Vec::new(),
            joined_by: None,
            clauses: Clauses::default(),
            references: References::default(),
            joins: Vec::new(),
            joining: Joining::default(),
            needed: Vec::new(),
            known: Known::default(),
        }
    }

    /// A new plan, that follows these steps one from another.
    pub(super) fn begin(&mut self, request: &Request, steps: &[Step<'m>]) {
        self.plan.clear();
        let steps = steps.iter().enumerate().map(|(level, step)| step.followed(level));
        self.plan.steps.extend(steps);
        self.options.clear();
        self.options.extend_from_slice(&request.options);
        self.joined_by = None;
    }

    /// Ends the plan with its outermost SELECT.
    pub(super) fn finish(&mut self, select: Select<'m>) {
        self.plan.selects.push(select);
        self.plan.discriminators.clear();
        let shown = self.plan.shown.get(select.items);
        if shown.iter().any(|shows| may_tell(self.mapping, shows)) {
            let mut found = std::mem::take(&mut self.plan.discriminators);
            add_discriminators(self.mapping, &self.plan, select.items, &mut found);
            self.plan.discriminators = found;
        }
    }

    /// Places a selectable; of a join, each part by itself.
    pub(super) fn place(&mut self, selectable: SelectableId, shown: Shown) -> (Placement, FromId) {
        let graph = &self.mapping.graph;
        let Selectable { kind, lateral, .. } = graph.selectable(selectable);
        if let SelectableKind::Join { .. } = kind {
            let placement = self.add_places(graph.leaves(selectable), shown);
            self.put_beside(placement, Placement::NONE);
            return (placement, self.joined(selectable, placement));
        }
        let placement = Placement { first: count(self.plan.places.len()), count: 1 };
        let scope = if lateral { Scope::of(placement) } else { Scope::NONE };
        self.plan.places.push(Place { selectable, shown, scope });
        (placement, self.add(From::Place(PlaceId(placement.first))))
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
                    let on = self.plan.predicates.add(on);
                    built.push(self.join(left, right, kind, on));
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
        for selectable in leaves {
            self.plan.places.push(Place { selectable, shown, scope: Scope::NONE });
        }
        Placement { first, count: count(self.plan.places.len()) - first }
    }

    /// Lets the lateral subqueries of a placement name columns of their neighbours and of what stands
    /// before them.
    pub(super) fn put_beside(&mut self, placement: Placement, before: Placement) {
        let graph = &self.mapping.graph;
        let places = self.plan.places.iter_mut().skip(placement.first as usize);
        for place in places.take(placement.count as usize) {
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
        on: List<Predicate<'m>>,
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

    /// What the rows of an entity have to meet where those of others stand in the same table. An
    /// alternate mapping that does not have what tells them apart takes all rows.
    pub(super) fn criterion(
        &self,
        entity: EntityId,
        placement: Placement,
    ) -> Option<Predicate<'m>> {
        let primary = self.mapping.primary_of(entity);
        let criterion = self.mapping.entity(primary).hierarchy.criterion?;
        self.criterion_of(criterion, placement)
    }

    fn criterion_of(&self, criterion: ExprId, placement: Placement) -> Option<Predicate<'m>> {
        let graph = &self.mapping.graph;
        let mut columns = graph.walk(criterion).filter_map(|expr| graph.expr(expr).column());
        let told = columns.all(|column| self.located(placement, column).is_some());
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
    pub(super) fn place_target(&mut self, step: &Step<'m>, called: Called) -> (Placement, FromId) {
        let (mut target, mut from) = self.place_entity(step.target, called);
        let Some(along) = step.along else { return (target, from) };
        for entity in unloaded(self.mapping, step.target, along) {
            let Some(on) = self.mapping.inherit_condition(entity) else { continue };
            let local = self.mapping.entity(entity).local;
            let (own, right) = self.place(local, called.of_secondary());
            target.count += own.count;
            let on = self.plan.predicates.add([Predicate::Expr(on, Scope::of(target))]);
            from = self.join(from, right, JoinKind::Left, on);
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
        let items = self.unfed(inner, self.mapping.graph.columns(selectable));
        let from = self.plan.sources.add([from]);
        let id = self.enclosed(Select { qualified: true, items, from, ..Select::default() });
        (self.enclose(inner, id), self.add(From::Select(id)))
    }

    /// Columns of a placement, which feed nothing.
    pub(super) fn unfed(
        &mut self,
        placement: Placement,
        columns: impl IntoIterator<Item = ColumnId>,
    ) -> List<Shows> {
        let mark = self.plan.shown.mark();
        for column in columns {
            let item = Item::unfed(self.column(placement, column));
            self.plan.shown.push(Shows::Item(item));
        }
        self.plan.shown.since(mark)
    }

    /// Columns of a placement.
    pub(super) fn placed_columns(
        &mut self,
        placement: Placement,
        columns: impl IntoIterator<Item = ColumnId>,
    ) -> List<(PlaceId, ColumnId)> {
        let mark = self.plan.placed_columns.mark();
        for column in columns {
            let placed = self.place_of(placement, column);
            self.plan.placed_columns.push(placed);
        }
        self.plan.placed_columns.since(mark)
    }

    /// A column where it appears in a placement.
    pub(super) fn column(&self, placement: Placement, column: ColumnId) -> Scalar {
        let (place, column) = self.place_of(placement, column);
        Scalar::Column(place, column)
    }

    /// Where a placement has a column; at the first place where none has it.
    pub(super) fn place_of(&self, placement: Placement, column: ColumnId) -> (PlaceId, ColumnId) {
        self.plan.place_of(self.mapping, placement, column)
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
    pub(super) fn order(&mut self, request: &Request, placement: Placement) -> List<Order> {
        let entity = self.mapping.entity(request.entity);
        let asked = self.asked_order(request, entity, placement);
        asked.unwrap_or_else(|| self.terms(&entity.order_by, Scope::of(placement)))
    }

    /// The order that is asked for, of the rows of an entity.
    pub(super) fn asked_order(
        &mut self,
        request: &Request,
        entity: &Entity,
        placement: Placement,
    ) -> Option<List<Order>> {
        match &request.order_by {
            Ordering::PrimaryKey => Some(self.key_order(entity, placement)),
            Ordering::Terms(terms) => Some(self.terms(terms, Scope::of(placement))),
            Ordering::Unordered => None,
        }
    }

    pub(super) fn key_order(&mut self, entity: &Entity, placement: Placement) -> List<Order> {
        let mark = self.plan.orders.mark();
        for column in &entity.primary_key {
            let value = self.column(placement, *column);
            self.plan.orders.push(Order { value, descending: None, nulls_first: None });
        }
        self.plan.orders.since(mark)
    }

    /// Terms of an ORDER BY over the places of a scope.
    pub(super) fn terms(&mut self, terms: &[OrderTerm], scope: Scope) -> List<Order> {
        if terms.is_empty() {
            return List::EMPTY;
        }
        let order = |term: &OrderTerm| Order {
            value: Scalar::Expr(term.expr, scope),
            descending: term.descending,
            nulls_first: term.nulls_first,
        };
        self.plan.orders.add(terms.iter().map(order))
    }
}

/// The entities between a target and what is loaded along, this one the last, that the target is not
/// loaded with anyway.
pub(super) fn unloaded(mapping: &Mapping, target: EntityId, along: EntityId) -> Vec<EntityId> {
    let anyway = mapping.loaded_with(target);
    let lineage = mapping.lineage(along).into_iter();
    let mut between: Vec<_> = lineage.take_while(|it| *it != target).collect();
    between.retain(|entity| !anyway.contains(entity));
    between.reverse();
    between
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
