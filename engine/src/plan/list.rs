//! The lists of a plan: those of one kind stand one after the other, so that the next plan finds room
//! where this one had its own.

use std::marker::PhantomData;

/// A list among those of one kind; [`Lists::get`] tells what is in it.
pub struct List<T> {
    start: u32,
    end: u32,
    of: PhantomData<fn() -> T>,
}

/// All lists of one kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lists<T> {
    all: Vec<T>,
}

/// Where a list that is being made begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark(u32);

impl<T> List<T> {
    /// The empty list.
    pub const EMPTY: Self = Self { start: 0, end: 0, of: PhantomData };

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The list where all of its kind were put behind what comes before a mark.
    pub(super) fn behind(self, mark: Mark) -> Self {
        Self { start: self.start + mark.0, end: self.end + mark.0, of: PhantomData }
    }

    fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl<T> Lists<T> {
    /// What is in a list.
    pub fn get(&self, list: List<T>) -> &[T] {
        self.all.get(list.range()).unwrap_or_default()
    }

    pub(super) fn get_mut(&mut self, list: List<T>) -> &mut [T] {
        self.all.get_mut(list.range()).unwrap_or_default()
    }

    /// Begins a list: what is pushed from now on is in it.
    pub(super) fn mark(&self) -> Mark {
        Mark(self.length())
    }

    pub(super) fn push(&mut self, item: T) {
        self.all.push(item);
    }

    /// The list that was begun at a mark.
    pub(super) fn since(&self, mark: Mark) -> List<T> {
        List { start: mark.0, end: self.length(), of: PhantomData }
    }

    /// The last item of the list that was begun at a mark.
    pub(super) fn last_since(&mut self, mark: Mark) -> Option<&mut T> {
        self.all.get_mut(mark.0 as usize..)?.last_mut()
    }

    /// The list up to the first item that is none of some, and the rest.
    pub(super) fn split(&self, list: List<T>, is_one: impl Fn(&T) -> bool) -> (List<T>, List<T>) {
        let before = self.get(list).iter().take_while(|item| is_one(item)).count();
        let middle = u32::try_from(before).map_or(list.end, |count| list.start + count);
        (List { end: middle, ..list }, List { start: middle, ..list })
    }

    /// A list of these.
    pub(super) fn add(&mut self, items: impl IntoIterator<Item = T>) -> List<T> {
        let mark = self.mark();
        self.all.extend(items);
        self.since(mark)
    }

    pub(super) fn clear(&mut self) {
        self.all.clear();
    }

    fn length(&self) -> u32 {
        u32::try_from(self.all.len()).unwrap_or(u32::MAX)
    }
}

impl<T: Copy> Lists<T> {
    /// One list of all that is in others.
    pub(super) fn add_all(&mut self, others: &Self) -> List<T> {
        let mark = self.mark();
        self.all.extend_from_slice(&others.all);
        self.since(mark)
    }

    /// Pushes all that is in a list.
    pub(super) fn repeat(&mut self, list: List<T>) {
        if list.start < list.end && list.end <= self.length() {
            self.all.extend_from_within(list.range());
        }
    }

    /// The list with one more item; it moves where another one stands behind it.
    pub(super) fn with(&mut self, list: List<T>, item: T) -> List<T> {
        let at_end = list.end == self.length();
        let mark = if at_end { Mark(list.start) } else { self.mark() };
        if !at_end {
            self.repeat(list);
        }
        self.push(item);
        self.since(mark)
    }
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { all: Vec::new() }
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<T> {}

impl<T> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}

impl<T> Eq for List<T> {}

impl<T> std::fmt::Debug for List<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.range().fmt(f)
    }
}
