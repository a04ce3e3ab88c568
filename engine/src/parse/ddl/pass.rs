//! What a column's definition says that is neither a name nor a key.

use super::reader::Reader;
use super::tokens::Token;

/// Words behind a column's type that say nothing about names and keys.
const PASSED: &[&str] = &[
    "AFTER",
    "ALWAYS",
    "AND",
    "AS",
    "ASC",
    "ASCII",
    "AUTOINCREMENT",
    "AUTO_INCREMENT",
    "BINARY",
    "BY",
    "BYTE",
    "CACHE",
    "CASCADE",
    "CHARACTER",
    "CHARSET",
    "CLUSTERED",
    "COLLATE",
    "COLUMN_FORMAT",
    "COMMENT",
    "COMPRESSED",
    "COMPRESSION",
    "CONFLICT",
    "DEFAULT",
    "DEFERRABLE",
    "DEFERRED",
    "DELETE",
    "DESC",
    "DISABLE",
    "DISK",
    "ENABLE",
    "ENCODE",
    "ENCRYPTED",
    "ENFORCED",
    "END",
    "FIRST",
    "FIXED",
    "FOR",
    "FORCE",
    "FULL",
    "GENERATED",
    "HIDDEN",
    "IDENTITY",
    "IMMEDIATE",
    "INDEX",
    "INHERIT",
    "INITIALLY",
    "INVISIBLE",
    "LOCAL",
    "MASKED",
    "MATCH",
    "MEMORY",
    "NATIONAL",
    "NO",
    "NOCHECK",
    "NONCLUSTERED",
    "NOT",
    "NOVALIDATE",
    "NULL",
    "ON",
    "OR",
    "PARTIAL",
    "PERSISTED",
    "PERSISTENT",
    "RELY",
    "REPLICATION",
    "RESTRICT",
    "ROW",
    "ROWGUIDCOL",
    "SEQUENCE",
    "SERIAL",
    "SET",
    "SIGNED",
    "SIMPLE",
    "SPARSE",
    "START",
    "STORAGE",
    "STORED",
    "TIME",
    "UNICODE",
    "UNSIGNED",
    "UPDATE",
    "USING",
    "VALID",
    "VALIDATE",
    "VALUE",
    "VIRTUAL",
    "VISIBLE",
    "WITH",
    "WITHOUT",
    "ZEROFILL",
    "ZONE",
];

/// Of those, the ones that a name follows.
const NAMED: &[&str] = &[
    "AFTER",
    "AND",
    "CHARSET",
    "COLLATE",
    "COLUMN_FORMAT",
    "COMPRESSION",
    "DEFAULT",
    "ENCODE",
    "OR",
    "SET",
    "STORAGE",
    "USING",
];

/// Passes over a word that needs no understanding, with its operand, or over a sign or literal: none
/// of them can be a column whose comma was forgotten.
pub(super) fn pass(reader: &mut Reader<'_>, end: usize) -> bool {
    let operand = match reader.token(0) {
        Token::Word(_) | Token::QuotedName(_) if !reader.sees_one_of(PASSED) => return false,
        Token::Word(_) => reader.sees_one_of(NAMED),
        token => !is_operand(token),
    };
    reader.step(end);
    if operand && !reader.sees_one_of(&["NOT", "NULL"]) {
        reader.accept_sign(Token::Eq);
        reader.step(end);
    }
    true
}

fn is_operand(token: Token<'_>) -> bool {
    matches!(
        token,
        Token::LParen
            | Token::RBracket
            | Token::Number(_)
            | Token::String(_)
            | Token::PrefixedString
    )
}
