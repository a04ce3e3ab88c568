//! An append-only store that hands out typed ids.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// An index into an [`Arena`] of one kind of thing.
pub trait Id: Copy + Eq {
    /// The id with this index.
    fn from_index(index: u32) -> Self;
    /// The index of this id.
    fn index(self) -> usize;
}

/// An append-only list whose positions are ids of type `I`.
///
/// Ids are only made by [`push`](Self::push), and nothing is ever removed, so indexing with an id
/// of the same arena always succeeds.
///
/// ```
/// use joinwright::base::{Arena, TableId};
/// let mut arena: Arena<TableId, &str> = Arena::new();
/// let id = arena.push("customer");
/// assert_eq!(arena[id], "customer");
/// ```
#[derive(Clone)]
pub struct Arena<I, T> {
    items: Vec<T>,
    kind: PhantomData<fn() -> I>,
}

impl<I: Id, T> Arena<I, T> {
    /// An empty arena.
    pub fn new() -> Self {
        Self { items: Vec::new(), kind: PhantomData }
    }

    /// Appends `item` and returns its id.
    pub fn push(&mut self, item: T) -> I {
        let id = self.next_id();
        self.items.push(item);
        id
    }

    /// Makes room for `additional` items, and no more.
    pub fn reserve(&mut self, additional: usize) {
        self.items.reserve_exact(additional);
    }

    /// Gives back the room that was made for items that did not come.
    pub fn shrink(&mut self) {
        self.items.shrink_to_fit();
    }

    /// The id that the next [`push`](Self::push) will return.
    pub fn next_id(&self) -> I {
        // Sources are capped far below 2^32 bytes, and each item stands for at least one of them.
        I::from_index(u32::try_from(self.items.len()).unwrap_or(u32::MAX))
    }

    /// The number of items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether nothing was pushed yet.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The items in order of their ids.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (I, &T)> + DoubleEndedIterator {
        self.items
            .iter()
            .enumerate()
            .map(|(i, item)| (I::from_index(u32::try_from(i).unwrap_or(u32::MAX)), item))
    }

    /// The items in order of their ids, to be changed.
    pub fn iter_mut(&mut self) -> impl ExactSizeIterator<Item = &mut T> {
        self.items.iter_mut()
    }

    /// The ids in order.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = I> + DoubleEndedIterator + use<I, T> {
        (0..u32::try_from(self.items.len()).unwrap_or(u32::MAX)).map(I::from_index)
    }
}

impl<I: Id, T> Default for Arena<I, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<I, T: fmt::Debug> fmt::Debug for Arena<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.items).finish()
    }
}

impl<I: Id, T> Index<I> for Arena<I, T> {
    type Output = T;

    #[expect(clippy::indexing_slicing, reason = "ids come from `push` and nothing is removed")]
    fn index(&self, id: I) -> &T {
        &self.items[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for Arena<I, T> {
    #[expect(clippy::indexing_slicing, reason = "ids come from `push` and nothing is removed")]
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.items[id.index()]
    }
}
