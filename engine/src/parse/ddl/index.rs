//! `CREATE INDEX` and `DROP INDEX`.

use sqlparser::tokenizer::Token;

use super::constraint::{self, KeyColumns};
use super::draft::{Drafts, KeyDraft, WrittenTable};
use super::reader::Reader;
use crate::catalog::KeyKind;

/// Reads the statement; returns its table where that is not declared, or not yet.
///
/// An index with a `WHERE` or with expressions holds only some rows or none of the columns' own
/// values, so it makes nothing unique. Indexes that cannot find equal values are left out.
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
    let method = reader.accept(&["USING"]).then(|| reader.word(0).to_lowercase());
    if method.is_some_and(|method| !matches!(method.as_str(), "btree" | "hash")) {
        return None;
    }
    if !reader.skip_to_group(usize::MAX) {
        return None;
    }
    let KeyColumns { columns, complete } = constraint::columns_in_brackets(reader, usize::MAX);
    let partial = has_condition(reader);
    let kind = if complete && !partial { kind } else { KeyKind::Index };
    let Some(draft) = drafts.find_mut(table.name, reader.names) else { return Some(table) };
    let span = reader.span(0..reader.at());
    if !columns.is_empty() {
        let name = name.map(|written| written.name.table);
        draft.keys.push(KeyDraft { name, ..KeyDraft::new(kind, None, columns, span) });
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

fn has_condition(reader: &mut Reader<'_>) -> bool {
    let end = reader.at();
    while !reader.at_end() && !reader.sees(&["WHERE"]) {
        reader.step(usize::MAX);
    }
    let found = !reader.at_end();
    reader.seek(end);
    found
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
        if !reader.accept_sign(&Token::Comma) {
            return;
        }
    }
}
