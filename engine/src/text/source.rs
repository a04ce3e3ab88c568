//! The texts a model was read from, and places in them.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::pieces::Pieces;
use crate::base::{Arena, SourceId};

/// A named text. The name is what the host calls it: a file name, `<stdin>`, a class.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// What diagnostics call this text.
    pub name: Arc<str>,
    /// The whole text, UTF-8.
    pub text: Arc<str>,
    /// What became of the text, while a session edits it. Spans are places in it then.
    edited: Option<Box<Pieces>>,
}

/// All texts of one analysis.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    list: Arena<SourceId, Source>,
}

/// A half-open range of bytes in a source.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The text.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Sources {
    /// No texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text under the name that diagnostics will show.
    pub fn add(&mut self, name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> SourceId {
        self.list.push(Source { name: name.into(), text: text.into(), edited: None })
    }

    /// The text with this id.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.list[id]
    }

    /// The text a span covers; empty where the span does not fit its source.
    pub fn slice(&self, span: Span) -> &str {
        let (text, first) = self.around(span);
        let at = |place: u32| (place as usize).wrapping_sub(first);
        text.get(at(span.start)..at(span.end)).unwrap_or("")
    }

    /// All texts in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.list.iter()
    }
}

/// Texts that are being edited.
impl Sources {
    /// Puts a text in the place of a span, which is part of what was there from the beginning or of
    /// what was put in at once. What is put in has the [next](Self::next) place.
    pub(crate) fn replace(&mut self, old: Span, text: &str) {
        let source = &mut self.list[old.source];
        let pieces = source.edited.get_or_insert_with(|| Pieces::new(source.text.len()).into());
        pieces.replace(old.bytes(), text);
    }

    /// The place of a text that is put into a source next; nothing where it would have no places.
    pub(crate) fn next(&self, id: SourceId, text: &str) -> Option<usize> {
        let Source { text: whole, edited, .. } = self.get(id);
        let next = edited.as_ref().map_or(whole.len() + 1, |it| it.next());
        u32::try_from(next + text.len()).is_ok().then_some(next)
    }

    /// How long the text is, and how much was put in since it was whole.
    pub(crate) fn length(&self, id: SourceId) -> (usize, usize) {
        let source = self.get(id);
        let edited = source.edited.as_ref();
        edited.map_or((source.text.len(), 0), |it| (it.length(), it.added()))
    }

    /// Where a place of a source stands in its text.
    pub(crate) fn offset(&self, id: SourceId, place: usize) -> usize {
        self.get(id).edited.as_ref().map_or(place, |it| it.offset(place))
    }

    /// Where a span stands in the text of its source.
    pub(crate) fn settled(&self, span: Span) -> Span {
        match &self.get(span.source).edited {
            None => span,
            Some(pieces) => {
                let start = pieces.offset(span.start as usize);
                Span::new(span.source, start, start + span.bytes().len())
            }
        }
    }

    /// The text around a span in which places count the bytes, and the place of its first byte.
    pub(crate) fn around(&self, span: Span) -> (&str, usize) {
        let Source { text, edited, .. } = self.get(span.source);
        edited.as_ref().map_or((text, 0), |it| it.around(text, span.start as usize))
    }

    /// The text from an offset on, as far as it is one piece.
    pub(crate) fn behind(&self, id: SourceId, offset: usize) -> &str {
        let Source { text, edited, .. } = self.get(id);
        let rest = || text.get(offset..).unwrap_or("");
        edited.as_ref().map_or_else(rest, |it| it.behind(text, offset))
    }

    /// The text, piece by piece.
    pub(crate) fn parts(&self, id: SourceId) -> Vec<&str> {
        let Source { text, edited, .. } = self.get(id);
        edited.as_ref().map_or_else(|| vec![&**text], |it| it.parts(text))
    }

    /// The first line of a text, with its break.
    pub(crate) fn first_line(&self, id: SourceId) -> Cow<'_, str> {
        let Source { text, edited, .. } = self.get(id);
        let first = || text.split_inclusive('\n').next().unwrap_or("").into();
        edited.as_ref().map_or_else(first, |it| it.first_line(text))
    }

    /// Whether a text is in pieces.
    pub(crate) fn is_edited(&self) -> bool {
        self.list.iter().any(|(_, source)| source.edited.is_some())
    }

    /// Makes every text whole.
    pub(crate) fn settle(&mut self) {
        for source in self.list.iter_mut() {
            if let Some(pieces) = source.edited.take() {
                source.text = pieces.parts(&source.text).concat().into();
            }
        }
    }
}

impl Span {
    /// The bytes `start..end` of `source`. Offsets past 4 GiB are cut to that.
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        let cut = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { source, start: cut(start), end: cut(end) }
    }

    /// The smallest span of the same source that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            source: self.source,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The bytes it covers.
    pub(crate) fn bytes(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `offset` lies in the span or just behind it.
    pub fn touches(self, offset: u32) -> bool {
        (self.start..=self.end).contains(&offset)
    }
}
