//! Lists that mostly have one item.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

/// A list that takes no memory of its own for a single item. Read it as the slice it is.
///
/// ```
/// use joinwright::base::Few;
/// let mut few = Few::from(7);
/// assert_eq!(*few, [7]);
/// few.push(8);
/// assert_eq!(few, Few::from_iter([7, 8]));
/// assert_eq!(few.iter().sum::<i32>(), 15);
/// ```
#[derive(Clone)]
pub struct Few<T>(Items<T>);

/// What is not one item is `Other`, so that equal lists have equal forms.
#[derive(Clone)]
enum Items<T> {
    One(T),
    Other(Box<[T]>),
}

impl<T> Few<T> {
    /// The empty list.
    pub fn new() -> Self {
        Self(Items::Other(Box::default()))
    }

    /// Adds an item at the end. Each one moves the list: a longer one is better collected.
    pub fn push(&mut self, item: T) {
        *self = match std::mem::take(self).0 {
            Items::One(first) => Self(Items::Other(Box::new([first, item]))),
            Items::Other(items) => items.into_iter().chain([item]).collect(),
        };
    }
}

impl<T: PartialEq> Few<T> {
    /// Each item once, in the order in which they come first.
    pub fn distinct(items: impl IntoIterator<Item = T>) -> Self {
        let mut items = items.into_iter();
        let Some(first) = items.next() else { return Self::new() };
        let Some(second) = items.find(|item| *item != first) else { return Self::from(first) };
        let mut all = vec![first, second];
        for item in items {
            if !all.contains(&item) {
                all.push(item);
            }
        }
        all.into()
    }
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Items::One(item) => std::slice::from_ref(item),
            Items::Other(items) => items,
        }
    }
}

impl<T> From<T> for Few<T> {
    fn from(item: T) -> Self {
        Self(Items::One(item))
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(mut items: Vec<T>) -> Self {
        match items.pop() {
            Some(only) if items.is_empty() => Self::from(only),
            last => {
                items.extend(last);
                Self(Items::Other(items.into_boxed_slice()))
            }
        }
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut items = items.into_iter();
        let Some(first) = items.next() else { return Self::new() };
        let Some(second) = items.next() else { return Self::from(first) };
        let all: Box<[T]> = [first, second].into_iter().chain(items).collect();
        Self(Items::Other(all))
    }
}

impl<'f, T> IntoIterator for &'f Few<T> {
    type Item = &'f T;
    type IntoIter = std::slice::Iter<'f, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: PartialEq> PartialEq for Few<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Few<T> {}

impl<T: Hash> Hash for Few<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl<T: fmt::Debug> fmt::Debug for Few<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_the_same_however_it_was_made() {
        for items in [vec![], vec![1], vec![1, 2], vec![1, 2, 3]] {
            let mut pushed = Few::new();
            for item in &items {
                pushed.push(*item);
            }
            assert_eq!(*pushed, *items);
            assert_eq!(pushed, Few::from(items.clone()));
            assert_eq!(pushed, items.iter().copied().collect());
            assert_eq!(pushed, Few::distinct(items.iter().chain(&items).copied()));
        }
    }

    #[test]
    fn a_short_list_is_two_words() {
        assert_eq!(size_of::<Few<(u32, u32)>>(), 2 * size_of::<usize>());
    }
}
