//! `CREATE TABLE`.

use super::column::{self, ColumnDraft};
use super::constraint::{self, Constraint};
use super::draft::{Drafts, Inheritance, Origin, PlacedColumn, TableDraft, WrittenTable};
use super::reader::Reader;
use super::tokens::Kind;
use crate::base::Dialect;
use crate::parse::{Defect, DefectKind};

/// More columns than the databases allow unless they are told to; finding one among them takes time.
const MOST_COLUMNS: usize = 4096;

/// Reads the statement and adds its table.
pub(super) fn create(reader: &mut Reader<'_>, drafts: &mut Drafts) {
    let replace = reader.accept(&["CREATE", "OR", "REPLACE"]);
    let is_virtual = skip_to_object(reader);
    let only_new = reader.accept(&["IF", "NOT", "EXISTS"]);
    let Some(written) = reader.table_name() else {
        let message = format!("expected the name of a table, found {}", reader.found());
        return reader.broken(0..reader.at() + 1, message);
    };
    if is_virtual {
        return unknown_columns(reader, written, "a virtual table's module defines its columns");
    }
    if replace {
        drafts.drop_table(written.name, false, reader.names);
    }
    if let Some(first) = drafts.declared(written.name, reader.names) {
        if !only_new {
            let table = reader.names.text(written.name.table).into();
            let kind = DefectKind::DuplicateTable { table, first: Some(first.span) };
            reader.defects.push(Defect { kind, span: written.span });
        }
        return;
    }
    if let Some(table) = read(reader, written) {
        drafts.add(table, reader.names);
    }
}

/// Goes behind the word `TABLE`; says whether it is `CREATE VIRTUAL TABLE`.
fn skip_to_object(reader: &mut Reader<'_>) -> bool {
    let mut is_virtual = false;
    while !reader.at_end() && !reader.accept(&["TABLE"]) {
        is_virtual |= reader.sees(&["VIRTUAL"]);
        reader.advance();
    }
    is_virtual
}

fn unknown_columns(reader: &mut Reader<'_>, written: WrittenTable, message: &str) {
    let what = describe(reader, written);
    reader.unsupported(0..reader.at(), what, message);
}

fn describe(reader: &Reader<'_>, written: WrittenTable) -> String {
    format!("CREATE TABLE {}", reader.names.text(written.name.table))
}

fn read(reader: &mut Reader<'_>, written: WrittenTable) -> Option<TableDraft> {
    let mut table = TableDraft::new(written);
    if reader.accept(&["PARTITION", "OF"]) {
        origin(reader, &mut table, Inheritance::Partition);
    } else if reader.accept(&["LIKE"]) {
        origin(reader, &mut table, Inheritance::Keys);
    }
    let list = reader.accept_sign(Kind::LParen);
    if list {
        elements(reader, &mut table);
    }
    let known = list || !table.origins.is_empty();
    let query = tail(reader, &mut table);
    if query || !known {
        let reason = if query {
            "the columns of a query are not worked out"
        } else {
            "the list of columns is missing"
        };
        unknown_columns(reader, written, reason);
    }
    (known || !table.origins.is_empty()).then_some(table)
}

/// Reads the list of columns and constraints behind its opening bracket.
fn elements(reader: &mut Reader<'_>, table: &mut TableDraft) {
    const MOSTLY: usize = 8;
    table.columns.reserve(MOSTLY);
    while !reader.at_end() && reader.kind(0) != Kind::RParen {
        let end = reader.element_end();
        element(reader, table, end, Again::Told);
        reader.seek(end);
        if !reader.accept_sign(Kind::Comma) {
            break;
        }
        skip_commas(reader);
    }
    if !reader.accept_sign(Kind::RParen) {
        let name = reader.names.text(table.name.table);
        let message =
            format!("expected `)` behind the columns of `{name}`, found {}", reader.found());
        reader.broken(reader.at()..reader.at() + 1, message);
    }
}

/// Passes over commas that nothing separates, with one report for all of them.
fn skip_commas(reader: &mut Reader<'_>) {
    let start = reader.at();
    while reader.accept_sign(Kind::Comma) {}
    if reader.at() > start {
        reader.broken(start..reader.at(), "expected a column, found `,`");
    }
}

/// What becomes of a column that is there already.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Again {
    /// It is reported.
    Told,
    /// It is passed over, as `IF NOT EXISTS` asks.
    Passed,
}

/// Reads one column or constraint, up to `end`.
pub(super) fn element(reader: &mut Reader<'_>, table: &mut TableDraft, end: usize, again: Again) {
    let start = reader.at();
    if reader.accept(&["LIKE"]) {
        let mysql = matches!(reader.dialect, Dialect::MySql | Dialect::MariaDb);
        let keys = mysql || (start..end).any(|index| includes_keys(reader, index));
        let how = if keys { Inheritance::Keys } else { Inheritance::Columns };
        return origin(reader, table, how);
    }
    let read = match constraint::read(reader, end) {
        Some(constraint) => apply(reader, table, constraint),
        None => column::read(reader, end, table.name.table)
            .is_some_and(|column| add_column(reader, table, column, again)),
    };
    if !read {
        let what = format!("a part of table {}", reader.names.text(table.name.table));
        let message = "neither column nor constraint";
        reader.unsupported(start..end.max(start + 1), what, message);
    }
}

fn includes_keys(reader: &Reader<'_>, index: usize) -> bool {
    let word = reader.written_at(index);
    matches!(reader.kind_at(index), Kind::Word | Kind::QuotedName)
        && ["all", "indexes"].iter().any(|option| word.eq_ignore_ascii_case(option))
}

fn add_column(
    reader: &mut Reader<'_>,
    table: &mut TableDraft,
    draft: ColumnDraft,
    again: Again,
) -> bool {
    let ColumnDraft { column, written, keys, foreign_keys } = draft;
    let full = table.columns.len() >= MOST_COLUMNS;
    match table.column(column.name, reader.names).and_then(|at| table.columns.get_mut(at)) {
        Some(declared) => {
            declared.nullable &= column.nullable;
            let names = &reader.names;
            let path = [table.name.table, column.name].map(|name| names.text(name)).join(".");
            let kind = DefectKind::DuplicateColumn { column: path, first: Some(declared.span) };
            let told = (again == Again::Told).then_some(Defect { kind, span: written.span });
            reader.defects.extend(told);
        }
        None if !full => table.columns.push(PlacedColumn { column, span: written.span }),
        None => {
            let kind = DefectKind::TooDeep { unit: "columns", limit: MOST_COLUMNS };
            reader.defects.push(Defect { kind, span: written.span });
        }
    }
    table.keys.extend(keys);
    for key in foreign_keys {
        table.add_foreign_key(key);
    }
    true
}

fn apply(reader: &Reader<'_>, table: &mut TableDraft, constraint: Constraint) -> bool {
    match constraint {
        Constraint::Key(key) => table.keys.push(key),
        Constraint::ForeignKey(key) => table.add_foreign_key(key),
        Constraint::Promote(key, index) => table.promote(key, index.name, reader.names),
        Constraint::Other => {}
        Constraint::Unread => return false,
    }
    true
}

fn origin(reader: &mut Reader<'_>, table: &mut TableDraft, how: Inheritance) {
    if let Some(written) = reader.table_name() {
        let at = if how == Inheritance::Parent { 0 } else { table.columns.len() };
        table.origins.push(Origin { table: written, how, at });
    }
}

/// Reads what follows the list of columns; says whether it is a query.
fn tail(reader: &mut Reader<'_>, table: &mut TableDraft) -> bool {
    while !reader.at_end() {
        let query = reader.sees_one_of(&["SELECT"])
            || ["SELECT", "WITH", "TABLE", "VALUES", "EXECUTE"]
                .iter()
                .any(|word| reader.sees(&["AS", word]))
            || reader.sees(&["AS"]) && reader.kind(1) == Kind::LParen;
        if query {
            return true;
        }
        if reader.accept(&["INHERITS"]) {
            inherits(reader, table);
        } else {
            reader.step(usize::MAX);
        }
    }
    false
}

fn inherits(reader: &mut Reader<'_>, table: &mut TableDraft) {
    if !reader.accept_sign(Kind::LParen) {
        return;
    }
    while !reader.at_end() && !reader.accept_sign(Kind::RParen) {
        origin(reader, table, Inheritance::Parent);
        if !reader.accept_sign(Kind::Comma) && reader.kind(0) != Kind::RParen {
            return;
        }
    }
}
