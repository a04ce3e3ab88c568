//! Lists of ids that mostly follow one another.

use std::fmt;
use std::iter::FusedIterator;
use std::ops::Range;

use super::arena::Id;

/// A list of ids, which takes no memory of its own where each follows the one before it.
///
/// ```
/// use joinwright::base::{Id, Ids, TableColumnId};
/// let [a, b, c] = [0, 1, 2].map(TableColumnId::from_index);
/// let mut columns = Ids::from_iter([a, b]);
/// columns.push(c);
/// assert_eq!((columns.get(1), columns.len()), (Some(b), 3));
/// assert!(columns.iter().eq([a, b, c]));
/// ```
#[derive(Clone)]
pub struct Ids<I>(Items<I>);

#[derive(Clone)]
enum Items<I> {
    /// The ids of these indexes.
    Run(Run),
    Listed(Box<[I]>),
}

/// Indexes from `start` to before `end`.
#[derive(Clone, Copy)]
struct Run {
    start: u32,
    end: u32,
}

/// The ids of a list; made by [`Ids::iter`].
#[derive(Clone)]
pub struct IdsIter<'a, I>(Rest<'a, I>);

#[derive(Clone)]
enum Rest<'a, I> {
    Run(Range<u32>),
    Listed(std::slice::Iter<'a, I>),
}

impl<I: Id> Ids<I> {
    /// No ids.
    pub fn new() -> Self {
        Self(Items::Run(Run { start: 0, end: 0 }))
    }

    /// Adds an id at the end. One that does not follow the last moves the list: a longer one of such
    /// is better collected.
    pub fn push(&mut self, id: I) {
        if !self.follow(id) {
            let ids = self.iter().chain([id]).collect();
            self.0 = Items::Listed(ids);
        }
    }

    /// Adds an id that the list can take in place; tells whether it could.
    fn follow(&mut self, id: I) -> bool {
        let Items::Run(run) = &mut self.0 else { return false };
        if run.start == run.end {
            let Ok(index) = u32::try_from(id.index()) else { return false };
            (run.start, run.end) = (index, index);
        }
        let follows = I::from_index(run.end) == id;
        run.end += u32::from(follows);
        follows
    }

    /// How many ids there are.
    pub fn len(&self) -> usize {
        self.iter().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The id at this place.
    pub fn get(&self, place: usize) -> Option<I> {
        self.iter().nth(place)
    }

    /// Whether an id is among them.
    pub fn contains(&self, id: I) -> bool {
        self.iter().any(|own| own == id)
    }

    /// The ids in order.
    pub fn iter(&self) -> IdsIter<'_, I> {
        IdsIter(match &self.0 {
            Items::Run(Run { start, end }) => Rest::Run(*start..*end),
            Items::Listed(ids) => Rest::Listed(ids.iter()),
        })
    }
}

impl<I: Id> Iterator for IdsIter<'_, I> {
    type Item = I;

    fn next(&mut self) -> Option<I> {
        match &mut self.0 {
            Rest::Run(indexes) => indexes.next().map(I::from_index),
            Rest::Listed(ids) => ids.next().copied(),
        }
    }

    fn nth(&mut self, n: usize) -> Option<I> {
        match &mut self.0 {
            Rest::Run(indexes) => indexes.nth(n).map(I::from_index),
            Rest::Listed(ids) => ids.nth(n).copied(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.0 {
            Rest::Run(indexes) => indexes.size_hint(),
            Rest::Listed(ids) => ids.size_hint(),
        }
    }
}

impl<I: Id> DoubleEndedIterator for IdsIter<'_, I> {
    fn next_back(&mut self) -> Option<I> {
        match &mut self.0 {
            Rest::Run(indexes) => indexes.next_back().map(I::from_index),
            Rest::Listed(ids) => ids.next_back().copied(),
        }
    }
}

impl<I: Id> ExactSizeIterator for IdsIter<'_, I> {}

impl<I: Id> FusedIterator for IdsIter<'_, I> {}

impl<'a, I: Id> IntoIterator for &'a Ids<I> {
    type Item = I;
    type IntoIter = IdsIter<'a, I>;

    fn into_iter(self) -> IdsIter<'a, I> {
        self.iter()
    }
}

impl<I: Id> FromIterator<I> for Ids<I> {
    fn from_iter<T: IntoIterator<Item = I>>(ids: T) -> Self {
        let (mut run, mut ids) = (Self::new(), ids.into_iter());
        match ids.find(|id| !run.follow(*id)) {
            None => run,
            Some(other) => Self(Items::Listed(run.iter().chain([other]).chain(ids).collect())),
        }
    }
}

impl<I: Id> Default for Ids<I> {
    fn default() -> Self {
        Self::new()
    }
}

impl<I: Id + fmt::Debug> fmt::Debug for Ids<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<I: Id + fmt::Debug> fmt::Debug for IdsIter<'_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::TableColumnId;

    #[test]
    fn a_list_holds_what_was_put_in() {
        let lists: [&[u32]; 8] =
            [&[], &[0], &[7], &[3, 4, 5], &[3, 4, 6, 7], &[3, 2], &[3, 3], &[0, 1, 0]];
        for indexes in lists {
            let ids = || indexes.iter().map(|index| TableColumnId::from_index(*index));
            let (collected, mut pushed) = (ids().collect::<Ids<_>>(), Ids::new());
            ids().for_each(|id| pushed.push(id));
            for list in [collected, pushed] {
                assert!(list.iter().eq(ids()), "{indexes:?}");
                assert!(list.iter().rev().eq(ids().rev()), "{indexes:?}");
                assert_eq!((list.len(), list.is_empty()), (indexes.len(), indexes.is_empty()));
                assert_eq!(list.get(1), ids().nth(1));
                assert_eq!(list.get(4), None);
                let third = TableColumnId::from_index(3);
                assert_eq!(list.contains(third), indexes.contains(&3), "{indexes:?}");
            }
        }
    }

    #[test]
    fn a_list_is_two_words_and_a_run_takes_no_more() {
        assert_eq!(size_of::<Ids<TableColumnId>>(), 2 * size_of::<usize>());
        let run: Ids<_> = (5..9).map(TableColumnId::from_index).collect();
        assert!(matches!(run.0, Items::Run(_)));
    }
}
