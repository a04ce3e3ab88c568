//! `CREATE INDEX` and `DROP INDEX`.

use super::constraint::{self, KeyColumns};
use super::draft::{Drafts, KeyDraft, RowTestDraft, WrittenTable};
use super::reader::Reader;
use super::tokens::Kind;
use crate::catalog::{Constant, KeyKind};

/// Reads the statement; returns its table where that is not declared, or not yet.
///
/// An index with expressions holds none of the columns' own values, so it makes nothing unique; one
/// with a `WHERE` makes unique what that is true of. Indexes that cannot find equal values are left
/// out.
pub(super) fn create(reader: &mut Reader<'_>, drafts: &mut Drafts) -> Option<WrittenTable> {
    let kind = kind(reader)?;
    reader.accept_one_of(&["CONCURRENTLY", "ONLINE", "OFFLINE"]);
    reader.accept(&["IF", "NOT", "EXISTS"]);
    let name = if reader.sees(&["ON"]) { None } else { reader.table_name() };
    while !reader.at_end() && !reader.accept(&["ON"]) {
        reader.advance();
    }
    reader.accept(&["ONLY"]);
    let table = reader.table_name()?;
    if reader.accept(&["USING"]) && !reader.sees_one_of(&["BTREE", "HASH"]) {
        return None;
    }
    if !reader.skip_to_group(usize::MAX) {
        return None;
    }
    let KeyColumns { columns, complete } = constraint::columns_in_brackets(reader, usize::MAX);
    let (unique, partial) = (complete && kind == KeyKind::Unique, seek_condition(reader));
    let among = if partial && unique { row_tests(reader).unwrap_or_default() } else { Vec::new() };
    let kind = if complete && !partial { kind } else { KeyKind::Index };
    let Some(draft) = drafts.find_mut(table.name, reader.names) else { return Some(table) };
    let span = reader.span(0..reader.at());
    if !columns.is_empty() {
        let name = name.map(|written| written.name.table);
        draft.keys.push(KeyDraft { name, among, ..KeyDraft::new(kind, None, columns, span) });
    }
    None
}

/// Reads up to `INDEX`; `None` for an index of words, shapes or bits.
fn kind(reader: &mut Reader<'_>) -> Option<KeyKind> {
    let mut kind = Some(KeyKind::Index);
    while !reader.at_end() && !reader.accept(&["INDEX"]) {
        if reader.sees_one_of(&["UNIQUE"]) {
            kind = Some(KeyKind::Unique);
        } else if reader.sees_one_of(&["FULLTEXT", "SPATIAL", "BITMAP", "XML", "COLUMNSTORE"]) {
            kind = None;
        }
        reader.advance();
    }
    kind
}

/// Goes behind `WHERE`, or to the end where there is none.
fn seek_condition(reader: &mut Reader<'_>) -> bool {
    while !reader.at_end() && !reader.sees(&["WHERE"]) {
        reader.step(usize::MAX);
    }
    reader.accept(&["WHERE"])
}

/// Reads a condition that holds columns equal to values, or not null, all at once; `None` for any
/// other. Brackets mean nothing then.
fn row_tests(reader: &mut Reader<'_>) -> Option<Vec<RowTestDraft>> {
    let mut tests = Vec::new();
    loop {
        skip_brackets(reader);
        tests.push(row_test(reader)?);
        skip_brackets(reader);
        if !reader.accept(&["AND"]) {
            break;
        }
    }
    let ends = reader.at_end() || reader.kind(0) == Kind::SemiColon;
    ends.then_some(tests)
}

fn row_test(reader: &mut Reader<'_>) -> Option<RowTestDraft> {
    let negated = reader.accept(&["NOT"]);
    skip_brackets(reader);
    let column = reader.name()?;
    skip_casts(reader);
    if negated {
        return Some(RowTestDraft::Equals(column, Constant::Boolean(false)));
    }
    if reader.accept(&["IS", "NOT", "NULL"]) {
        return Some(RowTestDraft::NotNull(column));
    }
    if !reader.accept_sign(Kind::Eq) {
        return Some(RowTestDraft::Equals(column, Constant::Boolean(true)));
    }
    let value = constant(reader)?;
    skip_casts(reader);
    Some(RowTestDraft::Equals(column, value))
}

fn constant(reader: &mut Reader<'_>) -> Option<Constant> {
    if reader.accept(&["TRUE"]) {
        return Some(Constant::Boolean(true));
    }
    if reader.accept(&["FALSE"]) {
        return Some(Constant::Boolean(false));
    }
    let written = reader.written_at(reader.at());
    let value = match reader.kind(0) {
        Kind::Number => Constant::Number(written.into()),
        Kind::String => Constant::String(written.into()),
        _ => return None,
    };
    reader.advance();
    Some(value)
}

fn skip_brackets(reader: &mut Reader<'_>) {
    while reader.accept_sign(Kind::LParen) || reader.accept_sign(Kind::RParen) {}
}

/// Skips `::text`, which PostgreSQL adds when it prints an index, and the brackets around.
fn skip_casts(reader: &mut Reader<'_>) {
    skip_brackets(reader);
    while reader.accept_sign(Kind::DoubleColon) {
        reader.table_name();
        skip_brackets(reader);
    }
}

/// Reads `DROP INDEX`, with the table where the dialect names it.
pub(super) fn drop(reader: &mut Reader<'_>, drafts: &mut Drafts) {
    reader.accept(&["DROP", "INDEX"]);
    reader.accept(&["CONCURRENTLY"]);
    reader.accept(&["IF", "EXISTS"]);
    loop {
        let Some(index) = reader.table_name() else { return };
        let table = if reader.accept(&["ON"]) { reader.table_name() } else { None };
        drafts.drop_index(index.name.table, table.map(|table| table.name), reader.names);
        if !reader.accept_sign(Kind::Comma) {
            return;
        }
    }
}
