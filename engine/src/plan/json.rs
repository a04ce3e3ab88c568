//! `json`: the rows of an entity, each with its related rows as one JSON value.
//!
//! Related rows are found by a sub-SELECT for each row of the entity and put together there: no row
//! of the entity comes twice, a limit counts instances, and no row stands for the lack of one.

use super::adapt::Ends;
use super::bind::lazy_clause;
use super::build::{Builder, Called};
use super::model::{FromId, Item, JsonShape, Placement, Plan, Scalar, Select, SelectId};
use super::request::{Refusal, Request};
use super::step::Step;
use crate::entity::Mapping;

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
    mapping: &'m Mapping,
    request: &Request,
    steps: &[Step<'m>],
) -> Result<Plan<'m>, Refusal> {
    if steps.len() > DEEPEST {
        return Err(Refusal::PathTooDeep(request.load, DEEPEST));
    }
    let mut builder = Builder::new(mapping, request, steps);
    let (parent, from) = builder.place_entity(request.entity, Called::Plain);
    let mut items = builder.items(request.entity, parent, 0);
    let levels = builder.levels(parent, steps);
    items.extend(builder.documents(levels));
    let select = Select {
        items,
        from: vec![from],
        filter: builder.criterion(request.entity, parent).into_iter().collect(),
        order_by: builder.order(request, parent),
        limit: request.limit,
        offset: request.offset,
        ..Select::default()
    };
    Ok(builder.finish(select))
}

impl<'m> Builder<'m> {
    fn levels(&mut self, parent: Placement, steps: &[Step<'m>]) -> Vec<Level<'m>> {
        let mut last = parent;
        let mut level = |step: &Step<'m>| {
            let target = self.mapping.loaded_from(step.target);
            let called = if self.appears(target) { Called::Parts } else { Called::Plain };
            let (chain, ends) = self.far_side(last, *step, called);
            last = ends.target;
            Level { step: *step, from: chain.from, ends }
        };
        steps.iter().map(&mut level).collect()
    }

    /// The document of the first level, with those of the others inside.
    fn documents(&mut self, levels: Vec<Level<'m>>) -> Option<Item> {
        let mut inner = None;
        for (i, level) in levels.into_iter().enumerate().rev() {
            let mut items = self.members(level.step, level.ends.target, i + 1);
            items.extend(inner);
            let name = level.step.relationship.name;
            let value = Scalar::Json(self.document(&level, items));
            inner = Some(Item { value, label: Some(name), feeds: None });
        }
        inner
    }

    fn document(&mut self, level: &Level<'m>, items: Vec<Item>) -> SelectId {
        let Level { step, from, ends } = *level;
        let shape = if step.answer.uselist { JsonShape::Array } else { JsonShape::Object };
        let one_of_several = shape == JsonShape::Object && !self.is_unique(step);
        let order_by = match shape {
            JsonShape::Array => self.step_order(step, ends),
            JsonShape::Object if one_of_several => self.first_order(step, ends),
            JsonShape::Object => Vec::new(),
        };
        self.enclosed(Select {
            items,
            from: vec![from],
            filter: self.first_condition(step, ends),
            order_by,
            limit: one_of_several.then_some(1),
            json: Some(shape),
            ..Select::default()
        })
    }

    /// Whether the target's row is found by its primary key.
    fn is_unique(&self, step: Step<'m>) -> bool {
        let clause = lazy_clause(self.mapping, step.answer, false);
        let target = step.target;
        clause.is_some_and(|clause| clause.as_get(self.mapping, target).is_some())
    }

    /// What a target's object holds: each attribute once, under its name.
    fn members(&mut self, step: Step<'m>, placement: Placement, depth: usize) -> Vec<Item> {
        let mut members: Vec<Item> = Vec::new();
        for item in self.target_items(step, placement, depth) {
            let name = item.feeds.map(|bound| bound.attribute);
            if !members.iter().any(|member| member.label == name) {
                members.push(Item { label: name, ..item });
            }
        }
        members
    }
}
