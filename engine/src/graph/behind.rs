//! What comes behind things that are kept elsewhere.

use std::marker::PhantomData;

use crate::base::Id;

/// An append-only list whose ids begin behind those of what the catalog declares.
#[derive(Clone, Debug)]
pub(super) struct Behind<I, T> {
    first: usize,
    items: Vec<T>,
    kind: PhantomData<fn() -> I>,
}

impl<I: Id, T> Behind<I, T> {
    /// An empty list behind the ids below `first`.
    pub(super) fn new(first: usize) -> Self {
        Self { first, items: Vec::new(), kind: PhantomData }
    }

    /// The number of those before it.
    pub(super) fn first(&self) -> usize {
        self.first
    }

    /// Appends `item` and returns its id.
    pub(super) fn push(&mut self, item: T) -> I {
        let index = self.first + self.items.len();
        self.items.push(item);
        I::from_index(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The item of an id; `None` where that is one of those before.
    pub(super) fn get(&self, id: I) -> Option<&T> {
        self.items.get(id.index().checked_sub(self.first)?)
    }

    /// The same, to be changed.
    pub(super) fn get_mut(&mut self, id: I) -> Option<&mut T> {
        self.items.get_mut(id.index().checked_sub(self.first)?)
    }

    /// The items in order of their ids.
    pub(super) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// Gives back the room that was made for items that did not come.
    pub(super) fn shrink(&mut self) {
        self.items.shrink_to_fit();
    }
}

impl<I: Id, T> Default for Behind<I, T> {
    fn default() -> Self {
        Self::new(0)
    }
}
