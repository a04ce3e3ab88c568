//! What a column's definition says that is neither a name nor a key.

use super::reader::Reader;
use super::tokens::Kind;

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
    let operand = match reader.kind(0) {
        Kind::Word | Kind::QuotedName if !reader.sees_one_of(PASSED) => return false,
        Kind::Word => reader.sees_one_of(NAMED),
        kind => !is_operand(kind),
    };
    reader.step(end);
    if operand && !reader.sees_one_of(&["NOT", "NULL"]) {
        reader.accept_sign(Kind::Eq);
        reader.step(end);
    }
    true
}

fn is_operand(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::LParen | Kind::RBracket | Kind::Number | Kind::String | Kind::PrefixedString
    )
}
