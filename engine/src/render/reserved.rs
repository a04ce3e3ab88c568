//! The words that are no names unless quoted.

/// The reserved words of a dialect.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Reserved {
    /// Lower case, sorted.
    words: &'static [&'static str],
    /// For each first letter, the lengths of its words as bits. Most names share first letter and
    /// length with none, and are not looked up.
    lengths: [u32; 26],
}

impl Reserved {
    /// These words: lower case, sorted, each beginning with a letter and of less than 32 bytes. What
    /// does not fit fails where it is evaluated, as a constant when the host is compiled.
    #[expect(clippy::indexing_slicing, reason = "evaluated at compile time, where it cannot pass")]
    pub const fn of(words: &'static [&'static str]) -> Self {
        let mut lengths = [0; 26];
        let mut rest = words;
        while let [word, others @ ..] = rest {
            lengths[(word.as_bytes()[0] - b'a') as usize] |= 1 << word.len();
            rest = others;
        }
        Self { words, lengths }
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        let first = name.bytes().next().map(|first| usize::from(first.wrapping_sub(b'a')));
        let lengths = first.and_then(|first| self.lengths.get(first).copied());
        let may = lengths.unwrap_or(0).checked_shr(u32::try_from(name.len()).unwrap_or(u32::MAX));
        may.is_some_and(|may| may & 1 == 1) && self.words.binary_search(&name).is_ok()
    }

    /// The words.
    #[cfg(test)]
    pub(super) fn words(&self) -> &'static [&'static str] {
        self.words
    }
}
