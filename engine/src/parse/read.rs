//! Text → sqlparser's tree, within the limits, with mistakes in their place.

use sqlparser::ast::Expr;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Token, TokenWithSpan, Word};

use super::defect::{Defect, DefectKind};
use super::equation::equalities;
use super::grammar::Grammar;
use super::guard::{self, Excess};
use super::operator;
use super::token::{self, bytes};
use super::widen::{Extent, Layout};
use crate::text::Fragment;

/// Parses a whole text by one of the parser's rules. `expected` says what the text should be.
pub(super) fn read<T>(
    fragment: &Fragment<'_>,
    grammar: &Grammar<'_>,
    expected: &str,
    rule: impl FnOnce(&mut Parser<'static>) -> Result<T, ParserError>,
) -> Result<(T, Layout), Defect> {
    parse(fragment, grammar, &tokens(fragment, grammar, expected)?, rule)
}

/// Parses a text that is one expression.
pub(super) fn read_expr(
    fragment: &Fragment<'_>,
    grammar: &Grammar<'_>,
    expected: &str,
) -> Result<(Expr, Layout), Defect> {
    let tokens = tokens(fragment, grammar, expected)?;
    match equalities(&tokens) {
        Some(tree) => Ok((tree, Layout::of(tokens))),
        None => parse(fragment, grammar, &tokens, Parser::parse_expr),
    }
}

fn parse<T>(
    fragment: &Fragment<'_>,
    grammar: &Grammar<'_>,
    tokens: &[TokenWithSpan],
    rule: impl FnOnce(&mut Parser<'static>) -> Result<T, ParserError>,
) -> Result<(T, Layout), Defect> {
    let tokens = operator::fuse(fragment.text(), tokens, grammar);
    let mut parser = Parser::new(grammar.syntax()).with_tokens_with_locations(tokens);
    let tree = rule(&mut parser);
    let (index, at_end) = (parser.index(), parser.peek_token_ref().token == Token::EOF);
    let layout = Layout::of(parser.into_tokens());
    let place = Place { fragment, layout: &layout };
    let tree = tree.map_err(|error| place.defect(&error, index))?;
    if at_end { Ok((tree, layout)) } else { Err(place.rest(index)) }
}

fn tokens(
    fragment: &Fragment<'_>,
    grammar: &Grammar<'_>,
    expected: &str,
) -> Result<Vec<TokenWithSpan>, Defect> {
    let text = fragment.text();
    if text.len() > guard::BYTES {
        let kind = DefectKind::TooDeep { unit: "bytes", limit: guard::BYTES };
        let boundary = |at: &usize| text.is_char_boundary(*at);
        let start = (0..=guard::BYTES).rev().find(boundary).unwrap_or(0);
        return Err(Defect { kind, span: fragment.span(start, text.len()) });
    }
    let (tokens, error) = token::tokenize(text, grammar.lexis());
    if let Some(error) = error {
        let span = fragment.span(error.offset, text.trim_end().len().max(error.offset));
        return Err(Defect { kind: syntax(&error.message), span });
    }
    guard::check(&tokens).map_err(|excess| passed(fragment, &tokens, excess))?;
    if tokens.is_empty() {
        let message = format!("expected {expected}, found nothing");
        return Err(Defect { kind: DefectKind::Syntax { message }, span: fragment.whole() });
    }
    misleading(fragment, &tokens)?;
    Ok(tokens)
}

fn passed(fragment: &Fragment<'_>, tokens: &[TokenWithSpan], excess: Excess) -> Defect {
    let place = tokens.get(excess.token).and_then(|token| bytes(token.span)).unwrap_or_default();
    let kind = DefectKind::TooDeep { unit: excess.unit, limit: excess.limit };
    Defect { kind, span: fragment.span(place.start, place.end) }
}

/// Finds the places of the parser's complaints.
struct Place<'p> {
    fragment: &'p Fragment<'p>,
    layout: &'p Layout,
}

impl Place<'_> {
    fn defect(&self, error: &ParserError, stopped: usize) -> Defect {
        let message = match error {
            ParserError::RecursionLimitExceeded => {
                let kind = DefectKind::TooDeep { unit: "levels", limit: guard::LEVELS };
                return Defect { kind, span: self.token(stopped) };
            }
            ParserError::ParserError(message) | ParserError::TokenizerError(message) => message,
        };
        let (message, column) = without_place(message);
        let at_end = message.ends_with("found: EOF");
        let token = match column {
            Some(column) => self.layout.token_at(column.saturating_sub(1)),
            None if at_end => self.layout.len(),
            None => stopped,
        };
        Defect { kind: syntax(message), span: self.token(token) }
    }

    fn rest(&self, index: usize) -> Defect {
        let found = self.layout.token(index).map(ToString::to_string).unwrap_or_default();
        let message = format!("expected the end of the text, found {}", written(&found));
        Defect { kind: DefectKind::Syntax { message }, span: self.token(index) }
    }

    /// A token's place; the end of the text where there is none.
    fn token(&self, index: usize) -> crate::text::Span {
        if index < self.layout.len() {
            let bytes = self.layout.bytes(Extent::new(index, index + 1));
            self.fragment.span(bytes.start, bytes.end)
        } else {
            let end = self.fragment.text().trim_end().len();
            self.fragment.span(end, end)
        }
    }
}

/// Characters that look like a space, a minus or nothing, and that the tokenizer takes for letters.
fn is_misleading(c: char) -> bool {
    !c.is_ascii() && c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{feff}')
}

/// The first misleading character in an unquoted name.
fn misleading(fragment: &Fragment<'_>, tokens: &[TokenWithSpan]) -> Result<(), Defect> {
    let text = fragment.text();
    for token in tokens {
        let Token::Word(Word { quote_style: None, .. }) = token.token else { continue };
        let place = bytes(token.span).unwrap_or_default();
        let word = text.get(place.clone()).unwrap_or("");
        if let Some((at, c)) = word.char_indices().find(|(_, c)| is_misleading(*c)) {
            let message = format!("expected a name, found the character U+{:04X}", u32::from(c));
            let start = place.start + at;
            let span = fragment.span(start, start + c.len_utf8());
            return Err(Defect { kind: DefectKind::Syntax { message }, span });
        }
    }
    Ok(())
}

/// A message of the parser in our style.
fn syntax(message: &str) -> DefectKind {
    let message = match message.split_once(", found: ") {
        Some((expected, found)) => {
            let expected = expected.strip_prefix("Expected: ").unwrap_or(expected);
            format!("expected {}, found {}", wanted(expected), written(found))
        }
        None => message
            .chars()
            .take(1)
            .map(|c| c.to_ascii_lowercase())
            .chain(message.chars().skip(1))
            .collect(),
    };
    DefectKind::Syntax { message }
}

/// What the parser expected: a sign or keyword stands in backticks, a description does not.
fn wanted(expected: &str) -> String {
    match expected {
        _ if expected.ends_with("after IS") => "NULL, TRUE, FALSE or UNKNOWN after IS".to_owned(),
        _ if expected.chars().any(char::is_lowercase) => expected.to_owned(),
        _ => format!("`{expected}`"),
    }
}

/// What it found instead, on one line.
fn written(found: &str) -> String {
    if found == "EOF" {
        return "the end of the text".to_owned();
    }
    format!("`{}`", found.replace(char::is_control, "\u{fffd}"))
}

/// A message without the place at its end, and the column of that place.
fn without_place(message: &str) -> (&str, Option<usize>) {
    match message.rsplit_once(" at Line: 1, Column: ") {
        Some((message, column)) => (message, column.trim().parse().ok()),
        None => (message, None),
    }
}
