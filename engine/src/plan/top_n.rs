//! `top_n`: the first so many related rows of each of several instances.
//!
//! In two forms, of which a dialect takes what it can say. Where a sub-SELECT may name what stands
//! before it, it is run for each instance and ends early; elsewhere the related rows are numbered
//! for each instance, as `selectin` finds them, and those with higher numbers are left out.

use super::adapt::Ends;
use super::build::{Builder, Called};
use super::list::List;
use super::model::{From, Order, Predicate, Select, Window};
use super::request::{Refusal, Request};
use super::row::{Item, Scalar, Shows};
use super::step::Step;

pub(super) fn plan<'m>(
    builder: &mut Builder<'m>,
    request: &Request,
    step: &Step<'m>,
) -> Result<(), Refusal> {
    let limit = request.limit.ok_or(Refusal::NoLimit(request.load))?;
    if builder.mapping.entity(request.entity).primary_key.is_empty() {
        return Err(Refusal::NoPrimaryKey(request.entity));
    }
    builder.begin(request, std::slice::from_ref(step));
    builder.numbered(request, step, limit);
    let numbered = std::mem::take(&mut builder.plan);
    builder.begin(request, std::slice::from_ref(step));
    builder.each(request, step);
    builder.plan.without_lateral = Some(Box::new(numbered));
    Ok(())
}

impl<'m> Builder<'m> {
    /// The order that is asked for, of related rows, or that in which they are the first.
    fn first_asked(&mut self, request: &Request, step: &Step<'m>, ends: Ends) -> List<Order> {
        let asked = self.asked_order(request, self.mapping.entity(step.target), ends.target);
        asked.unwrap_or_else(|| self.first_order(step, ends))
    }

    /// A sub-SELECT for each instance.
    fn each(&mut self, request: &Request, step: &Step<'m>) {
        let entity = self.mapping.entity(request.entity);
        let (parent, left) = self.place_entity(request.entity, Called::Parts);
        let (related, ends) = self.far_side(parent, step, Called::Plain);
        let loaded = self.target_items(step, ends.target, 1);
        let filter = self.first_condition(step, ends);
        let inner = Select {
            items: loaded,
            from: self.plan.sources.add([related.from]),
            filter,
            order_by: self.first_asked(request, step, ends),
            limit: request.limit,
            offset: request.offset,
            ..Select::default()
        };
        let select = self.enclosed(inner);
        let around = Ends {
            secondary: ends.secondary.map(|secondary| self.enclose(secondary, select)),
            target: self.enclose(ends.target, select),
            ..ends
        };
        let order_by = self.first_asked(request, step, around);
        self.show_needed(select, ends.scope(), around.scope(), order_by);
        let keys = &entity.primary_key;
        let items = self.plan.shown.mark();
        self.unfed(parent, keys.iter().copied());
        self.shown_from(select, loaded);
        let items = self.plan.shown.since(items);
        let by_keys = Predicate::KeyIn(self.placed_columns(parent, keys.iter().copied()));
        let filter = std::iter::once(by_keys).chain(self.criterion(request.entity, parent));
        let filter = self.plan.predicates.add(filter);
        let from = self.add(From::Lateral { left, select });
        let from = self.plan.sources.add([from]);
        self.matched(request.entity, keys);
        self.finish(Select { items, from, filter, order_by, ..Select::default() });
    }

    /// Numbered rows.
    fn numbered(&mut self, request: &Request, step: &Step<'m>, limit: u64) {
        let source = self.source(request, step);
        let order_by = self.first_asked(request, step, source.ends);
        let window = self.window(Window { partition: source.keys, order_by });
        let number = Item::unfed(Scalar::RowNumber(window));
        let loaded = self.target_items(step, source.ends.target, 1);
        let loaded = self.keys_first(source.keys, loaded);
        let by_keys = std::iter::once(Predicate::KeyIn(source.keys));
        let inner = Select {
            items: self.plan.shown.with(loaded, Shows::Item(number)),
            from: self.plan.sources.add([source.from]),
            filter: self.plan.predicates.add(by_keys.chain(source.criterion)),
            ..Select::default()
        };
        let select = self.enclosed(inner);
        let number = Scalar::Shown(select, self.plan.shown.width(loaded));
        let offset = request.offset.unwrap_or(0);
        let from = self.add(From::Select(select));
        let by_number = Predicate::Numbered { number, offset, limit };
        let order = Order { value: number, descending: None, nulls_first: None };
        let outer = Select {
            items: self.shown_from(select, loaded),
            from: self.plan.sources.add([from]),
            filter: self.plan.predicates.add([by_number]),
            order_by: self.plan.orders.add([order]),
            ..Select::default()
        };
        self.finish(outer);
    }
}
