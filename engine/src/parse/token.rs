//! Tokens with byte offsets.
//!
//! sqlparser counts characters and starts at 1:1. Here each token's span is rewritten to line 1 and
//! column "byte offset plus one", so that every place the parser reports, in its trees and in its
//! messages, is a byte offset.

use std::ops::Range;

use sqlparser::dialect::{
    self, AnsiDialect, MsSqlDialect, MySqlDialect, OracleDialect, PostgreSqlDialect, SQLiteDialect,
};
use sqlparser::tokenizer::{Location, Span, Token, TokenWithSpan, Tokenizer};

use super::plain;
use crate::base::Dialect;
use crate::spec::NUL;

/// Where the tokenizer gave up, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct TokenError {
    pub(super) message: String,
    pub(super) offset: usize,
}

/// sqlparser's dialect for one of ours.
pub(super) fn grammar(dialect: Dialect) -> &'static dyn dialect::Dialect {
    match dialect {
        Dialect::Ansi => &AnsiDialect {},
        Dialect::Postgres => &PostgreSqlDialect {},
        Dialect::MySql | Dialect::MariaDb => &MySqlDialect {},
        Dialect::Sqlite => &SQLiteDialect {},
        Dialect::MsSql => &MsSqlDialect {},
        Dialect::Oracle => &OracleDialect {},
    }
}

/// The tokens of `text` without white space and comments, and the error that ended them early.
pub(super) fn tokenize(
    text: &str,
    grammar: &dyn dialect::Dialect,
) -> (Vec<TokenWithSpan>, Option<TokenError>) {
    match plain::tokens(text, grammar) {
        Some(tokens) => (tokens, None),
        None => tokenize_any(text, grammar),
    }
}

/// The same for a text that is not plain.
pub(super) fn tokenize_any(
    text: &str,
    grammar: &dyn dialect::Dialect,
) -> (Vec<TokenWithSpan>, Option<TokenError>) {
    let mut cursor = Cursor::new(text);
    let mut tokens = Vec::new();
    let result = Tokenizer::new(grammar, text).tokenize_with_location_into_buf_with_mapper(
        &mut tokens,
        |TokenWithSpan { token, span }| TokenWithSpan::new(token, cursor.span(span)),
    );
    tokens.retain(|token| !matches!(token.token, Token::Whitespace(_)));
    let error = result
        .err()
        .map(|error| TokenError { message: error.message, offset: cursor.offset(error.location) });
    match text.find('\0') {
        Some(nul) => {
            (before(tokens, nul), Some(TokenError { message: NUL.to_owned(), offset: nul }))
        }
        None => (tokens, error),
    }
}

/// The tokens that end before a byte.
fn before(mut tokens: Vec<TokenWithSpan>, end: usize) -> Vec<TokenWithSpan> {
    tokens.retain(|token| bytes(token.span).is_some_and(|bytes| bytes.end <= end));
    tokens
}

/// The bytes that a rewritten span covers; `None` for sqlparser's empty span.
pub(super) fn bytes(span: Span) -> Option<Range<usize>> {
    (span.start.column > 0).then(|| byte(span.start)..byte(span.end).max(byte(span.start)))
}

fn byte(location: Location) -> usize {
    usize::try_from(location.column).unwrap_or(usize::MAX).saturating_sub(1)
}

/// A span that covers these bytes, as [`tokenize`] writes it.
pub(super) fn span_of(bytes: Range<usize>) -> Span {
    let location = |offset: usize| Location::new(1, offset as u64 + 1);
    Span::new(location(bytes.start), location(bytes.end))
}

/// Turns ascending locations into byte offsets in one pass.
struct Cursor<'t> {
    text: &'t str,
    line: u64,
    column: u64,
    offset: usize,
}

impl<'t> Cursor<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, line: 1, column: 1, offset: 0 }
    }

    fn span(&mut self, span: Span) -> Span {
        let start = self.offset(span.start);
        span_of(start..self.offset(span.end))
    }

    fn offset(&mut self, to: Location) -> usize {
        if (to.line, to.column) < (self.line, self.column) {
            (self.line, self.column, self.offset) = (1, 1, 0);
        }
        while self.line < to.line {
            let rest = self.text.get(self.offset..).unwrap_or("");
            let Some(end) = rest.find('\n') else { return self.text.len() };
            self.offset += end + 1;
            (self.line, self.column) = (self.line + 1, 1);
        }
        let ahead = usize::try_from(to.column.saturating_sub(self.column)).unwrap_or(usize::MAX);
        self.offset += self.characters(ahead);
        self.column = to.column;
        self.offset
    }

    /// The bytes of the next characters.
    fn characters(&self, count: usize) -> usize {
        let rest = self.text.get(self.offset..).unwrap_or("");
        match rest.get(..count) {
            Some(next) if next.is_ascii() => count,
            _ => rest.chars().take(count).map(char::len_utf8).sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_bytes_across_lines_and_wide_characters() {
        let text = "'é' =\n\t\"ñ\".x";
        let (tokens, error) = tokenize(text, grammar(Dialect::Postgres));
        assert_eq!(error, None);
        let slices: Vec<_> =
            tokens.iter().map(|token| text.get(bytes(token.span).unwrap()).unwrap()).collect();
        assert_eq!(slices, ["'é'", "=", "\"ñ\"", ".", "x"]);
    }

    #[test]
    fn a_null_character_ends_a_text() {
        let (tokens, error) = tokenize("a = 'x\0' OR b", grammar(Dialect::Ansi));
        assert_eq!((tokens.len(), error.map(|error| error.offset)), (2, Some(6)));
    }

    #[test]
    fn an_unclosed_string_is_an_error_at_its_start() {
        let (_, error) = tokenize("a = 'x", grammar(Dialect::Ansi));
        assert_eq!(error.map(|error| error.offset), Some(4));
    }
}
