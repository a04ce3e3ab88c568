//! Putting a plan together.

use super::deferred::LoadOption;
use super::model::{
    Bound, From, FromId, Item, Order, Place, PlaceId, Placement, Plan, Predicate, Scalar, Scope,
    Select, SelectId, Shown, Step, Window, WindowId,
};
use super::request::{Ordering, Request};
use crate::base::{ColumnId, EntityId, SelectableId};
use crate::entity::{AttributeValue, Entity, Mapping};
use crate::graph::{Condition, JoinKind, OrderTerm, SelectableKind};

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
        self.plan.selects.push(select);
        self.plan
    }

    /// Places a selectable; of a join, each part by itself.
    pub(super) fn place(&mut self, selectable: SelectableId, shown: Shown) -> (Placement, FromId) {
        let leaves = self.mapping.graph.leaves(selectable).collect();
        let placement = self.add_places(leaves, shown);
        self.put_beside(placement, Placement::NONE);
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
        let from = built.pop().unwrap_or(FromId(0));
        (placement, from)
    }

    /// The same places as seen from outside the SELECT that now encloses them.
    pub(super) fn enclose(&mut self, placement: Placement, select: SelectId) -> Placement {
        let inner = placement.places().filter_map(|id| self.plan.place(id));
        let leaves = inner.map(|place| place.selectable).collect();
        self.add_places(leaves, Shown::Within(select))
    }

    fn add_places(&mut self, leaves: Vec<SelectableId>, shown: Shown) -> Placement {
        let first = count(self.plan.places.len());
        self.plan.places.extend(leaves.into_iter().map(|selectable| Place {
            selectable,
            shown,
            scope: Scope::NONE,
        }));
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

    /// The columns that load an entity from a placement of its selectable.
    pub(super) fn items(&self, entity: EntityId, placement: Placement, level: usize) -> Vec<Item> {
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
                        add(self.column(placement, *column), Some(*column));
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

    /// A column where it appears in a placement.
    pub(super) fn column(&self, placement: Placement, column: ColumnId) -> Scalar {
        Scalar::Column(self.place_of(placement, column), column)
    }

    /// The place in a placement that has a column; the first where none has it.
    pub(super) fn place_of(&self, placement: Placement, column: ColumnId) -> PlaceId {
        let selectable = self.mapping.graph.column(column).selectable;
        let found = self.plan.find(Scope::of(placement), selectable);
        found.unwrap_or(PlaceId(placement.first))
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
