//! What does each relationship write, and do two of them write the same column?
//!
//! Judged over the whole model at once, so that no order of declaration shows. Rule: `SQLAlchemy`'s
//! `_JoinCondition._warn_for_conflicting_sync_targets`, which looks at one relationship at a time.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::answer::{Answer, Direction, Join, Pair, Resolution};
use super::implied;
use super::sided::Sided;
use crate::base::{ColumnId, EntityId, Few, Id, RelationshipId};
use crate::entity::{Mapping, Relationship};

/// A column that relationships write which do not know of each other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conflict {
    /// The column.
    pub column: ColumnId,
    /// The relationships that write it, and from where; at least two.
    pub writers: Vec<Writer>,
    /// Whether they can disagree.
    pub overlap: Overlap,
}

/// Whether relationships that write one column can disagree about its value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Overlap {
    /// They copy one and the same column: two views of one link.
    SameSource,
    /// They copy different columns, which the declared keys make equal in every row.
    Implied,
    /// They copy different columns: what is flushed last wins.
    Conflicting,
}

/// A relationship that writes a column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Writer {
    /// The relationship.
    pub relationship: RelationshipId,
    /// The column it copies.
    pub source: ColumnId,
}

/// The columns a relationship touches when it is flushed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ColumnUse {
    /// Columns whose values are copied.
    pub reads: Few<ColumnId>,
    /// Columns that are copied to.
    pub writes: Few<ColumnId>,
    /// Columns set to NULL when the link between two instances is taken away.
    pub nulls: Few<ColumnId>,
}

/// What a relationship reads and writes. Taking a link away sets the referring columns to NULL,
/// but never those of a primary key; a many-to-many link is a row, which is deleted instead.
pub fn uses(mapping: &Mapping, relationship: &Relationship, answer: &Answer) -> ColumnUse {
    let Some(direction) = answer.direction.filter(|_| !relationship.is_viewonly()) else {
        return ColumnUse::default();
    };
    let writes = Few::distinct(written(answer).map(|(_, target)| target));
    let is_key = |column: &ColumnId| {
        let declared = mapping.graph.declared(*column);
        declared.is_some_and(|declared| mapping.catalog().is_primary_key(declared))
    };
    let nulls = match direction {
        Direction::ManyToMany => Few::new(),
        _ => writes.iter().copied().filter(|column| !is_key(column)).collect(),
    };
    ColumnUse { reads: Few::distinct(written(answer).map(|(source, _)| source)), writes, nulls }
}

/// The columns that several relationships write which do not know of each other.
pub(super) fn conflicts(mapping: &Mapping, resolution: &Resolution) -> Vec<Conflict> {
    let by_target = writers(mapping, resolution);
    let several = (0..).zip(&by_target).filter(|(_, written)| written.len() > 1);
    let found = several.filter_map(|(column, written)| {
        conflict(mapping, resolution, ColumnId::from_index(column), written)
    });
    found.collect()
}

/// The relationships by the columns that they copy to.
#[derive(Debug)]
pub(crate) struct Writings {
    by_target: FxHashMap<ColumnId, Vec<RelationshipId>>,
}

impl Writings {
    pub(crate) fn of(resolution: &Resolution) -> Self {
        let mut writings = Self { by_target: FxHashMap::default() };
        for (index, answer) in (0..).zip(&resolution.answers) {
            writings.add(RelationshipId::from_index(index), answer);
        }
        writings
    }

    pub(super) fn add(&mut self, id: RelationshipId, answer: &Answer) {
        for (_, target) in written(answer) {
            self.by_target.entry(target).or_default().push(id);
        }
    }

    pub(super) fn remove(&mut self, id: RelationshipId, answer: &Answer) {
        for (_, target) in written(answer) {
            if let Some(writers) = self.by_target.get_mut(&target) {
                writers.retain(|writer| *writer != id);
            }
        }
    }

    /// The relationships that write any of `columns`, by their ids.
    pub(super) fn writers(&self, columns: &FxHashSet<ColumnId>) -> BTreeSet<RelationshipId> {
        columns.iter().filter_map(|column| self.by_target.get(column)).flatten().copied().collect()
    }

    /// Those of `columns` that several relationships write which do not know of each other.
    pub(super) fn conflicts(
        &self,
        mapping: &Mapping,
        resolution: &Resolution,
        columns: &FxHashSet<ColumnId>,
    ) -> Vec<Conflict> {
        let found = columns.iter().filter_map(|column| {
            let mut ids = self.by_target.get(column)?.clone();
            ids.sort_unstable();
            ids.dedup();
            let writer = |id| writer(mapping, resolution, id, *column);
            let written: Vec<_> = ids.into_iter().filter_map(writer).collect();
            conflict(mapping, resolution, *column, &written)
        });
        found.collect()
    }
}

/// What a relationship copies to a column. Of several columns the first counts.
fn writer(
    mapping: &Mapping,
    resolution: &Resolution,
    relationship: RelationshipId,
    column: ColumnId,
) -> Option<Writer> {
    let answer = resolution.answer(relationship)?;
    let declared = resolution.relationship(mapping, relationship);
    let (source, _) = written(answer).find(|(_, target)| *target == column)?;
    is_writer(declared, answer).then_some(Writer { relationship, source })
}

fn conflict(
    mapping: &Mapping,
    resolution: &Resolution,
    column: ColumnId,
    written: &[Writer],
) -> Option<Conflict> {
    let writers = strangers(mapping, resolution, written);
    let overlap = overlap(mapping, resolution, column, &writers);
    (!writers.is_empty()).then_some(Conflict { column, writers, overlap })
}

/// Whether a relationship takes part: one that says less than was meant may be told nothing.
fn is_writer(declared: &Relationship, answer: &Answer) -> bool {
    answer.is_complete() && !declared.is_viewonly() && !declared.doubtful
}

/// The writers of each column by its index, in order of their ids. Of several columns that a
/// relationship copies to one, the first counts.
fn writers(mapping: &Mapping, resolution: &Resolution) -> Vec<Few<Writer>> {
    let mut by_target: Vec<Few<Writer>> = Vec::new();
    for (relationship, declared, answer) in resolution.relationships(mapping) {
        if !is_writer(declared, answer) {
            continue;
        }
        for (source, target) in written(answer) {
            if by_target.len() <= target.index() {
                by_target.resize_with(target.index() + 1, Few::new);
            }
            let known = by_target.get_mut(target.index());
            let is_new = |known: &&mut Few<Writer>| {
                known.last().is_none_or(|last| last.relationship != relationship)
            };
            if let Some(known) = known.filter(is_new) {
                known.push(Writer { relationship, source });
            }
        }
    }
    by_target
}

fn overlap(
    mapping: &Mapping,
    resolution: &Resolution,
    column: ColumnId,
    writers: &[Writer],
) -> Overlap {
    let Some((first, others)) = writers.split_first() else { return Overlap::SameSource };
    let different = || others.iter().filter(|writer| writer.source != first.source);
    let copies = |writer: &Writer| -> Vec<_> {
        resolution.answer(writer.relationship).into_iter().flat_map(written).collect()
    };
    let equal = |other: &Writer| implied::is_equal(mapping, column, &copies(first), &copies(other));
    match different().next() {
        None => Overlap::SameSource,
        Some(_) if different().all(equal) => Overlap::Implied,
        Some(_) => Overlap::Conflicting,
    }
}

/// The (source, target) columns that a relationship copies, once for each comparison that says so.
pub(super) fn written(answer: &Answer) -> impl Iterator<Item = Pair> + '_ {
    answer.join.iter().flat_map(Join::sides).flat_map(Sided::copied)
}

/// The writers of which some other does not know, by path.
fn strangers(mapping: &Mapping, resolution: &Resolution, writers: &[Writer]) -> Vec<Writer> {
    let strange = |a: &Writer| writers.iter().any(|b| collide(mapping, resolution, *a, *b));
    let mut strangers: Vec<_> = writers.iter().copied().filter(strange).collect();
    strangers.sort_by_cached_key(|writer| {
        mapping.relationship_path(resolution.relationship(mapping, writer.relationship))
    });
    strangers
}

fn collide(mapping: &Mapping, resolution: &Resolution, a: Writer, b: Writer) -> bool {
    let (one, other) = (
        resolution.relationship(mapping, a.relationship),
        resolution.relationship(mapping, b.relationship),
    );
    let reverse = |x: Writer, y: Writer| {
        let answer = resolution.answer(x.relationship);
        answer.is_some_and(|answer| answer.reverse().contains(&y.relationship))
    };
    let same = one.name == other.name && mapping.share_lineage(one.entity, other.entity);
    a.relationship != b.relationship
        && !reverse(a, b)
        && !reverse(b, a)
        && !allows(one, other)
        && !allows(other, one)
        && !same
        && !siblings(mapping, one, other)
}

fn allows(relationship: &Relationship, other: &Relationship) -> bool {
    relationship.arguments.overlaps.iter().any(|name| name.value == other.name)
}

/// Whether an end of one and an end of the other lie on different branches of one hierarchy, so
/// that no row is written by both.
fn siblings(mapping: &Mapping, one: &Relationship, other: &Relationship) -> bool {
    let apart = |a: EntityId, b: EntityId| {
        let (left, right) = (mapping.lineage(a), mapping.lineage(b));
        let on_one_branch = left.first().is_some_and(|first| right.contains(first))
            || right.first().is_some_and(|first| left.contains(first));
        left.last() == right.last() && !on_one_branch
    };
    [one.entity, one.target]
        .into_iter()
        .any(|a| [other.entity, other.target].into_iter().any(|b| apart(a, b)))
}
