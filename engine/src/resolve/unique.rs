//! How many rows may stand on the other side?
//!
//! At most one where the condition fixes a key of everything on the way: the columns it compares
//! with the parent's, or with a value, are known; a selectable with a key among the known columns
//! holds one row at most, so all its columns are known; and what is known goes on through
//! equalities. (The chase of relational theory, with keys for dependencies: Aho, Beeri and Ullman,
//! "The theory of joins in relational databases", 1979.)

use super::answer::{Answer, Join};
use super::setting::Setting;
use super::sided::Sided;
use crate::base::{ColumnId, ExprId, KeyId, SelectableId, TableColumnId};
use crate::catalog::{Constant, Key, KeyKind, RowTest};
use crate::entity::{Mapping, Relationship};
use crate::graph::{Condition, Expr, Graph, JoinKind, Literal, OccurrenceIndex, SelectableKind};

/// Why at most one row stands on the other side: a key of each table on the way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proof {
    /// The keys whose columns the condition fixes, in the order in which one led to the next.
    pub keys: Vec<KeyId>,
}

/// Why at most one row stands on the other side of a relationship, where the keys prove it.
pub fn at_most_one(
    mapping: &Mapping,
    relationship: &Relationship,
    answer: &Answer,
) -> Option<Proof> {
    let join = answer.join.as_ref().filter(|_| answer.direction.is_some())?;
    proof(&Setting::new(mapping, relationship), join).ok()
}

/// Whether there is a proof that at most one row stands on the other side of a join.
pub(super) fn is_at_most_one(setting: &Setting<'_>, join: &Join) -> bool {
    is_possible(setting, join) && proof(setting, join).is_ok()
}

/// Whether each table on the way has a key among the columns that the join names, without which no
/// proof can be; not asked where something else than tables is on the way.
fn is_possible(setting: &Setting<'_>, join: &Join) -> bool {
    let (graph, catalog) = (&setting.mapping.graph, setting.mapping.catalog());
    let named = |selectable: SelectableId, key: &Key| {
        key.columns.iter().all(|column| {
            let mut occurring = join.sides().iter().flat_map(|sided| sided.condition.occurrences());
            occurring.any(|it| {
                graph.column(it.column).selectable == selectable
                    && graph.declared(it.column) == Some(*column)
            })
        })
    };
    let on_the_way = || std::iter::once(setting.target).chain(setting.secondary);
    let tables = || on_the_way().filter_map(|it| Some((it, graph.base_table(it)?)));
    tables().count() < on_the_way().count()
        || tables().all(|(it, table)| {
            let mut keys = catalog.keys(table);
            keys.any(|(_, key)| may_be_unique(key) && named(it, key))
        })
}

/// Whether no two rows agree in a key, at least among those that it holds.
fn may_be_unique(key: &Key) -> bool {
    key.kind != KeyKind::Index
}

/// The proof that at most one row stands on the other side of a join; else the columns that would
/// have to be unique, as far as the keys of tables can tell.
pub(super) fn proof(setting: &Setting<'_>, join: &Join) -> Result<Proof, Vec<ColumnId>> {
    let mut chase = Chase::new(&setting.mapping.graph);
    chase.condition(join.primary(), |index| join.primary().is_remote(index));
    if let (Some(secondary), Some(between)) = (join.secondary(), setting.secondary) {
        chase.condition(secondary, |_| true);
        chase.selectable(between);
    }
    chase.selectable(setting.target);
    chase.run(setting.mapping)
}

/// Whether the same keys prove, seen from the target, that it has one parent at most.
pub(super) fn is_one_parent(setting: &Setting<'_>, join: &Join) -> bool {
    let mut chase = Chase::new(&setting.mapping.graph);
    match (join.secondary(), setting.secondary) {
        (Some(secondary), Some(between)) => {
            chase.condition(secondary, |index| secondary.is_remote(index));
            chase.condition(join.primary(), |_| true);
            chase.selectable(between);
        }
        _ => chase.condition(join.primary(), |index| !join.primary().is_remote(index)),
    }
    chase.selectable(setting.parent);
    chase.run(setting.mapping).is_ok()
}

/// What is known of the rows on the other side.
struct Chase<'g> {
    graph: &'g Graph,
    known: Vec<ColumnId>,
    /// Columns whose value the condition names.
    constants: Vec<(ColumnId, Constant)>,
    equal: Vec<(ColumnId, ColumnId)>,
    /// What may still hold several rows.
    open: Vec<SelectableId>,
    /// What holds one row at most.
    single: Vec<SelectableId>,
    keys: Vec<KeyId>,
}

/// One side of an equality.
#[derive(Clone, Copy)]
enum Side {
    Far(ColumnId),
    /// A column of the parent, or a value.
    Given,
    /// A computation over columns of the other side.
    Unknown,
}

impl<'g> Chase<'g> {
    fn new(graph: &'g Graph) -> Self {
        let (known, constants, equal, open) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { graph, known, constants, equal, open, single: Vec::new(), keys: Vec::new() }
    }

    /// Learns from each equality that a condition requires.
    fn condition(&mut self, sided: &Sided, is_far: impl Fn(OccurrenceIndex) -> bool) {
        let condition = &sided.condition;
        let Some(root) = condition.root() else {
            for product in condition.products() {
                let side = |index| occurrence(condition, index, &is_far);
                self.learn(side(product.left), side(product.right));
            }
            return;
        };
        for (left, right) in self.graph.equalities(root) {
            let side = |expr| self.side(condition, expr, &is_far);
            let (near, far) = (side(left), side(right));
            for (side, other) in [(near, right), (far, left)] {
                if let (Side::Far(column), Some(value)) = (side, constant(self.graph, other)) {
                    self.constants.push((column, value));
                }
            }
            self.learn(near, far);
        }
    }

    fn side(
        &self,
        condition: &Condition,
        expr: ExprId,
        is_far: &impl Fn(OccurrenceIndex) -> bool,
    ) -> Side {
        let place = |expr| condition.indexed().find(|(_, it)| it.expr == Some(expr));
        if let Some((index, _)) = place(expr) {
            return occurrence(condition, index, is_far);
        }
        let far = |part| place(part).is_some_and(|(index, _)| is_far(index));
        if self.graph.walk(expr).any(far) { Side::Unknown } else { Side::Given }
    }

    fn learn(&mut self, left: Side, right: Side) {
        match (left, right) {
            (Side::Far(a), Side::Far(b)) => self.equal.push((a, b)),
            (Side::Far(column), Side::Given) | (Side::Given, Side::Far(column)) => {
                self.known.push(column);
            }
            _ => {}
        }
    }

    /// Adds what stands on the way. A full join is left whole: rows of either side may stand alone.
    fn selectable(&mut self, selectable: SelectableId) {
        let (mut next, mut open) = (Some(selectable), Vec::new());
        while let Some(at) = next.or_else(|| open.pop()) {
            next = None;
            match self.graph.selectable(at).kind {
                SelectableKind::Join { left, right, on, kind } if kind != JoinKind::Full => {
                    open.extend([left, right]);
                    self.equal.extend(on.iter().flat_map(|on| self.graph.equated(*on)));
                }
                _ if !self.open.contains(&at) => self.open.push(at),
                _ => {}
            }
        }
    }

    fn run(mut self, mapping: &Mapping) -> Result<Proof, Vec<ColumnId>> {
        loop {
            let before = (self.known.len(), self.open.len());
            self.spread();
            self.narrow(mapping);
            if self.open.is_empty() {
                return Ok(Proof { keys: self.keys });
            }
            if before == (self.known.len(), self.open.len()) {
                return Err(self.gap());
            }
        }
    }

    /// What is equal to something known is known.
    fn spread(&mut self) {
        let mut equal = std::mem::take(&mut self.equal);
        equal.retain(|(a, b)| {
            let (one, other) = (self.knows(*a), self.knows(*b));
            self.known.extend((one && !other).then_some(*b).or((other && !one).then_some(*a)));
            !(one || other)
        });
        self.equal = equal;
    }

    /// What has a key among the known columns holds one row at most.
    fn narrow(&mut self, mapping: &Mapping) {
        let mut open = std::mem::take(&mut self.open);
        open.retain(|next| {
            let key = self.key(mapping, *next);
            self.single.extend(key.map(|_| *next));
            self.keys.extend(key);
            key.is_none()
        });
        self.open = open;
    }

    /// The known columns of the first table that may hold several rows; none where something else
    /// than a table may.
    fn gap(&self) -> Vec<ColumnId> {
        let table = |it: &SelectableId| self.graph.base_table(*it).is_some();
        if !self.open.iter().all(table) {
            return Vec::new();
        }
        let known = |open: &SelectableId| -> Vec<ColumnId> {
            let own = |it: &ColumnId| self.graph.column(*it).selectable == *open;
            self.known.iter().copied().filter(own).collect()
        };
        self.open.iter().map(known).find(|columns| !columns.is_empty()).unwrap_or_default()
    }

    /// Whether no two rows that the condition lets through agree in a key: every row is in it, or the
    /// condition implies what is true of those that are.
    fn is_unique(
        &self,
        selectable: SelectableId,
        key: KeyId,
        known: &impl Fn(&TableColumnId) -> bool,
    ) -> bool {
        let named = |column: TableColumnId, value: &Constant| {
            self.constants.iter().any(|(own, constant)| {
                self.graph.column(*own).selectable == selectable
                    && self.graph.declared(*own) == Some(column)
                    && constant == value
            })
        };
        let implied = |test: &RowTest| match test {
            RowTest::Equals(column, value) => named(*column, value),
            // No equality holds for NULL.
            RowTest::NotNull(column) => known(column),
        };
        let (key, rows) = (self.graph.catalog().key(key), self.graph.catalog().rows_of(key));
        key.is_unique() || !rows.is_empty() && rows.iter().all(implied)
    }

    fn knows(&self, column: ColumnId) -> bool {
        self.known.contains(&column) || self.single.contains(&self.graph.column(column).selectable)
    }

    /// A key of a table whose columns are all known: the primary one, else the first by its
    /// columns' names.
    fn key(&self, mapping: &Mapping, selectable: SelectableId) -> Option<KeyId> {
        let table = self.graph.base_table(selectable)?;
        let known = |column: &TableColumnId| {
            self.known.iter().any(|own| {
                self.graph.column(*own).selectable == selectable
                    && self.graph.declared(*own) == Some(*column)
            })
        };
        let keys = mapping.catalog().keys(table);
        let fits = keys.filter(|(id, key)| {
            self.is_unique(selectable, *id, &known) && key.columns.iter().all(known)
        });
        let first = fits.min_by(|(_, one), (_, other)| {
            let secondary = |key: &Key| key.kind != KeyKind::Primary;
            secondary(one)
                .cmp(&secondary(other))
                .then_with(|| columns(mapping, one).cmp(columns(mapping, other)))
        });
        first.map(|(id, _)| id)
    }
}

/// The columns of a key by name.
fn columns<'m>(mapping: &'m Mapping, key: &'m Key) -> impl Iterator<Item = &'m str> {
    let names = key.columns.iter().map(|column| mapping.catalog().column(*column).name);
    names.map(|name| mapping.names.text(name))
}

/// The value that an expression is, in a schema's terms.
fn constant(graph: &Graph, expr: ExprId) -> Option<Constant> {
    match graph.expr(expr) {
        Expr::Literal(Literal::Number(number)) => Some(Constant::Number(number.clone())),
        Expr::Literal(Literal::String(text)) => Some(Constant::String(text.clone())),
        Expr::Literal(Literal::Boolean(it)) => Some(Constant::Boolean(*it)),
        _ => None,
    }
}

fn occurrence(
    condition: &Condition,
    index: OccurrenceIndex,
    is_far: &impl Fn(OccurrenceIndex) -> bool,
) -> Side {
    match condition.column(index) {
        Some(column) if is_far(index) => Side::Far(column),
        Some(_) => Side::Given,
        None => Side::Unknown,
    }
}
