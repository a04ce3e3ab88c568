//! Plain JSON → the tree of values, in one pass.
//!
//! Nearly all documents have no mistake and no rare escape. Such a text is read here, without a
//! syntax tree in between; any other is left to the parser that can say what is wrong with it.

use super::object;
use crate::base::SourceId;
use crate::spec::decode::json_string;
use crate::spec::defect::Defect;
use crate::spec::depth::LIMIT;
use crate::spec::document::Text;
use crate::spec::value::{Kind, Table, Value};
use crate::text::{Fragment, Span};

/// The value of a whole text, with what is wrong with it; nothing if some of it is not plain, or
/// nested too deep.
pub(super) fn read(source: SourceId, text: &str, start: usize) -> Option<(Value, Vec<Defect>)> {
    let mut cursor = Cursor { source, text, start, at: 0, depth: 0, defects: Vec::new() };
    let value = cursor.value()?;
    cursor.skip_blanks().is_none().then_some((value, cursor.defects))
}

struct Cursor<'t> {
    source: SourceId,
    text: &'t str,
    /// Where the text begins in the source.
    start: usize,
    at: usize,
    /// How many lists and objects are open here.
    depth: usize,
    defects: Vec<Defect>,
}

impl Cursor<'_> {
    /// The next byte that is no blank.
    fn skip_blanks(&mut self) -> Option<u8> {
        self.skip(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\r'));
        self.byte()
    }

    fn value(&mut self) -> Option<Value> {
        let byte = self.skip_blanks()?;
        let from = self.at;
        let kind = match byte {
            b'"' => Kind::String(self.string()?),
            b'{' => Kind::Table(self.nested(Self::table)?),
            b'[' => Kind::Array(self.nested(Self::array)?),
            b't' => self.word("true", Kind::Boolean(true))?,
            b'f' => self.word("false", Kind::Boolean(false))?,
            b'n' => self.word("null", Kind::Null)?,
            _ => self.number()?,
        };
        let span = Span::new(self.source, self.start + from, self.start + self.at);
        Some(Value { kind, span })
    }

    /// Reads what is one level deeper, if that is not too deep.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.depth += 1;
        let found = if self.depth > LIMIT { None } else { read(self) };
        self.depth -= 1;
        found
    }

    fn table(&mut self) -> Option<Table> {
        let mut table = Table::default();
        self.list(b'}', |cursor| {
            cursor.skip_blanks().filter(|byte| *byte == b'"')?;
            let key = cursor.string()?;
            cursor.skip_blanks().filter(|byte| *byte == b':')?;
            cursor.at += 1;
            let value = cursor.value()?;
            object::insert(&mut table, key, value, &mut cursor.defects);
            Some(())
        })?;
        Some(table)
    }

    fn array(&mut self) -> Option<Vec<Value>> {
        let mut items = Vec::new();
        self.list(b']', |cursor| {
            items.push(cursor.value()?);
            Some(())
        })?;
        Some(items)
    }

    /// Reads the items of a list, commas between them, up to its closing bracket.
    fn list(&mut self, close: u8, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        if self.skip_blanks()? == close {
            self.at += 1;
            return Some(());
        }
        loop {
            item(self)?;
            let byte = self.skip_blanks()?;
            self.at += 1;
            if byte == close {
                return Some(());
            }
            if byte != b',' {
                return None;
            }
        }
    }

    /// A string without control characters, of escapes only those of one letter.
    fn string(&mut self) -> Option<Text> {
        let from = self.at;
        self.at += 1;
        let mut escaped = false;
        loop {
            self.at += length_as_is(self.text.as_bytes().get(self.at..).unwrap_or_default());
            match self.byte()? {
                b'"' => break,
                b'\\' => self.at += 1,
                _ => return None,
            }
            if !matches!(self.byte()?, b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') {
                return None;
            }
            escaped = true;
            self.at += 1;
        }
        self.at += 1;
        if escaped {
            let raw = self.text.get(from..self.at)?;
            return Some(json_string(self.source, raw, self.start + from));
        }
        let body = self.text.get(from + 1..self.at - 1)?.to_owned();
        Some(Fragment::verbatim(self.source, body, self.start + from + 1))
    }

    /// A number, of those without exponent.
    fn number(&mut self) -> Option<Kind> {
        let from = self.at;
        self.at += usize::from(self.byte() == Some(b'-'));
        let whole = self.digits()?;
        if whole > 1 && self.text.as_bytes().get(self.at - whole) == Some(&b'0') {
            return None;
        }
        let point = self.byte() == Some(b'.');
        if point {
            // A dot counts as a level.
            (self.depth < LIMIT).then_some(())?;
            self.at += 1;
            self.digits()?;
        }
        if self.byte().is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'.') {
            return None;
        }
        let text = self.text.get(from..self.at)?.to_owned();
        let text = Fragment::verbatim(self.source, text, self.start + from);
        Some(if point { Kind::Float(text) } else { Kind::Integer(text) })
    }

    /// Passes over digits, of which there must be one.
    fn digits(&mut self) -> Option<usize> {
        let from = self.at;
        self.skip(|byte| byte.is_ascii_digit());
        Some(self.at - from).filter(|length| *length > 0)
    }

    fn word(&mut self, word: &str, kind: Kind) -> Option<Kind> {
        let rest = self.text.get(self.at..)?.strip_prefix(word)?;
        if rest.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return None;
        }
        self.at += word.len();
        Some(kind)
    }

    fn skip(&mut self, passed: impl Fn(u8) -> bool) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|byte| passed(**byte)).count();
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

/// How many of these bytes stand for themselves in a string, eight looked at a time.
fn length_as_is(bytes: &[u8]) -> usize {
    let (chunks, rest) = bytes.as_chunks();
    for (index, chunk) in chunks.iter().enumerate() {
        let found = not_as_is(u64::from_le_bytes(*chunk));
        if found != 0 {
            return index * 8 + (found.trailing_zeros() / 8) as usize;
        }
    }
    let as_is = |byte: &&u8| **byte >= b' ' && !matches!(**byte, b'"' | b'\\');
    chunks.len() * 8 + rest.iter().take_while(as_is).count()
}

/// The highest bit of the first of eight bytes that is a quote, a backslash or a control character.
/// Such bits may be set behind it too, where a difference borrows from the next byte.
fn not_as_is(bytes: u64) -> u64 {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    let below = |bytes: u64, limit: u8| bytes.wrapping_sub(EACH * u64::from(limit)) & !bytes;
    let is = |byte: u8| below(bytes ^ (EACH * u64::from(byte)), 1);
    (below(bytes, b' ') | is(b'"') | is(b'\\')) & (EACH * 0x80)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::spec::depth::too_deep_json;
    use crate::spec::json::Tree;
    use crate::text::Sources;

    #[test]
    fn what_is_too_deep_is_not_plain() {
        let source = Sources::new().add("m", "");
        for depth in LIMIT - 1..=LIMIT + 1 {
            for inside in ["", "1", "1.5", "[]", "{}", "{\"a.b\": \"[[\"}"] {
                let text = format!("{}{inside}{}", "[".repeat(depth), "]".repeat(depth));
                let plain = read(source, &text, 0).is_some();
                assert_eq!(plain, too_deep_json(&text).is_none(), "{text}");
            }
        }
    }

    fn piece() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            " ",
            "\n",
            "\"a\":",
            "\"b\":",
            "\"a\"",
            "\"é\\n\"",
            "\"\\u00e9\"",
            "\"\\x\"",
            "\"\t\"",
            "\"",
            "0",
            "-1",
            "01",
            "-",
            "1.5",
            "1.",
            "1e5",
            "true",
            "false",
            "null",
            "nul",
            "truer",
            "//",
            "'a'",
            "a",
            "+1",
            ".5",
            "\u{a0}",
            "{\"a\":1,\"a\":2}",
            "[1,2]",
            "{\"b\":{}}",
            "\u{c}",
        ])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn plain_values_are_those_of_the_parser(
            pieces in prop::collection::vec(piece(), 0..12), inside in any::<bool>(),
        ) {
            let text = pieces.concat();
            let text = if inside { format!("{{\"x\": [{text}]}}") } else { text };
            let source = Sources::new().add("m", text.as_str());
            if let Some((value, found)) = read(source, &text, 3) {
                let mut defects = Vec::new();
                let mut tree = Tree { source, text: &text, start: 3, defects: &mut defects };
                prop_assert_eq!(tree.parse_any().ok(), Some(value));
                prop_assert_eq!(defects, found);
            }
        }
    }
}
