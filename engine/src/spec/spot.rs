//! The keys and values of a document in the order in which they are written, by looks.
//!
//! Right where the text is right, and near where it is not: an editor asks about texts that are
//! half-written.

mod scan;

use std::borrow::Cow;

use super::document::Text;
use super::lexer::line_end;
use super::toml::{Piece, pieces};
use crate::base::SourceId;
use crate::text::Span;
use scan::Scan;

/// How a document is written down.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Format {
    /// For people.
    #[default]
    Toml,
    /// For programs.
    Json,
}

/// A key, a value without parts, or a gap where one could be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spot {
    /// What stands there.
    pub site: Site,
    /// The keys that lead there from the document's root. A key is the last of its own; a gap for
    /// a key has those of the table that the key would be in.
    pub path: Vec<String>,
    /// What is written, without quotes and escapes; nothing in a gap.
    pub text: Text,
    /// The bytes it takes, quotes included.
    pub span: Span,
}

/// What can stand at a place of a document.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Site {
    /// A key.
    Key,
    /// A key in the header of a TOML table.
    HeaderKey,
    /// Nothing yet, where a key would fit.
    KeyGap,
    /// Nothing yet, where a further key of a header would fit.
    HeaderGap,
    /// A string.
    Text,
    /// A value without quotes.
    Bare,
    /// Nothing yet, where a value would fit.
    ValueGap,
}

impl Site {
    /// Whether nothing stands there.
    pub fn is_gap(self) -> bool {
        matches!(self, Self::KeyGap | Self::HeaderGap | Self::ValueGap)
    }
}

/// The spots of a document, ascending.
///
/// ```
/// use joinwright::spec::{Format, Site, spots};
/// use joinwright::text::Sources;
/// let text = "[entity.Customer]\ntable = 'customer'\npri";
/// let spots = spots(Sources::new().add("model.toml", text), text, Format::Toml);
/// let keys: Vec<_> = spots.iter().filter(|spot| spot.site == Site::Key).collect();
/// assert_eq!(keys[1].path, ["entity", "Customer", "pri"]);
/// ```
pub fn spots(source: SourceId, text: &str, format: Format) -> Vec<Spot> {
    // A byte order mark is no part of the first key, but takes its place.
    let text = match text.strip_prefix('\u{feff}') {
        Some(body) => Cow::Owned(format!("   {body}")),
        None => Cow::Borrowed(text),
    };
    let mut scan = Scan::new(source, &text, format);
    match format {
        Format::Json => scan.value_at(0, text.len()),
        Format::Toml => statements(&mut scan, &text),
    }
    scan.finish()
}

fn statements(scan: &mut Scan<'_>, text: &str) {
    let mut written = 0;
    for Piece { range, is_header } in pieces(text) {
        scan.blank_lines(written, range.start);
        written = range.end;
        // No key begins with a bracket, so one alone begins a header.
        if is_header || text.as_bytes().get(range.start) == Some(&b'[') {
            scan.header(range.start, line_end(text.as_bytes(), range.start).min(range.end));
        } else {
            scan.statement(range.start, range.end);
        }
    }
    scan.blank_lines(written, text.len());
}

/// The spot at an offset: what stands there before the gap beside it.
pub fn spot_at(spots: &[Spot], offset: u32) -> Option<&Spot> {
    let behind = spots.partition_point(|spot| spot.span.start <= offset);
    let touching = || {
        let near = spots.get(..behind).unwrap_or_default().iter().rev().take(3);
        near.filter(|spot| spot.span.touches(offset))
    };
    touching().find(|spot| !spot.site.is_gap()).or_else(|| touching().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Sources;

    fn shown(text: &str, format: Format) -> Vec<String> {
        let mut sources = Sources::new();
        let id = sources.add("m", text);
        let show = |spot: &Spot| {
            let (site, path) = (format!("{:?}", spot.site), spot.path.join("."));
            format!("{site} {path} {}", sources.slice(spot.span)).trim_end().to_owned()
        };
        spots(id, text, format).iter().filter(|spot| !spot.site.is_gap()).map(show).collect()
    }

    #[test]
    fn keys_and_values_know_what_leads_to_them() {
        let text = "a.'b' = [1, {c = \"x\"}] # d\n[e.f]\ng = 'y'";
        let expected = [
            "Key a a",
            "Key a.b 'b'",
            "Bare a.b 1",
            "Key a.b.c c",
            "Text a.b.c \"x\"",
            "HeaderKey e e",
            "HeaderKey e.f f",
            "Key e.f.g g",
            "Text e.f.g 'y'",
        ];
        assert_eq!(shown(text, Format::Toml), expected);
        let json = "{\"a\": {\"b\": [\"x\", true]}, \"c\": 2}";
        let expected = [
            "Key a \"a\"",
            "Key a.b \"b\"",
            "Text a.b \"x\"",
            "Bare a.b true",
            "Key c \"c\"",
            "Bare c 2",
        ];
        assert_eq!(shown(json, Format::Json), expected);
    }

    #[test]
    fn an_offset_in_a_gap_tells_what_would_fit() {
        let at = |text: &str, offset: u32, format| {
            let all = spots(Sources::new().add("m", text), text, format);
            spot_at(&all, offset).map(|spot| (spot.site, spot.path.join(".")))
        };
        let toml = |text, offset| at(text, offset, Format::Toml);
        assert_eq!(toml("[a]\n\nb = ", 4), Some((Site::KeyGap, "a".into())));
        assert_eq!(toml("[a]\nb = ", 8), Some((Site::ValueGap, "a.b".into())));
        assert_eq!(toml("[a]\nb = \"x", 10), Some((Site::Text, "a.b".into())));
        assert_eq!(toml("[a.", 3), Some((Site::HeaderGap, "a".into())));
        assert_eq!(toml("b = {c = 1, }", 12), Some((Site::KeyGap, "b".into())));
        assert_eq!(toml("b = [1, ]", 8), Some((Site::ValueGap, "b".into())));
        assert_eq!(toml("# x", 3), None);
        assert_eq!(at("{\"a\": {", 7, Format::Json), Some((Site::KeyGap, "a".into())));
    }

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        assert_eq!(shown("\u{feff}a = 1", Format::Toml), ["Key a a", "Bare a 1"]);
        assert_eq!(shown("\u{feff}{\"a\": 1}", Format::Json), ["Key a \"a\"", "Bare a 1"]);
    }

    #[test]
    fn long_paths_do_not_cost_their_square() {
        let text = "a.".repeat(100_000);
        assert!(shown(&text, Format::Toml).len() < 1000);
        assert!(shown(&"{a=".repeat(100_000), Format::Toml).len() < 1000);
    }

    #[test]
    fn strings_that_are_never_closed_do_not_cost_their_square() {
        let text = "[a]\nb = '''\n".repeat(20_000);
        assert_eq!(shown(&text, Format::Toml).len(), 60_000);
    }
}
