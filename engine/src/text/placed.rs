//! Places in texts that are being edited.

use super::source::{Sources, Span};
use crate::base::{Blank, Seldom};

/// What has places in sources, which are to be offsets again when edited texts become whole.
///
/// Implementations name every field, so that one that is added is not forgotten.
pub(crate) trait Placed {
    /// Tells every place by where it stands in its source now.
    fn settle(&mut self, sources: &Sources);
}

impl Placed for Span {
    fn settle(&mut self, sources: &Sources) {
        *self = sources.settled(*self);
    }
}

impl<T: Placed> Placed for Option<T> {
    fn settle(&mut self, sources: &Sources) {
        if let Some(placed) = self {
            placed.settle(sources);
        }
    }
}

impl<T: Placed + ?Sized> Placed for Box<T> {
    fn settle(&mut self, sources: &Sources) {
        (**self).settle(sources);
    }
}

impl<T: Placed> Placed for [T] {
    fn settle(&mut self, sources: &Sources) {
        for placed in self {
            placed.settle(sources);
        }
    }
}

impl<T: Placed> Placed for Vec<T> {
    fn settle(&mut self, sources: &Sources) {
        self.as_mut_slice().settle(sources);
    }
}

impl<T: Blank + Placed> Placed for Seldom<T> {
    fn settle(&mut self, sources: &Sources) {
        if let Some(placed) = self.given_mut() {
            placed.settle(sources);
        }
    }
}

/// Something that is named, and its place.
impl<T: Placed> Placed for (String, T) {
    fn settle(&mut self, sources: &Sources) {
        self.1.settle(sources);
    }
}
