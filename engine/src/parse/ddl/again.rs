//! A table's declaration that was edited, read by itself.

use std::ops::Range;

use super::draft::{Drafts, PlacedColumn, TableDraft};
use super::head::Class;
use super::rest::Rests;
use super::split::{Statement, Statements};
use crate::base::{Dialect, Name, Names, SourceId};
use crate::catalog::TableName;
use crate::text::{Fragment, Span};

/// A statement of a script whose text was edited.
#[derive(Clone, Debug)]
pub(crate) struct Edited<'t> {
    pub(crate) source: SourceId,
    pub(crate) dialect: Dialect,
    /// The statement as it was.
    pub(crate) before: &'t str,
    /// The statement as it is.
    pub(crate) after: &'t str,
    /// What stands behind it in the script.
    pub(crate) behind: &'t str,
    /// The bytes of it, as it was, that others took the place of.
    pub(crate) change: Range<usize>,
    /// The place of its first byte now.
    pub(crate) place: usize,
}

/// So many characters of what stands behind a statement show whether it ends there: what is left
/// open would swallow the first of them.
const ENOUGH: usize = 256;

/// A table of which an edit changed columns, and nothing else.
#[derive(Debug)]
pub(crate) struct Recolumned {
    pub(crate) name: TableName,
    /// Where its name stands now.
    pub(crate) span: Span,
    pub(crate) before: Vec<PlacedColumn>,
    pub(crate) after: Vec<PlacedColumn>,
}

impl Recolumned {
    /// The columns that came, went, or are told of otherwise.
    pub(crate) fn changed(&self) -> Vec<Name> {
        let is_in = |columns: &[PlacedColumn], it: &PlacedColumn| {
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
        let has = |columns: &[PlacedColumn], name| columns.iter().any(|it| it.name == name);
        let old = self.before.iter().map(|it| it.name).filter(|name| has(&self.after, *name));
        old.eq(self.after.iter().map(|it| it.name).filter(|name| has(&self.before, *name)))
    }
}

impl Edited<'_> {
    /// The columns before and after; nothing where the statement is no longer one by itself, where
    /// there is something wrong with it, or where the edit concerns its keys.
    pub(crate) fn columns(&self, names: &mut Names) -> Option<Recolumned> {
        let enough = self.behind.char_indices().nth(ENOUGH).map_or(self.behind.len(), |(at, _)| at);
        let followed = [self.after, self.behind.get(..enough)?].concat();
        let old = self.alone(self.before, self.before)?;
        let new = self.alone(&followed, self.after)?;
        let old = self.read(&self.moved()?, &old, names)?;
        let now = Fragment::verbatim(self.source, self.after, self.place);
        let new = self.read(&now, &new, names)?;
        let is_same = old.name == new.name
            && old.span == new.span
            && old.keys == new.keys
            && old.foreign_keys == new.foreign_keys
            && old.origins.is_empty()
            && new.origins.is_empty();
        let TableDraft { name, span, columns: before, .. } = old;
        is_same.then_some(Recolumned { name, span, before, after: new.columns })
    }

    /// The statement that a script begins with, if it declares a table and is all of a text.
    fn alone<'s>(&self, script: &'s str, text: &str) -> Option<Statement<'s>> {
        let first = Statements::new(script, self.dialect).next()?;
        let is_whole = (first.start, first.end) == (0, text.len());
        (is_whole && first.head.class() == Class::CreateTable).then_some(first)
    }

    /// The statement as it was, with the places that it has now.
    fn moved(&self) -> Option<Fragment<'static>> {
        let Range { start, end } = self.change.clone();
        let mut moved = Fragment::empty(self.source, self.place);
        moved.push(self.before.get(..start)?, self.place);
        moved.skip_from(self.place + start);
        moved.push(self.before.get(start..end)?, self.place + start);
        let rest = self.before.get(end..)?;
        moved.push(rest, self.place + self.after.len().checked_sub(rest.len())?);
        Some(moved)
    }

    fn read(
        &self,
        fragment: &Fragment<'_>,
        statement: &Statement<'_>,
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
