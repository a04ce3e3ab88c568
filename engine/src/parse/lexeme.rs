//! SQL text cut into words and signs, whether or not it can be parsed.

use std::ops::Range;

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, Word};

use super::grammar::Grammar;
use super::scope::Part;
use super::token::{bytes, tokenize};
use super::word::is_string;

/// A word or sign of SQL text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lexeme {
    /// What it looks like.
    pub kind: LexemeKind,
    /// The word without its quotes; empty for what is no word.
    pub word: String,
    /// The bytes it takes.
    pub range: Range<usize>,
}

/// What a piece of SQL text looks like.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LexemeKind {
    /// A word that the grammar does not know.
    Name,
    /// A word in quotes.
    QuotedName,
    /// A word that the grammar knows; it can still be a name.
    Keyword,
    /// A number.
    Number,
    /// A string.
    String,
    /// `?`, `:name`, `$1`
    Parameter,
    /// The dot between the parts of a name.
    Dot,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// Any other sign.
    Operator,
}

impl Lexeme {
    /// Whether it can be a name.
    pub fn is_word(&self) -> bool {
        matches!(self.kind, LexemeKind::Name | LexemeKind::QuotedName | LexemeKind::Keyword)
    }

    /// Whether it is this word, without quotes and in any letter case.
    pub fn is(&self, word: &str) -> bool {
        self.kind != LexemeKind::QuotedName && self.word.eq_ignore_ascii_case(word)
    }

    /// The word as a part of a dotted name.
    pub fn as_part(&self) -> Part<'_> {
        Part { text: &self.word, quoted: self.kind == LexemeKind::QuotedName }
    }
}

/// The words and signs of `text`, without white space and comments, as far as they can be told
/// apart: up to a string that is never closed.
///
/// ```
/// use joinwright::base::Dialect;
/// use joinwright::parse::{Grammar, LexemeKind, lexemes};
/// let found = lexemes("customer.code = (", &Grammar::of(Dialect::Ansi));
/// let kinds: Vec<_> = found.iter().map(|lexeme| lexeme.kind).collect();
/// use LexemeKind::{Dot, Name, Open, Operator};
/// assert_eq!(kinds, [Name, Dot, Name, Operator, Open]);
/// ```
pub fn lexemes(text: &str, grammar: &Grammar<'_>) -> Vec<Lexeme> {
    let (tokens, _) = tokenize(text, grammar.lexis());
    let lexeme = |token: sqlparser::tokenizer::TokenWithSpan| {
        let range = bytes(token.span)?;
        let (kind, word) = kind(token.token)?;
        Some(Lexeme { kind, word, range })
    };
    tokens.into_iter().filter_map(lexeme).collect()
}

fn kind(token: Token) -> Option<(LexemeKind, String)> {
    let kind = match token {
        Token::Word(Word { value, quote_style: Some(_), .. }) => {
            return Some((LexemeKind::QuotedName, value));
        }
        Token::Word(Word { value, keyword: Keyword::NoKeyword, .. }) => {
            return Some((LexemeKind::Name, value));
        }
        Token::Word(Word { value, .. }) => return Some((LexemeKind::Keyword, value)),
        Token::EOF | Token::Whitespace(_) => return None,
        Token::Number(..) => LexemeKind::Number,
        Token::Placeholder(_) => LexemeKind::Parameter,
        Token::Period => LexemeKind::Dot,
        Token::LParen => LexemeKind::Open,
        Token::RParen => LexemeKind::Close,
        Token::Comma => LexemeKind::Comma,
        Token::SemiColon => LexemeKind::Semicolon,
        other if is_string(&other) => LexemeKind::String,
        _ => LexemeKind::Operator,
    };
    Some((kind, String::new()))
}
