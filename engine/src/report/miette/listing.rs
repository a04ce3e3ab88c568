//! A source as miette reads it.

use std::sync::Arc;

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::visible::visible;
use crate::report::Label;
use crate::text::{LineTable, Source};

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

    /// The nearest span that can be drawn: inside the text, and for a place behind its last line
    /// break, at the end of what is written.
    fn place(&self, start: usize, end: usize) -> SourceSpan {
        let behind = start >= self.text.len() && self.text.ends_with('\n');
        let last = if behind { self.text.trim_end().len() } else { self.text.len() };
        let (start, end) = (self.boundary(start.min(last)), self.boundary(end.min(last)));
        (start, end.saturating_sub(start)).into()
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
    /// Whole lines, except that without lines before it the part begins with the span, as miette's
    /// own sources have it.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_lines_before: usize,
        context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset().saturating_add(span.len());
        let first = self.line(span.offset()).saturating_sub(context_lines_before);
        let last = self.line(end.saturating_sub(1).max(span.offset()));
        let last = last.saturating_add(context_lines_after);
        let line_start = self.range(first).start;
        let start = if context_lines_before == 0 { span.offset() } else { line_start };
        let stop = if context_lines_after == 0 { end } else { self.range(last).end };
        let data = self.text.get(start..stop.max(end)).ok_or(MietteError::OutOfBounds)?;
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

    fn listing(text: &str) -> Listing {
        Listing::new(&Source { name: "a\u{1b}".into(), text: text.into() })
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
