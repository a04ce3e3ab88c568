//! The tokens of plain SQL, without sqlparser's tokenizer.
//!
//! Nearly all of a schema script is words, whole numbers, simple strings and brackets, which read
//! alike in every dialect. sqlparser reads them a character at a time and makes a token of each
//! blank, so a text of nothing else is read here. At the first byte that a dialect could read in
//! its own way, everything is left to sqlparser.

use std::ops::Range;

use sqlparser::dialect::Dialect;
use sqlparser::tokenizer::{Token, TokenWithSpan};

use super::token::span_of;

/// A plain token: what it is, and the bytes it takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Plain {
    pub(super) kind: Kind,
    start: u32,
    end: u32,
}

/// What a plain token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A word of lower-case letters, digits and underscores.
    LowerWord,
    /// Any other word.
    Word,
    /// In double quotes or backticks.
    QuotedName,
    Number,
    String,
    LParen,
    RParen,
    Comma,
    SemiColon,
    Period,
    DoubleColon,
    Eq,
}

/// The tokens of `text` as sqlparser has them, or nothing if some of it is not plain.
pub(super) fn tokens(text: &str, grammar: &dyn Dialect) -> Option<Vec<TokenWithSpan>> {
    Some(plain(text, grammar)?.into_iter().map(|token| token.as_parsed(text)).collect())
}

/// The tokens of `text`, or nothing if some of it is not plain.
pub(super) fn plain(text: &str, grammar: &dyn Dialect) -> Option<Vec<Plain>> {
    const BYTES_OF_TOKEN: usize = 6;
    let mut tokens = Vec::with_capacity(text.len() / BYTES_OF_TOKEN);
    let mut cursor = Cursor::new(text, grammar)?;
    tokens.extend(&mut cursor);
    cursor.is_done().then_some(tokens)
}

impl Plain {
    pub(super) fn is_word(self) -> bool {
        matches!(self.kind, Kind::LowerWord | Kind::Word)
    }

    pub(super) fn bytes(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// What it says: of a string, what stands between the quotes.
    pub(super) fn text(self, text: &str) -> &str {
        let Range { start, end } = self.bytes();
        let quote = usize::from(matches!(self.kind, Kind::String | Kind::QuotedName));
        text.get(start + quote..end - quote).unwrap_or("")
    }

    /// The same token of sqlparser.
    pub(super) fn as_parsed(self, text: &str) -> TokenWithSpan {
        let written = self.text(text);
        let token = match self.kind {
            Kind::LowerWord | Kind::Word => Token::make_word(written, None),
            Kind::QuotedName => {
                Token::make_word(written, text.get(self.bytes()).and_then(|it| it.chars().next()))
            }
            Kind::Number => Token::Number(written.to_owned(), false),
            Kind::String => Token::SingleQuotedString(written.to_owned()),
            Kind::LParen => Token::LParen,
            Kind::RParen => Token::RParen,
            Kind::Comma => Token::Comma,
            Kind::SemiColon => Token::SemiColon,
            Kind::Period => Token::Period,
            Kind::DoubleColon => Token::DoubleColon,
            Kind::Eq => Token::Eq,
        };
        TokenWithSpan::new(token, span_of(self.bytes()))
    }
}

/// Reads tokens off a text as long as they are plain.
pub(super) struct Cursor<'t> {
    text: &'t [u8],
    /// It says what quotes a name.
    grammar: &'t dyn Dialect,
    at: usize,
}

impl Iterator for Cursor<'_> {
    type Item = Plain;

    #[expect(
        clippy::inline_always,
        reason = "most tokens are so short that a call is a third of them"
    )]
    #[inline(always)]
    fn next(&mut self) -> Option<Plain> {
        let start = end_of(self.text, self.at, BLANK);
        self.at = start;
        let (kind, end) = match self.byte(start)? {
            b'a'..=b'z' | b'A'..=b'Z' => self.word(start)?,
            b'0'..=b'9' => self.number(start)?,
            b'\'' => self.string(start)?,
            quote @ (b'"' | b'`') => self.quoted_name(start, quote)?,
            b':' => self.cast(start)?,
            sign => (self.sign(start, sign)?, start + 1),
        };
        self.at = end;
        Some(Plain { kind, start: place(start), end: place(end) })
    }
}

impl<'t> Cursor<'t> {
    /// A cursor over a text in which every place fits a token.
    pub(super) fn new(text: &'t str, grammar: &'t dyn Dialect) -> Option<Self> {
        u32::try_from(text.len()).ok()?;
        Some(Self { text: text.as_bytes(), grammar, at: 0 })
    }

    /// The byte behind the last token.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Whether nothing is left.
    fn is_done(&self) -> bool {
        self.at == self.text.len()
    }

    /// A sign of one byte.
    fn sign(&self, start: usize, byte: u8) -> Option<Kind> {
        match byte {
            b'(' => Some(Kind::LParen),
            b')' => Some(Kind::RParen),
            b',' => Some(Kind::Comma),
            b';' => Some(Kind::SemiColon),
            // Before a digit it begins a number.
            b'.' => self.byte(start + 1)?.is_ascii_alphabetic().then_some(Kind::Period),
            // Before another sign it begins an operator.
            b'=' => self.is(start + 1, BLANK | WORD).then_some(Kind::Eq),
            _ => None,
        }
    }

    #[inline]
    fn word(&self, start: usize) -> Option<(Kind, usize)> {
        let (mut end, mut seen) = (start, 0);
        while let Some(class) = self.byte(end).map(classes).filter(|class| class & WORD != 0) {
            (end, seen) = (end + 1, seen | class);
        }
        let kind = if seen & UPPER == 0 { Kind::LowerWord } else { Kind::Word };
        (!self.is(end, EXTENDS_WORD)).then_some((kind, end))
    }

    fn number(&self, start: usize) -> Option<(Kind, usize)> {
        let end = end_of(self.text, start + 1, DIGIT);
        (!self.is(end, EXTENDS_NUMBER)).then_some((Kind::Number, end))
    }

    /// A string in which nothing is escaped.
    fn string(&self, start: usize) -> Option<(Kind, usize)> {
        let end = end_of(self.text, start + 1, IN_STRING);
        let whole = self.byte(end) == Some(b'\'') && self.byte(end + 1) != Some(b'\'');
        whole.then_some((Kind::String, end + 1))
    }

    /// A name in which no quote is doubled.
    fn quoted_name(&self, start: usize, quote: u8) -> Option<(Kind, usize)> {
        let names = self.grammar.is_delimited_identifier_start(char::from(quote));
        let rest = self.text.get(start + 1..).unwrap_or_default();
        let inside = |byte: &u8| *byte != quote && classes(*byte) & IN_STRING != 0;
        let length = rest.iter().position(|byte| !inside(byte))?;
        let closed = rest.get(length) == Some(&quote) && rest.get(length + 1) != Some(&quote);
        (names && closed && length > 0).then_some((Kind::QuotedName, start + length + 2))
    }

    fn cast(&self, start: usize) -> Option<(Kind, usize)> {
        let double = self.byte(start + 1) == Some(b':');
        let named = self.byte(start + 2)?.is_ascii_alphabetic();
        (double && named).then_some((Kind::DoubleColon, start + 2))
    }

    /// Whether the byte at a place is of a class.
    fn is(&self, at: usize, class: u8) -> bool {
        self.byte(at).is_some_and(|byte| classes(byte) & class != 0)
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.get(at).copied()
    }
}

/// Where the bytes of a class end that begin at `start`.
#[inline]
fn end_of(text: &[u8], start: usize, class: u8) -> usize {
    let mut at = start;
    while text.get(at).is_some_and(|byte| classes(*byte) & class != 0) {
        at += 1;
    }
    at
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

const BLANK: u8 = 1;
/// Inside a word.
const WORD: u8 = 2;
const DIGIT: u8 = 4;
/// Inside a string, where it stands for itself.
const IN_STRING: u8 = 8;
const UPPER: u8 = 64;
/// Behind a word: a quote makes it a prefix, and some dialects' names have these signs in them.
const EXTENDS_WORD: u8 = 16;
/// Behind whole numbers.
const EXTENDS_NUMBER: u8 = 32;

/// The classes of each byte.
static CLASSES: [u8; 256] = all_classes();

fn classes(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(0)
}

#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "it is made at compile time, from every byte in turn"
)]
const fn all_classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < table.len() {
        let byte = index as u8;
        table[index] = (if matches!(byte, b' ' | b'\n' | b'\t' | b'\r') { BLANK } else { 0 })
            | (if byte.is_ascii_alphanumeric() || byte == b'_' { WORD } else { 0 })
            | (if byte.is_ascii_digit() { DIGIT } else { 0 })
            | (if byte.is_ascii_uppercase() { UPPER } else { 0 })
            | (if matches!(byte, b'\'' | b'\\' | b'\0') { 0 } else { IN_STRING })
            | (if extends_word(byte) { EXTENDS_WORD } else { 0 })
            | (if extends_number(byte) { EXTENDS_NUMBER } else { 0 });
        index += 1;
    }
    table
}

const fn extends_word(byte: u8) -> bool {
    matches!(byte, b'\'' | b'"' | b'`' | b'$' | b'#' | b'@' | 0x80..)
}

const fn extends_number(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'.' | b'_' | b'$' | 0x80..)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base;
    use crate::parse::token::{grammar, tokenize_any};

    #[test]
    fn the_tokens_of_a_table_are_plain() {
        let text = "CREATE TABLE a.b (\n\tid INT DEFAULT nextval('b_id_seq'::regclass),\r\n\
                    CONSTRAINT c FOREIGN KEY (x1) REFERENCES d (y_2), z numeric(12, 2));";
        assert!(tokens(text, grammar(base::Dialect::Ansi)).is_some());
    }

    #[test]
    fn what_dialects_read_differently_is_not_plain() {
        let texts = [
            "a-- b",
            "\"a\"\"b\"",
            "\"a",
            "\"\"",
            "a$b",
            "N'a'",
            "'a''b'",
            r"'\'",
            "1.5",
            "1e5",
            "#a",
            "é",
            "_a",
            "a==b",
        ];
        for text in texts {
            assert!(tokens(text, grammar(base::Dialect::Ansi)).is_none(), "{text}");
        }
    }

    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            8 => "[a-zA-Z_][a-zA-Z0-9_]{0,4}",
            2 => "[0-9]{1,3}",
            2 => "'[a-z é]{0,3}'",
            2 => "\"[a-z .é]{0,3}\"|`[a-z]{1,2}`",
            4 => "[ \t\r\n(),;.:=]{1,2}",
            1 => "[ -~é]",
            1 => Just("select".to_owned()),
        ]
    }

    proptest! {
        #[test]
        fn plain_tokens_are_those_of_sqlparser(pieces in prop::collection::vec(piece(), 0..12)) {
            let text = pieces.concat();
            for dialect in base::Dialect::ALL {
                let Some(plain) = tokens(&text, grammar(dialect)) else { continue };
                let (expected, error) = tokenize_any(&text, grammar(dialect));
                prop_assert_eq!(&error, &None);
                prop_assert_eq!(&plain, &expected);
                let spans = |tokens: &[TokenWithSpan]| -> Vec<_> {
                    tokens.iter().map(|token| token.span).collect()
                };
                prop_assert_eq!(spans(&plain), spans(&expected));
            }
        }
    }
}
