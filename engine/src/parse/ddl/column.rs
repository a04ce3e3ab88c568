//! One column of a table.

use std::ops::Range;

use sqlparser::ast::{ColumnOption, GeneratedAs};
use sqlparser::parser::Parser;
use sqlparser::tokenizer::Token;

use super::constraint;
use super::draft::{ForeignKeyDraft, KeyDraft, Written};
use super::reader::Reader;
use super::type_name;
use crate::base::{Dialect, Name};
use crate::catalog::{KeyKind, TableColumn};

/// A column with the keys that are declared on it.
#[derive(Debug)]
pub(super) struct ColumnDraft {
    pub(super) column: TableColumn,
    pub(super) written: Written,
    pub(super) keys: Vec<KeyDraft>,
    pub(super) foreign_keys: Vec<ForeignKeyDraft>,
}

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

/// Reads the column definition at the cursor, up to `end`.
pub(super) fn read(reader: &mut Reader<'_>, end: usize, table: Name) -> Option<ColumnDraft> {
    let written = reader.name()?;
    let mut column = TableColumn::new(written.name);
    column.span = Some(written.span);
    column.type_name = type_name::read(reader, end).map(Into::into);
    column.nullable = !column.type_name.as_deref().is_some_and(is_serial);
    let mut draft = ColumnDraft { column, written, keys: Vec::new(), foreign_keys: Vec::new() };
    let mut unread = None;
    while reader.at() < end {
        let start = reader.at();
        if !draft.key(reader, end) && !draft.option(reader, end) && !pass(reader, end) {
            unread.get_or_insert(start);
            reader.step(end);
        }
    }
    if let Some(start) = unread {
        report(reader, start..end, written.name, table);
    }
    Some(draft)
}

impl ColumnDraft {
    /// Reads a key that is declared on the column.
    fn key(&mut self, reader: &mut Reader<'_>, end: usize) -> bool {
        let start = reader.at();
        let name = constraint::name(reader);
        let short_key = matches!(reader.dialect, Dialect::MySql | Dialect::MariaDb | Dialect::Ansi);
        if reader.accept(&["PRIMARY", "KEY"]) || short_key && reader.accept(&["KEY"]) {
            self.push_key(reader, KeyKind::Primary, name, start);
        } else if reader.accept(&["UNIQUE"]) {
            reader.accept_one_of(&["KEY", "INDEX"]);
            self.push_key(reader, KeyKind::Unique, name, start);
        } else if reader.accept(&["REFERENCES"]) {
            let columns = vec![self.written];
            let key = constraint::references(reader, name, columns, start, end);
            self.foreign_keys.extend(key);
        } else if reader.accept(&["NOT", "NULL"]) {
            self.column.nullable = false;
        } else if reader.accept(&["CHECK"]) {
            // Its condition is of no use here, and may be of any size.
            reader.step(end);
        } else {
            return reader.at() > start;
        }
        true
    }

    fn push_key(
        &mut self,
        reader: &Reader<'_>,
        kind: KeyKind,
        name: Option<Written>,
        start: usize,
    ) {
        let span = reader.span(start..reader.at());
        self.keys.push(KeyDraft::new(kind, name, vec![self.written], span));
    }

    /// Reads a default, collation, generation rule … through sqlparser.
    fn option(&mut self, reader: &mut Reader<'_>, end: usize) -> bool {
        let start = reader.at();
        let Some(option) = reader.parse(end, parse_option) else { return false };
        let identity = matches!(
            option,
            ColumnOption::Identity(_)
                | ColumnOption::Generated {
                    generated_as: GeneratedAs::Always | GeneratedAs::ByDefault,
                    generation_expr: None,
                    ..
                }
        );
        if identity {
            self.column.nullable = false;
        }
        reader.at() > start
    }
}

fn parse_option(parser: &mut Parser<'_>) -> Option<ColumnOption> {
    parser.parse_optional_column_option().ok().flatten()
}

/// Passes over a word that needs no understanding, with its operand, or over a sign or literal: none
/// of them can be a column whose comma was forgotten.
fn pass(reader: &mut Reader<'_>, end: usize) -> bool {
    let operand = match reader.token(0) {
        Token::Word(_) if !reader.sees_one_of(PASSED) => return false,
        Token::Word(_) => reader.sees_one_of(NAMED),
        token => !is_operand(token),
    };
    reader.step(end);
    if operand && !reader.sees_one_of(&["NOT", "NULL"]) {
        reader.accept_sign(&Token::Eq);
        reader.step(end);
    }
    true
}

fn is_operand(token: &Token) -> bool {
    matches!(
        token,
        Token::LParen
            | Token::RBracket
            | Token::Number(..)
            | Token::SingleQuotedString(_)
            | Token::NationalStringLiteral(_)
            | Token::EscapedStringLiteral(_)
    )
}

/// `SERIAL` and its sisters stand for a sequence and NOT NULL.
fn is_serial(type_name: &str) -> bool {
    matches!(type_name, "SERIAL" | "BIGSERIAL" | "SMALLSERIAL" | "SERIAL4" | "SERIAL8" | "SERIAL2")
}

fn report(reader: &mut Reader<'_>, tokens: Range<usize>, column: Name, table: Name) {
    let (column, table) = (reader.names.text(column), reader.names.text(table));
    let what = format!("a part of column {table}.{column}");
    let end = reader.at();
    reader.seek(tokens.start);
    let message = format!("{} is no part of a column definition that is known", reader.found());
    reader.seek(end);
    reader.unsupported(tokens, what, message);
}
