//! The keys that a table declares among its columns.
//!
//! Only what all databases agree on is read: the kind, the columns, the table referred to. What
//! follows (actions, deferral, storage) is stepped over, so that no key is lost to it.

use super::draft::{ForeignKeyDraft, KeyDraft, Written};
use super::reader::Reader;
use super::tokens::Kind;
use crate::base::{Dialect, Few};
use crate::catalog::KeyKind;

/// A constraint of a table.
#[derive(Debug)]
pub(super) enum Constraint {
    Key(KeyDraft),
    ForeignKey(ForeignKeyDraft),
    /// The named index becomes a key.
    Promote(KeyDraft, Written),
    /// A condition or index that says nothing about keys.
    Other,
    /// It could not be read from this token on.
    Unread,
}

/// The tokens that declare a constraint, and the name that they open with.
#[derive(Clone, Copy)]
pub(super) struct Declared {
    pub(super) name: Option<Written>,
    pub(super) start: usize,
    /// Where its element of the table ends.
    pub(super) end: usize,
}

/// The columns of a key or index.
#[derive(Debug)]
pub(super) struct KeyColumns {
    /// The columns up to the first expression.
    pub(super) columns: Few<Written>,
    /// Whether these are all.
    pub(super) complete: bool,
}

const KINDS: &[&str] = &["PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "EXCLUDE", "REFERENCES"];

/// What a constraint begins with, in one dialect or another.
const BEGINNINGS: &[&str] = &[
    "CHECK",
    "CONSTRAINT",
    "EXCLUDE",
    "FOREIGN",
    "FULLTEXT",
    "INDEX",
    "KEY",
    "PERIOD",
    "PRIMARY",
    "SPATIAL",
    "SUPPLEMENTAL",
    "UNIQUE",
];

/// Reads the constraint at the cursor, up to `end`; `None` where a column stands there.
pub(super) fn read(reader: &mut Reader<'_>, end: usize) -> Option<Constraint> {
    if !reader.sees_one_of(BEGINNINGS) {
        return None;
    }
    let start = reader.at();
    let declared = Declared { name: name(reader), start, end };
    let named = reader.at() > start;
    let constraint = if reader.accept(&["PRIMARY", "KEY"]) {
        key(reader, KeyKind::Primary, declared)
    } else if reader.accept(&["UNIQUE"]) {
        key(reader, KeyKind::Unique, declared)
    } else if reader.accept(&["FOREIGN", "KEY"]) {
        foreign_key(reader, declared)
    } else if begins_index(reader) {
        reader.advance();
        key(reader, KeyKind::Index, declared)
    } else if named || begins_other(reader) {
        other(reader)
    } else {
        return None;
    };
    Some(constraint)
}

/// Reads `CONSTRAINT name`, of which `MySQL` does not require the name.
pub(super) fn name(reader: &mut Reader<'_>) -> Option<Written> {
    if !reader.accept(&["CONSTRAINT"]) || reader.sees_one_of(KINDS) {
        return None;
    }
    let name = reader.name();
    // A constraint's name may be qualified like a table's.
    while reader.kind(0) == Kind::Period {
        reader.advance();
        reader.name();
    }
    name
}

/// Reads what follows `REFERENCES`; `None` where no table is named.
pub(super) fn references(
    reader: &mut Reader<'_>,
    declared: Declared,
    columns: Few<Written>,
) -> Option<ForeignKeyDraft> {
    let Declared { name, start, end } = declared;
    let referred_table = reader.table_name()?;
    let bracket = reader.at() < end && reader.kind(0) == Kind::LParen;
    let referred = if bracket { columns_in_brackets(reader, end).columns } else { Few::new() };
    let span = reader.span(start..reader.at());
    let mut key = ForeignKeyDraft::new(name, columns, referred_table, referred, span);
    key.deferrable = is_deferrable(reader);
    pass_actions(reader);
    Some(key)
}

/// Passes over `ON DELETE …` and `ON UPDATE …` (SQL:2016, 11.8, referential triggered action).
fn pass_actions(reader: &mut Reader<'_>) {
    const ACTIONS: &[&[&str]] =
        &[&["CASCADE"], &["NO", "ACTION"], &["RESTRICT"], &["SET", "DEFAULT"], &["SET", "NULL"]];
    while reader.accept(&["ON", "DELETE"]) || reader.accept(&["ON", "UPDATE"]) {
        let action = ACTIONS.iter().find(|action| reader.sees(action));
        reader.seek(reader.at() + action.map_or(0, |action| action.len()));
    }
}

/// Whether the rest of the element says that the key may be looked at late.
fn is_deferrable(reader: &mut Reader<'_>) -> bool {
    let (start, end) = (reader.at(), reader.element_end());
    let mut deferrable = false;
    while reader.at() < end {
        if !reader.accept(&["NOT", "DEFERRABLE"]) {
            deferrable |= reader.sees_one_of(&["DEFERRABLE", "DEFERRED"]);
            reader.advance();
        }
    }
    reader.seek(start);
    deferrable
}

/// Reads the bracketed list at the cursor.
pub(super) fn columns_in_brackets(reader: &mut Reader<'_>, end: usize) -> KeyColumns {
    reader.accept_sign(Kind::LParen);
    let mut complete = true;
    let mut more = true;
    let next = || {
        while more && reader.at() < end && reader.kind(0) != Kind::RParen {
            let column = key_column(reader);
            complete &= column.is_some();
            reader.seek(reader.element_end());
            more = reader.accept_sign(Kind::Comma);
            if complete {
                return column;
            }
        }
        None
    };
    let columns = std::iter::from_fn(next).collect();
    reader.accept_sign(Kind::RParen);
    KeyColumns { columns, complete }
}

/// Reads a column of a key, or finds an expression there.
///
/// `name(10)` is the column's beginning: what is unique in it is unique in the whole.
fn key_column(reader: &mut Reader<'_>) -> Option<Written> {
    let column = reader.name()?;
    let plain = match reader.kind(0) {
        Kind::Comma | Kind::RParen | Kind::Word | Kind::QuotedName | Kind::End => true,
        Kind::LParen => matches!(reader.kind(1), Kind::Number),
        _ => false,
    };
    plain.then_some(column)
}

fn key(reader: &mut Reader<'_>, kind: KeyKind, declared: Declared) -> Constraint {
    let name = declared.name.or_else(|| index_name(reader));
    if reader.accept(&["USING", "INDEX"]) && reader.kind(0) != Kind::LParen {
        return promoted(reader, kind, Declared { name, ..declared });
    }
    if !reader.skip_to_group(declared.end) {
        return Constraint::Unread;
    }
    let KeyColumns { columns, complete } = columns_in_brackets(reader, declared.end);
    let kind = if complete { kind } else { KeyKind::Index };
    let span = reader.span(declared.start..reader.at());
    if columns.is_empty() {
        return if complete { Constraint::Unread } else { Constraint::Other };
    }
    Constraint::Key(KeyDraft::new(kind, name, columns, span))
}

/// Reads the name that `MySQL` allows behind `UNIQUE KEY`, `INDEX` and the like.
fn index_name(reader: &mut Reader<'_>) -> Option<Written> {
    const NO_NAME: &[&str] = &["USING", "CLUSTERED", "NONCLUSTERED", "NULLS", "NOT", "HASH"];
    reader.accept_one_of(&["KEY", "INDEX"]);
    if reader.kind(0) == Kind::LParen || reader.sees_one_of(NO_NAME) {
        return None;
    }
    reader.name()
}

fn promoted(reader: &mut Reader<'_>, kind: KeyKind, declared: Declared) -> Constraint {
    let Some(index) = reader.name() else { return Constraint::Unread };
    let span = reader.span(declared.start..reader.at());
    let name = declared.name.or(Some(index));
    Constraint::Promote(KeyDraft::new(kind, name, Few::new(), span), index)
}

fn foreign_key(reader: &mut Reader<'_>, declared: Declared) -> Constraint {
    let index = index_name(reader);
    if !reader.skip_to_group(declared.end) {
        return Constraint::Unread;
    }
    let columns = columns_in_brackets(reader, declared.end).columns;
    if columns.is_empty() || !reader.accept(&["REFERENCES"]) {
        return Constraint::Unread;
    }
    let declared = Declared { name: declared.name.or(index), ..declared };
    let key = references(reader, declared, columns);
    key.map_or(Constraint::Unread, Constraint::ForeignKey)
}

/// Whether `KEY` or `INDEX` begins an index here and is not a column's name.
fn begins_index(reader: &Reader<'_>) -> bool {
    let known = match reader.dialect {
        Dialect::MySql | Dialect::MariaDb | Dialect::Ansi => reader.sees_one_of(&["KEY", "INDEX"]),
        Dialect::MsSql => reader.sees_one_of(&["INDEX"]),
        Dialect::Postgres | Dialect::Sqlite | Dialect::Oracle => false,
    };
    let bracket = |ahead: usize| reader.kind(ahead) == Kind::LParen;
    // `key varchar(10)` is a column, `key name (column)` an index.
    let list = |ahead: usize| bracket(ahead) && !matches!(reader.kind(ahead + 1), Kind::Number);
    known
        && (list(1)
            || list(2)
            || ["USING", "UNIQUE", "CLUSTERED", "NONCLUSTERED"].iter().any(|word| {
                [1, 2].iter().any(|ahead| reader.word(*ahead).eq_ignore_ascii_case(word))
            }))
}

fn begins_other(reader: &Reader<'_>) -> bool {
    let mysql = matches!(reader.dialect, Dialect::MySql | Dialect::MariaDb);
    let bracket = |ahead: usize| reader.kind(ahead) == Kind::LParen;
    reader.sees(&["CHECK"]) && bracket(1)
        || reader.sees(&["EXCLUDE"]) && (bracket(1) || reader.sees(&["EXCLUDE", "USING"]))
        || reader.sees(&["PERIOD", "FOR"])
        || reader.sees(&["SUPPLEMENTAL", "LOG"])
        || mysql && reader.sees_one_of(&["FULLTEXT", "SPATIAL"])
}

fn other(reader: &Reader<'_>) -> Constraint {
    const KNOWN: &[&str] =
        &["CHECK", "DEFAULT", "EXCLUDE", "FULLTEXT", "NOT", "PERIOD", "SPATIAL", "SUPPLEMENTAL"];
    if reader.sees_one_of(KNOWN) { Constraint::Other } else { Constraint::Unread }
}
