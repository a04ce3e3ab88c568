//! How aliases and labels are called.
//!
//! An alias is the table's name and a number, an anonymous subquery is `anon` and a number, counted
//! in the order in which they are read. Rules: `SQLAlchemy`'s `_anonymous_label`,
//! `LABEL_STYLE_TABLENAME_PLUS_COL` and `LABEL_STYLE_DISAMBIGUATE_ONLY`.

use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::{FxHashSet, FxHasher};

use super::dialect::Capabilities;
use super::literal::write_number;
use super::style::Labels;
use crate::base::{Name, SelectableId};
use crate::entity::Mapping;
use crate::graph::{Column, SelectableKind};
use crate::plan::{Item, Place, PlaceId, Plan, Scalar, Select, SelectId, Shown};

/// The names made up for one statement. Its buffers can be used again.
#[derive(Debug, Default)]
pub(super) struct Naming {
    text: String,
    /// For each place, how it is called.
    places: Vec<Option<Called>>,
    /// For each SELECT, the number of its `anon`.
    selects: Vec<Option<u64>>,
    /// The labels of all SELECTs, one after the other.
    labels: Vec<Label>,
    /// Where the labels of each SELECT begin.
    starts: Vec<usize>,
    /// Anonymous selectables inside expressions, in the order in which they are met.
    inner: Vec<(SelectableId, u64)>,
    anonymous: u64,
    taken: FxHashSet<u64>,
}

/// How a place is called.
#[derive(Clone, Debug)]
struct Called {
    /// As labels begin with it: no quotes, `schema_table`.
    plain: Range<usize>,
    /// As columns are qualified with it.
    qualifier: Range<usize>,
}

/// The label of one column of a SELECT.
#[derive(Clone, Debug)]
struct Label {
    text: Range<usize>,
    /// Whether the column would go by this name without being labelled.
    implied: bool,
}

impl Naming {
    /// Names the places, sub-SELECTs and columns of a plan.
    pub(super) fn assign(
        &mut self,
        mapping: &Mapping,
        plan: &Plan<'_>,
        dialect: &Capabilities,
        style: Labels,
    ) {
        self.clear();
        let style = if plan.qualified { Labels::TableColumn } else { style };
        self.places.resize(plan.places().len(), None);
        self.selects.resize(plan.selects().len(), None);
        for select in plan.selects().iter().rev() {
            for item in &select.items {
                self.meet(mapping, plan, dialect, item);
            }
        }
        for index in 0..plan.places().len() {
            self.name_place(mapping, plan, dialect, index);
        }
        for select in plan.selects() {
            self.label_all(mapping, select, style);
        }
    }

    fn clear(&mut self) {
        self.text.clear();
        self.places.clear();
        self.selects.clear();
        self.labels.clear();
        self.starts.clear();
        self.inner.clear();
        self.anonymous = 0;
    }

    fn meet(&mut self, mapping: &Mapping, plan: &Plan<'_>, dialect: &Capabilities, item: &Item) {
        match item.value {
            Scalar::Column(place, _) => self.name_place(mapping, plan, dialect, place.index()),
            Scalar::Shown(select, _) => {
                self.number_select(mapping, select);
            }
            Scalar::Expr(..) | Scalar::RowNumber(_) | Scalar::Json(_) => {}
        }
    }

    /// The next number for an `anon`.
    pub(super) fn next_anonymous(&mut self, mapping: &Mapping) -> u64 {
        self.anonymous += 1;
        while self.is_taken(mapping, "anon", self.anonymous) {
            self.anonymous += 1;
        }
        self.anonymous
    }

    /// The number of a sub-SELECT's `anon`.
    pub(super) fn number_select(&mut self, mapping: &Mapping, select: SelectId) -> u64 {
        if let Some(number) = self.selects.get(select.index()).copied().flatten() {
            return number;
        }
        let number = self.next_anonymous(mapping);
        if let Some(slot) = self.selects.get_mut(select.index()) {
            *slot = Some(number);
        }
        number
    }

    /// The number of the `anon` of a selectable that only an expression mentions.
    pub(super) fn inner_number(&mut self, mapping: &Mapping, selectable: SelectableId) -> u64 {
        if let Some((_, number)) = self.inner.iter().find(|(other, _)| *other == selectable) {
            return *number;
        }
        let number = self.next_anonymous(mapping);
        self.inner.push((selectable, number));
        number
    }

    fn name_place(
        &mut self,
        mapping: &Mapping,
        plan: &Plan<'_>,
        dialect: &Capabilities,
        index: usize,
    ) {
        let Some(place) = plan.places().get(index) else { return };
        if !matches!(self.places.get(index), Some(None)) {
            return;
        }
        let called = match place.shown {
            Shown::Within(select) => {
                let number = self.number_select(mapping, select);
                self.call_numbered("anon", number, dialect)
            }
            Shown::Aliased => self.call_alias(mapping, plan, dialect, *place),
            Shown::Plain => self.call_plain(mapping, plan, dialect, *place),
        };
        if let Some(slot) = self.places.get_mut(index) {
            *slot = Some(called);
        }
    }

    fn call_plain(
        &mut self,
        mapping: &Mapping,
        plan: &Plan<'_>,
        dialect: &Capabilities,
        place: Place,
    ) -> Called {
        let selectable = mapping.graph.selectable(place.selectable);
        let Some(name) = selectable.name else {
            return self.call_alias(mapping, plan, dialect, place);
        };
        let schema = match selectable.kind {
            SelectableKind::Table(table) => mapping.catalog.table(table).schema,
            _ => None,
        };
        let (schema, name) =
            (schema.map(|name| mapping.names.text(name)), mapping.names.text(name));
        let start = self.text.len();
        if let Some(schema) = schema {
            self.text.push_str(schema);
            self.text.push('_');
        }
        self.text.push_str(name);
        let middle = self.text.len();
        if let Some(schema) = schema {
            dialect.write_name(schema, &mut self.text);
            self.text.push('.');
        }
        dialect.write_name(name, &mut self.text);
        Called { plain: start..middle, qualifier: middle..self.text.len() }
    }

    fn call_alias(
        &mut self,
        mapping: &Mapping,
        plan: &Plan<'_>,
        dialect: &Capabilities,
        place: Place,
    ) -> Called {
        let Some(name) = base_name(mapping, place.selectable) else {
            let number = self.next_anonymous(mapping);
            return self.call_numbered("anon", number, dialect);
        };
        let named = plan.places().iter().zip(&self.places).filter(|(other, called)| {
            let nameless = mapping.graph.selectable(other.selectable).name.is_none();
            called.is_some()
                && (other.shown == Shown::Aliased || nameless)
                && base_name(mapping, other.selectable) == Some(name)
        });
        let mut number = named.count() as u64 + 1;
        let base = mapping.names.text(name);
        while self.is_taken(mapping, base, number) {
            number += plan.places().len() as u64;
        }
        self.call_numbered(base, number, dialect)
    }

    /// Whether something that the model names is already called what an alias would be: a table, or
    /// an alias in an expression.
    fn is_taken(&mut self, mapping: &Mapping, base: &str, number: u64) -> bool {
        let start = self.text.len();
        write_numbered(base, number, &mut self.text);
        let name = self.text.get(start..).and_then(|text| mapping.names.find(text));
        self.text.truncate(start);
        name.is_some_and(|name| {
            mapping.graph.has_selectable(mapping.names.folded(name), &mapping.names)
        })
    }

    fn call_numbered(&mut self, base: &str, number: u64, dialect: &Capabilities) -> Called {
        let start = self.text.len();
        write_numbered(base, number, &mut self.text);
        let middle = self.text.len();
        let quoted = dialect.needs_quotes(self.text.get(start..).unwrap_or_default());
        if !quoted {
            return Called { plain: start..middle, qualifier: start..middle };
        }
        let plain = self.text.get(start..).unwrap_or_default().to_owned();
        dialect.write_quoted(&plain, &mut self.text);
        Called { plain: start..middle, qualifier: middle..self.text.len() }
    }

    fn called(&self, place: PlaceId) -> Option<&Called> {
        self.places.get(place.index())?.as_ref()
    }

    /// What the columns of a place are qualified with, in quotes where needed.
    pub(super) fn qualifier(&self, place: PlaceId) -> &str {
        let range = self.called(place).map(|called| called.qualifier.clone());
        range.and_then(|range| self.text.get(range)).unwrap_or_default()
    }

    fn label_all(&mut self, mapping: &Mapping, select: &Select<'_>, style: Labels) {
        self.starts.push(self.labels.len());
        self.taken.clear();
        for item in &select.items {
            let (text, implied) = match (select.json, item.label) {
                (Some(_), Some(key)) => (self.add(mapping.names.text(key)), false),
                _ => self.propose(mapping, item, style),
            };
            let (text, kept) = self.make_unique(text);
            self.labels.push(Label { text, implied: implied && kept });
        }
    }

    fn add(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    /// The label that an item should have, and whether it need not be written.
    fn propose(&mut self, mapping: &Mapping, item: &Item, style: Labels) -> (Range<usize>, bool) {
        let start = self.text.len();
        let qualified = style == Labels::TableColumn;
        match item.value {
            Scalar::Column(place, column) => {
                if qualified {
                    self.push_plain(place);
                }
                let Column { selectable, name, .. } = *mapping.graph.column(column);
                self.text.push_str(mapping.names.text(name));
                if qualified {
                    self.keep_clear(mapping, selectable, start);
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
    fn keep_clear(&mut self, mapping: &Mapping, selectable: SelectableId, start: usize) {
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
        let mut hasher = FxHasher::default();
        hasher.write(self.text.get(text).unwrap_or_default().as_bytes());
        self.taken.insert(hasher.finish())
    }

    fn label_range(&self, select: SelectId, index: usize) -> Range<usize> {
        self.find_label(select, index).map_or(0..0, |label| label.text.clone())
    }

    fn find_label(&self, select: SelectId, index: usize) -> Option<&Label> {
        self.labels.get(self.starts.get(select.index())? + index)
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

/// `base_number`
pub(super) fn write_numbered(base: &str, number: u64, out: &mut String) {
    out.push_str(base);
    out.push('_');
    write_number(number, out);
}

/// The name that aliases of a selectable are derived from.
fn base_name(mapping: &Mapping, selectable: SelectableId) -> Option<Name> {
    let graph = &mapping.graph;
    let base = || graph.selectable(graph.table(graph.base_table(selectable)?)?).name;
    graph.selectable(selectable).name.or_else(base)
}
