//! `json`: the rows of an entity, each with its related rows as one JSON value.
//!
//! Related rows are found by a sub-SELECT for each row of the entity and put together there: no row
//! of the entity comes twice, a limit counts instances, and no row stands for the lack of one.

use super::adapt::Ends;
use super::bind::lazy_clause;
use super::build::{Builder, Called};
use super::list::List;
use super::model::{FromId, JsonShape, Select, SelectId};
use super::place::Placement;
use super::request::{Refusal, Request};
use super::row::{Item, Scalar, Shows};
use super::step::Step;

/// So deep do the databases of today nest such values. `SQLite` ends at 18, where an expression comes
/// to be 1,000 deep (the parser of an older one, 3.40 say, has room for five), SQL Server at 32.
const DEEPEST: usize = 16;

/// A step and where its rows are.
struct Level<'m> {
    step: Step<'m>,
    from: FromId,
    ends: Ends,
}

pub(super) fn plan<'m>(
    builder: &mut Builder<'m>,
    request: &Request,
    steps: &[Step<'m>],
) -> Result<(), Refusal> {
    if steps.len() > DEEPEST {
        return Err(Refusal::PathTooDeep(request.load, DEEPEST));
    }
    builder.begin(request, steps);
    let (parent, from) = builder.place_entity(request.entity, Called::Plain);
    let select = builder.rows_from(request, parent, from, None);
    let levels = builder.levels(parent, steps);
    let document = builder.documents(levels);
    let items = builder.plan.shown.mark();
    builder.plan.shown.repeat(select.items);
    builder.plan.shown.add(document.map(Shows::Item));
    let items = builder.plan.shown.since(items);
    builder.finish(Select { items, ..select });
    Ok(())
}

impl<'m> Builder<'m> {
    fn levels(&mut self, parent: Placement, steps: &[Step<'m>]) -> Vec<Level<'m>> {
        let mut last = parent;
        let mut level = |step: &Step<'m>| {
            let target = self.mapping.loaded_from(step.target);
            let called = if self.appears(target) { Called::Parts } else { Called::Plain };
            let (chain, ends) = self.far_side(last, step, called);
            last = ends.target;
            Level { step: *step, from: chain.from, ends }
        };
        steps.iter().map(&mut level).collect()
    }

    /// The document of the first level, with those of the others inside.
    fn documents(&mut self, levels: Vec<Level<'m>>) -> Option<Item> {
        let mut inner = None;
        for (i, level) in levels.into_iter().enumerate().rev() {
            let mut items = self.members(&level.step, level.ends.target, i + 1);
            items.extend(inner);
            let items = self.plan.shown.add(items.into_iter().map(Shows::Item));
            let name = level.step.relationship.name;
            let value = Scalar::Json(self.document(&level, items));
            inner = Some(Item { value, label: Some(name), feeds: None });
        }
        inner
    }

    fn document(&mut self, level: &Level<'m>, items: List<Shows>) -> SelectId {
        let Level { ref step, from, ends } = *level;
        let shape = if step.answer.uselist { JsonShape::Array } else { JsonShape::Object };
        let one_of_several = shape == JsonShape::Object && !self.is_unique(step);
        let order_by = match shape {
            JsonShape::Array => self.step_order(step, ends),
            JsonShape::Object if one_of_several => self.first_order(step, ends),
            JsonShape::Object => List::EMPTY,
        };
        let filter = self.first_condition(step, ends);
        let select = Select {
            items,
            from: self.plan.sources.add([from]),
            filter,
            order_by,
            limit: one_of_several.then_some(1),
            json: Some(shape),
            ..Select::default()
        };
        self.enclosed(select)
    }

    /// Whether the target's row is found by its primary key.
    fn is_unique(&self, step: &Step<'m>) -> bool {
        let clause = lazy_clause(self.mapping, step.answer, false);
        clause.is_some_and(|clause| clause.is_get(self.mapping, step.target))
    }

    /// What a target's object holds: each attribute once, under its name.
    fn members(&mut self, step: &Step<'m>, placement: Placement, depth: usize) -> Vec<Item> {
        let mut members: Vec<Item> = Vec::new();
        let loaded = self.target_items(step, placement, depth);
        let loaded = self.plan.shown.get(loaded).iter();
        for item in loaded.flat_map(|shows| shows.items(self.mapping)) {
            let name = item.feeds.map(|bound| bound.attribute);
            match members.iter_mut().find(|member| member.label == name) {
                None => members.push(Item { label: name, ..item }),
                // Of the columns that an attribute keeps equal, any can be that of the key.
                Some(Item { feeds: Some(known), .. }) => {
                    known.primary_key |= item.feeds.is_some_and(|bound| bound.primary_key);
                }
                Some(_) => {}
            }
        }
        members
    }
}
