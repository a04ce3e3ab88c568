//! A text that was decoded out of another one.

use std::borrow::Cow;

use super::source::Span;
use crate::base::SourceId;

/// A piece of text together with where each of its bytes stands in a source.
///
/// SQL inside a TOML or JSON string loses its escapes when it is decoded, so an offset in the
/// decoded text is not an offset in the file. A fragment keeps the way back, as runs in which the
/// two advance together.
///
/// ```
/// use joinwright::text::{Fragment, Sources};
/// let mut sources = Sources::new();
/// let id = sources.add("m.json", r#"{"a": "x\ty"}"#);
/// let mut fragment = Fragment::empty(id, 7);
/// fragment.push("x", 7);
/// fragment.push("\t", 8);
/// fragment.push("y", 10);
/// assert_eq!(fragment.text(), "x\ty");
/// assert_eq!(sources.slice(fragment.span(2, 3)), "y");
/// assert_eq!(sources.slice(fragment.span(1, 2)), r"\t");
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fragment<'t> {
    source: SourceId,
    text: Cow<'t, str>,
    /// (offset in `text`, offset in the source), ascending; the first is at 0.
    runs: Vec<(u32, u32)>,
}

impl<'t> Fragment<'t> {
    /// A fragment that stands in its source byte for byte, from `start` on.
    pub fn verbatim(source: SourceId, text: impl Into<Cow<'t, str>>, start: usize) -> Self {
        Self { source, text: text.into(), runs: vec![(0, cut(start))] }
    }

    /// An empty fragment at `start`, to be filled by [`push`](Self::push).
    pub fn empty(source: SourceId, start: usize) -> Self {
        Self::verbatim(source, "", start)
    }

    /// Appends decoded text that begins at `raw` in the source.
    pub fn push(&mut self, decoded: &str, raw: usize) {
        let (at, raw) = (cut(self.text.len()), cut(raw));
        let together = self.runs.last().is_some_and(|(d, r)| at - d == raw.saturating_sub(*r));
        if !together {
            self.runs.push((at, raw));
        }
        self.text.to_mut().push_str(decoded);
    }

    /// Marks that the text decoded so far ends at `raw` in the source.
    pub fn end_at(&mut self, raw: usize) {
        self.push("", raw);
    }

    /// The decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The source this text stands in.
    pub fn source(&self) -> SourceId {
        self.source
    }

    /// Where the bytes `start..end` of the decoded text stand in the source.
    pub fn span(&self, start: usize, end: usize) -> Span {
        Span { source: self.source, start: self.raw(cut(start)), end: self.raw(cut(end)) }
    }

    /// Where the whole text stands in the source.
    pub fn whole(&self) -> Span {
        self.span(0, self.text.len())
    }

    /// The fragment with a text of its own.
    pub fn into_owned(self) -> Fragment<'static> {
        Fragment { source: self.source, text: Cow::Owned(self.text.into_owned()), runs: self.runs }
    }

    fn raw(&self, offset: u32) -> u32 {
        let index = self.runs.partition_point(|(decoded, _)| *decoded <= offset);
        let run = index.checked_sub(1).and_then(|index| self.runs.get(index));
        run.map_or(0, |(decoded, raw)| raw + (offset - decoded))
    }
}

fn cut(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
