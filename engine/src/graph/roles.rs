//! Sets of occurrences.

use super::condition::OccurrenceIndex;

/// A set of occurrences of one condition: those that are foreign, or remote, or local.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Roles(Words);

/// Bit `i` of word `w` is occurrence `64 w + i`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Words {
    /// All that most conditions have.
    One(u64),
    /// At least two, of which the last is not zero.
    Several(Box<[u64]>),
}

/// The occurrences of a [`Roles`] in order.
#[derive(Clone, Debug)]
pub struct RolesIter<'r> {
    roles: &'r Roles,
    next: u32,
}

impl Roles {
    /// The empty set.
    pub const fn none() -> Self {
        Self(Words::One(0))
    }

    /// Every second of `count` occurrences, `first` and those that follow: one side of equalities.
    pub fn alternate(first: OccurrenceIndex, count: usize) -> Self {
        const EVEN: u64 = u64::MAX / 3;
        if count > 64 {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            return (first.0..count).step_by(2).map(OccurrenceIndex).collect();
        }
        let within = u64::MAX.checked_shr(64 - u32::try_from(count).unwrap_or(64)).unwrap_or(0);
        Self(Words::One(EVEN.checked_shl(first.0).unwrap_or(0) & within))
    }

    /// Adds an occurrence.
    pub fn insert(&mut self, occurrence: OccurrenceIndex) {
        let (word, bit) = place(occurrence);
        if word >= self.words().len() {
            let mut words = self.words().to_vec();
            words.resize(word + 1, 0);
            self.0 = Words::Several(words.into());
        }
        let words = match &mut self.0 {
            Words::One(only) => std::slice::from_mut(only),
            Words::Several(words) => words,
        };
        if let Some(word) = words.get_mut(word) {
            *word |= bit;
        }
    }

    /// Whether an occurrence is in the set.
    pub fn contains(&self, occurrence: OccurrenceIndex) -> bool {
        let (word, bit) = place(occurrence);
        self.words().get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// Whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.0 == Words::One(0)
    }

    fn words(&self) -> &[u64] {
        match &self.0 {
            Words::One(only) => std::slice::from_ref(only),
            Words::Several(words) => words,
        }
    }

    /// The occurrences in order.
    pub fn iter(&self) -> RolesIter<'_> {
        RolesIter { roles: self, next: 0 }
    }
}

impl Default for Roles {
    fn default() -> Self {
        Self::none()
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
            let left = self.roles.words().get(word)? & !(bit - 1);
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
