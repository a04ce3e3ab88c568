//! Names in DDL: what it declares, and what its keys name.

use super::Gatherer;
use super::sql::dotted;
use crate::base::{ForeignKeyId, KeyId, Name, TableColumnId, TableId};
use crate::editor::place::{Clause, Thing};
use crate::parse::Lexeme;
use crate::text::Span;

impl Gatherer<'_> {
    pub(super) fn read_ddl(&mut self, clause: &Clause) {
        let catalog = self.subject.mapping.catalog();
        self.altered(clause);
        for (id, table) in catalog.tables() {
            self.declared(clause, Thing::Table(id), catalog.places.tables.get(id));
            for column in &table.columns {
                let span = catalog.places.columns.get(column);
                self.declared(clause, Thing::Column(column), span);
            }
            for key in &table.keys {
                self.key_names(clause, id, key);
            }
            for key in &table.foreign_keys {
                self.foreign_key_names(clause, key);
            }
        }
    }

    /// `ALTER TABLE [IF EXISTS] [ONLY] name`
    fn altered(&mut self, clause: &Clause) {
        for (at, _) in clause.lexemes.iter().enumerate().filter(|(_, it)| it.is("ALTER")) {
            let is = |at: usize, word: &str| clause.lexemes.get(at).is_some_and(|it| it.is(word));
            if !is(at + 1, "TABLE") {
                continue;
            }
            let skipped = ["IF", "EXISTS", "ONLY"];
            let name = (at + 2..at + 5).find(|at| !skipped.iter().any(|word| is(*at, word)));
            let Some(dotted) = name.and_then(|at| dotted(clause, at)) else { continue };
            let parts: Vec<_> = dotted.parts.iter().map(|part| part.as_part()).collect();
            let owners = self.owners(&[], &parts);
            let mut things = owners.into_iter().filter_map(|owner| self.owner_thing(owner));
            let table = things.find(|thing| matches!(thing, Thing::Table(_)));
            if let Some((thing, last)) = table.zip(dotted.parts.last()) {
                self.push(thing, clause.span(last), false);
            }
        }
    }

    /// The span of a table's name holds its schema too.
    fn declared(&mut self, clause: &Clause, thing: Thing, span: Option<Span>) {
        let last = span.and_then(|span| within(clause, span).last());
        if let Some(lexeme) = last {
            self.push(thing, clause.span(lexeme), true);
        }
    }

    fn key_names(&mut self, clause: &Clause, table: TableId, id: KeyId) {
        let catalog = self.subject.mapping.catalog();
        let Some(span) = catalog.places.keys.get(id) else { return };
        let columns = &catalog.key(id).columns;
        for lexeme in within(clause, span).iter().filter(|lexeme| lexeme.is_word()) {
            if let Some(column) = self.called(columns.iter().copied(), lexeme) {
                self.push(Thing::Column(column), clause.span(lexeme), false);
            } else if self.is_table(table, lexeme) {
                self.push(Thing::Table(table), clause.span(lexeme), false);
            }
        }
    }

    fn foreign_key_names(&mut self, clause: &Clause, id: ForeignKeyId) {
        let catalog = self.subject.mapping.catalog();
        let Some(span) = catalog.places.foreign_keys.get(id) else { return };
        let key = catalog.foreign_key(id);
        let (mut referring, mut named) = (true, false);
        for lexeme in within(clause, span).iter().filter(|lexeme| lexeme.is_word()) {
            if referring && lexeme.is("REFERENCES") {
                referring = false;
            } else if !referring && !named && self.is_table(key.referred_table, lexeme) {
                named = true;
                self.push(Thing::Table(key.referred_table), clause.span(lexeme), false);
            } else {
                let pairs = key.pairs.iter();
                let columns = pairs.map(|(own, other)| if referring { *own } else { *other });
                if let Some(column) = self.called(columns, lexeme) {
                    self.push(Thing::Column(column), clause.span(lexeme), false);
                }
            }
        }
    }

    fn called(
        &self,
        mut columns: impl Iterator<Item = TableColumnId>,
        lexeme: &Lexeme,
    ) -> Option<TableColumnId> {
        let catalog = self.subject.mapping.catalog();
        columns.find(|column| self.is_called(catalog.column(*column).name, lexeme))
    }

    fn is_table(&self, table: TableId, lexeme: &Lexeme) -> bool {
        self.is_called(self.subject.mapping.catalog().table(table).name, lexeme)
    }

    fn is_called(&self, name: Name, lexeme: &Lexeme) -> bool {
        self.subject.mapping.names.text(name).to_lowercase() == lexeme.word.to_lowercase()
    }
}

/// The words and signs of a clause that stand in `span`.
fn within(clause: &Clause, span: Span) -> &[Lexeme] {
    let whole = clause.text.whole();
    if span.source != whole.source || span.start < whole.start || whole.end < span.end {
        return &[];
    }
    let (start, end) = (clause.text.offset(span.start), clause.text.offset(span.end));
    let first = clause.lexemes.partition_point(|lexeme| lexeme.range.start < start);
    let last = clause.lexemes.partition_point(|lexeme| lexeme.range.end <= end);
    clause.lexemes.get(first..last).unwrap_or_default()
}
