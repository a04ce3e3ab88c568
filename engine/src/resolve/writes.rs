//! What does each relationship write, and do two of them write the same column?
//!
//! Judged over the whole model at once, so that no order of declaration shows. Rule: `SQLAlchemy`'s
//! `_JoinCondition._warn_for_conflicting_sync_targets`, which looks at one relationship at a time.

use super::answer::{Answer, Direction, Resolution};
use super::implied;
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
        declared.is_some_and(|declared| mapping.catalog.is_primary_key(declared))
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

/// Those of the columns asked for.
pub(super) fn conflicts_among(
    mapping: &Mapping,
    resolution: &Resolution,
    is_asked: impl Fn(ColumnId) -> bool,
) -> Vec<Conflict> {
    let mut all = Vec::new();
    for (relationship, declared, answer) in resolution.relationships(mapping) {
        if is_writer(declared, answer) {
            let writer = |(source, target)| (target, Writer { relationship, source });
            let asked = written(answer).filter(|(_, target)| is_asked(*target));
            all.extend(asked.map(writer));
        }
    }
    // Stable, so that of several sources a relationship's first counts.
    all.sort_by_key(|(target, writer)| (*target, writer.relationship));
    all.dedup_by_key(|(target, writer)| (*target, writer.relationship));
    let by_target = all.chunk_by(|(one, _), (other, _)| one == other).filter(|it| it.len() > 1);
    let found = by_target.filter_map(|written| {
        let (column, _) = *written.first()?;
        let written: Vec<_> = written.iter().map(|(_, writer)| *writer).collect();
        conflict(mapping, resolution, column, &written)
    });
    found.collect()
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

/// The (source, target) columns that a relationship copies.
pub(super) fn written(answer: &Answer) -> impl Iterator<Item = (ColumnId, ColumnId)> + '_ {
    answer.pairs.synchronize.iter().chain(&answer.pairs.secondary_synchronize).copied()
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
        answer.is_some_and(|answer| answer.reverse.contains(&y.relationship))
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
