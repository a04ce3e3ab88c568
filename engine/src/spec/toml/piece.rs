//! A TOML text cut into headers and statements, by looks.
//!
//! The cut must be right where the text is right, and near where it is not: whatever is left open
//! ends at the next header, and an open list also at the next line that assigns a key.

use std::ops::Range;

use crate::spec::lexer::{line_end, toml_string_end};

/// A header line, or one `key = value` with all its lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::spec) struct Piece {
    pub(in crate::spec) range: Range<usize>,
    pub(in crate::spec) is_header: bool,
}

/// The pieces of a text in order, without blank lines and comments between them.
pub(in crate::spec) fn pieces(text: &str) -> impl Iterator<Item = Piece> {
    let mut at = 0;
    let lines = std::iter::from_fn(move || {
        let start = at;
        let is_header = (start < text.len()).then(|| is_header(text, start))?;
        let end =
            if is_header { line_end(text.as_bytes(), start) } else { statement_end(text, start) };
        at = end + 1;
        let breaks = text.get(start..at).is_some_and(|line| line.ends_with("\r\n"));
        Some(Piece { range: start..end - usize::from(breaks), is_header })
    });
    lines.filter(|piece| {
        let written = text.get(piece.range.clone()).unwrap_or("").trim_start();
        !(written.is_empty() || written.starts_with('#'))
    })
}

/// The line break with which the statement that begins at `from` ends.
fn statement_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut open = Vec::new();
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        let next = match byte {
            b'\n' if ends_here(text, at + 1, open.last().copied()) => return at,
            b'#' => line_end(bytes, at),
            b'"' | b'\'' => toml_string_end(bytes, at, *byte, |line| is_header(text, line)),
            _ => at + 1,
        };
        match byte {
            b'[' | b'{' => open.push(*byte),
            b']' | b'}' => drop(open.pop()),
            _ => {}
        }
        at = next;
    }
    text.len()
}

/// Whether a statement with this bracket open is over before the line at `line`.
fn ends_here(text: &str, line: usize, open: Option<u8>) -> bool {
    match open {
        None => true,
        Some(b'[') => is_header(text, line) || is_assignment(text, line),
        Some(_) => is_header(text, line),
    }
}

/// Whether the line at `line` is `[a.b]` or `[[a.b]]` and no more, or such a header half-written.
/// No table of a model has a name that begins with a quote or digit, as the items of a list do.
fn is_header(text: &str, line: usize) -> bool {
    let Some(rest) = text.get(line..).and_then(|rest| rest.strip_prefix('[')) else {
        return false;
    };
    let rest = rest.strip_prefix('[').unwrap_or(rest);
    let named = rest.trim_start_matches([' ', '\t']).starts_with(|c: char| c.is_ascii_alphabetic());
    let Some(rest) = after_key(rest).filter(|_| named) else {
        return false;
    };
    let rest = rest.trim_start_matches(']').trim_start_matches([' ', '\t', '\r']);
    rest.is_empty() || rest.starts_with(['\n', '#'])
}

/// Whether the line at `line` begins with `key =`.
fn is_assignment(text: &str, line: usize) -> bool {
    let rest = text.get(line..).unwrap_or("").trim_start_matches([' ', '\t']);
    after_key(rest).is_some_and(|rest| rest.starts_with('='))
}

/// What follows a dotted key and its white space on the same line.
fn after_key(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' => at = toml_string_end(bytes, at, *byte, |_| true),
            b'.' | b'-' | b'_' | b' ' | b'\t' | 0x80.. => at += 1,
            _ if byte.is_ascii_alphanumeric() => at += 1,
            _ => break,
        }
    }
    let key = text.get(..at)?;
    (!key.trim().is_empty()).then(|| text.get(at..)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        pieces(text).map(|piece| text.get(piece.range).unwrap()).collect()
    }

    #[test]
    fn statements_keep_all_their_lines() {
        let statements = [
            "a = '''\nx = 1\n'''",
            "b = \"\"\"\\\"\"\"\n\"\"\"",
            "c = [ # ]\n  'x',\n]",
            "d = {\n e = 1\n}",
            "[ x.\"y z\".'z'] # here",
            "f.g = 'h # i'",
        ];
        let text = statements.join("\n\n# comment\n");
        assert_eq!(cut(&text), statements);
    }

    #[test]
    fn what_is_left_open_ends_at_the_next_header() {
        for open in ["a = [", "a = {", "a = '''", "a = \"\"\"x", "a = \"x", "[a", "a = [\n'x'"] {
            assert_eq!(cut(&format!("{open}\n[b]\nc = 1")), [open, "[b]", "c = 1"]);
        }
    }

    #[test]
    fn an_open_list_ends_at_the_next_assignment() {
        assert_eq!(cut("a = [\n'x',\nb = 1"), ["a = [\n'x',", "b = 1"]);
    }

    #[test]
    fn lists_of_lists_are_no_headers() {
        let text = "a = [\n[1, 2],\n[\"b\"]\n]";
        assert_eq!(cut(text), [text]);
    }
}
