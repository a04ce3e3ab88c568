//! Sets of occurrences.

use super::condition::OccurrenceIndex;

/// A set of occurrences of one condition: those that are foreign, or remote, or local.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Roles {
    /// Bit `i` is occurrence `i`: all that most conditions have.
    first: u64,
    /// Bit `i` of word `w` is occurrence `64 (w + 1) + i`; the last word is not zero.
    further: Box<[u64]>,
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
        if self.further.len() < word {
            let mut words = std::mem::take(&mut self.further).into_vec();
            words.resize(word, 0);
            self.further = words.into_boxed_slice();
        }
        let further = word.checked_sub(1).and_then(|word| self.further.get_mut(word));
        *further.unwrap_or(&mut self.first) |= bit;
    }

    /// Whether an occurrence is in the set.
    pub fn contains(&self, occurrence: OccurrenceIndex) -> bool {
        let (word, bit) = place(occurrence);
        self.word(word).is_some_and(|bits| bits & bit != 0)
    }

    /// Whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.first == 0 && self.further.is_empty()
    }

    fn word(&self, word: usize) -> Option<u64> {
        match word.checked_sub(1) {
            None => Some(self.first),
            Some(word) => self.further.get(word).copied(),
        }
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
        loop {
            let (word, bit) = place(OccurrenceIndex(self.next));
            let left = self.roles.word(word)? & !(bit - 1);
            let start = self.next - self.next % 64;
            if left != 0 {
                let found = start + left.trailing_zeros();
                self.next = found.checked_add(1)?;
                return Some(OccurrenceIndex(found));
            }
            self.next = start.checked_add(64)?;
        }
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
