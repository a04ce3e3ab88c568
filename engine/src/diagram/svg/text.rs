//! Text in a picture: how wide it will be, about, and how it is written in XML.

use std::fmt::Write as _;

/// Tenths of a pixel that a letter takes on average.
pub(super) const PLAIN: i64 = 72;
pub(super) const BOLD: i64 = 78;
pub(super) const SMALL: i64 = 62;

/// How wide a text will be, about; the fonts are not known.
pub(super) fn width(text: &str, letter: i64) -> i64 {
    // From Hangul Jamo on, most letters are about as wide as they are high.
    let letters: i64 = text.chars().map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum();
    letters * letter / 10
}

/// A text about a middle.
pub(super) fn write(out: &mut String, class: &str, x: i64, y: i64, text: &str) {
    // Writing to a `String` cannot fail.
    let _ = writeln!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escaped(text));
}

/// Text as XML 1.0 can hold it (its production 2, `Char`): what it cannot is U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\t' | '\n' | '\r' | ' ' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
