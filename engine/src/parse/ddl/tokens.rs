//! The tokens of one statement, as far as tables and keys are told by them.
//!
//! Nearly all statements are plain, and are read without a token of sqlparser: those are made for
//! the few stretches that only sqlparser can read.

use std::ops::Range;

use sqlparser::dialect::Dialect;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, TokenWithSpan, Word};

use crate::parse::plain::{self, Plain};
use crate::parse::token::{TokenError, bytes, tokenize_any};

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A word without quotes.
    Word,
    QuotedName,
    Number,
    /// `'text'`
    String,
    LParen,
    RParen,
    Comma,
    SemiColon,
    Period,
    DoubleColon,
    Eq,
    /// `"text"`, where that is no name.
    DoubleQuoted,
    /// `N'text'`, `E'text'`
    PrefixedString,
    LBracket,
    RBracket,
    Mul,
    /// Any other sign.
    Other,
    /// Behind the last token.
    End,
}

/// The tokens of a statement.
pub(super) enum Tokens<'a> {
    Plain { text: &'a str, list: &'a [Plain] },
    Any(Vec<TokenWithSpan>),
}

impl Tokens<'_> {
    /// The tokens of a text that is not plain, and the error that ended them early.
    pub(super) fn any(text: &str, grammar: &dyn Dialect) -> (Self, Option<TokenError>) {
        let (tokens, error) = tokenize_any(text, grammar);
        (Self::Any(tokens), error)
    }

    #[inline]
    pub(super) fn kind(&self, index: usize) -> Kind {
        match self {
            Self::Plain { list, .. } => {
                list.get(index).map_or(Kind::End, |token| token.kind.into())
            }
            Self::Any(list) => list.get(index).map_or(Kind::End, |token| Kind::of(&token.token)),
        }
    }

    /// What a word, number or string says, without its quotes; nothing for a sign.
    pub(super) fn written(&self, index: usize) -> &str {
        match self {
            Self::Plain { text, list } => list.get(index).map_or("", |token| token.text(text)),
            Self::Any(list) => list.get(index).map_or("", |token| written(&token.token)),
        }
    }

    /// Whether the token at an index is this word, which is in upper case.
    pub(super) fn is_word(&self, index: usize, word: &str) -> bool {
        is_word(self.word(index), word)
    }

    /// Whether the token at an index is one of these words, which are in upper case.
    pub(super) fn is_one_of(&self, index: usize, words: &[&str]) -> bool {
        let written = self.word(index);
        words.iter().any(|word| is_word(written, word))
    }

    /// The word at an index if it is not quoted, else nothing.
    fn word(&self, index: usize) -> &[u8] {
        match self {
            Self::Plain { text, list } => list
                .get(index)
                .filter(|token| token.is_word())
                .and_then(|token| text.as_bytes().get(token.bytes()))
                .unwrap_or_default(),
            Self::Any(_) if self.kind(index) == Kind::Word => self.written(index).as_bytes(),
            Self::Any(_) => &[],
        }
    }

    /// The index of the `,` or `)` from `index` on that no bracket in between has opened for, or of
    /// the statement's end.
    pub(super) fn element_end(&self, index: usize) -> usize {
        let (mut at, mut depth) = (index, 0_usize);
        loop {
            match self.kind(at) {
                Kind::Comma | Kind::RParen if depth == 0 => return at,
                Kind::End => return at,
                Kind::LParen => depth += 1,
                Kind::RParen => depth -= 1,
                _ => {}
            }
            at += 1;
        }
    }

    /// What the token at an index says, its bytes, and whether that is a word whose case may tell
    /// nothing.
    #[inline]
    pub(super) fn spoken(&self, index: usize) -> (&str, Range<usize>, bool) {
        match self {
            Self::Plain { text, list } => list.get(index).map_or(("", 0..0, false), |token| {
                (token.text(text), token.bytes(), token.kind == plain::Kind::Word)
            }),
            Self::Any(_) => {
                let bytes = self.bytes(index).unwrap_or_default();
                (self.written(index), bytes, self.kind(index) == Kind::Word)
            }
        }
    }

    /// The bytes of a token in the statement.
    pub(super) fn bytes(&self, index: usize) -> Option<Range<usize>> {
        match self {
            Self::Plain { list, .. } => list.get(index).map(|token| token.bytes()),
            Self::Any(list) => list.get(index).and_then(|token| bytes(token.span)),
        }
    }

    /// The tokens from `start` to `end`, for sqlparser.
    pub(super) fn stretch(
        &self,
        start: usize,
        end: usize,
        grammar: &'static dyn Dialect,
    ) -> Stretch {
        let taken = |length: usize| start.min(length)..end.min(length);
        let tokens = match self {
            Self::Plain { text, list } => {
                let taken = list.get(taken(list.len())).unwrap_or_default();
                taken.iter().map(|token| token.as_parsed(text)).collect()
            }
            Self::Any(list) => list.get(taken(list.len())).unwrap_or_default().to_vec(),
        };
        let parser = Parser::new(grammar).with_tokens_with_locations(tokens);
        Stretch { start, end, parser }
    }
}

/// Some of a statement's tokens, for sqlparser.
pub(super) struct Stretch {
    start: usize,
    end: usize,
    parser: Parser<'static>,
}

impl Stretch {
    /// Whether it ends at `end` and the token at `at` is in it.
    pub(super) fn serves(&self, at: usize, end: usize) -> bool {
        self.end == end && self.start <= at
    }

    /// Reads from the token at `at` on; gives the index of the token behind as well.
    pub(super) fn read<T>(
        &mut self,
        at: usize,
        read: impl FnOnce(&mut Parser<'static>) -> Option<T>,
    ) -> Option<(T, usize)> {
        let index = at - self.start;
        while self.parser.index() > index {
            self.parser.prev_token();
        }
        while self.parser.index() < index {
            self.parser.advance_token();
        }
        Some((read(&mut self.parser)?, self.start + self.parser.index()))
    }
}

impl From<plain::Kind> for Kind {
    fn from(kind: plain::Kind) -> Self {
        match kind {
            plain::Kind::LowerWord | plain::Kind::Word => Self::Word,
            plain::Kind::QuotedName => Self::QuotedName,
            plain::Kind::Number => Self::Number,
            plain::Kind::String => Self::String,
            plain::Kind::LParen => Self::LParen,
            plain::Kind::RParen => Self::RParen,
            plain::Kind::Comma => Self::Comma,
            plain::Kind::SemiColon => Self::SemiColon,
            plain::Kind::Period => Self::Period,
            plain::Kind::DoubleColon => Self::DoubleColon,
            plain::Kind::Eq => Self::Eq,
        }
    }
}

impl Kind {
    fn of(token: &Token) -> Self {
        match token {
            Token::Word(Word { quote_style: None, .. }) => Self::Word,
            Token::Word(_) => Self::QuotedName,
            Token::Number(..) => Self::Number,
            Token::SingleQuotedString(_) => Self::String,
            Token::DoubleQuotedString(_) => Self::DoubleQuoted,
            Token::NationalStringLiteral(_) | Token::EscapedStringLiteral(_) => {
                Self::PrefixedString
            }
            Token::LParen => Self::LParen,
            Token::RParen => Self::RParen,
            Token::LBracket => Self::LBracket,
            Token::RBracket => Self::RBracket,
            Token::Comma => Self::Comma,
            Token::Period => Self::Period,
            Token::SemiColon => Self::SemiColon,
            Token::DoubleColon => Self::DoubleColon,
            Token::Eq => Self::Eq,
            Token::Mul => Self::Mul,
            _ => Self::Other,
        }
    }
}

/// Most words are told apart by their length, or by the first letter.
fn is_word(written: &[u8], word: &str) -> bool {
    written.len() == word.len()
        && written
            .iter()
            .zip(word.bytes())
            .all(|(letter, upper)| letter.to_ascii_uppercase() == upper)
}

fn written(token: &Token) -> &str {
    match token {
        Token::Word(Word { value: text, .. })
        | Token::Number(text, _)
        | Token::SingleQuotedString(text)
        | Token::DoubleQuotedString(text) => text,
        _ => "",
    }
}
