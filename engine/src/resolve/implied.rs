//! Do the declared keys make what two relationships copy equal in every row?
//!
//! The rows involved are written down with a class for each value; foreign keys bring further rows
//! in, and unique keys make rows one, until nothing changes. (The chase: Maier, Mendelzon and Sagiv,
//! "Testing implications of data dependencies", 1979.) A foreign key that may be NULL says nothing.

use petgraph::unionfind::UnionFind;

use super::answer::Pair;
use crate::base::{ColumnId, ForeignKeyId, TableColumnId, TableId};
use crate::entity::Mapping;

/// More rows than this are not looked at.
const ROWS: usize = 24;

/// A relationship that writes the column in question: its (source, target) pairs.
pub(super) type Copies<'a> = &'a [Pair];

/// Whether what `one` and `other` copy to `column` is equal in every row that the declared keys
/// allow, for reasons beyond the foreign keys over `column` itself.
pub(super) fn is_equal(
    mapping: &Mapping,
    column: ColumnId,
    one: Copies<'_>,
    other: Copies<'_>,
) -> bool {
    chase(mapping, column, one, other).unwrap_or(false)
}

fn chase(mapping: &Mapping, column: ColumnId, one: Copies<'_>, other: Copies<'_>) -> Option<bool> {
    let declared = |column| mapping.graph.declared(column);
    let shared = declared(column)?;
    let mut chase = Chase::new(mapping, shared);
    let written = chase.row(mapping.catalog().column(shared).table);
    let mut sources = Vec::new();
    for copies in [one, other] {
        let (source, _) = copies.iter().find(|(_, target)| *target == column)?;
        let source = declared(*source)?;
        let row = chase.row(mapping.catalog().column(source).table);
        for (from, to) in copies.iter().filter(|(_, target)| *target != column) {
            let (from, to) = (declared(*from)?, declared(*to)?);
            chase.equate(row, from, written, to);
            chase.given.push(to);
        }
        sources.push((row, source));
    }
    chase.run();
    let [a, b] = sources.as_slice() else { return None };
    Some(chase.class(a.0, a.1)? == chase.class(b.0, b.1)?)
}

struct Chase<'m> {
    mapping: &'m Mapping,
    /// The column whose own foreign keys do not count in the row that is written.
    shared: TableColumnId,
    /// Columns of the written row that hold a value, whatever their table says.
    given: Vec<TableColumnId>,
    classes: UnionFind<usize>,
    /// Each row's table, and the class of its first column.
    rows: Vec<(TableId, usize)>,
    /// The foreign keys followed, by row.
    followed: Vec<(usize, ForeignKeyId)>,
}

impl<'m> Chase<'m> {
    fn new(mapping: &'m Mapping, shared: TableColumnId) -> Self {
        let (rows, followed, given) = (Vec::new(), Vec::new(), Vec::new());
        Self { mapping, shared, given, classes: UnionFind::new_empty(), rows, followed }
    }

    fn row(&mut self, table: TableId) -> usize {
        let columns = self.mapping.catalog().table(table).columns.len();
        let first = self.classes.len();
        for _ in 0..columns {
            self.classes.new_set();
        }
        self.rows.push((table, first));
        self.rows.len() - 1
    }

    fn place(&self, row: usize, column: TableColumnId) -> Option<usize> {
        let (table, first) = *self.rows.get(row)?;
        let columns = &self.mapping.catalog().table(table).columns;
        Some(first + columns.iter().position(|other| other == column)?)
    }

    fn class(&self, row: usize, column: TableColumnId) -> Option<usize> {
        self.place(row, column).map(|place| self.classes.find(place))
    }

    /// Whether two values were not known to be equal before.
    fn equate(&mut self, a: usize, of_a: TableColumnId, b: usize, of_b: TableColumnId) -> bool {
        let places = self.place(a, of_a).zip(self.place(b, of_b));
        places.is_some_and(|(a, b)| self.classes.union(a, b))
    }

    fn run(&mut self) {
        while self.follow() | self.merge() {}
    }

    /// Brings in the rows that foreign keys refer to.
    fn follow(&mut self) -> bool {
        let mut changed = false;
        for row in 0..self.rows.len() {
            let Some((table, _)) = self.rows.get(row).copied() else { continue };
            for id in &self.mapping.catalog().table(table).foreign_keys {
                if self.rows.len() < ROWS && self.holds(row, id) {
                    self.followed.push((row, id));
                    let key = self.mapping.catalog().foreign_key(id);
                    let referred = self.row(key.referred_table);
                    for (column, other) in &key.pairs {
                        self.equate(row, *column, referred, *other);
                    }
                    changed = true;
                }
            }
        }
        changed
    }

    /// Whether a foreign key is sure to refer to a row and was not followed yet.
    fn holds(&self, row: usize, id: ForeignKeyId) -> bool {
        let key = self.mapping.catalog().foreign_key(id);
        let written = row == 0;
        let filled = |column: TableColumnId| {
            !self.mapping.catalog().column(column).nullable
                || written && self.given.contains(&column)
        };
        let own = written && key.has(self.shared);
        !own && key.columns().all(filled) && !self.followed.contains(&(row, id))
    }

    /// Makes rows one that agree in a key.
    fn merge(&mut self) -> bool {
        let mut changed = false;
        for a in 0..self.rows.len() {
            for b in a + 1..self.rows.len() {
                changed |= self.agree(a, b) && self.unite(a, b);
            }
        }
        changed
    }

    fn agree(&self, a: usize, b: usize) -> bool {
        let (Some((table, _)), Some((other, _))) = (self.rows.get(a), self.rows.get(b)) else {
            return false;
        };
        let catalog = self.mapping.catalog();
        let same = |column: &TableColumnId| {
            !catalog.column(*column).nullable && self.class(a, *column) == self.class(b, *column)
        };
        let mut keys = catalog.keys(*table).filter(|(_, key)| key.is_unique());
        table == other && keys.any(|(_, key)| key.columns.iter().all(same))
    }

    fn unite(&mut self, a: usize, b: usize) -> bool {
        let Some((table, _)) = self.rows.get(a).copied() else { return false };
        let columns = &self.mapping.catalog().table(table).columns;
        let mut changed = false;
        for column in columns {
            changed |= self.equate(a, column, b, column);
        }
        changed
    }
}
