//! The tokens of one statement, as far as tables and keys are told by them.
//!
//! Nearly all statements are plain, and are read without a token of sqlparser: those are made for
//! the few stretches that only sqlparser can read.

use std::ops::Range;

use sqlparser::dialect::Dialect;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{self, TokenWithSpan, Word};

use crate::parse::plain::{Kind, Plain, plain};
use crate::parse::token::{TokenError, bytes, tokenize_any};

/// A token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Token<'a> {
    /// A word without quotes.
    Word(&'a str),
    /// A name in quotes, which are left out.
    QuotedName(&'a str),
    Number(&'a str),
    /// `'text'`
    String(&'a str),
    /// `"text"`, where that is no name.
    DoubleQuoted(&'a str),
    /// `N'text'`, `E'text'`
    PrefixedString,
    LParen,
    RParen,
    LBracket,
    RBracket,
    Comma,
    Period,
    SemiColon,
    DoubleColon,
    Eq,
    Mul,
    /// Any other sign.
    Other,
    /// Behind the last token.
    End,
}

/// The tokens of a statement.
pub(super) enum Tokens<'a> {
    Plain { text: &'a str, list: Vec<Plain> },
    Any(Vec<TokenWithSpan>),
}

impl<'a> Tokens<'a> {
    /// The tokens of `text`, and the error that ended them early.
    pub(super) fn of(text: &'a str, grammar: &dyn Dialect) -> (Self, Option<TokenError>) {
        if let Some(list) = plain(text, grammar) {
            return (Self::Plain { text, list }, None);
        }
        let (tokens, error) = tokenize_any(text, grammar);
        (Self::Any(tokens), error)
    }

    pub(super) fn get(&self, index: usize) -> Token<'_> {
        match self {
            Self::Plain { text, list } => {
                list.get(index).map_or(Token::End, |token| of_plain(*token, text))
            }
            Self::Any(list) => list.get(index).map_or(Token::End, |token| of_any(&token.token)),
        }
    }

    /// The word at an index if it is not quoted, else nothing.
    fn word(&self, index: usize) -> &[u8] {
        let word = match self {
            Self::Plain { text, list } => list
                .get(index)
                .filter(|token| token.kind == Kind::Word)
                .and_then(|token| text.as_bytes().get(token.bytes())),
            Self::Any(list) => list.get(index).and_then(|token| match of_any(&token.token) {
                Token::Word(word) => Some(word.as_bytes()),
                _ => None,
            }),
        };
        word.unwrap_or_default()
    }

    /// Whether the token at an index is this word, in upper or lower case.
    pub(super) fn is_word(&self, index: usize, word: &str) -> bool {
        self.word(index).eq_ignore_ascii_case(word.as_bytes())
    }

    /// Whether the token at an index is one of these words, in upper or lower case.
    pub(super) fn is_one_of(&self, index: usize, words: &[&str]) -> bool {
        let written = self.word(index);
        words.iter().any(|word| written.eq_ignore_ascii_case(word.as_bytes()))
    }

    /// The index of the `,` or `)` from `index` on that no bracket in between has opened for, or of
    /// the statement's end.
    pub(super) fn element_end(&self, index: usize) -> usize {
        let length = match self {
            Self::Plain { list, .. } => {
                let list = list.get(index..).unwrap_or_default();
                element_length(list.iter().map(|token| match token.kind {
                    Kind::LParen => Bound::Open,
                    Kind::RParen => Bound::Close,
                    Kind::Comma => Bound::Comma,
                    _ => Bound::None,
                }))
            }
            Self::Any(list) => {
                let list = list.get(index..).unwrap_or_default();
                element_length(list.iter().map(|token| match &token.token {
                    tokenizer::Token::LParen => Bound::Open,
                    tokenizer::Token::RParen => Bound::Close,
                    tokenizer::Token::Comma => Bound::Comma,
                    _ => Bound::None,
                }))
            }
        };
        index + length
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

/// What a token does to the elements of a list.
enum Bound {
    Open,
    Close,
    Comma,
    None,
}

fn element_length(mut tokens: impl ExactSizeIterator<Item = Bound>) -> usize {
    let (mut depth, all) = (0_usize, tokens.len());
    let end = tokens.position(|bound| {
        match bound {
            Bound::Comma | Bound::Close if depth == 0 => return true,
            Bound::Open => depth += 1,
            Bound::Close => depth -= 1,
            Bound::Comma | Bound::None => {}
        }
        false
    });
    end.unwrap_or(all)
}

fn of_plain(token: Plain, text: &str) -> Token<'_> {
    match token.kind {
        Kind::Word => Token::Word(token.text(text)),
        Kind::QuotedName => Token::QuotedName(token.text(text)),
        Kind::Number => Token::Number(token.text(text)),
        Kind::String => Token::String(token.text(text)),
        Kind::LParen => Token::LParen,
        Kind::RParen => Token::RParen,
        Kind::Comma => Token::Comma,
        Kind::SemiColon => Token::SemiColon,
        Kind::Period => Token::Period,
        Kind::DoubleColon => Token::DoubleColon,
        Kind::Eq => Token::Eq,
    }
}

fn of_any(token: &tokenizer::Token) -> Token<'_> {
    use tokenizer::Token as Any;
    match token {
        Any::Word(Word { value, quote_style: None, .. }) => Token::Word(value),
        Any::Word(Word { value, .. }) => Token::QuotedName(value),
        Any::Number(number, _) => Token::Number(number),
        Any::SingleQuotedString(text) => Token::String(text),
        Any::DoubleQuotedString(text) => Token::DoubleQuoted(text),
        Any::NationalStringLiteral(_) | Any::EscapedStringLiteral(_) => Token::PrefixedString,
        Any::LParen => Token::LParen,
        Any::RParen => Token::RParen,
        Any::LBracket => Token::LBracket,
        Any::RBracket => Token::RBracket,
        Any::Comma => Token::Comma,
        Any::Period => Token::Period,
        Any::SemiColon => Token::SemiColon,
        Any::DoubleColon => Token::DoubleColon,
        Any::Eq => Token::Eq,
        Any::Mul => Token::Mul,
        _ => Token::Other,
    }
}
