//! Strings of TOML and JSON → their text, each byte with the way back.
//!
//! The parsers decode strings too, but do not say where the pieces came from. What is malformed
//! they have reported already; here it is passed through as it stands.

mod json;
mod toml;

pub(super) use json::json_string;
pub(super) use toml::toml_string;

use crate::base::SourceId;
use crate::spec::document::Text;
use crate::text::Fragment;

/// What stands at a backslash: the character it means, if any, and the bytes it takes.
struct Escape {
    decoded: Option<char>,
    len: usize,
}

impl Escape {
    fn new(decoded: char, len: usize) -> Self {
        Self { decoded: Some(decoded), len }
    }

    /// A backslash that begins no escape stands for itself.
    fn invalid() -> Self {
        Self::new('\\', 1)
    }
}

/// Decodes `body`, which stands at `start`, asking `escape` about the text from each backslash on.
fn unescape(source: SourceId, body: &str, start: usize, escape: fn(&str) -> Escape) -> Text {
    if !body.contains('\\') {
        return Fragment::verbatim(source, body.to_owned(), start);
    }
    let mut text = Fragment::empty(source, start);
    let (mut rest, mut at) = (body, start);
    while let Some(plain) = rest.find('\\') {
        let (before, escaped) = rest.split_at(plain);
        let Escape { decoded, len } = escape(escaped);
        text.push(before, at);
        at += plain;
        match decoded {
            Some(decoded) => text.push(decoded.encode_utf8(&mut [0; 4]), at),
            None => text.skip_from(at),
        }
        at += len;
        rest = escaped.get(len..).unwrap_or("");
    }
    text.push(rest, at);
    text.end_at(at + rest.len());
    text
}

/// The number written by the `digits` hexadecimal digits from `from` on.
fn hex(text: &str, from: usize, digits: usize) -> Option<u32> {
    let written = text.get(from..from + digits)?;
    let all_digits = written.bytes().all(|byte| byte.is_ascii_hexdigit());
    u32::from_str_radix(written, 16).ok().filter(|_| all_digits)
}
