//! A value that mostly says nothing.

use std::fmt;
use std::ops::{Deref, DerefMut};

/// A value that is its default more often than not, and then takes a pointer and no memory.
///
/// It reads and writes as the value itself; writing gives it memory.
///
/// ```
/// use joinwright::base::Seldom;
/// let mut list: Seldom<Vec<u8>> = Seldom::default();
/// assert!(list.is_empty());
/// list.push(1);
/// assert_eq!(*list, [1]);
/// assert_eq!(Seldom::new(Vec::<u8>::new()), Seldom::default());
/// ```
pub struct Seldom<T>(Option<Box<T>>);

/// Lets what a type says seldom read and write as fields of its own.
macro_rules! reads_as {
    ($($owner:ident.$field:ident: $said:ident),+ $(,)?) => {$(
        impl std::ops::Deref for $owner {
            type Target = $said;

            fn deref(&self) -> &$said {
                &self.$field
            }
        }

        impl std::ops::DerefMut for $owner {
            fn deref_mut(&mut self) -> &mut $said {
                &mut self.$field
            }
        }
    )+};
}

pub(crate) use reads_as;

/// A type whose default can be looked at without being made.
pub trait Blank: Default + PartialEq + 'static {
    /// What says nothing.
    const BLANK: &'static Self;
}

impl<T: PartialEq + 'static> Blank for Vec<T> {
    const BLANK: &'static Self = &Self::new();
}

impl<T> Seldom<T> {
    /// What says nothing.
    pub const BLANK: Self = Self(None);
}

impl<T: Blank> Seldom<T> {
    /// A value, which is given memory if it says anything.
    pub fn new(value: T) -> Self {
        Self((value != *T::BLANK).then(|| Box::new(value)))
    }

    /// The value to change, where it has memory: what says nothing stays without.
    pub fn given_mut(&mut self) -> Option<&mut T> {
        self.0.as_deref_mut()
    }

    /// Whether it has no memory, and so says nothing.
    pub fn is_blank(&self) -> bool {
        self.0.is_none()
    }

    /// Gives its memory back if it says nothing.
    pub fn shrink(&mut self) {
        self.0.take_if(|value| **value == *T::BLANK);
    }
}

impl<T: PartialEq + 'static> Seldom<Vec<T>> {
    /// Gives back the memory that the list does not need.
    pub fn shrink_list(&mut self) {
        self.shrink();
        if let Some(list) = self.given_mut() {
            list.shrink_to_fit();
        }
    }
}

impl<T: Blank> Deref for Seldom<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::BLANK)
    }
}

impl<T: Blank> DerefMut for Seldom<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: PartialEq + 'static> FromIterator<T> for Seldom<Vec<T>> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::new(items.into_iter().collect())
    }
}

impl<T> Default for Seldom<T> {
    fn default() -> Self {
        Self::BLANK
    }
}

impl<T: Clone> Clone for Seldom<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Blank> PartialEq for Seldom<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.0.is_none() && other.0.is_none()) || **self == **other
    }
}

impl<T: Blank + Eq> Eq for Seldom<T> {}

impl<T: Blank + fmt::Debug> fmt::Debug for Seldom<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
