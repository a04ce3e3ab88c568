//! The texts a model was read from, and places in them.

use std::sync::Arc;

use crate::base::{Arena, SourceId};

/// A named text. The name is what the host calls it: a file name, `<stdin>`, a class.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// What diagnostics call this text.
    pub name: Arc<str>,
    /// The whole text, UTF-8.
    pub text: Arc<str>,
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
        self.list.push(Source { name: name.into(), text: text.into() })
    }

    /// Gives a source another text.
    pub(crate) fn replace(&mut self, id: SourceId, text: impl Into<Arc<str>>) {
        self.list[id].text = text.into();
    }

    /// The text with this id.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.list[id]
    }

    /// The text a span covers; empty where the span does not fit its source.
    pub fn slice(&self, span: Span) -> &str {
        let source: &str = &self.get(span.source).text;
        source.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// All texts in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.list.iter()
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

    /// Whether `offset` lies in the span or just behind it.
    pub fn touches(self, offset: u32) -> bool {
        (self.start..=self.end).contains(&offset)
    }
}
