//! The columns of SELECTs, and what they feed.
//!
//! Most of a statement's columns are those of whole entities, so they are not listed one by one: a
//! [`Stretch`] says from where to where an entity's attributes are shown.

use std::ops::Range;

use super::list::{List, Lists, Mark};
use super::model::{Plan, Select, SelectId, WindowId};
use super::place::{PlaceId, Scope};
use crate::base::{ColumnId, EntityId, ExprId, Id, Name};
use crate::entity::Mapping;

/// A single value of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scalar {
    /// A column of a place.
    Column(PlaceId, ColumnId),
    /// An expression.
    Expr(ExprId, Scope),
    /// The item of a sub-SELECT at this position.
    Shown(SelectId, usize),
    /// The rows of a sub-SELECT as one JSON value.
    Json(SelectId),
    /// The number of the row, from 1, in a window.
    RowNumber(WindowId),
}

/// One column of a SELECT.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Item {
    /// Its value.
    pub value: Scalar,
    /// The label that its entity gives it, or its key in a JSON object.
    pub label: Option<Name>,
    /// What it feeds; nothing where the statement alone needs it.
    pub feeds: Option<Bound>,
}

/// Attributes of an entity that stand one after the other, each the only one of a column, and so do
/// their columns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// The entity.
    pub entity: EntityId,
    /// The position of the first of its attributes.
    pub attribute: usize,
    /// How many.
    pub count: usize,
    /// Where their columns are.
    pub place: PlaceId,
    /// The column of the first; those of the others follow it.
    pub column: ColumnId,
    /// The level that they are loaded at; see [`Bound::level`].
    pub level: usize,
}

/// What a SELECT shows: a column, or several at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shows {
    /// One column.
    Item(Item),
    /// Attributes of an entity.
    Stretch(Stretch),
}

/// Which attribute of which entity an item feeds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bound {
    /// The entity.
    pub entity: EntityId,
    /// Its attribute.
    pub attribute: Name,
    /// The column that the attribute shows; nothing for an expression.
    pub column: Option<ColumnId>,
    /// The level that it is loaded at: 0 is the entity that the plan starts from, `n` the end of
    /// its `n`th step.
    pub level: usize,
    /// Whether the item is part of what identifies the instance.
    pub primary_key: bool,
}

impl Item {
    /// A column that feeds nothing.
    pub(super) fn unfed(value: Scalar) -> Self {
        Self { value, label: None, feeds: None }
    }

    /// The column of a place that it is, if it is one.
    pub fn place_column(&self) -> Option<(PlaceId, ColumnId)> {
        match self.value {
            Scalar::Column(place, column) => Some((place, column)),
            _ => None,
        }
    }
}

impl Stretch {
    /// The column at a position of the stretch.
    fn item(&self, mapping: &Mapping, at: usize) -> Option<Item> {
        let entity = mapping.entity(self.entity);
        let column = self.column_at(at)?;
        let (attribute, label) = match &entity.listed {
            Some(listed) => listed.get(self.attribute + at).map(|it| (it.name, it.label))?,
            None => (mapping.graph.column(column).name, None),
        };
        let feeds = Some(Bound {
            entity: self.entity,
            attribute,
            column: Some(column),
            level: self.level,
            primary_key: entity.primary_key.contains(&column),
        });
        Some(Item { value: Scalar::Column(self.place, column), label, feeds })
    }

    fn column_at(&self, at: usize) -> Option<ColumnId> {
        u32::try_from(self.column.index() + at).ok().map(ColumnId::from_index)
    }

    /// The position in the stretch of a column.
    pub(super) fn position(&self, place: PlaceId, column: ColumnId) -> Option<usize> {
        let at = column.index().checked_sub(self.column.index())?;
        (place == self.place && at < self.count).then_some(at)
    }

    /// A part of the stretch; nothing where that is empty.
    fn part(&self, range: Range<usize>) -> Option<Self> {
        let (attribute, count) = (self.attribute + range.start, range.len());
        let part = Self { attribute, count, column: self.column_at(range.start)?, ..*self };
        (count > 0).then_some(part)
    }

    /// Whether another goes on where this one ends.
    fn leads_to(&self, next: &Self) -> bool {
        let follows = self.attribute + self.count == next.attribute
            && self.column.index() + self.count == next.column.index();
        follows && (self.entity, self.place, self.level) == (next.entity, next.place, next.level)
    }
}

impl Shows {
    /// How many columns.
    pub fn count(&self) -> usize {
        match self {
            Self::Item(_) => 1,
            Self::Stretch(stretch) => stretch.count,
        }
    }

    /// The entity that is fed.
    pub(super) fn entity(&self) -> Option<EntityId> {
        match self {
            Self::Item(item) => item.feeds.map(|bound| bound.entity),
            Self::Stretch(stretch) => Some(stretch.entity),
        }
    }

    /// The column at a position.
    pub(super) fn item(&self, mapping: &Mapping, at: usize) -> Option<Item> {
        match self {
            Self::Item(item) => (at == 0).then_some(*item),
            Self::Stretch(stretch) => stretch.item(mapping, at),
        }
    }

    /// The position of a column of a place, if it is shown.
    fn position(&self, (place, column): (PlaceId, ColumnId)) -> Option<usize> {
        match self {
            Self::Stretch(stretch) => stretch.position(place, column),
            Self::Item(item) => (item.place_column() == Some((place, column))).then_some(0),
        }
    }

    /// The position, from one on, of the first column that is among some.
    pub(super) fn first_of(&self, columns: &[(PlaceId, ColumnId)], from: usize) -> Option<usize> {
        let positions = columns.iter().filter_map(|column| self.position(*column));
        positions.filter(|at| *at >= from).min()
    }

    /// A part of it; nothing where that is empty.
    fn part(&self, range: Range<usize>) -> Option<Self> {
        match self {
            Self::Stretch(stretch) => stretch.part(range).map(Self::Stretch),
            Self::Item(_) => (!range.is_empty()).then_some(*self),
        }
    }

    /// A column of a place by itself, if it is shown.
    pub(super) fn only(&self, column: (PlaceId, ColumnId)) -> Option<Self> {
        self.position(column).and_then(|at| self.part(at..at + 1))
    }

    /// Each column.
    pub(super) fn items<'a>(&'a self, mapping: &'a Mapping) -> impl Iterator<Item = Item> + 'a {
        (0..self.count()).filter_map(|at| self.item(mapping, at))
    }
}

impl Lists<Shows> {
    /// Pushes to the list that was begun at a mark; a stretch becomes one with that before it where it
    /// goes on from there.
    pub(super) fn push_joined(&mut self, mark: Mark, shows: Shows) {
        if let Shows::Stretch(stretch) = &shows
            && let Some(Shows::Stretch(last)) = self.last_since(mark)
            && last.leads_to(stretch)
        {
            last.count += stretch.count;
        } else {
            self.push(shows);
        }
    }

    /// Pushes a part of what is shown, in the same way.
    pub(super) fn push_part(&mut self, mark: Mark, shows: &Shows, range: Range<usize>) {
        if let Some(part) = shows.part(range) {
            self.push_joined(mark, part);
        }
    }

    /// How many columns a list has.
    pub(super) fn width(&self, list: List<Shows>) -> usize {
        self.get(list).iter().map(Shows::count).sum()
    }
}

impl Plan<'_> {
    /// What a SELECT shows.
    pub fn shows(&self, select: &Select<'_>) -> &[Shows] {
        self.shown.get(select.items)
    }

    /// The columns of a SELECT, one by one.
    pub fn items<'a>(
        &'a self,
        mapping: &'a Mapping,
        select: &Select<'_>,
    ) -> impl Iterator<Item = Item> + 'a {
        self.shows(select).iter().flat_map(|shows| shows.items(mapping))
    }

    /// What the members of a JSON value and of those inside it feed, and their keys.
    pub fn members(&self, mapping: &Mapping, value: Scalar) -> Vec<(Option<Name>, Bound)> {
        let (mut members, mut open) = (Vec::new(), vec![value]);
        while let Some(value) = open.pop() {
            let Scalar::Json(select) = value else { continue };
            let select = self.select(select);
            for item in select.into_iter().flat_map(|select| self.items(mapping, select)) {
                members.extend(item.feeds.map(|bound| (item.label, bound)));
                open.push(item.value);
            }
        }
        members
    }
}
