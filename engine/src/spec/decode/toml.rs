//! TOML strings and keys (TOML 1.1).

use super::{Escape, hex, unescape};
use crate::base::SourceId;
use crate::spec::document::Text;
use crate::text::Fragment;

/// The text of a string in any of the four forms, or of a bare key. `raw` holds the quotes, if
/// any, and stands at `start`.
pub(in crate::spec) fn toml_string(source: SourceId, raw: &str, start: usize) -> Text {
    if let Some(body) = raw.strip_prefix("\"\"\"") {
        let (body, start) = multi_line(body, "\"\"\"", start + 3);
        return unescape(source, body, start, escape);
    }
    if let Some(body) = raw.strip_prefix("'''") {
        let (body, start) = multi_line(body, "'''", start + 3);
        return Fragment::verbatim(source, body.to_owned(), start);
    }
    if let Some(body) = raw.strip_prefix('"') {
        return unescape(source, body.strip_suffix('"').unwrap_or(body), start + 1, escape);
    }
    let body = raw.strip_prefix('\'').map(|body| body.strip_suffix('\'').unwrap_or(body));
    let start = start + usize::from(body.is_some());
    Fragment::verbatim(source, body.unwrap_or(raw).to_owned(), start)
}

/// A line break right behind the opening quotes is no part of the string.
fn multi_line<'t>(body: &'t str, quotes: &str, start: usize) -> (&'t str, usize) {
    let body = body.strip_suffix(quotes).unwrap_or(body);
    let text = body.strip_prefix("\r\n").or_else(|| body.strip_prefix('\n')).unwrap_or(body);
    (text, start + body.len() - text.len())
}

fn escape(text: &str) -> Escape {
    match text.as_bytes().get(1) {
        Some(b'b') => Escape::new('\u{8}', 2),
        Some(b't') => Escape::new('\t', 2),
        Some(b'n') => Escape::new('\n', 2),
        Some(b'f') => Escape::new('\u{c}', 2),
        Some(b'r') => Escape::new('\r', 2),
        Some(b'e') => Escape::new('\u{1b}', 2),
        Some(b'"') => Escape::new('"', 2),
        Some(b'\\') => Escape::new('\\', 2),
        Some(b'x') => unicode(text, 2),
        Some(b'u') => unicode(text, 4),
        Some(b'U') => unicode(text, 8),
        Some(b' ' | b'\t' | b'\r' | b'\n') => continuation(text),
        _ => Escape::invalid(),
    }
}

fn unicode(text: &str, digits: usize) -> Escape {
    let decoded = hex(text, 2, digits).and_then(char::from_u32);
    decoded.map_or_else(Escape::invalid, |decoded| Escape::new(decoded, 2 + digits))
}

/// A backslash at the end of a line takes away all white space up to the next character.
fn continuation(text: &str) -> Escape {
    let behind = text.get(1..).unwrap_or("");
    let rest = behind.trim_start_matches([' ', '\t', '\r', '\n']);
    let blank = behind.get(..behind.len() - rest.len()).unwrap_or("");
    if blank.contains('\n') {
        Escape { decoded: None, len: 1 + blank.len() }
    } else {
        Escape::invalid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Sources;

    fn decode(raw: &str) -> String {
        toml_string(Sources::new().add("m", raw), raw, 0).text().to_owned()
    }

    #[test]
    fn every_form_loses_its_quotes_and_escapes() {
        assert_eq!(decode("bare-key_1"), "bare-key_1");
        assert_eq!(decode("'C:\\t'"), "C:\\t");
        assert_eq!(
            decode(r#""a\"\\\b\t\n\f\r\e\x41\u00e9\U0001F600""#),
            "a\"\\\u{8}\t\n\u{c}\r\u{1b}Aé😀"
        );
        assert_eq!(decode("\"\"\"\r\na\\  \n\n  b\"\"\""), "ab");
        assert_eq!(decode("'''\n\nx''''"), "\nx'");
        assert_eq!(decode("\"\"\"\"\"\""), "");
    }

    #[test]
    fn what_is_malformed_passes_through() {
        for raw in ["\"", "\"\"\"", "'''", "\"\\", "\"\\u12\"", "\"\\ud800\"", "\"\\ x\"", "''"] {
            assert!(decode(raw).len() <= raw.len());
        }
    }

    #[test]
    fn a_continued_line_ends_before_its_backslash() {
        let raw = "\"\"\"a.b \\\n   = c\"\"\"";
        let mut sources = Sources::new();
        let text = toml_string(sources.add("m", raw), raw, 0);
        assert_eq!(text.text(), "a.b = c");
        assert_eq!(sources.slice(text.span(0, 4)), "a.b ");
        assert_eq!(sources.slice(text.span(4, 5)), "=");
    }
}
