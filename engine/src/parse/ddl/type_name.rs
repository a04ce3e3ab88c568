//! The name of a column's type.

use std::ops::Range;

use sqlparser::parser::Parser;

use super::reader::Reader;
use super::tokens::Kind;
use crate::base::{Dialect, Name};

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

/// Types of several words.
const PHRASES: &[&[&str]] = &[
    &["CHARACTER", "VARYING"],
    &["DOUBLE", "PRECISION"],
    &["TIME", "WITH", "TIME", "ZONE"],
    &["TIME", "WITHOUT", "TIME", "ZONE"],
    &["TIMESTAMP", "WITH", "TIME", "ZONE"],
    &["TIMESTAMP", "WITHOUT", "TIME", "ZONE"],
];

/// Types that take a number in brackets in every dialect.
const SIZED: &[&str] = &[
    "BIGINT",
    "CHAR",
    "CHARACTER",
    "DECIMAL",
    "INT",
    "NUMERIC",
    "NVARCHAR",
    "SMALLINT",
    "TINYINT",
    "VARCHAR",
    "VARYING",
];

/// Types that take two.
const SCALED: &[&str] = &["DECIMAL", "NUMERIC"];

/// Reads the type at the cursor; its text is upper case but for what is quoted, with single spaces.
pub(super) fn read(reader: &mut Reader<'_>, end: usize) -> Option<Name> {
    let start = reader.at();
    if reader.at() >= end || reader.sees_one_of(NO_TYPE) {
        return None;
    }
    if !common(reader) {
        other(reader, end);
    }
    if reader.at() == start {
        return None;
    }
    let mut text = std::mem::take(&mut reader.buffer);
    text.clear();
    spell(reader, start..reader.at(), &mut text);
    let name = reader.names.intern(&text);
    reader.buffer = text;
    Some(name)
}

/// Reads a type that every dialect reads alike, of those that most columns have; or stays where it
/// is.
fn common(reader: &mut Reader<'_>) -> bool {
    let start = reader.at();
    if reader.word(0).is_empty() {
        return false;
    }
    if !PHRASES.iter().any(|phrase| reader.accept(phrase)) {
        reader.advance();
    }
    accept_size(reader);
    let ends = matches!(reader.kind(0), Kind::Comma | Kind::RParen | Kind::End)
        || reader.sees_one_of(NO_TYPE);
    if !ends {
        reader.seek(start);
    }
    ends
}

/// Passes over the numbers in brackets behind the last word, if it can have them.
fn accept_size(reader: &mut Reader<'_>) {
    let last = reader.at() - 1;
    // What does not fit a size is left to sqlparser.
    let number = |ahead: usize| reader.written_at(reader.at() + ahead).len() < 10;
    let length = match [0, 1, 2, 3, 4].map(|ahead| reader.kind(ahead)) {
        [Kind::LParen, Kind::Number, Kind::RParen, ..]
            if number(1) && reader.is_one_of(last, SIZED) =>
        {
            3
        }
        [Kind::LParen, Kind::Number, Kind::Comma, Kind::Number, Kind::RParen]
            if number(1) && number(3) && reader.is_one_of(last, SCALED) =>
        {
            5
        }
        _ => 0,
    };
    reader.seek(reader.at() + length);
}

/// Reads a type through sqlparser.
fn other(reader: &mut Reader<'_>, end: usize) {
    let read = |parser: &mut Parser<'_>| parser.parse_data_type().ok().map(drop);
    if reader.parse(end, read).is_none() {
        by_hand(reader, end);
    }
    while reader.at() < end && continues(reader) {
        reader.step(end);
    }
}

/// Reads a type as a name with a bracketed group behind it, which all types are.
fn by_hand(reader: &mut Reader<'_>, end: usize) {
    if reader.table_name().is_some() && reader.at() < end && reader.kind(0) == Kind::LParen {
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
        && (word && !reader.sees(&["ON", "CONFLICT"]) || reader.kind(0) == Kind::LParen)
}

fn spell(reader: &Reader<'_>, tokens: Range<usize>, text: &mut String) {
    let mut tight = true;
    for index in tokens {
        let kind = reader.kind_at(index);
        if !tight && !hugs_left(kind) {
            text.push(' ');
        }
        let written = reader.text(reader.bytes(index..index + 1));
        match kind {
            Kind::Word if written.is_ascii() => {
                text.extend(written.chars().map(|letter| letter.to_ascii_uppercase()));
            }
            Kind::Word => text.push_str(&written.to_uppercase()),
            _ => text.push_str(written),
        }
        tight = matches!(kind, Kind::LParen | Kind::Period | Kind::LBracket);
    }
}

/// Whether a token is written without a space before it.
fn hugs_left(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::LParen | Kind::RParen | Kind::Comma | Kind::Period | Kind::LBracket | Kind::RBracket
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::parse::ddl::reader::tests::with_reader;

    /// How many tokens of a column's rest each way of reading takes for the type.
    fn lengths(text: &str, dialect: Dialect) -> [usize; 2] {
        [true, false].map(|quick| {
            with_reader(text, dialect, |reader| {
                let end = reader.element_end();
                if !quick || !common(reader) {
                    other(reader, end);
                }
                reader.at()
            })
        })
    }

    fn words() -> impl Strategy<Value = String> {
        let one = SIZED.iter().chain(NO_TYPE).map(|word| (*word).to_owned());
        let several = PHRASES.iter().map(|phrase| phrase.join(" "));
        let odd = [
            "ARRAY",
            "BIT",
            "BLOB",
            "BOOLEAN",
            "CHAR LARGE OBJECT",
            "DATE",
            "DATETIME",
            "ENUM",
            "FLOAT",
            "INTEGER",
            "INTERVAL",
            "MAP",
            "MONEY",
            "NATIONAL CHARACTER",
            "REAL",
            "SERIAL",
            "SET",
            "SETOF",
            "SIGNED",
            "STRUCT",
            "TABLE",
            "TEXT",
            "TIME",
            "TIMESTAMP",
            "TUPLE",
            "UNION",
            "UNSIGNED",
            "UUID",
            "VARBINARY",
            "VARCHAR2",
            "XML",
            "YEAR",
            "a_domain",
        ];
        let odd = odd.into_iter().map(str::to_owned);
        prop::sample::select(one.chain(several).chain(odd).collect::<Vec<_>>())
    }

    fn rest() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "",
            ", b INT",
            ") x",
            "NOT NULL",
            "NULL",
            "PRIMARY KEY",
            "DEFAULT 0",
            "COLLATE x",
            "REFERENCES b (c)",
            "GENERATED ALWAYS AS IDENTITY",
            "CHECK (a > 0)",
            "UNSIGNED",
            "ZEROFILL",
            "[]",
            "WITH TIME ZONE",
            "CHARACTER SET utf8",
            "ON CONFLICT ABORT",
            "x",
        ])
    }

    fn size() -> impl Strategy<Value = &'static str> {
        let sizes =
            ["", "", "", "(1)", "(12, 2)", "(99999999999999999999)", "(MAX)", "(20 CHAR)", "()"];
        prop::sample::select(sizes.to_vec())
    }

    proptest! {
        #[test]
        fn common_types_are_read_as_sqlparser_reads_them(
            words in words(), size in size(), rest in rest(),
        ) {
            for dialect in Dialect::ALL {
                let text = format!("{words}{size} {rest}");
                let [quick, whole] = lengths(&text, dialect);
                prop_assert_eq!(quick, whole, "{} in {}", text, dialect);
            }
        }
    }
}
