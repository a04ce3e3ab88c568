//! How aliases are called.
//!
//! An alias is the table's name and a number, an anonymous subquery is `anon` and a number, counted
//! in the order in which they are read. Rule: `SQLAlchemy`'s `_anonymous_label`.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::dialect::Capabilities;
use super::label::{Label, Labelled};
use super::literal::write_number;
use super::style::Labels;
use super::title::{self, Title, Titles};
use crate::base::{ColumnId, Name, SelectableId};
use crate::entity::Mapping;
use crate::graph::SelectableKind;
use crate::plan::{Item, Place, PlaceId, Plan, Scalar, SelectId, Shown, Shows, Stretch};

/// The names made up for one statement. Its buffers can be used again, and the names of tables and
/// their columns with them.
#[derive(Debug, Default)]
pub(super) struct Naming {
    /// All names, those that are kept first.
    pub(super) text: String,
    /// What places are called, with those that are kept first.
    pub(super) names: Vec<Called>,
    /// So much of the text, and of the names, is kept.
    kept: (usize, usize),
    /// Among the names those of places that go by their own, number 0, or by one with another number.
    known: FxHashMap<(SelectableId, u64), usize>,
    /// The titles of the columns of known places.
    pub(super) titles: Vec<Title>,
    /// Columns behind names that are kept, as they were written without a title.
    pub(super) columns: FxHashMap<(usize, ColumnId), Range<usize>>,
    /// For each place, which of the names it has.
    places: Vec<Option<usize>>,
    /// For each SELECT, the number of its `anon`.
    selects: Vec<Option<u64>>,
    /// The labels of all SELECTs, one after the other.
    pub(super) labels: Vec<Label>,
    /// How each SELECT is labelled.
    pub(super) labelled: Vec<Labelled>,
    pub(super) stretches: Vec<title::Stretch>,
    /// Anonymous selectables inside expressions, in the order in which they are met.
    inner: Vec<(SelectableId, u64)>,
    anonymous: u64,
    /// How many aliases were shortened.
    shortened: u64,
    pub(super) taken: FxHashSet<u64>,
}

/// How a place is called.
#[derive(Debug)]
pub(super) struct Called {
    /// As labels begin with it: no quotes, `schema_table`.
    pub(super) plain: Range<usize>,
    /// As columns are qualified with it.
    pub(super) qualifier: Range<usize>,
    /// Of a table: how it stands in a FROM clause, its alias included.
    element: Option<Range<usize>>,
    /// Of what has no name of its own there: the name that numbered ones are derived from.
    base: Option<Name>,
    /// Whether it is kept for further statements.
    pub(super) kept: bool,
    pub(super) titles: Option<Titles>,
}

/// A plan, and what its names depend on.
#[derive(Clone, Copy)]
pub(super) struct Subject<'p> {
    pub(super) mapping: &'p Mapping,
    pub(super) plan: &'p Plan<'p>,
    pub(super) dialect: &'p Capabilities,
}

impl Called {
    fn new(plain: Range<usize>, qualifier: Range<usize>) -> Self {
        Self { plain, qualifier, element: None, base: None, kept: false, titles: None }
    }
}

impl Naming {
    /// Names the places, sub-SELECTs and columns of a plan.
    pub(super) fn assign(&mut self, subject: Subject<'_>, style: Labels) {
        let Subject { plan, dialect, .. } = subject;
        self.clear();
        let style = if plan.qualified { Labels::TableColumn } else { style };
        self.places.resize(plan.places().len(), None);
        self.selects.resize(plan.selects().len(), None);
        for select in plan.selects().iter().rev() {
            for shows in plan.shows(select) {
                self.meet(subject, shows, style == Labels::TableColumn);
            }
        }
        for index in 0..plan.places().len() {
            if !self.is_named(index) {
                self.name_place(subject, index);
            }
        }
        for select in plan.selects() {
            self.label_all(subject, select, style);
        }
        if let Some(length) = dialect.longest_name {
            self.shorten_labels(subject, length);
        }
    }

    fn clear(&mut self) {
        self.text.truncate(self.kept.0);
        self.names.truncate(self.kept.1);
        self.places.clear();
        self.selects.clear();
        self.labels.clear();
        self.labelled.clear();
        self.stretches.clear();
        self.inner.clear();
        self.anonymous = 0;
        self.shortened = 0;
    }

    fn meet(&mut self, subject: Subject<'_>, shows: &Shows, titled: bool) {
        match shows {
            Shows::Stretch(Stretch { place, .. })
            | Shows::Item(Item { value: Scalar::Column(place, _), .. }) => {
                if !self.is_named(place.index()) {
                    let named = self.name_place(subject, place.index());
                    if let Some((name, of)) = named.filter(|_| titled) {
                        self.entitle(subject, name, of.selectable);
                    }
                }
            }
            Shows::Item(Item { value: Scalar::Shown(select, _), .. }) => {
                self.number_select(subject.mapping, *select);
            }
            Shows::Item(_) => {}
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

    fn is_named(&self, index: usize) -> bool {
        self.places.get(index).is_none_or(Option::is_some)
    }

    /// Finds a name for a place, and tells which.
    fn name_place<'p>(&mut self, subject: Subject<'p>, index: usize) -> Option<(usize, &'p Place)> {
        let place = subject.plan.places().get(index)?;
        let name = match place.shown {
            Shown::Within(select) => self.call_within(subject, place, select),
            Shown::Aliased => self.call_alias(subject, place),
            Shown::Plain => self.call_plain(subject, place),
        };
        *self.places.get_mut(index)? = Some(name);
        Some((name, place))
    }

    fn call_within(&mut self, subject: Subject<'_>, place: &Place, select: SelectId) -> usize {
        let Subject { mapping, dialect, .. } = subject;
        let number = self.number_select(mapping, select);
        let called = self.call_numbered("anon", number, dialect);
        let unnamed = mapping.graph.selectable(place.selectable).name.is_none();
        let base = base_name(mapping, place.selectable).filter(|_| unnamed);
        self.add_name(Called { base, ..called })
    }

    fn call_plain(&mut self, subject: Subject<'_>, place: &Place) -> usize {
        let key = (place.selectable, 0);
        if let Some(called) = self.known.get(&key) {
            return *called;
        }
        let Subject { mapping, dialect, .. } = subject;
        let selectable = mapping.graph.selectable(place.selectable);
        let Some(name) = selectable.name else {
            return self.call_alias(subject, place);
        };
        let (schema, start) = (schema(mapping, place.selectable), self.text.len());
        if let Some(schema) = schema {
            self.text.push_str(mapping.names.text(schema));
            self.text.push('_');
        }
        self.text.push_str(mapping.names.text(name));
        let middle = self.text.len();
        write_qualified(mapping, dialect, place.selectable, &mut self.text);
        let qualifier = middle..self.text.len();
        let table = matches!(selectable.kind, SelectableKind::Table(_));
        let element = table.then(|| qualifier.clone());
        self.keep(key, Called { element, ..Called::new(start..middle, qualifier) })
    }

    fn add_name(&mut self, called: Called) -> usize {
        self.names.push(called);
        self.names.len() - 1
    }

    /// Keeps a name for further statements.
    fn keep(&mut self, key: (SelectableId, u64), called: Called) -> usize {
        let index = self.add_name(Called { kept: true, ..called });
        self.known.insert(key, index);
        self.keep_all();
        index
    }

    /// Keeps all text and names so far.
    pub(super) fn keep_all(&mut self) {
        self.kept = (self.text.len(), self.names.len());
    }

    fn call_alias(&mut self, subject: Subject<'_>, place: &Place) -> usize {
        let Subject { mapping, plan, dialect } = subject;
        let Some(name) = base_name(mapping, place.selectable) else {
            let number = self.next_anonymous(mapping);
            let called = self.call_numbered("anon", number, dialect);
            return self.add_name(called);
        };
        let named = self.places.iter().flatten().filter_map(|named| self.names.get(*named)?.base);
        let mut number = named.filter(|base| *base == name).count() as u64 + 1;
        let key = (place.selectable, number);
        if let Some(called) = self.known.get(&key) {
            return *called;
        }
        let base = mapping.names.text(name);
        while self.is_taken(mapping, base, number) {
            number += plan.places().len() as u64;
        }
        let shortened = self.shortened;
        let called = self.call_numbered(base, number, dialect);
        let called = Called { base: Some(name), ..called };
        if key.1 != number || shortened != self.shortened {
            return self.add_name(called);
        }
        let element = self.aliased(subject, place, &called.qualifier);
        self.keep(key, Called { element, ..called })
    }

    /// Keeps a column behind a name that is kept, as it was written.
    pub(super) fn keep_column(&mut self, place: PlaceId, column: ColumnId, written: &str) {
        let Some(name) = self.name_of(place) else { return };
        if self.names.get(name).is_some_and(|called| called.kept) {
            let start = self.text.len();
            self.text.push_str(written);
            self.columns.insert((name, column), start..self.text.len());
            self.keep_all();
        }
    }

    /// A table under an alias, as it stands in a FROM clause.
    fn aliased(
        &mut self,
        subject: Subject<'_>,
        place: &Place,
        alias: &Range<usize>,
    ) -> Option<Range<usize>> {
        let Subject { mapping, dialect, .. } = subject;
        let selectable = mapping.graph.selectable(place.selectable);
        let SelectableKind::Table(_) = selectable.kind else { return None };
        selectable.name?;
        let start = self.text.len();
        write_qualified(mapping, dialect, place.selectable, &mut self.text);
        self.text.push_str(dialect.alias);
        self.text.extend_from_within(alias.clone());
        Some(start..self.text.len())
    }

    /// Whether something that the model names is already called what an alias would be: a table, or
    /// an alias in an expression.
    pub(super) fn is_taken(&mut self, mapping: &Mapping, base: &str, number: u64) -> bool {
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
        let plain = start..self.text.len();
        let length = dialect.longest_name;
        let short =
            length.and_then(|length| length.shorten(&mut self.text, &plain, &mut self.shortened));
        let name = short.unwrap_or_else(|| plain.clone());
        let text = self.text.get(name.clone()).unwrap_or_default();
        if !dialect.needs_quotes(text) {
            return Called::new(plain, name);
        }
        let (text, middle) = (text.to_owned(), self.text.len());
        dialect.write_quoted(&text, &mut self.text);
        Called::new(plain, middle..self.text.len())
    }

    pub(super) fn called(&self, place: PlaceId) -> Option<&Called> {
        self.names.get(self.name_of(place)?)
    }

    /// Which of the names a place has.
    pub(super) fn name_of(&self, place: PlaceId) -> Option<usize> {
        *self.places.get(place.index())?
    }

    /// A place as it stands in a FROM clause, where that is known.
    pub(super) fn element(&self, place: PlaceId) -> Option<&str> {
        self.text.get(self.called(place)?.element.clone()?)
    }

    /// What the columns of a place are qualified with, in quotes where needed.
    pub(super) fn qualifier(&self, place: PlaceId) -> &str {
        let range = self.called(place).map(|called| called.qualifier.clone());
        range.and_then(|range| self.text.get(range)).unwrap_or_default()
    }
}

/// The item of a sub-SELECT that shows a column of a place within it.
pub(super) fn shown_in(
    plan: &Plan<'_>,
    mapping: &Mapping,
    place: PlaceId,
    column: ColumnId,
) -> Option<(SelectId, usize)> {
    let Shown::Within(select) = plan.place(place)?.shown else { return None };
    let shows = |item: Item| matches!(item.value, Scalar::Column(_, other) if other == column);
    let index = plan.items(mapping, plan.select(select)?).position(shows)?;
    Some((select, index))
}

/// The schema of a table, where it stands in one.
fn schema(mapping: &Mapping, selectable: SelectableId) -> Option<Name> {
    match mapping.graph.selectable(selectable).kind {
        SelectableKind::Table(table) => mapping.catalog().table(table).schema,
        _ => None,
    }
}

/// The own name of a selectable, where it has one: `name`, or `schema.name`.
pub(super) fn write_qualified(
    mapping: &Mapping,
    dialect: &Capabilities,
    selectable: SelectableId,
    out: &mut String,
) {
    let Some(name) = mapping.graph.selectable(selectable).name else { return };
    if let Some(schema) = schema(mapping, selectable) {
        dialect.write_name(mapping.names.text(schema), out);
        out.push('.');
    }
    dialect.write_name(mapping.names.text(name), out);
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
