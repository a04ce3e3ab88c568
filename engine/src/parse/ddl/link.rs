//! Binds the keys of all tables and writes the catalog.

use super::draft::{
    Drafts, ForeignKeyDraft, KeyDraft, PlacedColumn, RowTestDraft, TableDraft, Written,
    WrittenTable,
};
use super::inherit::Heirs;
use crate::base::{Few, Name, Names, TableColumnId, TableId};
use crate::catalog::{Catalog, ForeignKey, Key, KeyKind, RowTest, Table, TableName};
use crate::parse::{Defect, DefectKind};
use crate::report::nearest;
use crate::text::Span;

/// A suggestion is looked for among all tables or columns, so there are only so many.
const COMPARISONS: usize = 100_000;

/// Adds the drafted tables to the catalog with their keys.
pub(super) fn link(
    mut drafts: Drafts,
    names: &Names,
    catalog: &mut Catalog,
    defects: &mut Vec<Defect>,
) {
    let Heirs { missing, defects: too_many, .. } = Heirs::new(&mut drafts, names).inherit();
    defects.extend(too_many);
    drafts.reserve(catalog);
    let ids: Vec<_> = drafts
        .indexes()
        .filter_map(|index| Some((add_table(drafts.get_mut(index)?, names, catalog), index)))
        .collect();
    let mut linker = Linker { drafts: &drafts, ids: &ids, names, catalog, defects };
    for (index, table) in missing {
        if let Some(draft) = drafts.get(index) {
            linker.report_table(names.text(draft.name.table).into(), table);
        }
    }
    for (id, index) in &ids {
        if let Some(draft) = drafts.get(*index) {
            linker.keys(draft, *id);
        }
    }
}

/// Reports that an `ALTER TABLE` names no declared table.
pub(super) fn report_missing(
    table: WrittenTable,
    names: &Names,
    catalog: &Catalog,
    defects: &mut Vec<Defect>,
) {
    let owner = names.text(table.name.table).into();
    defects.push(missing_table(owner, table, names, catalog, defects.len()));
}

/// Adds a table and the columns, which are taken out of the draft.
fn add_table(draft: &mut TableDraft, names: &Names, catalog: &mut Catalog) -> TableId {
    let columns = std::mem::take(&mut draft.columns);
    let table = Table { schema: draft.name.schema, ..Table::new(draft.name.table) };
    let id = catalog.add_table(table, names);
    catalog.places.tables.set(id, draft.span);
    for PlacedColumn { column, span } in columns {
        let column = catalog.add_column(id, column);
        catalog.places.columns.set(column, span);
    }
    id
}

struct Linker<'a> {
    drafts: &'a Drafts,
    /// The tables written, in ascending order, with the places of their drafts.
    ids: &'a [(TableId, usize)],
    names: &'a Names,
    catalog: &'a mut Catalog,
    defects: &'a mut Vec<Defect>,
}

impl Linker<'_> {
    fn keys(&mut self, draft: &TableDraft, table: TableId) {
        for key in &draft.keys {
            self.key(table, key);
        }
        for key in &draft.foreign_keys {
            self.foreign_key(table, key);
        }
    }

    fn key(&mut self, table: TableId, draft: &KeyDraft) {
        let Some(columns) = self.columns(table, table, &draft.columns) else { return };
        if columns.is_empty() {
            return;
        }
        let KeyDraft { kind, name, span, .. } = *draft;
        let tests = draft.among.iter().map(|test| self.row_test(table, test));
        let tests: Vec<_> = tests.collect::<Option<_>>().unwrap_or_default();
        let key = Key { kind, name, columns };
        let key = if tests.is_empty() {
            self.catalog.add_key(table, key)
        } else {
            self.catalog.add_partial_key(table, key, tests)
        };
        self.catalog.places.keys.set(key, span);
    }

    fn row_test(&self, table: TableId, draft: &RowTestDraft) -> Option<RowTest> {
        Some(match draft {
            RowTestDraft::Equals(column, value) => {
                RowTest::Equals(self.column(table, column.name)?, value.clone())
            }
            RowTestDraft::NotNull(column) => RowTest::NotNull(self.column(table, column.name)?),
        })
    }

    fn foreign_key(&mut self, table: TableId, draft: &ForeignKeyDraft) {
        if self.drafts.is_cascaded(draft, self.names) {
            return;
        }
        let Some(referred_table) = self.table(draft.referred_table.name) else {
            let owner = self.table_text(table);
            return self.report_table(owner, draft.referred_table);
        };
        let columns = self.columns(table, table, &draft.columns);
        let referred = if draft.referred.is_empty() {
            Some(self.primary_key(referred_table))
        } else {
            self.columns(table, referred_table, &draft.referred)
        };
        let (Some(columns), Some(referred)) = (columns, referred) else { return };
        if columns.len() != referred.len() {
            let (columns, referred) = (columns.len(), referred.len());
            return self.report_unmatched(table, referred_table, columns, referred, draft.span);
        }
        let (columns, referred) = (columns.iter().copied(), referred.iter().copied());
        let mut key = ForeignKey::new(table, columns, referred_table, referred);
        key.name = draft.name;
        key.deferrable = draft.deferrable;
        let key = self.catalog.add_foreign_key(key);
        self.catalog.places.foreign_keys.set(key, draft.span);
    }

    /// The primary key of a table, also where that is linked only later.
    fn primary_key(&self, table: TableId) -> Few<TableColumnId> {
        let key =
            self.draft(table).and_then(|t| t.keys.iter().rfind(|key| key.kind == KeyKind::Primary));
        let Some(key) = key else {
            return self.catalog.primary_key(table).iter().copied().collect();
        };
        key.columns.iter().filter_map(|column| self.column(table, column.name)).collect()
    }

    /// The table of this name among those read together, else among those the catalog had before.
    fn table(&self, name: TableName) -> Option<TableId> {
        let drafted = self.drafts.find_renamed(name, self.names);
        let written = drafted.and_then(|index| {
            let at = self.ids.binary_search_by_key(&index, |(_, index)| *index).ok()?;
            self.ids.get(at).map(|(id, _)| *id)
        });
        written.or_else(|| self.catalog.find_table(name, self.names))
    }

    fn draft(&self, table: TableId) -> Option<&TableDraft> {
        let at = self.ids.binary_search_by_key(&table, |(id, _)| *id).ok()?;
        self.ids.get(at).and_then(|(_, index)| self.drafts.get(*index))
    }

    /// The columns of `table`; `None`, with a report about `owner`, where one is missing.
    fn columns(
        &mut self,
        owner: TableId,
        table: TableId,
        written: &[Written],
    ) -> Option<Few<TableColumnId>> {
        let found: Few<_> = written
            .iter()
            .filter_map(|column| {
                let id = self.column(table, column.name);
                if id.is_none() {
                    self.report_column(owner, table, *column);
                }
                id
            })
            .collect();
        (found.len() == written.len()).then_some(found)
    }

    fn column(&self, table: TableId, name: Name) -> Option<TableColumnId> {
        let find = |name| self.catalog.find_column(table, name, self.names);
        find(name).or_else(|| find(self.renamed(table, name)?))
    }

    /// What a column is called now that was renamed, perhaps several times.
    fn renamed(&self, table: TableId, name: Name) -> Option<Name> {
        let renamed = &self.draft(table)?.renamed;
        let mut current = self.names.folded(name);
        for _ in 0..=renamed.len() {
            match renamed.get(&current) {
                Some(next) => current = self.names.folded(*next),
                None => return Some(current),
            }
        }
        None
    }

    fn table_text(&self, table: TableId) -> String {
        self.names.text(self.catalog.table(table).name).into()
    }

    fn report_table(&mut self, owner: String, table: WrittenTable) {
        let earlier = self.defects.len();
        self.defects.push(missing_table(owner, table, self.names, self.catalog, earlier));
    }

    fn report_column(&mut self, owner: TableId, table: TableId, column: Written) {
        let columns = &self.catalog.table(table).columns;
        let names = columns.iter().map(|id| self.names.text(self.catalog.column(id).name));
        let written = self.names.text(column.name);
        let nearest = suggestion(written, names, self.defects.len());
        let kind = DefectKind::DanglingKey {
            table: self.table_text(owner),
            missing: format!("{}.{written}", self.table_text(table)),
            nearest,
            table_missing: false,
        };
        self.defects.push(Defect { kind, span: column.span });
    }

    fn report_unmatched(
        &mut self,
        table: TableId,
        referred: TableId,
        columns: usize,
        referred_columns: usize,
        span: Span,
    ) {
        let (table, referred) = (self.table_text(table), self.table_text(referred));
        let kind = DefectKind::UnmatchedForeignKey { table, referred, columns, referred_columns };
        self.defects.push(Defect { kind, span });
    }
}

/// The nearest name, unless many mistakes have been found in a large catalog already.
fn suggestion<'a>(
    written: &str,
    names: impl ExactSizeIterator<Item = &'a str>,
    earlier: usize,
) -> Option<String> {
    let affordable = names.len().saturating_mul(earlier) <= COMPARISONS;
    affordable.then(|| nearest(written, names)).flatten().map(Into::into)
}

fn missing_table(
    owner: String,
    written: WrittenTable,
    names: &Names,
    catalog: &Catalog,
    earlier: usize,
) -> Defect {
    let missing = names.text(written.name.table);
    let candidates = catalog.tables().map(|(_, table)| names.text(table.name));
    let nearest = suggestion(missing, candidates, earlier);
    let missing = match written.name.schema {
        Some(schema) => format!("{}.{missing}", names.text(schema)),
        None => missing.into(),
    };
    let kind = DefectKind::DanglingKey { table: owner, missing, nearest, table_missing: true };
    Defect { kind, span: written.span }
}
