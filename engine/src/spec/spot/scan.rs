//! A pass over the bytes of a document that keeps the keys which lead to where it stands.

use super::{Format, Site, Spot};
use crate::base::SourceId;
use crate::spec::decode::{json_string, toml_string};
use crate::spec::depth::LIMIT;
use crate::spec::document::Text;
use crate::spec::lexer::{json_string_end, line_end, toml_string_end};
use crate::text::{Fragment, Span};

pub(super) struct Scan<'t> {
    source: SourceId,
    text: &'t str,
    format: Format,
    /// The keys that lead to where the scan is.
    path: Vec<String>,
    /// How many of them the last header gave.
    section: usize,
    /// The brackets that are open, each with the length of the path before it.
    open: Vec<(u8, usize)>,
    /// What may come next, if anything, and since where.
    gap: Option<(Site, usize)>,
    spots: Vec<Spot>,
}

impl<'t> Scan<'t> {
    pub(super) fn new(source: SourceId, text: &'t str, format: Format) -> Self {
        let (path, open, spots) = Default::default();
        Self { source, text, format, path, section: 0, open, gap: None, spots }
    }

    pub(super) fn finish(self) -> Vec<Spot> {
        self.spots
    }

    /// `[a.b]` or `[[a.b]]`
    pub(super) fn header(&mut self, start: usize, end: usize) {
        self.path.clear();
        let brackets = self.text.get(start..end).unwrap_or("").bytes();
        let mut at = start + brackets.take_while(|byte| *byte == b'[').count().min(2);
        self.gap = Some((Site::HeaderGap, at));
        while let Some(byte) = self.byte(at, end).filter(|byte| !matches!(byte, b']' | b'#')) {
            at = self.key(at, end, byte, Site::HeaderKey);
        }
        self.close_gap(at);
        self.section = self.path.len();
    }

    /// `a.b = value`
    pub(super) fn statement(&mut self, start: usize, end: usize) {
        self.path.truncate(self.section);
        self.open.clear();
        let mut at = start;
        while let Some(byte) = self.byte(at, end).filter(|byte| !matches!(byte, b'=' | b'#')) {
            at = self.key(at, end, byte, Site::Key);
        }
        self.gap = None;
        if self.byte(at, end) == Some(b'=') {
            self.value_at(at + 1, end);
        }
        self.path.truncate(self.section);
    }

    /// A value and whatever follows it.
    pub(super) fn value_at(&mut self, start: usize, end: usize) {
        self.gap = Some((Site::ValueGap, start));
        let mut at = start;
        while let Some(byte) = self.byte(at, end) {
            at = match byte {
                b'[' | b'{' => self.enter(at, byte),
                b']' | b'}' => self.leave(at),
                b',' => self.next(at),
                b'=' | b':' => {
                    self.gap = Some((Site::ValueGap, at + 1));
                    at + 1
                }
                b' ' | b'\t' | b'\r' | b'\n' => at + 1,
                b'#' if self.format == Format::Toml => {
                    line_end(self.text.as_bytes(), at).max(at + 1)
                }
                _ if matches!(self.gap, Some((Site::KeyGap, _))) => {
                    self.key(at, end, byte, Site::Key)
                }
                _ => self.scalar(at, end, byte),
            };
        }
        self.close_gap(end);
    }

    /// The lines between two statements that say nothing: a key could stand in each.
    pub(super) fn blank_lines(&mut self, start: usize, end: usize) {
        let mut at = start;
        let stretch = self.text.get(start..end).unwrap_or("");
        for line in stretch.split_inclusive('\n') {
            let whole = (at == 0 || self.text.as_bytes().get(at - 1) == Some(&b'\n'))
                && (line.ends_with('\n') || at + line.len() == self.text.len());
            if whole && line.trim().is_empty() {
                let width = line.trim_end_matches(['\r', '\n']).len();
                self.push(Site::KeyGap, at, at + width);
            }
            at += line.len();
        }
        if at == self.text.len() && (at == 0 || self.text.ends_with('\n')) {
            self.push(Site::KeyGap, at, at);
        }
    }

    fn byte(&self, at: usize, end: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied().filter(|_| at < end)
    }

    fn enter(&mut self, at: usize, bracket: u8) -> usize {
        self.close_gap(at);
        self.open.push((bracket, self.path.len()));
        let site = if bracket == b'{' { Site::KeyGap } else { Site::ValueGap };
        self.gap = Some((site, at + 1));
        at + 1
    }

    fn leave(&mut self, at: usize) -> usize {
        self.close_gap(at);
        if let Some((_, length)) = self.open.pop() {
            self.path.truncate(length);
        }
        at + 1
    }

    fn next(&mut self, at: usize) -> usize {
        self.close_gap(at);
        if let Some((bracket, length)) = self.open.last() {
            self.path.truncate(*length);
            let site = if *bracket == b'{' { Site::KeyGap } else { Site::ValueGap };
            self.gap = Some((site, at + 1));
        }
        at + 1
    }

    /// One part of a dotted key, or the sign at `at`.
    fn key(&mut self, at: usize, end: usize, byte: u8, site: Site) -> usize {
        let gap = if site == Site::HeaderKey { Site::HeaderGap } else { Site::KeyGap };
        match byte {
            b'.' => {
                self.close_gap(at);
                self.gap = Some((gap, at + 1));
                at + 1
            }
            b' ' | b'\t' | b'\r' | b'\n' => at + 1,
            _ => {
                self.close_gap(at);
                let stop = self.end_of_word(at, end, byte, b".=:,]}#");
                self.path.push(self.decoded(at, stop).text().to_owned());
                self.push(site, at, stop);
                self.gap = None;
                // What follows in braces is read as a key until a sign says otherwise.
                if !self.open.is_empty() && self.byte(stop, end) == Some(b'.') {
                    self.gap = Some((gap, stop + 1));
                    return stop + 1;
                }
                stop
            }
        }
    }

    fn scalar(&mut self, at: usize, end: usize, byte: u8) -> usize {
        self.close_gap(at);
        let stop = self.end_of_word(at, end, byte, b",]}#");
        let quoted = byte == b'"' || byte == b'\'' && self.format == Format::Toml;
        self.push(if quoted { Site::Text } else { Site::Bare }, at, stop);
        stop
    }

    /// One past the string or word that begins at `at`.
    fn end_of_word(&self, at: usize, end: usize, first: u8, stops: &[u8]) -> usize {
        // A string that is never closed costs no more than its own statement.
        let bytes = self.text.as_bytes().get(..end).unwrap_or_default();
        let stop = match (first, self.format) {
            (b'"', Format::Json) => json_string_end(bytes, at).min(line_end(bytes, at).max(at + 1)),
            (b'"' | b'\'', Format::Toml) => toml_string_end(bytes, at, first, |_| false),
            _ => {
                let rest = bytes.get(at..end).unwrap_or_default();
                let stops = |byte: &u8| byte.is_ascii_whitespace() || stops.contains(byte);
                at + rest.iter().position(stops).unwrap_or(rest.len())
            }
        };
        stop.clamp(at + 1, end.max(at + 1))
    }

    /// Ends the gap before what begins at `at`.
    fn close_gap(&mut self, at: usize) {
        if let Some((site, start)) = self.gap.take() {
            self.push(site, start, at);
        }
    }

    /// Notes a spot. What is nested deeper than a document may be is left out.
    fn push(&mut self, site: Site, start: usize, end: usize) {
        if self.path.len() > LIMIT {
            return;
        }
        let text = if site.is_gap() {
            Fragment::verbatim(self.source, "", end)
        } else {
            self.decoded(start, end)
        };
        let span = Span::new(self.source, start, end);
        self.spots.push(Spot { site, path: self.path.clone(), text, span });
    }

    fn decoded(&self, start: usize, end: usize) -> Text {
        let raw = self.text.get(start..end).unwrap_or("");
        match self.format {
            Format::Toml => toml_string(self.source, raw, start),
            Format::Json => json_string(self.source, raw, start),
        }
    }
}
