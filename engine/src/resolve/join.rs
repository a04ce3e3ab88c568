//! Which foreign key links two selectables?
//!
//! The search keeps a ledger: success, ambiguity and failure are one object that says what was
//! looked at and why it was passed over. Rules: `SQLAlchemy`'s `Join._joincond_scan_left_right` and
//! `_joincond_trim_constraints`.

use super::answer::{Pair, Side};
use crate::base::{ColumnId, ForeignKeyId, SelectableId, TableColumnId, TableId};
use crate::entity::Mapping;
use crate::graph::Condition;

/// A search for the foreign key between two selectables.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ledger {
    /// The condition that is looked for.
    pub side: Side,
    /// What is joined.
    pub left: SelectableId,
    /// What it is joined to.
    pub right: SelectableId,
    /// Every foreign key that was looked at, by table, columns and what they refer to.
    pub candidates: Vec<Candidate>,
    /// The place of the chosen one in `candidates`.
    pub chosen: Option<usize>,
}

/// A foreign key that was looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// The foreign key.
    pub key: ForeignKeyId,
    /// Its (referred, referring) columns on the two sides, in order of the referring ones.
    pub pairs: Vec<Pair>,
    /// Why it was passed over.
    pub rejected: Option<Rejection>,
}

/// Why a foreign key was passed over.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Rejection {
    /// It links one side to another table.
    LeadsElsewhere(TableId),
    /// `foreign_keys` lists none of its columns.
    NotListed,
    /// `foreign_keys` lists other columns than exactly its own, and another key fits too.
    NotExactlyListed,
    /// It equates the same columns as another.
    SameAs(ForeignKeyId),
    /// The entity's own table has a link already; this one belongs to a table it inherits.
    Inherited,
}

/// What a search is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Search<'a> {
    pub(super) side: Side,
    pub(super) left: SelectableId,
    /// The part of `left` whose links win over those of the rest: an inheriting entity's own table.
    pub(super) own: SelectableId,
    pub(super) right: SelectableId,
    /// Only these columns may refer; empty for any.
    pub(super) listed: &'a [ColumnId],
}

impl Ledger {
    /// The candidates that were not passed over.
    pub fn fitting(&self) -> impl Iterator<Item = &Candidate> {
        self.candidates.iter().filter(|candidate| candidate.rejected.is_none())
    }

    /// The candidate that was chosen.
    pub fn choice(&self) -> Option<&Candidate> {
        self.chosen.and_then(|i| self.candidates.get(i))
    }

    /// Whether keys were found, but none could be chosen.
    pub fn is_ambiguous(&self) -> bool {
        let linking = |c: &Candidate| {
            matches!(c.rejected, None | Some(Rejection::NotExactlyListed | Rejection::SameAs(_)))
        };
        self.chosen.is_none() && self.candidates.iter().any(linking)
    }
}

/// Which foreign keys a search looks at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reach {
    /// Those between tables of the two sides; no other can be chosen.
    Between,
    /// Every key of either side, so that the ledger tells what was passed over.
    All,
}

impl Candidate {
    /// The condition that joins by the key.
    pub fn condition(&self) -> Condition {
        Condition::of_equalities(self.pairs.iter().copied())
    }
}

impl Search<'_> {
    /// Looks at foreign keys of the two sides and chooses.
    pub(super) fn run(&self, mapping: &Mapping, reach: Reach) -> Ledger {
        let mut candidates = self.candidates(mapping, reach);
        let place = |candidate: &Candidate| mapping.catalog.spelled(candidate.key, &mapping.names);
        candidates.sort_by_cached_key(place);
        self.trim(mapping, &mut candidates);
        let mut fitting = (0..).zip(&candidates).filter(|(_, c)| c.rejected.is_none());
        let chosen = match (fitting.next(), fitting.next()) {
            (Some((only, _)), None) => Some(only),
            _ => None,
        };
        Ledger { side: self.side, left: self.left, right: self.right, candidates, chosen }
    }

    /// The keys of the whole left side; where the entity's own table has a link, those of the tables
    /// it inherits are passed over.
    fn candidates(&self, mapping: &Mapping, reach: Reach) -> Vec<Candidate> {
        let mut all = self.links(mapping, self.left, reach);
        if self.own == self.left {
            return all;
        }
        let own = self.links(mapping, self.own, reach);
        let linking = |key| own.iter().any(|c| c.key == key && c.rejected.is_none());
        if own.iter().any(|candidate| candidate.rejected.is_none()) {
            for candidate in all.iter_mut().filter(|c| c.rejected.is_none() && !linking(c.key)) {
                candidate.rejected = Some(Rejection::Inherited);
            }
        }
        all
    }

    /// Several keys fit: only those whose columns are exactly the listed ones stay, and of keys
    /// that equate the same columns the first.
    fn trim(&self, mapping: &Mapping, candidates: &mut [Candidate]) {
        let fitting = candidates.iter().filter(|c| c.rejected.is_none()).count();
        if fitting < 2 {
            return;
        }
        if !self.listed.is_empty() {
            for candidate in candidates.iter_mut().filter(|c| c.rejected.is_none()) {
                let key = mapping.catalog.foreign_key(candidate.key);
                let listed = |column| self.listed.contains(column);
                let referring: Vec<_> = candidate.pairs.iter().map(|(_, from)| *from).collect();
                let exact = referring.len() == key.columns.len()
                    && self.listed.iter().all(|column| referring.contains(column))
                    && referring.iter().all(listed);
                candidate.rejected = (!exact).then_some(Rejection::NotExactlyListed);
            }
        }
        let all: Vec<_> = candidates.iter().filter(|c| c.rejected.is_none()).cloned().collect();
        let Some(first) = all.first() else { return };
        if all.iter().all(|candidate| candidate.pairs == first.pairs) {
            for candidate in candidates.iter_mut().filter(|c| c.rejected.is_none()).skip(1) {
                candidate.rejected = Some(Rejection::SameAs(first.key));
            }
        }
    }

    /// The keys declared on either side: those that link the two, and those that lead elsewhere.
    fn links(&self, mapping: &Mapping, left: SelectableId, reach: Reach) -> Vec<Candidate> {
        let mut merged = self.keys(mapping, self.right, left, reach);
        let others = (left != self.right).then(|| self.keys(mapping, left, self.right, reach));
        for candidate in others.into_iter().flatten() {
            // One key can be met from both sides where they share a table.
            match merged.iter_mut().find(|other| other.key == candidate.key) {
                Some(other) if other.rejected.is_some() => *other = candidate,
                Some(other) if candidate.rejected.is_none() => other.pairs.extend(candidate.pairs),
                Some(_) => {}
                None => merged.push(candidate),
            }
        }
        merged
    }

    fn keys(
        &self,
        mapping: &Mapping,
        from: SelectableId,
        to: SelectableId,
        reach: Reach,
    ) -> Vec<Candidate> {
        let (graph, catalog) = (&mapping.graph, &mapping.catalog);
        let candidate = |key| self.candidate(mapping, key, from, to);
        // Most selectables are tables; theirs need not be gathered first.
        if let (Reach::Between, Some(one), Some(other)) =
            (reach, graph.base_table(from), graph.base_table(to))
        {
            let between = catalog.foreign_keys_between(one, other);
            return between.map(|(key, _)| candidate(key)).collect();
        }
        let tables_from = tables(mapping, from);
        if reach == Reach::All {
            let keys = tables_from.iter().flat_map(|table| &catalog.table(*table).foreign_keys);
            return keys.copied().map(candidate).collect();
        }
        let tables_to = tables(mapping, to);
        let between = tables_from.iter().flat_map(|table| {
            tables_to.iter().flat_map(|other| catalog.foreign_keys_between(*table, *other))
        });
        between.map(|(key, _)| candidate(key)).collect()
    }

    fn candidate(
        &self,
        mapping: &Mapping,
        key: ForeignKeyId,
        from: SelectableId,
        to: SelectableId,
    ) -> Candidate {
        let declared = mapping.catalog.foreign_key(key);
        let mut linked: Vec<_> = declared
            .pairs()
            .filter_map(|(local, referred)| {
                Some((showing(mapping, to, referred)?, showing(mapping, from, local)?))
            })
            .collect();
        linked.sort_by_key(|(_, from)| mapping.graph.declared(*from));
        let listed = linked.iter().any(|(_, from)| self.may_refer(*from));
        let rejected = match (linked.is_empty(), listed) {
            (true, _) => Some(Rejection::LeadsElsewhere(declared.referred_table)),
            (false, false) => Some(Rejection::NotListed),
            (false, true) => None,
        };
        if rejected.is_none() {
            linked.retain(|(_, from)| self.may_refer(*from));
        }
        Candidate { key, pairs: linked, rejected }
    }

    fn may_refer(&self, column: ColumnId) -> bool {
        self.listed.is_empty() || self.listed.contains(&column)
    }
}

/// The tables whose columns a selectable shows, each once.
fn tables(mapping: &Mapping, selectable: SelectableId) -> Vec<TableId> {
    let columns = &mapping.graph.selectable(selectable).columns;
    let mut tables: Vec<_> = columns
        .iter()
        .filter_map(|column| mapping.graph.declared(*column))
        .map(|column| mapping.catalog.column(column).table)
        .collect();
    tables.sort_unstable();
    tables.dedup();
    tables
}

/// The selectable's column that shows a declared one.
fn showing(
    mapping: &Mapping,
    selectable: SelectableId,
    declared: TableColumnId,
) -> Option<ColumnId> {
    let mut columns = mapping.graph.selectable(selectable).columns.iter().copied();
    columns.find(|column| mapping.graph.declared(*column) == Some(declared))
}
