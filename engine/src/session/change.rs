//! Where two texts differ.

use std::ops::Range;

use crate::base::SourceId;
use crate::text::{Shift, Span};

/// Texts are compared in blocks first.
const BLOCK: usize = 4096;

/// The bytes of the old text that others took the place of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Change {
    pub(super) old: Range<usize>,
    /// The length of the new text less that of the old one.
    pub(super) by: isize,
}

impl Change {
    /// What is between the longest beginning and the longest end that two texts have in common;
    /// nothing where they are the same.
    pub(super) fn between(old: &str, new: &str) -> Option<Self> {
        let (old, new) = (old.as_bytes(), new.as_bytes());
        let start = common_start(old, new);
        let shorter = old.len().min(new.len());
        if start == shorter && old.len() == new.len() {
            return None;
        }
        let end = common_end(old, new).min(shorter - start);
        let by = new.len().wrapping_sub(old.len()).cast_signed();
        Some(Self { old: start..old.len() - end, by })
    }

    /// How far what stands from `from` on moves, which is behind the change; nothing where that is
    /// too far to be told.
    pub(super) fn shift(&self, source: SourceId, from: usize) -> Option<Shift> {
        let (from, by) = (u32::try_from(from).ok()?, i32::try_from(self.by).ok()?);
        Some(Shift { source, from, by })
    }

    /// Whether it is of bytes inside a span of the old text.
    pub(super) fn meets(&self, span: Span) -> bool {
        self.old.start < span.end as usize && self.old.end > span.start as usize
    }
}

fn common_start(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.chunks(BLOCK).zip(b.chunks(BLOCK));
    let at: usize = blocks.take_while(|(a, b)| a == b).map(|(a, _)| a.len()).sum();
    let rest = a.iter().skip(at).zip(b.iter().skip(at));
    at + rest.take_while(|(a, b)| a == b).count()
}

fn common_end(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.rchunks(BLOCK).zip(b.rchunks(BLOCK));
    let at: usize = blocks.take_while(|(a, b)| a == b).map(|(a, _)| a.len()).sum();
    let rest = a.iter().rev().skip(at).zip(b.iter().rev().skip(at));
    at + rest.take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(old: &str, new: &str) -> Option<(Range<usize>, isize)> {
        Change::between(old, new).map(|change| (change.old, change.by))
    }

    #[test]
    fn a_change_is_what_is_not_common() {
        assert_eq!(between("abc", "abc"), None);
        assert_eq!(between("abc", "axc"), Some((1..2, 0)));
        assert_eq!(between("aa", "aaa"), Some((2..2, 1)));
        assert_eq!(between("abab", "ab"), Some((2..4, -2)));
        assert_eq!(between("", "é"), Some((0..0, 2)));
    }

    #[test]
    fn blocks_change_nothing() {
        let long = "x".repeat(3 * BLOCK + 7);
        for at in [0, 1, BLOCK - 1, BLOCK, 2 * BLOCK + 9, long.len()] {
            let (before, after) = long.split_at(at);
            let edited = format!("{before}yy{after}");
            assert_eq!(between(&long, &edited), Some((at..at, 2)));
            assert_eq!(between(&edited, &long), Some((at..at + 2, -2)));
        }
    }
}
