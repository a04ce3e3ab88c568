//! A text that was decoded out of another one.

use std::borrow::Cow;

use super::source::Span;
use crate::base::{Seldom, SourceId};

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
    /// Where the first run begins in the source.
    start: u32,
    /// (offset in `text`, offset in the source) of the further runs, ascending. Most texts have
    /// none.
    runs: Seldom<Vec<(u32, u32)>>,
}

impl<'t> Fragment<'t> {
    /// A fragment that stands in its source byte for byte, from `start` on.
    pub fn verbatim(source: SourceId, text: impl Into<Cow<'t, str>>, start: usize) -> Self {
        Self { source, text: text.into(), start: cut(start), runs: Seldom::default() }
    }

    /// An empty fragment at `start`, to be filled by [`push`](Self::push).
    pub fn empty(source: SourceId, start: usize) -> Self {
        Self::verbatim(source, "", start)
    }

    /// Appends decoded text that begins at `raw` in the source.
    pub fn push(&mut self, decoded: &str, raw: usize) {
        let (at, raw) = (cut(self.text.len()), cut(raw));
        let (run, start) = self.runs.last().copied().unwrap_or((0, self.start));
        if at - run != raw.saturating_sub(start) {
            self.runs.push((at, raw));
        }
        self.text.to_mut().push_str(decoded);
    }

    /// Marks that the text decoded so far ends at `raw` in the source.
    pub fn end_at(&mut self, raw: usize) {
        self.push("", raw);
    }

    /// Marks that the source has bytes from `raw` on that decode to nothing, so that what was
    /// decoded so far ends there and not where the next text begins.
    pub fn skip_from(&mut self, raw: usize) {
        self.runs.push((cut(self.text.len()), cut(raw)));
    }

    /// Appends the whole of `other`, which stands further on in the same source.
    pub fn append(&mut self, other: &Fragment<'_>) {
        let at = cut(self.text.len());
        self.runs.push((at, other.start));
        self.runs.extend(other.runs.iter().map(|(decoded, raw)| (at + decoded, *raw)));
        self.text.to_mut().push_str(&other.text);
    }

    /// The bytes `start..end` of the decoded text as a fragment of its own; empty where they are
    /// no part of it.
    #[must_use]
    pub fn part(&self, start: usize, end: usize) -> Fragment<'static> {
        let text = self.text.get(start..end).unwrap_or("").to_owned();
        let span = self.span(start, end);
        let inside = |run: &&(u32, u32)| run.0 > cut(start) && run.0 < cut(end);
        let moved = |(decoded, raw): &(u32, u32)| (decoded - cut(start), *raw);
        let runs: Vec<_> = self.runs.iter().filter(inside).map(moved).collect();
        let text = Cow::Owned(text);
        let (start, runs) = (span.start, Seldom::new(runs));
        let mut part = Fragment { source: self.source, text, start, runs };
        part.end_at(span.end as usize);
        part
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
    #[inline]
    pub fn span(&self, start: usize, end: usize) -> Span {
        if self.runs.is_empty() {
            let (start, end) = (self.start.saturating_add(cut(start)), cut(end));
            return Span {
                source: self.source,
                start,
                end: self.start.saturating_add(end).max(start),
            };
        }
        self.span_by_runs(start, end)
    }

    fn span_by_runs(&self, start: usize, end: usize) -> Span {
        let raw = self.raw(cut(start));
        Span { source: self.source, start: raw, end: self.raw_end(cut(end)).max(raw) }
    }

    /// Where the whole text stands in the source.
    pub fn whole(&self) -> Span {
        self.span(0, self.text.len())
    }

    /// Where in the decoded text an offset of the source is; the nearest place for one outside.
    ///
    /// ```
    /// use joinwright::text::{Fragment, Sources};
    /// let mut fragment = Fragment::empty(Sources::new().add("m.json", r"x\ty"), 0);
    /// for (decoded, raw) in [("x", 0), ("\t", 1), ("y", 3)] {
    ///     fragment.push(decoded, raw);
    /// }
    /// assert_eq!([0, 1, 2, 3, 9].map(|raw| fragment.offset(raw)), [0, 1, 2, 2, 3]);
    /// ```
    pub fn offset(&self, raw: u32) -> usize {
        let index = self.runs.partition_point(|(_, start)| *start <= raw);
        let run = index.checked_sub(1).and_then(|index| self.runs.get(index));
        let (decoded, start) = run.copied().unwrap_or((0, self.start));
        let end = self.runs.get(index).map_or(cut(self.text.len()), |(decoded, _)| *decoded);
        let mut offset = decoded.saturating_add(raw.saturating_sub(start)).min(end) as usize;
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// The fragment over this one's text.
    #[must_use]
    pub fn borrowed(&self) -> Fragment<'_> {
        Fragment {
            source: self.source,
            text: Cow::Borrowed(&self.text),
            start: self.start,
            runs: self.runs.clone(),
        }
    }

    /// The fragment with a text of its own.
    pub fn into_owned(self) -> Fragment<'static> {
        Fragment {
            source: self.source,
            text: Cow::Owned(self.text.into_owned()),
            start: self.start,
            runs: self.runs,
        }
    }

    /// Where the text before `offset` ends; differs from [`Self::raw`] behind a skipped place.
    fn raw_end(&self, offset: u32) -> u32 {
        let index = self.runs.partition_point(|(decoded, _)| *decoded < offset);
        let run = self.runs.get(index).filter(|(decoded, _)| *decoded == offset);
        run.map_or_else(|| self.raw(offset), |(_, raw)| *raw)
    }

    fn raw(&self, offset: u32) -> u32 {
        let index = self.runs.partition_point(|(decoded, _)| *decoded <= offset);
        let run = index.checked_sub(1).and_then(|index| self.runs.get(index));
        let (decoded, raw) = run.copied().unwrap_or((0, self.start));
        raw.saturating_add(offset - decoded)
    }
}

fn cut(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Sources;

    #[test]
    fn skipped_bytes_belong_to_neither_side() {
        let mut sources = Sources::new();
        let id = sources.add("m.toml", "ab\\\n  cd");
        let mut fragment = Fragment::empty(id, 0);
        fragment.push("ab", 0);
        fragment.skip_from(2);
        fragment.push("cd", 6);
        assert_eq!(sources.slice(fragment.span(0, 2)), "ab");
        assert_eq!(sources.slice(fragment.span(2, 4)), "cd");
        assert_eq!(sources.slice(fragment.whole()), "ab\\\n  cd");
        assert_eq!(sources.slice(fragment.span(2, 2)), "");
    }

    #[test]
    fn parts_and_appended_fragments_keep_their_places() {
        let mut sources = Sources::new();
        let id = sources.add("m.json", r#"x\ty, "z""#);
        let mut fragment = Fragment::empty(id, 0);
        for (decoded, raw) in [("x", 0), ("\t", 1), ("y", 3), (", ", 4)] {
            fragment.push(decoded, raw);
        }
        fragment.append(&Fragment::verbatim(id, "z", 7));
        assert_eq!(fragment.text(), "x\ty, z");
        assert_eq!(sources.slice(fragment.span(5, 6)), "z");
        let part = fragment.part(1, 3);
        assert_eq!((part.text(), sources.slice(part.whole())), ("\ty", r"\ty"));
        assert_eq!(sources.slice(part.span(1, 2)), "y");
        assert_eq!(fragment.part(7, 9).text(), "");
    }
}
