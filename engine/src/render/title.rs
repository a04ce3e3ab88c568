//! Columns of a place as select lists name and label them: `loan_1.reader_id AS loan_1_reader_id`.
//!
//! They follow from the mapping, the dialect and the name of the place alone, so a renderer makes
//! them once and copies them into every further statement.

use std::ops::Range;

use super::dialect::Capabilities;
use super::naming::{Naming, Subject};
use crate::base::{ColumnId, Id, SelectableId};
use crate::entity::Mapping;
use crate::plan::{Item, PlaceId, Plan, Scalar, Select, Shows};

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
    /// Whether the labels are all different, and none is too long.
    sound: bool,
}

/// Titles that stand in a select list one after the other.
#[derive(Debug)]
pub(super) struct Stretch {
    titles: Range<usize>,
    /// The name that their columns are behind.
    name: usize,
    /// The first byte of all labels.
    initial: Option<u8>,
    /// All of it, as select lists have it.
    whole: Range<usize>,
}

impl Naming {
    /// Titles the columns behind the name of a selectable, where they were not yet and the name is one
    /// to be kept.
    pub(super) fn entitle(&mut self, subject: Subject<'_>, name: usize, selectable: SelectableId) {
        let Subject { mapping, dialect, .. } = subject;
        let untitled = self.names.get(name).filter(|it| it.kept && it.titles.is_none());
        let Some(called) = untitled else { return };
        let (plain, qualifier) = (called.plain.clone(), called.qualifier.clone());
        let columns = mapping.graph.columns(selectable);
        let Some(first) = columns.clone().next() else { return };
        let follows = |(i, column): (usize, ColumnId)| column.index() == first.index() + i;
        if !columns.clone().enumerate().all(follows) {
            return;
        }
        let start = self.titles.len();
        for column in columns.clone() {
            let title = self.labelled(mapping, &plain, column);
            self.titles.push(title);
        }
        for (i, column) in columns.clone().enumerate() {
            self.text.push_str(if i > 0 { ", " } else { "" });
            self.write_title(subject, &qualifier, column, start + i);
        }
        let sound = self.are_sound(start, dialect);
        let titles = Titles { column: first, start, count: columns.len(), sound };
        if let Some(called) = self.names.get_mut(name) {
            called.titles = Some(titles);
        }
        self.keep_all();
    }

    /// A title of which only the label is written.
    fn labelled(&mut self, mapping: &Mapping, plain: &Range<usize>, column: ColumnId) -> Title {
        let of = mapping.graph.column(column);
        let start = self.text.len();
        self.text.extend_from_within(plain.clone());
        self.text.push('_');
        self.text.push_str(mapping.names.text(of.name));
        self.keep_clear(mapping, of.selectable, start);
        let label = start..self.text.len();
        Title { whole: 0..0, column: 0..0, hash: self.hash(label.clone()), label }
    }

    fn write_title(
        &mut self,
        subject: Subject<'_>,
        qualifier: &Range<usize>,
        column: ColumnId,
        title: usize,
    ) {
        let Subject { mapping, dialect, .. } = subject;
        let start = self.text.len();
        self.text.extend_from_within(qualifier.clone());
        self.text.push('.');
        dialect.write_name(mapping.names.text(mapping.graph.column(column).name), &mut self.text);
        let column = start..self.text.len();
        self.text.push_str(" AS ");
        let Some(title) = self.titles.get_mut(title) else { return };
        let text = self.text.get(title.label.clone()).unwrap_or_default();
        if dialect.needs_quotes(text) {
            let text = text.to_owned();
            dialect.write_quoted(&text, &mut self.text);
        } else {
            self.text.extend_from_within(title.label.clone());
        }
        (title.whole, title.column) = (start..self.text.len(), column);
    }

    /// Whether the labels of the titles from one on are all different, and none is too long.
    fn are_sound(&mut self, start: usize, dialect: &Capabilities) -> bool {
        self.taken.clear();
        let titles = self.titles.get(start..).unwrap_or_default();
        titles.iter().all(|title| {
            let label = self.text.get(title.label.clone()).unwrap_or_default();
            let short = dialect.longest_name.is_none_or(|length| length.has_room(label));
            short && self.taken.insert(title.hash)
        })
    }

    /// Labels the columns of a SELECT as their titles do, if they all have titles and no two of
    /// these clash.
    pub(super) fn label_as_titled(&mut self, plan: &Plan<'_>, select: &Select<'_>) -> bool {
        let first = self.stretches.len();
        for shows in plan.shows(select) {
            let stretch = match shows {
                Shows::Stretch(it) => self.stretch(it.place, it.column, it.count),
                Shows::Item(Item { value: Scalar::Column(place, column), .. }) => {
                    self.stretch(*place, *column, 1)
                }
                Shows::Item(_) => None,
            };
            match stretch {
                Some(stretch) if !self.clashes(first, &stretch) => self.stretches.push(stretch),
                _ => {
                    self.stretches.truncate(first);
                    return false;
                }
            }
        }
        true
    }

    fn stretch(&self, place: PlaceId, column: ColumnId, count: usize) -> Option<Stretch> {
        let name = self.name_of(place)?;
        let known = self.names.get(name)?.titles.as_ref().filter(|titles| titles.sound)?;
        let at = column.index().checked_sub(known.column.index())?;
        let titles = known.start + at..known.start + at + count;
        let of_place = self.titles.get(titles.clone()).filter(|_| at + count <= known.count)?;
        let (first, last) = (of_place.first()?, of_place.last()?);
        let whole = first.whole.start..last.whole.end;
        let initial = self.text.as_bytes().get(first.label.start).copied();
        Some(Stretch { titles, name, initial, whole })
    }

    /// Whether a label of a stretch may be that of one from `first` on.
    fn clashes(&self, first: usize, stretch: &Stretch) -> bool {
        let others = self.stretches.get(first..).unwrap_or_default();
        others.iter().any(|other| {
            if other.name == stretch.name {
                let (a, b) = (&other.titles, &stretch.titles);
                return a.start < b.end && b.start < a.end;
            }
            let alike = other.initial == stretch.initial;
            alike && (self.reaches(other, stretch) || self.reaches(stretch, other))
        })
    }

    /// Whether a label of a stretch begins as all of another do.
    fn reaches(&self, stretch: &Stretch, other: &Stretch) -> bool {
        let (plain, longer) = (self.plain(stretch), self.plain(other));
        let Some(rest) = longer.strip_prefix(plain) else { return false };
        let text = self.text.as_bytes();
        let begins =
            |title: &Title| text.get(title.label.clone()).unwrap_or_default().starts_with(longer);
        let titles = self.titles.get(stretch.titles.clone()).unwrap_or_default();
        rest.is_empty() || rest.starts_with(b"_") && titles.iter().any(begins)
    }

    /// What all labels of a stretch begin with.
    fn plain(&self, stretch: &Stretch) -> &[u8] {
        let range = self.names.get(stretch.name).map(|called| called.plain.clone());
        range.and_then(|range| self.text.as_bytes().get(range)).unwrap_or_default()
    }

    /// All of a stretch, as select lists have it.
    pub(super) fn stretch_text(&self, stretch: &Stretch) -> &str {
        self.text.get(stretch.whole.clone()).unwrap_or_default()
    }

    /// The label at a position of stretches.
    pub(super) fn label_in(
        &self,
        stretches: Range<usize>,
        mut index: usize,
    ) -> Option<Range<usize>> {
        for Stretch { titles, .. } in self.stretches.get(stretches)? {
            if index < titles.len() {
                return self.titles.get(titles.start + index).map(|title| title.label.clone());
            }
            index -= titles.len();
        }
        None
    }

    /// The title of a column of a place.
    pub(super) fn titled(&self, place: PlaceId, column: ColumnId) -> Option<&Title> {
        let titles = self.called(place)?.titles.as_ref()?;
        let at = column.index().checked_sub(titles.column.index())?;
        self.titles.get(titles.start + at).filter(|_| at < titles.count)
    }

    /// A column of a place as it is written, where that is known.
    pub(super) fn column(&self, place: PlaceId, column: ColumnId) -> Option<&str> {
        let range = match self.titled(place, column) {
            Some(title) => &title.column,
            None => self.columns.get(&(self.name_of(place)?, column))?,
        };
        self.text.get(range.clone())
    }

    /// An item of a select list with its label, where they go together as a title says.
    pub(super) fn item(&self, select: crate::plan::SelectId, index: usize) -> Option<&str> {
        self.text.get(self.title_range(select, index)?)
    }
}
