//! Recursive queries: behind a `WITH` where they are selected from, or at the beginning of the
//! statement for a database that takes `WITH` nowhere else.

use super::dialect::With;
use super::expr::Part;
use super::naming::write_numbered;
use super::query::set_word;
use super::writer::Writer;
use crate::base::{QueryId, SelectableId};
use crate::graph::{Query, Recursion, SelectableKind, SetOperator};

/// The recursive queries at the beginning of a statement. They name nothing from outside, so they
/// can be put there.
#[derive(Debug, Default)]
pub(super) struct Front {
    /// Their definitions.
    text: String,
    /// The rows of each, and the number behind its name; 0 where the name is its own.
    known: Vec<(SelectableId, u64)>,
}

impl Front {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.known.clear();
    }

    fn number(&self, rows: SelectableId) -> u64 {
        let found = self.known.iter().find(|(other, _)| *other == rows);
        found.map_or(0, |(_, number)| *number)
    }
}

impl Writer<'_> {
    /// A query behind its recursive queries.
    pub(super) fn with(&mut self, id: QueryId, recursions: &[Recursion], body: Part) {
        match (self.dialect.with_recursive, self.plan) {
            (With::First(words), Some(_)) => self.with_first(words, id, recursions, body),
            (With::Inside(words) | With::First(words), _) => self.then(|parts| {
                parts.text(words);
                parts.list(", ", 0..recursions.len(), |parts, i| parts.push(Part::Defined(id, i)));
                parts.text(" ");
                parts.push(body);
            }),
        }
    }

    fn with_first(
        &mut self,
        words: &'static str,
        id: QueryId,
        recursions: &[Recursion],
        body: Part,
    ) {
        let start = self.out.len();
        let new: Vec<usize> =
            (0..).zip(recursions).filter_map(|(i, it)| self.meet(it.rows).then_some(i)).collect();
        self.then(|parts| {
            for i in new {
                parts.push(Part::Defined(id, i));
                parts.push(Part::Fronted(start, words));
            }
            parts.push(body);
        });
    }

    /// Finds a name for a recursive query that is to stand at the beginning; false where it does.
    fn meet(&mut self, rows: SelectableId) -> bool {
        let mapping = self.mapping;
        let folded = |id| mapping.graph.selectable(id).name.map(|it| mapping.names.folded(it));
        let known = &self.buffers.front.known;
        if known.iter().any(|(other, _)| *other == rows) {
            return false;
        }
        let alike = known.iter().filter(|(other, _)| folded(*other) == folded(rows));
        let mut number = alike.map(|(_, number)| number + 1).max().unwrap_or(0);
        if let Some(name) = mapping.graph.selectable(rows).name.filter(|_| number > 0) {
            let base = mapping.names.text(name);
            while self.buffers.naming.is_taken(mapping, base, number) {
                number += 1;
            }
        }
        self.buffers.front.known.push((rows, number));
        true
    }

    /// `name(columns) AS (anchor UNION ALL step)`
    pub(super) fn defined(&mut self, id: QueryId, index: usize) {
        let graph = &self.mapping.graph;
        let Query::With { recursions, .. } = graph.query(id) else { return };
        let Some(Recursion { rows, step, all }) = recursions.get(index) else { return };
        let SelectableKind::Recursion(anchor) = graph.selectable(*rows).kind else { return };
        self.then(|parts| {
            parts.push(Part::Bare(*rows));
            parts.text("(");
            let names = graph.columns(*rows).map(|column| graph.column(column).name);
            parts.list(", ", names, |parts, name| parts.push(Part::Name(name)));
            parts.text(") AS (");
            parts.push(Part::Query(anchor));
            parts.text(set_word(SetOperator::Union, *all));
            parts.push(Part::Query(*step));
            parts.text(")");
        });
    }

    /// Moves a definition, which was written from `start` on, to the beginning of the statement,
    /// behind `words`.
    pub(super) fn fronted(&mut self, start: usize, words: &str) {
        let text = &mut self.buffers.front.text;
        text.push_str(if text.is_empty() { words } else { ", " });
        text.push_str(self.out.get(start..).unwrap_or_default());
        self.out.truncate(start);
    }

    /// The name of a recursive query.
    pub(super) fn recursion_name(&mut self, rows: SelectableId) {
        let Some(name) = self.mapping.graph.selectable(rows).name else { return };
        match self.buffers.front.number(rows) {
            0 => self.name(name),
            number => {
                let mut text = String::new();
                write_numbered(self.mapping.names.text(name), number, &mut text);
                self.dialect.write_name(&text, self.out);
            }
        }
    }

    /// Whether a recursive query is called otherwise than its rows are.
    pub(super) fn is_renamed(&self, rows: SelectableId) -> bool {
        self.buffers.front.number(rows) > 0
    }

    /// Puts the recursive queries before the statement that begins at `start`.
    pub(super) fn put_front(&mut self, start: usize) {
        let front = &mut self.buffers.front.text;
        if front.is_empty() {
            return;
        }
        front.push(' ');
        self.out.insert_str(start, front);
        let by = front.len();
        self.buffers.lists.iter_mut().for_each(|list| list.shift(by));
        for range in &mut self.buffers.compared {
            *range = range.start + by..range.end + by;
        }
    }
}
