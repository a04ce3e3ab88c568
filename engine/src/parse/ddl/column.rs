//! One column of a table.

use std::ops::Range;

use sqlparser::ast::{ColumnOption, GeneratedAs};
use sqlparser::parser::Parser;

use super::constraint::{self, Declared};
use super::draft::{ForeignKeyDraft, KeyDraft, Written};
use super::pass::pass;
use super::reader::Reader;
use super::rest::Rest;
use super::tokens::Kind;
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

/// Reads the column definition at the cursor, up to `end`.
pub(super) fn read(reader: &mut Reader<'_>, end: usize, table: Name) -> Option<ColumnDraft> {
    let written = reader.name()?;
    let column = TableColumn::new(written.name);
    let mut draft = ColumnDraft { column, written, keys: Vec::new(), foreign_keys: Vec::new() };
    draft.rest(reader, end, table);
    Some(draft)
}

impl ColumnDraft {
    /// Takes what is known of the rest up to `end` by its text, or reads it.
    fn rest(&mut self, reader: &mut Reader<'_>, end: usize, table: Name) {
        if reader.at() >= end {
            return;
        }
        let text = reader.text(reader.bytes(reader.at()..end));
        if let Some(Rest { type_name, nullable }) = reader.rests.get(text) {
            (self.column.type_name, self.column.nullable) = (type_name, nullable);
            return reader.seek(end);
        }
        let unread = self.read(reader, end);
        let declares = !self.keys.is_empty() || !self.foreign_keys.is_empty();
        if let Some(start) = unread {
            report(reader, start..end, self.written.name, table);
        } else if !declares && reader.at() == end {
            let TableColumn { type_name, nullable, .. } = self.column;
            reader.rests.remember(text, Rest { type_name, nullable });
        }
    }

    /// Reads the rest up to `end`; gives the first token that could not be read.
    fn read(&mut self, reader: &mut Reader<'_>, end: usize) -> Option<usize> {
        self.column.type_name = type_name::read(reader, end);
        self.column.nullable = !is_serial(self.column.type_text(reader.names));
        let mut unread = None;
        while reader.at() < end {
            let start = reader.at();
            if !self.key(reader, end) && !self.option(reader, end) && !pass(reader, end) {
                unread.get_or_insert(start);
                reader.step(end);
            }
        }
        unread
    }

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
            let declared = Declared { name, start, end };
            let key = constraint::references(reader, declared, self.written.into());
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
        self.keys.push(KeyDraft::new(kind, name, self.written.into(), span));
    }

    /// Reads a default, collation, generation rule …
    fn option(&mut self, reader: &mut Reader<'_>, end: usize) -> bool {
        if simple_default(reader) {
            return true;
        }
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

/// Passes over a default that every dialect reads alike, and that nothing goes on from.
fn simple_default(reader: &mut Reader<'_>) -> bool {
    const CALLED: &[&str] = &["CURRENT_TIMESTAMP", "GEN_RANDOM_UUID", "NOW", "UUID_GENERATE_V4"];
    const VALUES: &[&str] =
        &["CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "FALSE", "NULL", "TRUE"];
    const ENDS: &[&str] = &["CHECK", "CONSTRAINT", "PRIMARY", "REFERENCES", "UNIQUE"];
    let start = reader.at();
    if !reader.accept(&["DEFAULT"]) {
        return false;
    }
    let value = match [0, 1, 2].map(|ahead| reader.kind(ahead)) {
        [Kind::Number | Kind::String, ..] => 1,
        [_, Kind::LParen, Kind::RParen] if reader.sees_one_of(CALLED) => 3,
        _ if reader.sees_one_of(VALUES) => 1,
        _ => 0,
    };
    reader.seek(reader.at() + value);
    let ends = matches!(reader.kind(0), Kind::Comma | Kind::RParen | Kind::End)
        || reader.sees(&["NOT", "NULL"])
        || reader.sees_one_of(ENDS);
    if value == 0 || !ends {
        reader.seek(start);
    }
    value > 0 && ends
}

fn parse_option(parser: &mut Parser<'_>) -> Option<ColumnOption> {
    parser.parse_optional_column_option().ok().flatten()
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::parse::ddl::reader::tests::with_reader;

    /// Where a column's rest is read up to as a simple default, and from its first option on by
    /// sqlparser.
    fn places(text: &str, dialect: Dialect) -> Option<[usize; 2]> {
        with_reader(text, dialect, |reader| {
            let end = reader.element_end();
            let quick = simple_default(reader).then(|| reader.at())?;
            reader.seek(0);
            while reader.at() < quick {
                let parsed = reader.parse(end, parse_option).is_some();
                assert!(parsed || pass(reader, end), "{text} in {dialect}");
            }
            Some([quick, reader.at()])
        })
    }

    fn value() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "0",
            "'new'",
            "NULL",
            "TRUE",
            "now()",
            "CURRENT_TIMESTAMP",
            "CURRENT_TIMESTAMP()",
            "CASE",
            "INTERVAL",
            "DATE",
            "EXISTS",
            "CAST()",
            "a_name",
            "f(1)",
            "1 + 1",
            "SELECT",
            "NOT NULL",
            "NEXT",
            "ARRAY",
            "ANY",
            "(1)",
            "-1",
            "PRIOR",
            "uuid()",
            "POSITION()",
        ])
    }

    fn rest() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "",
            ", b INT",
            ") x",
            "NOT NULL",
            "NULL",
            "PRIMARY KEY",
            "COLLATE x",
            "UNIQUE, a",
            "REFERENCES b (c)",
            "CHECK (a > 0)",
            "CONSTRAINT c NOT NULL",
            "NOT IN (1)",
            "AND b",
            "::text",
            "IS NULL",
            "ON UPDATE now()",
            "UNSIGNED",
            "'x'",
            "AT TIME ZONE 'x'",
        ])
    }

    /// What the last of a list of columns comes to.
    fn last_column(text: &str, dialect: Dialect) -> String {
        with_reader(text, dialect, |reader| {
            let table = reader.names.intern("t");
            loop {
                let end = reader.element_end();
                let column = read(reader, end, table);
                reader.seek(end);
                if !reader.accept_sign(Kind::Comma) {
                    let ColumnDraft { column, keys, foreign_keys, .. } = column.unwrap();
                    let type_name = column.type_text(reader.names);
                    let (keys, nullable) = (keys.len() + foreign_keys.len(), column.nullable);
                    return format!("{type_name} {nullable} {keys} {:?}", reader.at_end());
                }
            }
        })
    }

    proptest! {
        #[test]
        fn a_rest_that_is_known_means_what_it_says(
            type_name in prop::sample::select(vec!["int", "SERIAL", "enum('a', 'b')", "a.b(1)", ""]),
            value in value(), rest in rest(), default in any::<bool>(), bracket in any::<bool>(),
        ) {
            for dialect in Dialect::ALL {
                let default = if default { format!("DEFAULT {value}") } else { String::new() };
                let rest = format!("{type_name} {default} {rest}");
                let close = if bracket { ")" } else { "" };
                let once = last_column(&format!("x {rest}{close}"), dialect);
                let twice = last_column(&format!("y {rest}, x {rest}{close}"), dialect);
                prop_assert_eq!(once, twice, "{} in {}", rest, dialect);
            }
        }

        #[test]
        fn simple_defaults_end_where_sqlparser_ends_them(value in value(), rest in rest()) {
            for dialect in Dialect::ALL {
                let text = format!("DEFAULT {value} {rest}");
                if let Some([quick, whole]) = places(&text, dialect) {
                    prop_assert_eq!(quick, whole, "{} in {}", text, dialect);
                }
            }
        }
    }
}
