//! Places behind an edit.

use super::source::Span;
use crate::base::{Blank, Seldom, SourceId};

/// How far what stands behind an edit moves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Shift {
    pub(crate) source: SourceId,
    /// The first byte, as the text was, that moves.
    pub(crate) from: u32,
    pub(crate) by: i32,
}

/// What has places in sources. Its places must keep up with edits in front of them.
///
/// Implementations name every field, so that one that is added is not forgotten.
pub(crate) trait Placed {
    /// Moves every place that stands behind an edit.
    fn shift(&mut self, shift: Shift);
}

impl Placed for Span {
    fn shift(&mut self, shift: Shift) {
        if self.source == shift.source && self.start >= shift.from {
            self.start = self.start.saturating_add_signed(shift.by);
            self.end = self.end.saturating_add_signed(shift.by);
        }
    }
}

impl<T: Placed> Placed for Option<T> {
    fn shift(&mut self, shift: Shift) {
        if let Some(placed) = self {
            placed.shift(shift);
        }
    }
}

impl<T: Placed + ?Sized> Placed for Box<T> {
    fn shift(&mut self, shift: Shift) {
        (**self).shift(shift);
    }
}

impl<T: Placed> Placed for [T] {
    fn shift(&mut self, shift: Shift) {
        for placed in self {
            placed.shift(shift);
        }
    }
}

impl<T: Placed> Placed for Vec<T> {
    fn shift(&mut self, shift: Shift) {
        self.as_mut_slice().shift(shift);
    }
}

impl<T: Blank + Placed> Placed for Seldom<T> {
    fn shift(&mut self, shift: Shift) {
        if let Some(placed) = self.given_mut() {
            placed.shift(shift);
        }
    }
}

/// Something that is named, and its place.
impl<T: Placed> Placed for (String, T) {
    fn shift(&mut self, shift: Shift) {
        self.1.shift(shift);
    }
}
