//! Which foreign key links two selectables?
//!
//! The search keeps a ledger: success, ambiguity and failure are one object that says what was
//! looked at and why it was passed over. Rules: `SQLAlchemy`'s `Join._joincond_scan_left_right` and
//! `_joincond_trim_constraints`.

use super::answer::{Pair, Side};
use crate::base::{ColumnId, Few, ForeignKeyId, SelectableId, TableColumnId, TableId};
use crate::entity::{Argument, Mapping};
use crate::graph::{Condition, SelectableKind};

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
    pub pairs: Few<Pair>,
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
    pub(super) listed: &'a [Argument<ColumnId>],
}

impl Ledger {
    /// The candidates that were not passed over.
    pub fn fitting(&self) -> impl Iterator<Item = &Candidate> {
        self.candidates.iter().filter(|candidate| candidate.fits())
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
enum Reach {
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

    fn fits(&self) -> bool {
        self.rejected.is_none()
    }
}

impl Search<'_> {
    /// Looks at every foreign key of either side and chooses.
    pub(super) fn run(&self, mapping: &Mapping) -> Ledger {
        let mut candidates = self.candidates(mapping, Reach::All);
        self.settle(mapping, &mut candidates);
        let mut fitting = (0..).zip(&candidates).filter(|(_, c)| c.fits());
        let chosen = match (fitting.next(), fitting.next()) {
            (Some((only, _)), None) => Some(only),
            _ => None,
        };
        Ledger { side: self.side, left: self.left, right: self.right, candidates, chosen }
    }

    /// The choice alone: no other key than one between the two sides can be it.
    pub(super) fn choice(&self, mapping: &Mapping) -> Option<Candidate> {
        let mut fitting = self.direct(mapping).unwrap_or_else(|| {
            let all = self.candidates(mapping, Reach::Between);
            all.into_iter().filter(Candidate::fits).collect()
        });
        if fitting.len() > 1 {
            let mut several = fitting.to_vec();
            self.settle(mapping, &mut several);
            fitting = several.into_iter().filter(Candidate::fits).collect();
        }
        let [only] = &*fitting else { return None };
        Some(only.clone())
    }

    /// The keys that fit between two different tables, which is what most searches are between.
    fn direct(&self, mapping: &Mapping) -> Option<Few<Candidate>> {
        let (graph, catalog) = (&mapping.graph, mapping.catalog());
        let (left, right) = (graph.base_table(self.left)?, graph.base_table(self.right)?);
        if left == right || self.own != self.left {
            return None;
        }
        let between = |one, other| catalog.foreign_keys_between(one, other).map(|(key, _)| key);
        let towards = between(right, left);
        let towards = towards.map(|key| self.candidate(mapping, key, self.right, self.left));
        let away = between(left, right);
        let away = away.map(|key| self.candidate(mapping, key, self.left, self.right));
        Some(towards.chain(away).filter(Candidate::fits).collect())
    }

    /// Puts the candidates in the order in which they are told of, and passes over those that
    /// another one excels.
    fn settle(&self, mapping: &Mapping, candidates: &mut [Candidate]) {
        candidates.sort_by_cached_key(|it| mapping.catalog().spelled(it.key, &mapping.names));
        self.trim(mapping, candidates);
    }

    /// The keys of the whole left side; where the entity's own table has a link, those of the tables
    /// it inherits are passed over.
    fn candidates(&self, mapping: &Mapping, reach: Reach) -> Vec<Candidate> {
        let mut all = self.links(mapping, self.left, reach);
        if self.own == self.left {
            return all;
        }
        let own = self.links(mapping, self.own, reach);
        let linking = |key| own.iter().any(|c| c.key == key && c.fits());
        if own.iter().any(Candidate::fits) {
            for candidate in all.iter_mut().filter(|c| c.fits() && !linking(c.key)) {
                candidate.rejected = Some(Rejection::Inherited);
            }
        }
        all
    }

    /// Several keys fit: only those whose columns are exactly the listed ones stay, and of keys
    /// that equate the same columns the first.
    fn trim(&self, mapping: &Mapping, candidates: &mut [Candidate]) {
        let fitting = candidates.iter().filter(|c| c.fits()).count();
        if fitting < 2 {
            return;
        }
        if !self.listed.is_empty() {
            for candidate in candidates.iter_mut().filter(|c| c.fits()) {
                let key = mapping.catalog().foreign_key(candidate.key);
                let referring = || candidate.pairs.iter().map(|(_, from)| *from);
                let exact = candidate.pairs.len() == key.pairs.len()
                    && self.listed.iter().all(|it| referring().any(|column| column == it.value))
                    && referring().all(|column| self.may_refer(column));
                candidate.rejected = (!exact).then_some(Rejection::NotExactlyListed);
            }
        }
        let mut fitting = candidates.iter_mut().filter(|c| c.fits());
        let Some(first) = fitting.next() else { return };
        let others: Vec<_> = fitting.collect();
        if others.iter().all(|other| other.pairs == first.pairs) {
            for other in others {
                other.rejected = Some(Rejection::SameAs(first.key));
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
                Some(other) if !other.fits() => *other = candidate,
                Some(other) if candidate.fits() => {
                    other.pairs = other.pairs.iter().chain(&candidate.pairs).copied().collect();
                }
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
        let catalog = mapping.catalog();
        let candidate = |key| self.candidate(mapping, key, from, to);
        let tables_from = tables(mapping, from);
        if reach == Reach::All {
            let keys = tables_from.iter().flat_map(|table| &catalog.table(*table).foreign_keys);
            return keys.map(candidate).collect();
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
        let declared = mapping.catalog().foreign_key(key);
        let linked = declared.pairs.iter().filter_map(|(local, referred)| {
            Some((showing(mapping, to, *referred)?, showing(mapping, from, *local)?))
        });
        let mut linked: Few<Pair> = linked.collect();
        if linked.len() > 1 {
            let mut several = linked.to_vec();
            several.sort_by_key(|(_, from)| mapping.graph.declared(*from));
            linked = several.into();
        }
        let listed = linked.iter().any(|(_, from)| self.may_refer(*from));
        let rejected = match (linked.is_empty(), listed) {
            (true, _) => Some(Rejection::LeadsElsewhere(declared.referred_table)),
            (false, false) => Some(Rejection::NotListed),
            (false, true) => None,
        };
        if rejected.is_none() && !linked.iter().all(|(_, from)| self.may_refer(*from)) {
            linked = linked.iter().copied().filter(|(_, from)| self.may_refer(*from)).collect();
        }
        Candidate { key, pairs: linked, rejected }
    }

    fn may_refer(&self, column: ColumnId) -> bool {
        self.listed.is_empty() || self.listed.iter().any(|listed| listed.value == column)
    }
}

/// The tables whose columns a selectable shows, each once.
fn tables(mapping: &Mapping, selectable: SelectableId) -> Few<TableId> {
    if let Some(table) = mapping.graph.base_table(selectable) {
        return Few::from(table);
    }
    let columns = mapping.graph.columns(selectable);
    let mut tables: Vec<_> = columns
        .filter_map(|column| mapping.graph.declared(column))
        .map(|column| mapping.catalog().column(column).table)
        .collect();
    tables.sort_unstable();
    tables.dedup();
    tables.into()
}

/// The selectable's column that shows a declared one.
fn showing(
    mapping: &Mapping,
    selectable: SelectableId,
    declared: TableColumnId,
) -> Option<ColumnId> {
    if let SelectableKind::Table(_) = mapping.graph.selectable(selectable).kind {
        let column = mapping.graph.table_column(declared);
        return column.filter(|it| mapping.graph.column(*it).selectable == selectable);
    }
    let mut columns = mapping.graph.columns(selectable);
    columns.find(|column| mapping.graph.declared(*column) == Some(declared))
}
