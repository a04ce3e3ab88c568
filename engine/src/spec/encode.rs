//! Text → what stands for it in the strings and keys of a document.

use std::fmt::Write as _;

/// A string of TOML and JSON.
pub(crate) fn string(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// A text as it stands between the quotes of such a string.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| escape(c, &mut out));
    out
}

/// A TOML string of several lines, in which line breaks and tabs stand as they are.
pub(crate) fn lines(text: &str) -> String {
    let mut out = String::from("\"\"\"\n");
    for c in text.chars() {
        if matches!(c, '\n' | '\t') { out.push(c) } else { escape(c, &mut out) }
    }
    out + "\"\"\""
}

/// Whether a name is read as it is where names stand with commas between them.
pub(crate) fn fits_list(name: &str) -> bool {
    !name.is_empty() && !name.contains(',') && name.trim() == name
}

/// A key of TOML, in quotes where it needs them (TOML, "Keys").
pub(crate) fn key(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let bare = !text.is_empty() && text.bytes().all(plain);
    if bare { text.to_owned() } else { string(text) }
}

fn escape(c: char, out: &mut String) {
    match c {
        '"' | '\\' => out.extend(['\\', c]),
        c if c.is_control() => {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        }
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::super::decode::{json_string, toml_string};
    use super::*;
    use crate::text::Sources;

    #[test]
    fn what_is_written_is_read_back() {
        let source = Sources::new().add("m", "");
        let texts =
            ["", "plain", "two words", "a\"b\\c'd", "é\u{1}\u{85}\t", "\n\nx\n", "'''\"\"\""];
        for text in texts {
            let written = string(text);
            assert_eq!(toml_string(source, &written, 0).text(), text);
            assert_eq!(json_string(source, &written, 0).text(), text);
            assert_eq!(toml_string(source, &lines(text), 0).text(), text);
            assert_eq!(toml_string(source, &key(text), 0).text(), text);
        }
    }

    #[test]
    fn a_key_has_quotes_where_it_needs_them() {
        assert_eq!(["a-1_B", "a.b", "", "é"].map(key), ["a-1_B", "\"a.b\"", "\"\"", "\"é\""]);
    }
}
