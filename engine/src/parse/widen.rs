//! Places of expressions, counted in tokens.
//!
//! sqlparser's own spans leave out brackets, the heads of `NOT` and `CAST` and the tails of `IS
//! NULL` and calls. Here an expression's place is the range of tokens it was read from: leaves are
//! found by their offset, and what stands around them is added token by token.

use std::ops::Range;

use sqlparser::ast::DataType;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Span, Token, TokenWithSpan};

use super::grammar::Grammar;
use super::token::bytes;

/// A range of tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Extent {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Extent {
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The smallest extent that covers both.
    pub(super) fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// With `before` tokens more in front and `after` more behind.
    pub(super) fn widened(self, before: usize, after: usize) -> Self {
        Self { start: self.start.saturating_sub(before), end: self.end + after }
    }
}

/// The tokens of a text, with the brackets among them matched.
pub(super) struct Layout {
    tokens: Vec<TokenWithSpan>,
    /// Where each token stands in the text.
    places: Vec<Range<usize>>,
    /// For each bracket, the other one of its pair.
    partners: Vec<Option<usize>>,
    /// For each token, the opening bracket it stands in.
    around: Vec<Option<usize>>,
}

impl Layout {
    pub(super) fn of(tokens: Vec<TokenWithSpan>) -> Self {
        let places = tokens.iter().map(|token| bytes(token.span).unwrap_or_default()).collect();
        let (partners, around) = pair_brackets(&tokens);
        Self { tokens, places, partners, around }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token at an index.
    pub(super) fn token(&self, index: usize) -> Option<&Token> {
        self.tokens.get(index).map(|token| &token.token)
    }

    /// Whether the token at `index` is this unquoted word.
    pub(super) fn is_word(&self, index: usize, text: &str) -> bool {
        matches!(self.token(index), Some(Token::Word(word))
            if word.quote_style.is_none() && word.value.eq_ignore_ascii_case(text))
    }

    /// The bytes of the text that an extent covers.
    pub(super) fn bytes(&self, extent: Extent) -> Range<usize> {
        let last = extent.end.min(self.places.len()).checked_sub(1);
        let end = last.and_then(|last| self.places.get(last)).map_or(0, |place| place.end);
        let start = self.places.get(extent.start).map_or(end, |place| place.start);
        start..end.max(start)
    }

    /// Where each token of an extent stands.
    pub(super) fn places(&self, extent: Extent) -> &[Range<usize>] {
        self.places.get(extent.start..extent.end.min(self.places.len())).unwrap_or_default()
    }

    /// The token that begins at or behind a byte of the text.
    pub(super) fn token_at(&self, byte: usize) -> usize {
        self.places.partition_point(|place| place.start < byte)
    }

    /// The tokens under one of sqlparser's exact spans.
    pub(super) fn extent(&self, span: Span) -> Option<Extent> {
        let bytes = bytes(span)?;
        let start = self.token_at(bytes.start);
        Some(Extent::new(start, self.token_at(bytes.end).max(start + 1)))
    }

    /// From an opening bracket to behind its partner.
    pub(super) fn brackets(&self, open: usize) -> Extent {
        let close = self.partners.get(open).copied().flatten();
        Extent::new(open, close.map_or(open, |close| close) + 1)
    }

    /// The innermost brackets around a token.
    pub(super) fn around(&self, index: usize) -> Option<Extent> {
        let open = self.around.get(index).copied().flatten()?;
        Some(self.brackets(open))
    }

    /// The first token `(` at or behind `index`.
    pub(super) fn next_bracket(&self, index: usize) -> usize {
        let mut rest = self.tokens.iter().skip(index);
        index + rest.position(|token| token.token == Token::LParen).unwrap_or(0)
    }

    /// The type that begins at `start`, and the tokens it takes.
    pub(super) fn data_type(
        &self,
        start: usize,
        grammar: &Grammar<'_>,
    ) -> Option<(DataType, Extent)> {
        /// Longer types are enumerations, which no expression spells out.
        const LONGEST: usize = 64;
        let end = self.tokens.len().min(start + LONGEST);
        let tokens = self.tokens.get(start..end)?.to_vec();
        let mut parser = Parser::new(grammar.syntax()).with_tokens_with_locations(tokens);
        let data_type = parser.parse_data_type().ok()?;
        Some((data_type, Extent::new(start, start + parser.index())))
    }
}

type Brackets = (Vec<Option<usize>>, Vec<Option<usize>>);

fn pair_brackets(tokens: &[TokenWithSpan]) -> Brackets {
    let (mut partners, mut around) = (vec![None; tokens.len()], Vec::with_capacity(tokens.len()));
    let mut open: Vec<usize> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match token.token {
            Token::LParen | Token::LBracket | Token::LBrace => {
                around.push(open.last().copied());
                open.push(index);
            }
            Token::RParen | Token::RBracket | Token::RBrace => {
                let partner = open.pop();
                around.push(open.last().copied());
                if let Some(partner) = partner {
                    pair(&mut partners, partner, index);
                }
            }
            _ => around.push(open.last().copied()),
        }
    }
    (partners, around)
}

fn pair(partners: &mut [Option<usize>], open: usize, close: usize) {
    for (bracket, partner) in [(open, close), (close, open)] {
        if let Some(slot) = partners.get_mut(bracket) {
            *slot = Some(partner);
        }
    }
}
