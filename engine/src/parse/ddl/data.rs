//! Tables that are given as data instead of DDL.

use super::draft::{
    Drafts, ForeignKeyDraft, KeyDraft, PlacedColumn, TableDraft, Written, WrittenTable,
};
use crate::base::{Few, Names};
use crate::catalog::{KeyKind, TableColumn, TableName};
use crate::parse::{Defect, DefectKind};
use crate::spec::NUL;
use crate::spec::document::{ColumnSpec, ForeignKeySpec, TableSpec, Text};

/// Drafts the tables; one whose name is taken is reported.
pub(super) fn read(specs: &[TableSpec], names: &mut Names, defects: &mut Vec<Defect>) -> Drafts {
    let mut drafts = Drafts::default();
    for spec in specs {
        if has_nul(&spec.name, defects) {
            continue;
        }
        let table = table(spec, names, defects);
        if let Some(first) = drafts.declared(table.name, names) {
            let name = names.text(table.name.table).into();
            let kind = DefectKind::DuplicateTable { table: name, first: Some(first.span) };
            defects.push(Defect { kind, span: table.span });
        } else {
            drafts.add(table, names);
        }
    }
    drafts
}

/// Whether a name has a null character, which is reported: it could be in no statement.
fn has_nul(name: &Text, defects: &mut Vec<Defect>) -> bool {
    let found = name.text().contains('\0');
    if found {
        let kind = DefectKind::Syntax { message: NUL.to_owned() };
        defects.push(Defect { kind, span: name.whole() });
    }
    found
}

fn table(spec: &TableSpec, names: &mut Names, defects: &mut Vec<Defect>) -> TableDraft {
    let schema = spec.schema.as_ref().map(|schema| names.intern(schema.text()));
    let name = TableName { schema, table: names.intern(spec.name.text()) };
    let mut table = TableDraft::new(WrittenTable { name, span: spec.name.whole() });
    let columns = spec.columns.iter().filter(|column| !has_nul(&column.name, defects));
    table.columns = columns.map(|column| self::column(column, names)).collect();
    if !spec.primary_key.is_empty() {
        table.keys.push(key(KeyKind::Primary, &spec.primary_key, names));
    }
    let unique = spec.unique.iter().filter(|columns| !columns.is_empty());
    table.keys.extend(unique.map(|columns| key(KeyKind::Unique, columns, names)));
    for spec in &spec.foreign_keys {
        table.add_foreign_key(foreign_key(spec, names));
    }
    table
}

fn column(spec: &ColumnSpec, names: &mut Names) -> PlacedColumn {
    let mut column = TableColumn::new(names.intern(spec.name.text()));
    column.type_name = spec.type_name.as_ref().map(|name| names.intern(&spelling(name.text())));
    column.nullable = spec.nullable.unwrap_or(true);
    PlacedColumn { column, span: spec.name.whole() }
}

fn spelling(type_name: &str) -> String {
    type_name.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase()
}

fn key(kind: KeyKind, columns: &[Text], names: &mut Names) -> KeyDraft {
    let columns = written(columns, names);
    let span = match columns[..] {
        [first, .., last] => first.span.to(last.span),
        [only] => only.span,
        [] => crate::text::Span::new(crate::base::Id::from_index(0), 0, 0),
    };
    KeyDraft::new(kind, None, columns, span)
}

fn foreign_key(spec: &ForeignKeySpec, names: &mut Names) -> ForeignKeyDraft {
    let (schema, table) = match spec.table.text().rsplit_once('.') {
        Some((schema, table)) => (Some(names.intern(schema)), table),
        None => (None, spec.table.text()),
    };
    let name = TableName { schema, table: names.intern(table) };
    let referred_table = WrittenTable { name, span: spec.table.whole() };
    let (columns, referred) = (written(&spec.columns, names), written(&spec.referred, names));
    ForeignKeyDraft::new(None, columns, referred_table, referred, spec.span)
}

fn written(columns: &[Text], names: &mut Names) -> Few<Written> {
    let written =
        |column: &Text| Written { name: names.intern(column.text()), span: column.whole() };
    columns.iter().map(written).collect()
}
