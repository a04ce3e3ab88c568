//! Bytes of a text, and what takes their place.

use std::ops::Range;

use crate::base::SourceId;

/// Texts are compared in blocks first.
const BLOCK: usize = 4096;

/// An edit of one text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Change<'t> {
    pub(super) source: SourceId,
    /// The bytes of the text as it was.
    pub(super) old: Range<usize>,
    pub(super) new: &'t str,
}

impl<'t> Change<'t> {
    /// What is between the longest beginning and the longest end that two texts have in common,
    /// whole characters; nothing where they are the same. The old one is in parts.
    pub(super) fn between(source: SourceId, parts: &[&str], new: &'t str) -> Option<Self> {
        let length: usize = parts.iter().map(|part| part.len()).sum();
        let start = common_start(parts, new.as_bytes());
        if start == length && start == new.len() {
            return None;
        }
        let is_between = |at: &usize| new.is_char_boundary(*at);
        let start = (0..=start).rev().find(is_between)?;
        let end = common_end(parts, new.as_bytes()).min(length.min(new.len()) - start);
        let stop = (new.len() - end..=new.len()).find(is_between)?;
        let old = start..length - (new.len() - stop);
        Some(Self { source, old, new: new.get(start..stop)? })
    }

    /// A part of the text, which begins at `start`, with the change made in it; nothing where it
    /// is not all inside, or begins or ends inside a character.
    pub(super) fn within(&self, part: &str, start: usize) -> Option<String> {
        let bytes = self.inside(start)?;
        part.get(bytes.clone())?;
        Some([part.get(..bytes.start)?, self.new, part.get(bytes.end..)?].concat())
    }

    /// The bytes of a part that begins at `start`.
    pub(super) fn inside(&self, start: usize) -> Option<Range<usize>> {
        Some(self.old.start.checked_sub(start)?..self.old.end.checked_sub(start)?)
    }
}

fn common_start(parts: &[&str], new: &[u8]) -> usize {
    let mut rest = new;
    for block in parts.iter().flat_map(|part| part.as_bytes().chunks(BLOCK)) {
        if let Some(left) = rest.strip_prefix(block) {
            rest = left;
        } else {
            let pairs = block.iter().zip(rest);
            return new.len() - rest.len() + pairs.take_while(|(a, b)| a == b).count();
        }
    }
    new.len() - rest.len()
}

fn common_end(parts: &[&str], new: &[u8]) -> usize {
    let mut rest = new;
    for block in parts.iter().rev().flat_map(|part| part.as_bytes().rchunks(BLOCK)) {
        if let Some(left) = rest.strip_suffix(block) {
            rest = left;
        } else {
            let pairs = block.iter().rev().zip(rest.iter().rev());
            return new.len() - rest.len() + pairs.take_while(|(a, b)| a == b).count();
        }
    }
    new.len() - rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Id;

    fn between<'t>(parts: &[&str], new: &'t str) -> Option<(Range<usize>, &'t str)> {
        let source = SourceId::from_index(0);
        let change = Change::between(source, parts, new)?;
        assert_eq!(change.within(&parts.concat(), 0).as_deref(), Some(new));
        Some((change.old, change.new))
    }

    #[test]
    fn a_change_is_what_is_not_common() {
        assert_eq!(between(&["abc"], "abc"), None);
        assert_eq!(between(&["a", "bc"], "abc"), None);
        assert_eq!(between(&["abc"], "axc"), Some((1..2, "x")));
        assert_eq!(between(&["a", "a"], "aaa"), Some((2..2, "a")));
        assert_eq!(between(&["ab", "", "ab"], "ab"), Some((2..4, "")));
        assert_eq!(between(&[""], "é"), Some((0..0, "é")));
    }

    #[test]
    fn characters_stay_whole() {
        assert_eq!(between(&["aéb"], "aèb"), Some((1..3, "è")));
        assert_eq!(between(&["€"], "₭"), Some((0..3, "₭")));
    }

    #[test]
    fn blocks_change_nothing() {
        let long = "x".repeat(3 * BLOCK + 7);
        for at in [0, 1, BLOCK - 1, BLOCK, 2 * BLOCK + 9, long.len()] {
            let (before, after) = long.split_at(at);
            let edited = format!("{before}yy{after}");
            assert_eq!(between(&[&long], &edited), Some((at..at, "yy")));
            assert_eq!(between(&[before, after], &edited), Some((at..at, "yy")));
            assert_eq!(between(&[&edited], &long), Some((at..at + 2, "")));
        }
    }
}
