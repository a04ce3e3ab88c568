//! The tokens of plain SQL, without sqlparser's tokenizer.
//!
//! Nearly all of a schema script is words, whole numbers, simple strings and brackets, which read
//! alike in every dialect. sqlparser reads them a character at a time and makes a token of each
//! blank, so a text of nothing else is read here. At the first byte that a dialect could read in
//! its own way, everything is left to sqlparser.

use sqlparser::tokenizer::{Token, TokenWithSpan};

use super::token::span_of;

/// The tokens of `text`, or nothing if some of it is not plain.
pub(super) fn tokens(text: &str) -> Option<Vec<TokenWithSpan>> {
    const BYTES_OF_TOKEN: usize = 6;
    let mut tokens = Vec::with_capacity(text.len() / BYTES_OF_TOKEN);
    let mut plain = Plain { text, at: 0 };
    while let Some(byte) = plain.skip_blanks() {
        let start = plain.at;
        let token = plain.token(byte)?;
        tokens.push(TokenWithSpan::new(token, span_of(start..plain.at)));
    }
    Some(tokens)
}

struct Plain<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Plain<'t> {
    /// The next byte that is no blank.
    fn skip_blanks(&mut self) -> Option<u8> {
        let blanks = self.rest().iter().take_while(|b| matches!(b, b' ' | b'\n' | b'\t' | b'\r'));
        self.at += blanks.count();
        self.byte(0)
    }

    fn token(&mut self, byte: u8) -> Option<Token> {
        let sign = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => return self.word(),
            b'0'..=b'9' => return self.number(),
            b'\'' => return self.string(),
            b'(' => Token::LParen,
            b')' => Token::RParen,
            b',' => Token::Comma,
            b';' => Token::SemiColon,
            // Before a digit it begins a number.
            b'.' if self.byte(1).is_some_and(|byte| byte.is_ascii_alphabetic()) => Token::Period,
            b':' => return self.cast(),
            _ => return None,
        };
        self.at += 1;
        Some(sign)
    }

    fn word(&mut self) -> Option<Token> {
        let length = self.run(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        // A quote makes the word a prefix, and some dialects' names have these signs in them.
        let ends =
            !matches!(self.byte(length), Some(b'\'' | b'"' | b'`' | b'$' | b'#' | b'@' | 0x80..));
        let word = self.take(length)?;
        ends.then(|| Token::make_word(word, None))
    }

    fn number(&mut self) -> Option<Token> {
        let length = self.run(|byte| byte.is_ascii_digit());
        let more =
            |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'.' | b'_' | b'$' | 0x80..);
        let ends = !self.byte(length).is_some_and(more);
        let number = self.take(length)?;
        ends.then(|| Token::Number(number.to_owned(), false))
    }

    /// A string in which nothing is escaped.
    fn string(&mut self) -> Option<Token> {
        let body = self.text.get(self.at + 1..)?;
        let length = body.bytes().position(|byte| matches!(byte, b'\'' | b'\\'))?;
        let doubled = self.byte(length + 2) == Some(b'\'');
        let whole = self.byte(length + 1) == Some(b'\'') && !doubled;
        self.at += length + 2;
        whole
            .then(|| body.get(..length))
            .flatten()
            .map(|text| Token::SingleQuotedString(text.into()))
    }

    fn cast(&mut self) -> Option<Token> {
        let single = self.byte(1) == Some(b':') && self.byte(2)?.is_ascii_alphabetic();
        self.at += 2;
        single.then_some(Token::DoubleColon)
    }

    fn run(&self, is_part: impl Fn(u8) -> bool) -> usize {
        self.rest().iter().take_while(|byte| is_part(**byte)).count()
    }

    fn take(&mut self, length: usize) -> Option<&'t str> {
        let taken = self.text.get(self.at..self.at + length);
        self.at += length;
        taken
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::Dialect;
    use crate::parse::token::{grammar, tokenize_any};

    #[test]
    fn the_tokens_of_a_table_are_plain() {
        let text = "CREATE TABLE a.b (\n\tid INT DEFAULT nextval('b_id_seq'::regclass),\r\n\
                    CONSTRAINT c FOREIGN KEY (x1) REFERENCES d (y_2), z numeric(12, 2));";
        assert!(tokens(text).is_some());
    }

    #[test]
    fn what_dialects_read_differently_is_not_plain() {
        let texts = [
            "a-- b", "\"a\"", "a$b", "N'a'", "'a''b'", r"'\'", "1.5", "1e5", "#a", "é", "_a", "a=b",
        ];
        for text in texts {
            assert!(tokens(text).is_none(), "{text}");
        }
    }

    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            8 => "[a-zA-Z_][a-zA-Z0-9_]{0,4}",
            2 => "[0-9]{1,3}",
            2 => "'[a-z é]{0,3}'",
            4 => "[ \t\r\n(),;.:]{1,2}",
            1 => "[ -~é]",
            1 => Just("select".to_owned()),
        ]
    }

    proptest! {
        #[test]
        fn plain_tokens_are_those_of_sqlparser(pieces in prop::collection::vec(piece(), 0..12)) {
            let text = pieces.concat();
            if let Some(plain) = tokens(&text) {
                for dialect in Dialect::ALL {
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
}
