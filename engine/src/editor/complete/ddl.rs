//! Names in DDL: the tables and columns that a key refers to.

use super::column::Cursor;
use super::{Choice, Completion, CompletionKind};
use crate::base::TableId;
use crate::editor::Editor;
use crate::editor::place::Clause;
use crate::editor::rename::is_plain;
use crate::parse::{Lexeme, LexemeKind};

impl Editor<'_> {
    pub(super) fn in_ddl(&self, clause: &Clause, offset: u32) -> Vec<Completion> {
        let cursor = Cursor::new(clause, offset);
        let before = clause.lexemes.get(..cursor.before).unwrap_or_default();
        let choices = match before {
            [.., last] if last.is("REFERENCES") => self.referable(),
            [.., alter, table] if alter.is("ALTER") && table.is("TABLE") => self.referable(),
            [.., on] if on.is("ON") && is_index(before) => self.referable(),
            _ => self.columns_in_brackets(clause, before),
        };
        let span = cursor.span(clause);
        choices.into_iter().map(|choice| choice.at(span)).collect()
    }

    fn referable(&self) -> Vec<Choice> {
        let tables = self.subject.mapping.catalog().tables();
        let choices = tables.map(|(id, _)| Choice::new(CompletionKind::Table, self.table_path(id)));
        choices.filter(|choice| choice.text.split('.').all(is_plain)).collect()
    }

    /// The columns that the list around the end of `before` can name.
    fn columns_in_brackets(&self, clause: &Clause, before: &[Lexeme]) -> Vec<Choice> {
        let mut depth = 0_usize;
        let open = before.iter().rposition(|lexeme| {
            match lexeme.kind {
                LexemeKind::Close => depth += 1,
                LexemeKind::Open if depth == 0 => return true,
                LexemeKind::Open => depth -= 1,
                _ => {}
            }
            false
        });
        let head = open.and_then(|open| before.get(..open)).unwrap_or_default();
        let table = match head {
            [.., references, name] if references.is("REFERENCES") => self.table_called(name),
            [.., on, name] if on.is("ON") && is_index(head) => self.table_called(name),
            [.., key] if key.is("KEY") || key.is("UNIQUE") => self.table_around(clause, key),
            _ => None,
        };
        table.map(|table| self.columns_of_table(table)).unwrap_or_default()
    }

    fn table_called(&self, name: &Lexeme) -> Option<TableId> {
        let mapping = self.subject.mapping;
        let fits = |id: &TableId| {
            mapping.names.text(mapping.catalog().table(*id).name).eq_ignore_ascii_case(&name.word)
        };
        mapping.catalog().tables().map(|(id, _)| id).find(fits)
    }

    /// The table that was declared last before a lexeme.
    fn table_around(&self, clause: &Clause, lexeme: &Lexeme) -> Option<TableId> {
        let here = clause.span(lexeme);
        let catalog = self.subject.mapping.catalog();
        let before = catalog
            .tables()
            .filter_map(|(id, _)| Some((catalog.places.tables.get(id)?, id)))
            .filter(|(span, _)| span.source == here.source && span.start < here.start);
        before.max().map(|(_, id)| id)
    }

    fn columns_of_table(&self, table: TableId) -> Vec<Choice> {
        let mapping = self.subject.mapping;
        let columns = mapping.catalog().table(table).columns.iter();
        let choice = |column| {
            let column = mapping.catalog().column(column);
            let type_name = column.type_text(&mapping.names);
            Choice::new(CompletionKind::Column, mapping.names.text(column.name)).saying(type_name)
        };
        columns.map(choice).filter(|choice| is_plain(&choice.text)).collect()
    }
}

/// Whether the statement that has not ended creates an index.
fn is_index(before: &[Lexeme]) -> bool {
    let mut words = before.iter().rev().take_while(|it| it.kind != LexemeKind::Semicolon);
    words.any(|lexeme| lexeme.is("INDEX"))
}
