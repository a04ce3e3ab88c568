//! The buffer that everything is appended to, and what names and parameters look like in it.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::dialect::{Capabilities, Placeholder, SqlDialect};
use super::expr::Part;
use super::list::List;
use super::naming::{Naming, shown_in, write_numbered, write_qualified};
use super::recursion::Front;
use super::select::Piece;
use super::style::Style;
use crate::base::{ColumnId, ExprId, Name, SelectableId};
use crate::entity::Mapping;
use crate::graph::{Occurrence, OccurrenceIndex};
use crate::plan::{Lists, PlaceId, Plan, Scope, Shown, Use, Value};

/// What outlives a statement, so that the next one allocates nothing.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    pub(super) naming: Naming,
    /// For each name met so far, whether it needs quotes.
    pub(super) quoted: FxHashMap<Name, bool>,
    pub(super) parts: Vec<Part>,
    pub(super) pieces: Vec<Piece>,
    /// The lists of keys, and where the columns that they are compared with stand in the text.
    pub(super) lists: Vec<List>,
    pub(super) compared: Vec<Range<usize>>,
    pub(super) front: Front,
    /// The parameters in the order in which they were written.
    pub(super) given: Vec<Given>,
}

/// The value that a written parameter takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Given {
    /// That of this column.
    Column(ColumnId),
    /// This number.
    Number(u64),
    /// The keys of the given instances.
    Keys,
}

/// What the columns of the expression being written are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'a> {
    /// The condition that the expression belongs to.
    pub(super) used: Option<&'a Use<'a>>,
    pub(super) scope: Scope,
    /// Where in the condition the next occurrence is expected.
    pub(super) next: usize,
}

/// Writes SQL into a buffer.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    pub(super) out: &'a mut String,
    pub(super) mapping: &'a Mapping,
    pub(super) dialect: &'a Capabilities,
    pub(super) placeholder: Placeholder,
    /// `None` where names are to be those of the model.
    pub(super) plan: Option<&'a Plan<'a>>,
    /// What becomes of the occurrences of conditions; in scope where it does not say.
    pub(super) values: Option<&'a Lists<Value>>,
    /// The column that each parameter takes its value from.
    pub(super) inputs: &'a [ColumnId],
    pub(super) buffers: &'a mut Buffers,
    pub(super) frame: Frame<'a>,
}

impl Frame<'_> {
    pub(super) const NONE: Self = Self { used: None, scope: Scope::NONE, next: 0 };
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        out: &'a mut String,
        mapping: &'a Mapping,
        style: &'a Style<impl SqlDialect>,
        buffers: &'a mut Buffers,
    ) -> Self {
        let dialect = style.dialect.capabilities();
        let placeholder = style.placeholder();
        buffers.given.clear();
        buffers.lists.clear();
        buffers.compared.clear();
        buffers.parts.clear();
        buffers.pieces.clear();
        buffers.front.clear();
        let frame = Frame::NONE;
        let (plan, values, inputs) = (None, None, [].as_slice());
        Self { out, mapping, dialect, placeholder, plan, values, inputs, buffers, frame }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// A name, in quotes where it needs them; that is decided once.
    pub(super) fn name(&mut self, name: Name) {
        let text = self.mapping.names.text(name);
        let decide = || self.dialect.needs_quotes(text);
        if *self.buffers.quoted.entry(name).or_insert_with(decide) {
            self.dialect.write_quoted(text, self.out);
        } else {
            self.out.push_str(text);
        }
    }

    /// A parameter. One that may be written several times under one name is one parameter.
    pub(super) fn parameter(&mut self, given: Given) -> usize {
        let known = self.buffers.given.iter().position(|other| *other == given);
        let known = known.filter(|_| self.placeholder != Placeholder::Question);
        let index = known.unwrap_or(self.buffers.given.len());
        if known.is_none() {
            self.buffers.given.push(given);
        }
        self.placeholder.write(index as u64 + 1, self.out);
        index
    }

    /// What becomes of a column's occurrence.
    pub(super) fn value_of(&self, expr: ExprId) -> Value {
        let Some(used) = self.frame.used else { return Value::InScope };
        let is = |other: Occurrence| other.expr == Some(expr);
        let next = u32::try_from(self.frame.next).ok().map(OccurrenceIndex);
        let expected = next.and_then(|next| used.condition.occurrence(next)).is_some_and(is);
        let expected = expected.then_some(self.frame.next);
        let index = expected.or_else(|| used.condition.occurrences().position(is));
        let value = index.and_then(|at| self.values_of(used).get(at));
        value.copied().unwrap_or(Value::InScope)
    }

    /// What becomes of the occurrences of a condition.
    pub(super) fn values_of(&self, used: &Use<'_>) -> &'a [Value] {
        self.values.map(|values| values.get(used.values)).unwrap_or_default()
    }

    /// An occurrence of a column.
    pub(super) fn occurrence(&mut self, value: Value, column: ColumnId) {
        self.frame.next += 1;
        match value {
            Value::Column(place, column) => self.place_column(place, column),
            Value::Parameter(index) => self.input(index),
            Value::InScope => self.scoped_column(column),
        }
    }

    /// The parameter at an index of the inputs.
    pub(super) fn input(&mut self, index: usize) {
        if let Some(column) = self.inputs.get(index) {
            self.parameter(Given::Column(*column));
        }
    }

    fn scoped_column(&mut self, column: ColumnId) {
        let found = self.plan.and_then(|plan| plan.locate(self.mapping, self.frame.scope, column));
        match found.filter(|(place, _)| self.is_reachable(*place)) {
            Some((place, column)) => self.place_column(place, column),
            None => self.free_column(column),
        }
    }

    /// The place that the scope has for a selectable.
    pub(super) fn scoped_place(&self, selectable: SelectableId) -> Option<PlaceId> {
        let found = self.plan?.find(self.frame.scope, selectable)?;
        self.is_reachable(found).then_some(found)
    }

    /// A subquery of a condition cannot select from what a sub-SELECT encloses.
    fn is_reachable(&self, place: PlaceId) -> bool {
        let shown = self.plan.and_then(|plan| plan.place(place)).map(|place| place.shown);
        !matches!(shown, Some(Shown::Within(_))) || self.frame.used.is_none()
    }

    /// A column of a place.
    pub(super) fn place_column(&mut self, place: PlaceId, column: ColumnId) {
        if let Some(known) = self.buffers.naming.column(place, column) {
            return self.out.push_str(known);
        }
        self.unknown_column(place, column);
    }

    fn unknown_column(&mut self, place: PlaceId, column: ColumnId) {
        let start = self.out.len();
        self.out.push_str(self.buffers.naming.qualifier(place));
        self.out.push('.');
        let shown = self.plan.and_then(|plan| shown_in(plan, self.mapping, place, column));
        if let Some((select, index)) = shown {
            return self.label(select, index);
        }
        self.name(self.mapping.graph.column(column).name);
        let written = self.out.get(start..).unwrap_or_default();
        self.buffers.naming.keep_column(place, column, written);
    }

    pub(super) fn label(&mut self, select: crate::plan::SelectId, index: usize) {
        self.dialect.write_name(self.buffers.naming.label(select, index), self.out);
    }

    /// A column of something that has no place.
    fn free_column(&mut self, column: ColumnId) {
        let of = self.mapping.graph.column(column);
        if self.plan.is_none()
            && let Some((entity, attribute)) = self.mapping.attribute_showing(column)
        {
            self.push(self.mapping.names.text(entity));
            self.push(".");
            self.push(self.mapping.names.text(attribute));
            return;
        }
        if self.free_name(of.selectable) {
            self.out.push('.');
        }
        self.name(of.name);
    }

    /// The name of something that has no place: its own, or in a statement one made up. In the
    /// words of the model what is anonymous has none.
    pub(super) fn free_name(&mut self, id: SelectableId) -> bool {
        match self.mapping.graph.selectable(id).name {
            Some(_) => write_qualified(self.mapping, self.dialect, id, self.out),
            None if self.plan.is_some() => {
                let number = self.buffers.naming.inner_number(self.mapping, id);
                write_numbered("anon", number, self.out);
            }
            None => return false,
        }
        true
    }
}
