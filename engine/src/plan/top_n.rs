//! `top_n`: the first so many related rows of each of several instances.
//!
//! In two forms, of which a dialect takes what it can say. Where a sub-SELECT may name what stands
//! before it, it is run for each instance and ends early; elsewhere the related rows are numbered
//! for each instance, as `selectin` finds them, and those with higher numbers are left out.

use super::adapt::Ends;
use super::build::{Builder, Called, shown};
use super::model::{
    From, Item, Match, Order, Placement, Plan, Predicate, Scalar, Select, SelectId, Window,
};
use super::request::{Refusal, Request};
use super::selectin::with_keys;
use super::step::Step;
use crate::base::{ColumnId, EntityId};
use crate::entity::Mapping;
use crate::graph::Expr;

pub(super) fn plan<'m>(
    mapping: &'m Mapping,
    request: &Request,
    steps: &[Step<'m>],
) -> Result<Plan<'m>, Refusal> {
    let step = *steps.first().ok_or(Refusal::NoRelationship(request.load))?;
    let limit = request.limit.ok_or(Refusal::NoLimit(request.load))?;
    if mapping.entity(request.entity).primary_key.is_empty() {
        return Err(Refusal::NoPrimaryKey(request.entity));
    }
    let mut plan = Builder::new(mapping, request, steps).each(request, step);
    let numbered = Builder::new(mapping, request, steps).numbered(request, step, limit);
    plan.without_lateral = Some(Box::new(numbered));
    Ok(plan)
}

impl<'m> Builder<'m> {
    /// A sub-SELECT for each instance.
    fn each(mut self, request: &Request, step: Step<'m>) -> Plan<'m> {
        let entity = self.mapping.entity(request.entity);
        let (parent, left) = self.place_entity(request.entity, Called::Parts);
        let (related, ends) = self.far_side(parent, step, Called::Plain);
        let loaded = self.target_items(step, ends.target, 1);
        let select = self.enclosed(Select {
            items: loaded.clone(),
            from: vec![related.from],
            filter: self.first_condition(step, ends),
            order_by: self.first_order(step, ends),
            limit: request.limit,
            offset: request.offset,
            ..Select::default()
        });
        let around = Ends {
            secondary: ends.secondary.map(|secondary| self.enclose(secondary, select)),
            target: self.enclose(ends.target, select),
            ..ends
        };
        let order_by = self.first_order(step, around);
        self.show_ordered(select, ends, &order_by);
        let keys = &entity.primary_key;
        let given: Vec<_> = keys.iter().map(|key| self.place_of(parent, *key)).collect();
        let key = |key: &(super::PlaceId, ColumnId)| Item {
            value: Scalar::Column(key.0, key.1),
            label: None,
            feeds: None,
        };
        let items = given.iter().map(key).chain(shown(select, loaded)).collect();
        let from = self.add(From::Lateral { left, select });
        let mut filter = vec![Predicate::KeyIn(given)];
        filter.extend(self.criterion(request.entity, parent));
        self.matched(request.entity, keys);
        self.finish(Select { items, from: vec![from], filter, order_by, ..Select::default() })
    }

    /// Numbered rows.
    fn numbered(mut self, request: &Request, step: Step<'m>, limit: u64) -> Plan<'m> {
        let source = self.source(request, step);
        let holder = source.holder;
        let keys: Vec<_> = source.keys.iter().map(|key| self.place_of(holder, *key)).collect();
        let order_by = self.first_order(step, source.ends);
        let partition = keys.iter().map(|(place, key)| Scalar::Column(*place, *key)).collect();
        let number = Scalar::RowNumber(self.window(Window { partition, order_by }));
        let loaded = with_keys(&keys, self.target_items(step, source.ends.target, 1));
        let mut items = loaded.clone();
        items.push(Item { value: number, label: None, feeds: None });
        let mut filter = vec![Predicate::KeyIn(keys)];
        filter.extend(source.criterion);
        let select =
            self.enclosed(Select { items, from: vec![source.from], filter, ..Select::default() });
        let number = Scalar::Shown(select, loaded.len());
        let offset = request.offset.unwrap_or(0);
        let from = self.add(From::Select(select));
        self.matched(request.entity, &source.given);
        self.finish(Select {
            items: shown(select, loaded).collect(),
            from: vec![from],
            filter: vec![Predicate::Numbered { number, offset, limit }],
            order_by: vec![Order { value: number, descending: None, nulls_first: None }],
            ..Select::default()
        })
    }

    /// The first items are those that the columns of the given instances equal.
    pub(super) fn matched(&mut self, entity: EntityId, given: &[ColumnId]) {
        let read = given.iter().map(|column| self.mapping.read_for(entity, *column));
        let given: Vec<_> = read.collect();
        let matches = given.iter().enumerate();
        self.plan.matches = matches.map(|(item, column)| Match { item, column: *column }).collect();
        self.plan.keys = given;
    }

    /// Adds to a sub-SELECT the columns that its rows are ordered by from outside.
    fn show_ordered(&mut self, id: SelectId, ends: Ends, order: &[Order]) {
        for column in order.iter().flat_map(|term| self.ordered_columns(*term)).collect::<Vec<_>>()
        {
            let value = self.column(self.end_with(ends, column), column);
            let Some(select) = self.plan.selects.get_mut(id.index()) else { return };
            if !select.items.iter().any(|item| item.value == value) {
                select.items.push(Item { value, label: None, feeds: None });
            }
        }
    }

    fn ordered_columns(&self, term: Order) -> Vec<ColumnId> {
        let graph = &self.mapping.graph;
        match term.value {
            Scalar::Column(_, column) => vec![column],
            Scalar::Expr(expr, _) => graph
                .walk(expr)
                .filter_map(|expr| match graph.expr(expr) {
                    Expr::Column(column) => Some(*column),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The end that a column belongs to: the target, if it has it.
    fn end_with(&self, ends: Ends, column: ColumnId) -> Placement {
        let selectable = self.mapping.graph.column(column).selectable;
        let scope = super::Scope::of(ends.target);
        let of_target = self.plan.find(scope, selectable).is_some();
        ends.secondary.filter(|_| !of_target).unwrap_or(ends.target)
    }
}
