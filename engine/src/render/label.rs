//! What the columns of SELECTs are called.
//!
//! Rules: `SQLAlchemy`'s `LABEL_STYLE_TABLENAME_PLUS_COL` and `LABEL_STYLE_DISAMBIGUATE_ONLY`.

use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::FxHasher;

use super::length::Length;
use super::literal::write_number;
use super::naming::{Naming, Subject, shown_in, write_numbered};
use super::style::Labels;
use super::title::Stretch;
use crate::base::SelectableId;
use crate::entity::Mapping;
use crate::graph::Column;
use crate::plan::{Item, PlaceId, Scalar, Select, SelectId};

/// The labels of a SELECT.
#[derive(Clone, Debug)]
pub(super) enum Labelled {
    /// Each column has its own; the first of them.
    Each(usize),
    /// They are those of stretches of titles.
    Titled(Range<usize>),
}

/// The label of one column of a SELECT.
#[derive(Clone, Debug)]
pub(super) struct Label {
    text: Range<usize>,
    /// Whether the column would go by this name without being labelled.
    implied: bool,
    /// Whether it was too long and has a number for its end.
    short: bool,
    /// The item with this label, where a title has both.
    title: Option<Range<usize>>,
}

impl Naming {
    pub(super) fn label_all(&mut self, subject: Subject<'_>, select: &Select<'_>, style: Labels) {
        let Subject { mapping, plan, .. } = subject;
        let style = if select.qualified { Labels::TableColumn } else { style };
        let first = self.stretches.len();
        let titled = style == Labels::TableColumn && select.json.is_none();
        if titled && self.label_as_titled(plan, select) {
            self.labelled.push(Labelled::Titled(first..self.stretches.len()));
            return;
        }
        self.labelled.push(Labelled::Each(self.labels.len()));
        self.taken.clear();
        for item in plan.items(mapping, select) {
            if let Some(label) = self.title_label(&item, style).filter(|_| select.json.is_none()) {
                self.labels.push(label);
                continue;
            }
            let (text, implied) = match (select.json, item.label) {
                (Some(_), Some(key)) => (self.add(mapping.names.text(key)), false),
                _ => self.propose(subject, &item, style),
            };
            let (text, kept) = self.make_unique(text);
            self.labels.push(Label { text, implied: implied && kept, short: false, title: None });
        }
    }

    /// The label that the title of an item has, if no other item has taken it.
    fn title_label(&mut self, item: &Item, style: Labels) -> Option<Label> {
        let Scalar::Column(place, column) = item.value else { return None };
        let title = self.titled(place, column).filter(|_| style == Labels::TableColumn)?;
        let (text, hash, title) = (title.label.clone(), title.hash, title.whole.clone());
        let free = self.taken.insert(hash);
        free.then_some(Label { text, implied: false, short: false, title: Some(title) })
    }

    fn add(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    /// The label that an item should have, and whether it need not be written.
    fn propose(
        &mut self,
        subject: Subject<'_>,
        item: &Item,
        style: Labels,
    ) -> (Range<usize>, bool) {
        let Subject { mapping, plan, .. } = subject;
        let start = self.text.len();
        let qualified = style == Labels::TableColumn;
        match item.value {
            Scalar::Column(place, column) => {
                if qualified {
                    self.push_plain(place);
                }
                if let Some((select, index)) = shown_in(plan, mapping, place, column) {
                    let label = self.label_range(select, index);
                    self.text.extend_from_within(label);
                } else {
                    let Column { selectable, name, .. } = mapping.graph.column(column);
                    self.text.push_str(mapping.names.text(name));
                    if qualified {
                        self.keep_clear(mapping, selectable, start);
                    }
                }
            }
            Scalar::Shown(select, index) => {
                if qualified {
                    write_numbered("anon", self.number_select(mapping, select), &mut self.text);
                    self.text.push('_');
                }
                let label = self.label_range(select, index);
                self.text.extend_from_within(label);
            }
            Scalar::RowNumber(_) => self.text.push_str("rn"),
            Scalar::Expr(..) | Scalar::Json(_) => {
                if let Some(label) = item.label {
                    self.text.push_str(mapping.names.text(label));
                } else {
                    let number = self.next_anonymous(mapping);
                    write_numbered("anon", number, &mut self.text);
                }
            }
        }
        let named = matches!(item.value, Scalar::Column(..) | Scalar::Shown(..));
        (start..self.text.len(), !qualified && named)
    }

    /// Adds a number to the label from `start` on where a column of the selectable has that name.
    /// Rule: `SQLAlchemy`'s `ColumnClause._gen_tq_label`.
    pub(super) fn keep_clear(&mut self, mapping: &Mapping, selectable: SelectableId, start: usize) {
        let plain = self.text.len();
        let mut number = 0;
        let is_column = |text: Option<&str>| {
            let name = text.and_then(|text| mapping.names.find(text));
            name.is_some_and(|name| mapping.graph.find_column(selectable, name).is_some())
        };
        while is_column(self.text.get(start..)) {
            number += 1;
            self.text.truncate(plain);
            self.text.push('_');
            write_number(number, &mut self.text);
        }
    }

    fn push_plain(&mut self, place: PlaceId) {
        if let Some(range) = self.called(place).map(|called| called.plain.clone()) {
            self.text.extend_from_within(range);
            self.text.push('_');
        }
    }

    /// Adds a number to a label that is taken. Labels are known by their hash: should two share
    /// one, a number is added without need.
    fn make_unique(&mut self, text: Range<usize>) -> (Range<usize>, bool) {
        if self.take(text.clone()) {
            return (text, true);
        }
        let plain = text.end;
        for number in 1.. {
            self.text.truncate(plain);
            self.text.push('_');
            write_number(number, &mut self.text);
            if self.take(text.start..self.text.len()) {
                break;
            }
        }
        (text.start..self.text.len(), false)
    }

    fn take(&mut self, text: Range<usize>) -> bool {
        self.taken.insert(self.hash(text))
    }

    pub(super) fn hash(&self, text: Range<usize>) -> u64 {
        let mut hasher = FxHasher::default();
        hasher.write(self.text.get(text).unwrap_or_default().as_bytes());
        hasher.finish()
    }

    /// Shortens the labels that are made: outer ones first, and each before the one that it shows.
    pub(super) fn shorten_labels(&mut self, subject: Subject<'_>, length: Length) {
        let Subject { mapping, plan, .. } = subject;
        let mut counter = 0;
        for (index, select) in plan.selects().iter().enumerate().rev() {
            if matches!(self.labelled.get(index), Some(Labelled::Titled(_))) {
                continue;
            }
            let items = plan.items(mapping, select).enumerate();
            for (i, item) in items.filter(|_| select.json.is_none()) {
                self.shorten_label(index, i, length, &mut counter);
                if let Scalar::Shown(inner, shown) = item.value {
                    self.shorten_label(inner.index(), shown, length, &mut counter);
                }
            }
        }
    }

    /// The name of a column is the database's, and a label is shortened once.
    fn shorten_label(&mut self, select: usize, item: usize, length: Length, counter: &mut u64) {
        let Some(Labelled::Each(start)) = self.labelled.get(select) else { return };
        let at = start + item;
        let Some(label) = self.labels.get(at).filter(|label| !label.implied && !label.short) else {
            return;
        };
        let long = label.text.clone();
        while let Some(text) = length.shorten(&mut self.text, &long, counter) {
            if !self.has_label(select, text.clone())
                && let Some(label) = self.labels.get_mut(at)
            {
                (label.text, label.short, label.title) = (text, true, None);
                return;
            }
        }
    }

    fn has_label(&self, select: usize, text: Range<usize>) -> bool {
        let mut starts = self.labelled.iter().skip(select).filter_map(|labelled| match labelled {
            Labelled::Each(start) => Some(*start),
            Labelled::Titled(_) => None,
        });
        let start = starts.next().unwrap_or_default();
        let end = starts.next().unwrap_or(self.labels.len());
        let text = self.text.get(text);
        let labels = self.labels.get(start..end).unwrap_or_default();
        labels.iter().any(|label| self.text.get(label.text.clone()) == text)
    }

    fn label_range(&self, select: SelectId, index: usize) -> Range<usize> {
        let range = match self.labelled.get(select.index()) {
            Some(Labelled::Titled(stretches)) => self.label_in(stretches.clone(), index),
            _ => self.find_label(select, index).map(|label| label.text.clone()),
        };
        range.unwrap_or_default()
    }

    fn find_label(&self, select: SelectId, index: usize) -> Option<&Label> {
        let Labelled::Each(start) = self.labelled.get(select.index())? else { return None };
        self.labels.get(start + index)
    }

    /// The stretches of titles that label a SELECT, where they do.
    pub(super) fn titled_by(&self, select: SelectId) -> Option<&[Stretch]> {
        let Labelled::Titled(stretches) = self.labelled.get(select.index())? else { return None };
        self.stretches.get(stretches.clone())
    }

    /// The title of an item that is labelled as it says.
    pub(super) fn title_range(&self, select: SelectId, index: usize) -> Option<Range<usize>> {
        self.find_label(select, index)?.title.clone()
    }

    /// The label of an item.
    pub(super) fn label(&self, select: SelectId, index: usize) -> &str {
        self.text.get(self.label_range(select, index)).unwrap_or_default()
    }

    /// Whether an item goes by its label without its being written.
    pub(super) fn is_implied(&self, select: SelectId, index: usize) -> bool {
        self.find_label(select, index).is_some_and(|label| label.implied)
    }
}
