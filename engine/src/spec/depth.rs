//! How deep a document is nested, measured before it is parsed.
//!
//! The parsers, and the destructors of what they make, call themselves for each level. TOML can
//! nest by dotted keys as well as by brackets, so both are counted.

use super::lexer::{json_string_end, line_end, toml_string_end};

/// How many levels of tables and lists a value may have; a model needs eight.
pub(super) const LIMIT: usize = 64;

/// Where a TOML text goes deeper than [`LIMIT`].
pub(super) fn too_deep_toml(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut nesting = Nesting::default();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'#' => at = line_end(bytes, at),
            b'"' | b'\'' => at = toml_string_end(bytes, at, *byte, |_| false),
            _ if nesting.pass(*byte) => return Some(at),
            _ => at += 1,
        }
    }
    None
}

/// Where a JSON text goes deeper than [`LIMIT`].
pub(super) fn too_deep_json(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut nesting = Nesting::default();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = json_string_end(bytes, at),
            _ if nesting.pass(*byte) => return Some(at),
            _ => at += 1,
        }
    }
    None
}

/// The open brackets, and the dots of the key that is being read inside each.
#[derive(Default)]
struct Nesting {
    outer: Vec<usize>,
    dots: usize,
    depth: usize,
}

impl Nesting {
    /// Takes in a byte outside strings and comments; whether that is one level too many.
    fn pass(&mut self, byte: u8) -> bool {
        match byte {
            b'[' | b'{' => self.open(),
            b']' | b'}' => self.close(),
            b',' | b'\n' => self.end_key(),
            b'.' => {
                self.dots += 1;
                self.depth += 1;
            }
            _ => {}
        }
        self.depth > LIMIT
    }

    fn open(&mut self) {
        self.outer.push(std::mem::take(&mut self.dots));
        self.depth += 1;
    }

    fn close(&mut self) {
        if let Some(dots) = self.outer.pop() {
            self.end_key();
            self.dots = dots;
            self.depth -= 1;
        }
    }

    fn end_key(&mut self) {
        self.depth -= std::mem::take(&mut self.dots);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_dots_add_up() {
        assert_eq!(too_deep_toml(&format!("a = {}", "[".repeat(LIMIT))), None);
        assert_eq!(too_deep_toml(&format!("a = {}", "[".repeat(LIMIT + 1))), Some(LIMIT + 4));
        assert!(too_deep_toml(&"a.".repeat(LIMIT + 1)).is_some());
        assert!(too_deep_toml(&"{a.b = ".repeat(LIMIT / 2 + 1)).is_some());
        assert!(too_deep_json(&"[{\"a\":".repeat(LIMIT)).is_some());
    }

    #[test]
    fn what_is_closed_or_quoted_does_not_count() {
        assert_eq!(too_deep_toml(&"[a.b]\nx = [1.5, 2.5]\n".repeat(LIMIT)), None);
        let bracket = "[".repeat(LIMIT + 1);
        let quotes = [("'", "'"), ("\"\\\"", "\""), ("'''\n'", "'''"), ("\"\"\"\"", "\"\"\"")];
        for (open, close) in quotes.into_iter().chain([("#", "\n"), ("\"", "\n")]) {
            assert_eq!(too_deep_toml(&format!("{open}{bracket}{close}")), None, "{open}");
            assert!(too_deep_toml(&format!("{open}{close}\n{bracket}")).is_some(), "{open}");
        }
        assert_eq!(too_deep_json(&format!("\"\\\"{bracket}\"")), None);
    }
}
