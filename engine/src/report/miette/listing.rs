//! A source as miette reads it.

use std::sync::Arc;

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::visible::visible;
use crate::report::Label;
use crate::text::{LineTable, Source};

/// How much is drawn before and behind a place. Lines that programs write are megabytes long, and
/// miette cannot draw a column beyond 65,535.
const WIDEST: usize = 240;

/// A place longer than this is drawn by its first line.
const LONGEST: usize = 2_000;

/// Places farther apart are drawn on their own.
const FARTHEST: usize = 4 * LONGEST;

/// A source that can be printed, and where its lines begin.
///
/// miette's own sources count lines from the start of the text for every label.
#[derive(Debug)]
pub(super) struct Listing {
    name: String,
    text: Arc<str>,
    lines: LineTable,
}

impl Listing {
    pub(super) fn new(source: &Source) -> Self {
        let text = match visible(&source.text) {
            std::borrow::Cow::Borrowed(_) => Arc::clone(&source.text),
            std::borrow::Cow::Owned(text) => text.into(),
        };
        let lines = LineTable::new(&text);
        Self { name: visible(&source.name).into_owned(), text, lines }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Labels for miette, of which the first is the primary one.
    pub(super) fn labels(&self, labels: &[&Label]) -> Vec<LabeledSpan> {
        let label = |(index, label): (usize, &&Label)| {
            let span = self.place(label.span.start as usize, label.span.end as usize);
            let text = (!label.text.is_empty()).then(|| visible(&label.text).into_owned());
            match index {
                0 => LabeledSpan::new_primary_with_span(text, span),
                _ => LabeledSpan::new_with_span(text, span),
            }
        };
        labels.iter().enumerate().map(label).collect()
    }

    /// The nearest span that can be drawn: inside the text, not too long, and for a place behind its
    /// last line break, at the end of what is written.
    fn place(&self, start: usize, end: usize) -> SourceSpan {
        let behind = start >= self.text.len() && self.text.ends_with('\n');
        let last = if behind { self.text.trim_end().len() } else { self.text.len() };
        let (start, end) = (self.boundary(start.min(last)), self.boundary(end.min(last)));
        (start, self.shown(start, end).saturating_sub(start)).into()
    }

    /// The end of what is drawn of a place.
    fn shown(&self, start: usize, end: usize) -> usize {
        if end <= start + LONGEST {
            return end;
        }
        let line = self.text.get(self.range(self.line(start))).unwrap_or("").trim_end().len();
        let line_end = self.range(self.line(start)).start + line;
        self.boundary(line_end.clamp(start, start + WIDEST))
    }

    /// Where the drawing begins: some lines before `offset`, else its own, else in the middle of it.
    fn before(&self, offset: usize, lines: usize) -> usize {
        let own = self.line(offset);
        let starts = [own.saturating_sub(lines), own].map(|line| self.range(line).start);
        let near = starts.into_iter().find(|start| offset - start <= WIDEST);
        near.unwrap_or_else(|| self.boundary(offset.saturating_sub(WIDEST)))
    }

    /// Where it ends, in the same way.
    fn behind(&self, last: usize, end: usize, lines: usize) -> usize {
        let stops = [last.saturating_add(lines), last].map(|line| self.range(line).end.max(end));
        let near = stops.into_iter().find(|stop| stop - end <= WIDEST);
        near.unwrap_or_else(|| self.boundary(end + WIDEST))
    }

    fn boundary(&self, offset: usize) -> usize {
        (0..=offset).rev().find(|offset| self.text.is_char_boundary(*offset)).unwrap_or(0)
    }

    fn line(&self, offset: usize) -> usize {
        self.lines.line(u32::try_from(offset).unwrap_or(u32::MAX)) as usize
    }

    fn range(&self, line: usize) -> std::ops::Range<usize> {
        self.lines.range(u32::try_from(line).unwrap_or(u32::MAX), &self.text)
    }
}

impl SourceCode for Listing {
    /// Whole lines, as far as they are not too long, except that without lines before it the part
    /// begins with the span, as miette's own sources have it.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_lines_before: usize,
        context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset().saturating_add(span.len());
        if end > self.text.len() || span.len() > FARTHEST {
            return Err(MietteError::OutOfBounds);
        }
        let last = self.line(end.saturating_sub(1).max(span.offset()));
        let start = match context_lines_before {
            0 => span.offset(),
            lines => self.before(span.offset(), lines),
        };
        let stop = match context_lines_after {
            0 => end,
            lines => self.behind(last, end, lines),
        };
        let first = self.line(start);
        let line_start = self.range(first).start;
        let data = self.text.get(start..stop).ok_or(MietteError::OutOfBounds)?;
        let before = self.text.get(line_start..start).unwrap_or("");
        let read = (start, data.len()).into();
        let (column, lines) = (before.chars().count(), data.lines().count());
        let name = self.name.clone();
        let bytes = data.as_bytes();
        Ok(Box::new(MietteSpanContents::new_named(name, bytes, read, first, column, lines)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Sources;

    fn listing(text: &str) -> Listing {
        let mut sources = Sources::new();
        let id = sources.add("a\u{1b}", text);
        Listing::new(sources.get(id))
    }

    #[test]
    fn a_span_is_read_as_miettes_own_sources_read_it() {
        let text = "one\ntwo é x\r\nthree\n\nfive";
        for start in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
            for end in (start + 1..text.len()).filter(|at| text.is_char_boundary(*at)) {
                let span = (start, end - start).into();
                let (ours, theirs) = (listing(text), text.to_owned());
                let ours = ours.read_span(&span, 1, 1).unwrap();
                let theirs = theirs.read_span(&span, 1, 1).unwrap();
                assert_eq!(ours.line(), theirs.line(), "{start}..{end}");
                assert_eq!(ours.span().offset(), theirs.span().offset(), "{start}..{end}");
                // miette reads one line more behind a span that ends with its line.
                if !text.get(..end).unwrap().ends_with(['\r', '\n']) {
                    assert_eq!(ours.data(), theirs.data(), "{start}..{end}");
                }
            }
        }
    }

    #[test]
    fn the_first_place_is_a_line_and_a_column() {
        let listing = listing("one\né x\n");
        let read = listing.read_span(&(7, 1).into(), 0, 0).unwrap();
        assert_eq!((read.line(), read.column(), read.data()), (1, 2, &b"x"[..]));
        assert_eq!(read.name(), Some("a?"));
        assert!(listing.read_span(&(7, 9).into(), 0, 0).is_err());
    }

    #[test]
    fn of_a_long_line_only_the_part_around_the_place_is_drawn() {
        let text = format!("a\n{}\nb\n", "é".repeat(100_000));
        let listing = listing(&text);
        let place = listing.place(100_001, 200_000);
        assert_eq!((place.offset(), place.len()), (100_000, WIDEST));
        let read = listing.read_span(&place, 1, 1).unwrap();
        assert_eq!((read.line(), read.data().len()), (1, 3 * WIDEST));
        assert!(listing.read_span(&(2, 100_000).into(), 1, 1).is_err());
    }

    #[test]
    fn every_place_is_drawn_somewhere() {
        let place = |text: &str, start, end| {
            let span = listing(text).place(start, end);
            (span.offset(), span.len())
        };
        assert_eq!(place("ab\r\n", 4, 4), (2, 0));
        assert_eq!(place("ab\n\n", 9, 12), (2, 0));
        assert_eq!(place("ab", 2, 2), (2, 0));
        assert_eq!(place("aé", 2, 3), (1, 2));
        assert_eq!(place("ab", 1, 99), (1, 1));
        assert_eq!(place("ab", 2, 1), (2, 0));
        assert_eq!(place("", 0, 0), (0, 0));
    }
}
