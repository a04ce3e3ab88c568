//! The places of many things, beside the things.

use std::fmt;
use std::marker::PhantomData;

use super::placed::Placed;
use super::source::{Sources, Span};
use crate::base::Id;

/// Where the things with ids of type `I` are written, as far as they are.
///
/// It takes memory up to the last thing whose place is known: none where nothing comes from a text.
///
/// ```
/// use joinwright::base::{Id, SourceId, TableId};
/// use joinwright::text::{Span, Spans};
/// let (first, second) = (TableId::from_index(0), TableId::from_index(1));
/// let span = Span::new(SourceId::from_index(0), 13, 21);
/// let mut spans = Spans::default();
/// spans.set(first, span);
/// assert_eq!((spans.get(first), spans.get(second)), (Some(span), None));
/// ```
#[derive(Clone)]
pub struct Spans<I> {
    /// By index.
    spans: Vec<Option<Span>>,
    kind: PhantomData<fn() -> I>,
}

impl<I: Id> Spans<I> {
    /// Where this is written, if that is known.
    pub fn get(&self, id: I) -> Option<Span> {
        self.spans.get(id.index()).copied().flatten()
    }

    /// Tells where this is written, or that it is nowhere.
    pub fn set(&mut self, id: I, span: impl Into<Option<Span>>) {
        let (index, span) = (id.index(), span.into());
        match self.spans.get_mut(index) {
            Some(known) => *known = span,
            None if span.is_none() => {}
            None => {
                // Places are mostly told in the order of ids.
                if index > self.spans.len() {
                    self.spans.resize(index, None);
                }
                self.spans.push(span);
            }
        }
    }

    /// Gives this another place, if it has one.
    pub(crate) fn relocate(&mut self, id: I, moved: impl FnOnce(Span) -> Span) {
        if let Some(Some(span)) = self.spans.get_mut(id.index()) {
            *span = moved(*span);
        }
    }

    /// Gives back the room that was made for what did not come.
    pub(crate) fn shrink(&mut self) {
        self.spans.shrink_to_fit();
    }
}

impl<I> Placed for Spans<I> {
    fn settle(&mut self, sources: &Sources) {
        self.spans.settle(sources);
    }
}

impl<I> Default for Spans<I> {
    fn default() -> Self {
        Self { spans: Vec::new(), kind: PhantomData }
    }
}

impl<I> fmt::Debug for Spans<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.spans).finish()
    }
}
