//! How long a made name may be.
//!
//! Rules: `SQLAlchemy`'s `SQLCompiler._truncated_identifier`. A name gives up its end for a number in
//! base 16, counted in the order in which the statement is read, so that no two become one.

use std::fmt::Write as _;
use std::ops::Range;

/// How long a name may be.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Length {
    /// So many bytes of UTF-8.
    Bytes(usize),
    /// So many characters.
    Characters(usize),
}

impl Length {
    /// What is kept free for the number.
    const RESERVED: usize = 6;

    /// Where a name has to end to leave room for a number; `None` if it has room.
    fn cut(self, name: &str) -> Option<usize> {
        match self {
            Self::Bytes(most) => {
                let end = most.saturating_sub(Self::RESERVED);
                let whole = |end: &usize| name.is_char_boundary(*end);
                (name.len() > end).then(|| (0..=end).rev().find(whole).unwrap_or(0))
            }
            Self::Characters(most) => {
                let end = most.saturating_sub(Self::RESERVED);
                let long = Some(name).filter(|name| name.len() > end);
                long?.char_indices().nth(end).map(|(at, _)| at)
            }
        }
    }

    /// Whether a name need not be shortened.
    pub(super) fn has_room(self, name: &str) -> bool {
        self.cut(name).is_none()
    }

    /// Writes a name that is too long, shortened, behind `text`, and tells where.
    pub(super) fn shorten(
        self,
        text: &mut String,
        name: &Range<usize>,
        counter: &mut u64,
    ) -> Option<Range<usize>> {
        let end = self.cut(text.get(name.clone())?)?;
        *counter += 1;
        let start = text.len();
        text.extend_from_within(name.start..name.start + end);
        // Writing to a `String` cannot fail.
        let _ = write!(text, "_{counter:x}");
        Some(start..text.len())
    }
}
