//! Columns of a place as select lists name and label them: `loan_1.reader_id AS loan_1_reader_id`.
//!
//! They follow from the mapping, the dialect and the name of the place alone, so a renderer makes
//! them once and copies them into every further statement.

use std::ops::Range;

use super::dialect::Capabilities;
use super::naming::Naming;
use crate::base::{ColumnId, Id, SelectableId};
use crate::entity::Mapping;
use crate::plan::PlaceId;

/// A column of a place, labelled with place and column.
#[derive(Clone, Debug)]
pub(super) struct Title {
    /// All of it.
    pub(super) whole: Range<usize>,
    /// The column without its label.
    column: Range<usize>,
    /// The label, without quotes.
    pub(super) label: Range<usize>,
    /// The hash of the label.
    pub(super) hash: u64,
}

/// The titles of the columns of one place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Titles {
    /// The first column; the others follow it.
    column: ColumnId,
    /// Where among all titles its own stands.
    start: usize,
    count: usize,
}

impl Naming {
    /// Titles the columns of a place, where they were not yet and its name is one to be kept.
    pub(super) fn entitle(
        &mut self,
        mapping: &Mapping,
        dialect: &Capabilities,
        place: PlaceId,
        selectable: SelectableId,
    ) {
        let Some(called) = self.called(place).filter(|it| it.titles.is_none()) else { return };
        let (Some(number), called) = (called.number, called.clone()) else { return };
        let columns = &mapping.graph.selectable(selectable).columns;
        let Some(first) = columns.first() else { return };
        let follows = |(i, column): (usize, &ColumnId)| column.index() == first.index() + i;
        if !columns.iter().enumerate().all(follows) {
            return;
        }
        let titles = Titles { column: *first, start: self.titles.len(), count: columns.len() };
        for column in columns {
            let title = self.title(mapping, dialect, &called.plain, &called.qualifier, *column);
            self.titles.push(title);
        }
        if let Some(called) = self.called_mut(place) {
            called.titles = Some(titles);
            let called = called.clone();
            self.keep((selectable, number), called);
        }
    }

    fn title(
        &mut self,
        mapping: &Mapping,
        dialect: &Capabilities,
        plain: &Range<usize>,
        qualifier: &Range<usize>,
        column: ColumnId,
    ) -> Title {
        let of = mapping.graph.column(column);
        let name = mapping.names.text(of.name);
        let label = self.text.len();
        self.text.extend_from_within(plain.clone());
        self.text.push('_');
        self.text.push_str(name);
        self.keep_clear(mapping, of.selectable, label);
        let label = label..self.text.len();
        let start = label.end;
        self.text.extend_from_within(qualifier.clone());
        self.text.push('.');
        dialect.write_name(name, &mut self.text);
        let column = start..self.text.len();
        self.text.push_str(" AS ");
        let text = self.text.get(label.clone()).unwrap_or_default();
        if dialect.needs_quotes(text) {
            let text = text.to_owned();
            dialect.write_quoted(&text, &mut self.text);
        } else {
            self.text.extend_from_within(label.clone());
        }
        let hash = self.hash(label.clone());
        Title { whole: start..self.text.len(), column, label, hash }
    }

    /// The title of a column of a place.
    pub(super) fn titled(&self, place: PlaceId, column: ColumnId) -> Option<&Title> {
        let titles = self.called(place)?.titles?;
        let at = column.index().checked_sub(titles.column.index())?;
        self.titles.get(titles.start + at).filter(|_| at < titles.count)
    }

    /// A column of a place as it is written, where that is known.
    pub(super) fn column(&self, place: PlaceId, column: ColumnId) -> Option<&str> {
        self.text.get(self.titled(place, column)?.column.clone())
    }

    /// An item of a select list with its label, where they go together as a title says.
    pub(super) fn item(&self, select: crate::plan::SelectId, index: usize) -> Option<&str> {
        self.text.get(self.title_range(select, index)?)
    }
}
