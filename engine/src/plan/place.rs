//! Where tables and subqueries appear in a plan.

use super::model::{Plan, SelectId};
use crate::base::{ColumnId, SelectableId};
use crate::entity::Mapping;

/// One appearance of a table or subquery in a FROM clause of a plan.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PlaceId(pub(super) u32);

/// One appearance of a table, named alias or subquery in a FROM clause.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// What appears; never a join.
    pub selectable: SelectableId,
    /// Under which name.
    pub shown: Shown,
    /// What a lateral subquery may name columns of.
    pub scope: Scope,
}

/// The name under which a place's columns can be reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shown {
    /// Its own.
    Plain,
    /// A made-up one.
    Aliased,
    /// That of the sub-SELECT around it.
    Within(SelectId),
}

/// The places of a whole selectable: one for each of the selectables that it joins, left to right.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placement {
    pub(super) first: u32,
    pub(super) count: u32,
}

/// The places that an expression's columns belong to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Scope {
    /// Looked at first.
    pub near: Placement,
    /// Looked at next.
    pub far: Placement,
}

impl PlaceId {
    /// Its position in [`Plan::places`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Placement {
    /// No place.
    pub const NONE: Self = Self { first: 0, count: 0 };

    /// Its places.
    pub fn places(self) -> impl Iterator<Item = PlaceId> {
        (self.first..self.first + self.count).map(PlaceId)
    }

    /// The place behind so many others.
    pub(super) fn nth(self, before: u32) -> Option<PlaceId> {
        (before < self.count).then(|| PlaceId(self.first + before))
    }
}

impl Scope {
    /// No place.
    pub const NONE: Self = Self { near: Placement::NONE, far: Placement::NONE };

    /// The places of one selectable.
    pub fn of(near: Placement) -> Self {
        Self { near, far: Placement::NONE }
    }

    /// Its places, nearest first.
    pub fn places(self) -> impl Iterator<Item = PlaceId> {
        self.near.places().chain(self.far.places())
    }
}

impl Plan<'_> {
    /// The column of some place in a scope that is, or stands for, a column: the alias or subquery
    /// that a hierarchy is loaded from stands for the columns of its entities.
    pub fn locate(
        &self,
        mapping: &Mapping,
        scope: Scope,
        column: ColumnId,
    ) -> Option<(PlaceId, ColumnId)> {
        match self.find(scope, mapping.graph.column(column).selectable) {
            Some(place) => Some((place, column)),
            None => self.standing_for(mapping, scope, column),
        }
    }

    /// The column of some place in a scope that stands for a column.
    fn standing_for(
        &self,
        mapping: &Mapping,
        scope: Scope,
        column: ColumnId,
    ) -> Option<(PlaceId, ColumnId)> {
        scope.places().find_map(|id| {
            let shown = mapping.shown_as(self.place(id)?.selectable, column)?;
            Some((id, shown))
        })
    }

    /// Where a placement has a column; at the first place where none has it.
    pub(super) fn place_of(
        &self,
        mapping: &Mapping,
        placement: Placement,
        column: ColumnId,
    ) -> (PlaceId, ColumnId) {
        let located = self.locate(mapping, Scope::of(placement), column);
        located.unwrap_or((PlaceId(placement.first), column))
    }

    /// The place in a scope where a selectable appears.
    pub fn find(&self, scope: Scope, selectable: SelectableId) -> Option<PlaceId> {
        self.find_in(scope.near, selectable).or_else(|| self.find_in(scope.far, selectable))
    }

    fn find_in(&self, placement: Placement, selectable: SelectableId) -> Option<PlaceId> {
        let places = self.places.get(placement.first as usize..).unwrap_or_default();
        let mut all = placement.places().zip(places);
        all.find(|(_, place)| place.selectable == selectable).map(|(id, _)| id)
    }
}
