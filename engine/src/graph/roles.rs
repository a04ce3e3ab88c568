//! Sets of occurrences.

use super::condition::OccurrenceIndex;

/// A set of occurrences of one condition: those that are foreign, or remote, or local.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Roles {
    /// Bit `i` of word `w` is occurrence `64 w + i`; trailing zero words are cut.
    words: Vec<u64>,
}

/// The occurrences of a [`Roles`] in order.
#[derive(Clone, Debug)]
pub struct RolesIter<'r> {
    roles: &'r Roles,
    next: u32,
}

impl Roles {
    /// The empty set.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds an occurrence.
    pub fn insert(&mut self, occurrence: OccurrenceIndex) {
        let (word, bit) = place(occurrence);
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        if let Some(bits) = self.words.get_mut(word) {
            *bits |= bit;
        }
    }

    /// Whether an occurrence is in the set.
    pub fn contains(&self, occurrence: OccurrenceIndex) -> bool {
        let (word, bit) = place(occurrence);
        self.words.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// Whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The occurrences in order.
    pub fn iter(&self) -> RolesIter<'_> {
        RolesIter { roles: self, next: 0 }
    }
}

fn place(occurrence: OccurrenceIndex) -> (usize, u64) {
    ((occurrence.0 / 64) as usize, 1 << (occurrence.0 % 64))
}

impl Iterator for RolesIter<'_> {
    type Item = OccurrenceIndex;

    fn next(&mut self) -> Option<OccurrenceIndex> {
        let end = u32::try_from(self.roles.words.len() * 64).unwrap_or(u32::MAX);
        while self.next < end {
            let occurrence = OccurrenceIndex(self.next);
            self.next += 1;
            if self.roles.contains(occurrence) {
                return Some(occurrence);
            }
        }
        None
    }
}

impl<'r> IntoIterator for &'r Roles {
    type Item = OccurrenceIndex;
    type IntoIter = RolesIter<'r>;

    fn into_iter(self) -> RolesIter<'r> {
        self.iter()
    }
}

impl Extend<OccurrenceIndex> for Roles {
    fn extend<T: IntoIterator<Item = OccurrenceIndex>>(&mut self, iter: T) {
        for occurrence in iter {
            self.insert(occurrence);
        }
    }
}

impl FromIterator<OccurrenceIndex> for Roles {
    fn from_iter<T: IntoIterator<Item = OccurrenceIndex>>(iter: T) -> Self {
        let mut roles = Self::none();
        roles.extend(iter);
        roles
    }
}
