//! Names and lists of names inside a sentence.

use std::fmt::Write as _;

use crate::resolve::Side;

/// Of longer names the beginning is shown.
const LONGEST: usize = 160;

/// A name in backticks, on one line whatever it holds.
pub(super) fn tick(name: &str) -> String {
    let mut ticked = String::with_capacity(name.len().min(LONGEST) + 2);
    ticked.push('`');
    for c in name.chars().take(LONGEST) {
        if c.is_control() {
            // Writing to a string cannot fail.
            let _ = write!(ticked, "{}", c.escape_default());
        } else {
            ticked.push(c);
        }
    }
    if name.chars().nth(LONGEST).is_some() {
        ticked.push('…');
    }
    ticked.push('`');
    ticked
}

/// `` `a`, `b` and `c` ``
pub(super) fn all<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    series(names.into_iter().map(|name| tick(name.as_ref())).collect(), "and")
}

/// `` `a`, `b` or `c` ``
pub(super) fn any<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    series(names.into_iter().map(|name| tick(name.as_ref())).collect(), "or")
}

/// Phrases as one: `x, y or z`.
pub(super) fn series(mut phrases: Vec<String>, word: &str) -> String {
    match (phrases.pop(), phrases.is_empty()) {
        (None, _) => String::new(),
        (Some(only), true) => only,
        (Some(last), false) => format!("{} {word} {last}", phrases.join(", ")),
    }
}

/// `1 column`, `2 columns`
pub(super) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// The noun with its article.
pub(super) fn article(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

/// Another program's message as part of ours: its first line, lower case, no full stop.
pub(super) fn quote(message: &str) -> String {
    let line = message.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("");
    let line = line.trim_end_matches('.');
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return String::new() };
    // An acronym or a quoted token keeps its case.
    let word = chars.clone().next().is_some_and(char::is_lowercase);
    let first = if word { first.to_lowercase().to_string() } else { first.to_string() };
    first + chars.as_str()
}

/// The condition of a side in messages.
pub(super) fn join(side: Side) -> &'static str {
    match side {
        Side::Primary => "join",
        Side::Secondary => "secondary join",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(all(["a"]), "`a`");
        assert_eq!(all(["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(any(["a", "b"]), "`a` or `b`");
        assert_eq!(article("entity"), "an entity");
        assert_eq!(count(1, "column"), "1 column");
    }

    #[test]
    fn names_and_quotes_stay_on_one_line() {
        assert_eq!(tick("a\nb"), r"`a\nb`");
        assert_eq!(tick(&"é".repeat(LONGEST + 1)), format!("`{}…`", "é".repeat(LONGEST)));
        assert_eq!(quote("Expected `=`.\nat line 2"), "expected `=`");
        assert_eq!(quote("TOML is odd"), "TOML is odd");
        assert_eq!(quote("\n"), "");
    }
}
