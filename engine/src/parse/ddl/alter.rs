//! `ALTER TABLE`, and the statements that drop or rename tables.

use super::column;
use super::draft::{Drafts, TableDraft, Written, WrittenTable};
use super::reader::Reader;
use super::table::{self, Again};
use super::tokens::Kind;
use super::type_name;
use crate::base::Dialect;

/// Reads an `ALTER TABLE` and changes its table; returns the table where it is to get columns or
/// keys but is not declared, or not yet.
pub(super) fn alter(reader: &mut Reader<'_>, drafts: &mut Drafts) -> Option<WrittenTable> {
    while !reader.at_end() && !reader.accept(&["TABLE"]) {
        reader.advance();
    }
    reader.accept(&["IF", "EXISTS"]);
    reader.accept(&["ONLY"]);
    let Some(written) = reader.table_name() else {
        let message = format!("expected the name of a table, found {}", reader.found());
        reader.broken(0..reader.at() + 1, message);
        return None;
    };
    reader.accept_sign(Kind::Mul);
    if renames(reader, written, drafts) {
        return None;
    }
    let Some(draft) = drafts.find_mut(written.name, reader.names) else {
        return adds(reader).then_some(written);
    };
    actions(reader, draft);
    None
}

/// Whether the statement adds columns or keys. One that drops something of a table which is not
/// there yet clears the ground for the script, and means nothing later.
fn adds(reader: &mut Reader<'_>) -> bool {
    reader.accept_one_of(&["WITH"]);
    reader.accept_one_of(&["CHECK", "NOCHECK"]);
    reader.sees(&["ADD"])
}

/// Reads `RENAME [TO | AS] name` behind the table's name.
fn renames(reader: &mut Reader<'_>, written: WrittenTable, drafts: &mut Drafts) -> bool {
    let start = reader.at();
    let found = reader.accept(&["RENAME", "TO"])
        || reader.accept(&["RENAME", "AS"])
        || reader.sees(&["RENAME"]) && reader.kind(2) == Kind::End && reader.accept(&["RENAME"]);
    if !found || drafts.find(written.name, reader.names).is_none() {
        reader.seek(start);
        return false;
    }
    if let Some(new) = reader.table_name() {
        drafts.rename(written.name, new, reader.names);
    }
    true
}

fn actions(reader: &mut Reader<'_>, draft: &mut TableDraft) {
    let mut adding = false;
    while !reader.at_end() {
        let end = reader.element_end();
        adding = action(reader, draft, adding, end);
        reader.seek(end);
        if !reader.accept_sign(Kind::Comma) {
            // A bracket without partner; behind it may stand another action.
            reader.advance();
        }
    }
}

/// Reads one action; says whether what follows its comma may be added likewise.
fn action(reader: &mut Reader<'_>, draft: &mut TableDraft, adding: bool, end: usize) -> bool {
    if reader.sees(&["WITH", "CHECK"]) || reader.sees(&["WITH", "NOCHECK"]) {
        reader.seek(reader.at() + 2);
    }
    let goes_on =
        adding && reader.dialect == Dialect::MsSql && !reader.sees_one_of(&["DROP", "ADD"]);
    if goes_on || reader.accept(&["ADD"]) {
        add(reader, draft, end);
        return true;
    }
    if reader.accept(&["DROP"]) {
        drop(reader, draft, end);
    } else if reader.accept(&["RENAME"]) {
        rename(reader, draft);
    } else if reader.accept(&["CHANGE"]) {
        reader.accept(&["COLUMN"]);
        let old = reader.name();
        redefine(reader, draft, old, end);
    } else if reader.accept(&["MODIFY"]) {
        reader.accept(&["COLUMN"]);
        if reader.accept_sign(Kind::LParen) {
            return redefine_list(reader, draft);
        }
        redefine(reader, draft, None, end);
    } else if reader.accept(&["ALTER"]) {
        alter_column(reader, draft, end);
    }
    false
}

fn add(reader: &mut Reader<'_>, draft: &mut TableDraft, end: usize) {
    // `ADD PARTITION (PARTITION p …)` declares no column.
    if reader.sees(&["PARTITION"]) && !matches!(reader.kind(1), Kind::Word | Kind::QuotedName) {
        return;
    }
    reader.accept(&["COLUMN"]);
    let only_new = reader.accept(&["IF", "NOT", "EXISTS"]);
    let again = if only_new { Again::Passed } else { Again::Told };
    if !reader.accept_sign(Kind::LParen) {
        return table::element(reader, draft, end, again);
    }
    loop {
        let end = reader.element_end();
        table::element(reader, draft, end, again);
        reader.seek(end);
        if !reader.accept_sign(Kind::Comma) {
            return;
        }
    }
}

fn drop(reader: &mut Reader<'_>, draft: &mut TableDraft, end: usize) {
    const OTHER: &[&str] = &["PARTITION", "DEFAULT", "SYSTEM", "PERIOD"];
    if reader.accept(&["PRIMARY", "KEY"]) {
        draft.keys.retain(|key| key.kind != crate::catalog::KeyKind::Primary);
        return;
    }
    let constraint = reader.accept(&["FOREIGN", "KEY"])
        || reader.accept_one_of(&["CONSTRAINT", "INDEX", "KEY", "CHECK"]);
    let column = reader.accept(&["COLUMN"]);
    if !constraint && !column && reader.sees_one_of(OTHER) {
        return;
    }
    reader.accept(&["IF", "EXISTS"]);
    let list = reader.accept_sign(Kind::LParen);
    while let Some(name) = reader.name() {
        if constraint {
            draft.drop_constraint(name.name, reader.dialect, reader.names);
        } else {
            draft.drop_column(name.name, reader.names);
        }
        if reader.at() >= end && !list || !reader.accept_sign(Kind::Comma) {
            return;
        }
    }
}

fn rename(reader: &mut Reader<'_>, draft: &mut TableDraft) {
    let constraint = reader.accept_one_of(&["CONSTRAINT", "INDEX", "KEY"]);
    reader.accept(&["COLUMN"]);
    let Some(old) = reader.name() else { return };
    reader.accept(&["TO"]);
    let Some(new) = reader.name() else { return };
    if constraint {
        draft.rename_constraint(old.name, new.name, reader.dialect, reader.names);
    } else {
        draft.rename_column(old.name, new, reader.names);
    }
}

/// Reads `MODIFY (a …, b …)`.
fn redefine_list(reader: &mut Reader<'_>, draft: &mut TableDraft) -> bool {
    loop {
        let end = reader.element_end();
        redefine(reader, draft, None, end);
        reader.seek(end);
        if !reader.accept_sign(Kind::Comma) {
            return false;
        }
    }
}

/// Reads a column's new definition; with `old` the column also gets a new name.
fn redefine(reader: &mut Reader<'_>, draft: &mut TableDraft, old: Option<Written>, end: usize) {
    let Some(new) = column::read(reader, end, draft.name.table) else { return };
    if let Some(old) = old {
        draft.rename_column(old.name, new.written, reader.names);
    }
    let index = draft.column(new.written.name, reader.names);
    if let Some(column) = index.and_then(|index| draft.columns.get_mut(index)) {
        column.nullable = new.column.nullable;
        if new.column.type_name.is_some() {
            column.type_name = new.column.type_name;
        }
    }
    draft.keys.extend(new.keys);
    for key in new.foreign_keys {
        draft.add_foreign_key(key);
    }
}

fn alter_column(reader: &mut Reader<'_>, draft: &mut TableDraft, end: usize) {
    if reader.sees_one_of(&["INDEX", "CONSTRAINT", "CHECK"]) {
        return;
    }
    reader.accept(&["COLUMN"]);
    let start = reader.at();
    let index = reader.name().and_then(|name| draft.column(name.name, reader.names));
    let Some(column) = index.and_then(|index| draft.columns.get_mut(index)) else { return };
    if reader.accept(&["SET", "NOT", "NULL"]) {
        column.nullable = false;
    } else if reader.accept(&["DROP", "NOT", "NULL"]) {
        column.nullable = true;
    } else if reader.accept(&["TYPE"]) || reader.accept(&["SET", "DATA", "TYPE"]) {
        column.type_name = type_name::read(reader, end);
    } else if reader.dialect == Dialect::MsSql {
        reader.seek(start);
        redefine(reader, draft, None, end);
    }
}

/// Reads `DROP TABLE`.
pub(super) fn drop_tables(reader: &mut Reader<'_>, drafts: &mut Drafts) {
    while !reader.at_end() && !reader.accept(&["TABLE"]) {
        reader.advance();
    }
    reader.accept(&["IF", "EXISTS"]);
    let mut tables = Vec::new();
    while let Some(table) = reader.table_name() {
        tables.push(table);
        if !reader.accept_sign(Kind::Comma) {
            break;
        }
    }
    let cascade = reader.sees(&["CASCADE"]);
    for table in tables {
        drafts.drop_table(table.name, cascade, reader.names);
    }
}

/// Reads `MySQL`'s `RENAME TABLE a TO b, c TO d`.
pub(super) fn rename_tables(reader: &mut Reader<'_>, drafts: &mut Drafts) {
    reader.accept(&["RENAME", "TABLE"]);
    while let Some(old) = reader.table_name() {
        reader.accept(&["TO"]);
        let Some(new) = reader.table_name() else { return };
        drafts.rename(old.name, new, reader.names);
        if !reader.accept_sign(Kind::Comma) {
            return;
        }
    }
}
