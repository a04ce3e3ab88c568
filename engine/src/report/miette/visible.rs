//! Text without characters that a terminal would obey instead of showing.

use std::borrow::Cow;

/// `text` with a substitute of the same number of bytes for each control character but tab and
/// line break, so that every byte offset stays right.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    for (at, c) in text.char_indices().filter(|(at, c)| is_hidden(text, *at, *c)) {
        out.push_str(text.get(copied..at).unwrap_or(""));
        out.push_str(substitute(c));
        copied = at + c.len_utf8();
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(copied..).unwrap_or(""));
    Cow::Owned(out)
}

/// Controls, and the marks that reorder what follows (Unicode TR 36 §2.10).
fn is_hidden(text: &str, at: usize, c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        '\r' => text.as_bytes().get(at + 1) != Some(&b'\n'),
        '\u{61c}' | '\u{200e}' | '\u{200f}' => true,
        _ => c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'),
    }
}

fn substitute(c: char) -> &'static str {
    match c.len_utf8() {
        1 => "?",
        2 => "¿",
        _ => "\u{fffd}",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_replaced_byte_for_byte() {
        let text = "a\u{1b}[0m\tb\r\nc\rd\u{9b}e\u{202e}f\u{61c}\0";
        assert_eq!(visible(text), "a?[0m\tb\r\nc?d¿e\u{fffd}f¿?");
        assert_eq!(visible(text).len(), text.len());
        assert!(matches!(visible("plain é\n"), Cow::Borrowed(_)));
    }
}
