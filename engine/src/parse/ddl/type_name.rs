//! The name of a column's type.

use std::ops::Range;

use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, Word};

use super::reader::Reader;
use crate::base::Dialect;

/// Words that begin something else than a type.
const NO_TYPE: &[&str] = &[
    "AS",
    "AUTOINCREMENT",
    "AUTO_INCREMENT",
    "CHECK",
    "COLLATE",
    "COMMENT",
    "CONSTRAINT",
    "DEFAULT",
    "GENERATED",
    "IDENTITY",
    "NOT",
    "NULL",
    "PRIMARY",
    "REFERENCES",
    "UNIQUE",
];

/// Reads the type at the cursor; its text is upper case but for what is quoted, with single spaces.
pub(super) fn read(reader: &mut Reader<'_>, end: usize) -> Option<String> {
    let start = reader.at();
    if reader.at() >= end || reader.sees_one_of(NO_TYPE) {
        return None;
    }
    let read = |parser: &mut Parser<'_>| parser.parse_data_type().ok().map(drop);
    if reader.parse(end, read).is_none() {
        by_hand(reader, end);
    }
    while reader.at() < end && continues(reader) {
        reader.step(end);
    }
    (reader.at() > start).then(|| spelling(reader, start..reader.at()))
}

/// Reads a type as a name with a bracketed group behind it, which all types are.
fn by_hand(reader: &mut Reader<'_>, end: usize) {
    if reader.table_name().is_some() && reader.at() < end && *reader.token(0) == Token::LParen {
        reader.step(end);
    }
}

/// Whether the next token still belongs to the type.
fn continues(reader: &Reader<'_>) -> bool {
    if reader.sees_one_of(&["UNSIGNED", "SIGNED", "ZEROFILL"]) {
        return true;
    }
    // SQLite takes any words up to the first constraint, and a group behind them, for the type.
    let word = !reader.word(0).is_empty() && !reader.sees_one_of(NO_TYPE);
    reader.dialect == Dialect::Sqlite
        && (word && !reader.sees(&["ON", "CONFLICT"]) || *reader.token(0) == Token::LParen)
}

fn spelling(reader: &Reader<'_>, tokens: Range<usize>) -> String {
    let mut text = String::new();
    let mut tight = true;
    for index in tokens {
        let token = reader.token_at(index);
        if !tight && !hugs_left(token) {
            text.push(' ');
        }
        let written = reader.text(reader.bytes(index..index + 1));
        match token {
            Token::Word(Word { quote_style: None, .. }) => text.push_str(&written.to_uppercase()),
            _ => text.push_str(written),
        }
        tight = matches!(token, Token::LParen | Token::Period | Token::LBracket);
    }
    text
}

/// Whether a token is written without a space before it.
fn hugs_left(token: &Token) -> bool {
    matches!(
        token,
        Token::LParen
            | Token::RParen
            | Token::Comma
            | Token::Period
            | Token::LBracket
            | Token::RBracket
    )
}
