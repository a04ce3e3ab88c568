//! A table's declaration that was edited, read by itself.

use std::ops::Range;

use super::draft::{Drafts, TableDraft};
use super::head::Class;
use super::rest::Rests;
use super::split::{Statement, Statements};
use crate::base::{Dialect, Name, Names, SourceId};
use crate::catalog::{TableColumn, TableName};
use crate::text::{Fragment, Span};

/// A statement of a script whose text was edited.
#[derive(Clone, Debug)]
pub(crate) struct Edited<'t> {
    pub(crate) source: SourceId,
    pub(crate) dialect: Dialect,
    /// The whole script as it was.
    pub(crate) before: &'t str,
    /// The whole script as it is.
    pub(crate) after: &'t str,
    /// The statement, as it was.
    pub(crate) statement: Range<usize>,
    /// The bytes of it that others took the place of.
    pub(crate) change: Range<usize>,
    /// The length of the new script less that of the old one.
    pub(crate) by: isize,
}

/// A table of which an edit changed columns, and nothing else.
#[derive(Debug)]
pub(crate) struct Recolumned {
    pub(crate) name: TableName,
    /// Where its name stands.
    pub(crate) span: Span,
    pub(crate) before: Vec<TableColumn>,
    pub(crate) after: Vec<TableColumn>,
}

impl Recolumned {
    /// The columns that came, went, or are told of otherwise.
    pub(crate) fn changed(&self) -> Vec<Name> {
        let is_in = |columns: &[TableColumn], it: &TableColumn| {
            columns.iter().any(|other| {
                (other.name, other.type_name, other.nullable)
                    == (it.name, it.type_name, it.nullable)
            })
        };
        let old = self.before.iter().filter(|it| !is_in(&self.after, it));
        let new = self.after.iter().filter(|it| !is_in(&self.before, it));
        old.chain(new).map(|column| column.name).collect()
    }

    /// Whether the columns that stay are in the order in which they were.
    pub(crate) fn is_in_order(&self) -> bool {
        let has = |columns: &[TableColumn], name| columns.iter().any(|it| it.name == name);
        let old = self.before.iter().map(|it| it.name).filter(|name| has(&self.after, *name));
        old.eq(self.after.iter().map(|it| it.name).filter(|name| has(&self.before, *name)))
    }
}

impl Edited<'_> {
    /// The columns before and after; nothing where the statement is no longer one by itself, where
    /// there is something wrong with it, or where the edit concerns its keys.
    pub(crate) fn columns(&self, names: &mut Names) -> Option<Recolumned> {
        let Range { start, end } = self.statement;
        let new_end = end.checked_add_signed(self.by)?;
        let mut old = self.alone(self.before.get(start..)?, end - start)?;
        let mut new = self.alone(self.after.get(start..)?, new_end.checked_sub(start)?)?;
        let old = self.read(&self.moved()?, &mut old, names)?;
        let text = self.after.get(start..new_end)?;
        let new = self.read(&Fragment::verbatim(self.source, text, start), &mut new, names)?;
        let is_same = old.name == new.name
            && old.span == new.span
            && old.keys == new.keys
            && old.foreign_keys == new.foreign_keys
            && old.origins.is_empty()
            && new.origins.is_empty();
        let TableDraft { name, span, columns: before, .. } = old;
        is_same.then_some(Recolumned { name, span, before, after: new.columns })
    }

    /// The statement that a text begins with, if it declares a table and is this long.
    fn alone<'t>(&self, text: &'t str, length: usize) -> Option<Statement<'t>> {
        let first = Statements::new(text, self.dialect).next()?;
        let is_whole = (first.start, first.end) == (0, length);
        (is_whole && first.head.class() == Class::CreateTable).then_some(first)
    }

    /// The statement as it was, with the places that it has now.
    fn moved(&self) -> Option<Fragment<'static>> {
        let (Range { start, end }, change) = (self.statement.clone(), self.change.clone());
        let part = |bytes: Range<usize>| self.before.get(bytes);
        let mut moved = Fragment::empty(self.source, start);
        moved.push(part(start..change.start)?, start);
        moved.skip_from(change.start);
        moved.push(part(change.clone())?, change.start);
        moved.push(part(change.end..end)?, change.end.checked_add_signed(self.by)?);
        Some(moved)
    }

    fn read(
        &self,
        fragment: &Fragment<'_>,
        statement: &mut Statement<'_>,
        names: &mut Names,
    ) -> Option<TableDraft> {
        let (mut defects, drafts, rests) = (Vec::new(), Drafts::default(), Rests::default());
        let dialect = self.dialect;
        let mut session = super::Session { dialect, drafts, rests, names, defects: &mut defects };
        session.run(fragment, statement);
        let drafts = session.drafts;
        drafts.get(0).filter(|_| defects.is_empty()).cloned()
    }
}
