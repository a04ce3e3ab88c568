//! JSON strings (RFC 8259 §7).

use super::{Escape, hex, unescape};
use crate::base::SourceId;
use crate::spec::document::Text;

/// The text of the string `raw`, quotes included, which stands at `start`.
pub(in crate::spec) fn json_string(source: SourceId, raw: &str, start: usize) -> Text {
    let body = raw.strip_prefix('"').unwrap_or(raw);
    let start = start + raw.len() - body.len();
    unescape(source, body.strip_suffix('"').unwrap_or(body), start, escape)
}

fn escape(text: &str) -> Escape {
    match text.as_bytes().get(1) {
        Some(b'"') => Escape::new('"', 2),
        Some(b'\\') => Escape::new('\\', 2),
        Some(b'/') => Escape::new('/', 2),
        Some(b'b') => Escape::new('\u{8}', 2),
        Some(b'f') => Escape::new('\u{c}', 2),
        Some(b'n') => Escape::new('\n', 2),
        Some(b'r') => Escape::new('\r', 2),
        Some(b't') => Escape::new('\t', 2),
        Some(b'u') => unicode(text).unwrap_or_else(Escape::invalid),
        _ => Escape::invalid(),
    }
}

/// One UTF-16 unit, or two that make a pair.
fn unicode(text: &str) -> Option<Escape> {
    let high = hex(text, 2, 4)?;
    if let Some(decoded) = char::from_u32(high) {
        return Some(Escape::new(decoded, 6));
    }
    let low = hex(text, 8, 4).filter(|_| text.get(6..8) == Some("\\u"))?;
    let units = [u16::try_from(high).ok()?, u16::try_from(low).ok()?];
    let decoded = char::decode_utf16(units).next()?.ok()?;
    Some(Escape::new(decoded, 12))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Sources;

    #[test]
    fn a_surrogate_pair_is_one_character() {
        let raw = r#""x\ud83d\ude00y""#;
        let mut sources = Sources::new();
        let text = json_string(sources.add("m", raw), raw, 0);
        assert_eq!(text.text(), "x😀y");
        assert_eq!(sources.slice(text.span(1, 5)), r"\ud83d\ude00");
        assert_eq!(sources.slice(text.span(5, 6)), "y");
    }

    #[test]
    fn a_lone_surrogate_passes_through() {
        let raw = r#""\ud83dx""#;
        let text = json_string(Sources::new().add("m", raw), raw, 0);
        assert_eq!(text.text(), r"\ud83dx");
    }
}
