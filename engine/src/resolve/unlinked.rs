//! Which relationships are each other's reverse without saying so?
//!
//! Asked when findings are, not while relationships are resolved.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::answer::{Answer, Direction, Pair, Resolution};
use super::writes::{Writings, written};
use crate::base::{ColumnId, RelationshipId};
use crate::entity::{Mapping, Relationship};

/// Two relationships that write one link from its two ends, by path.
pub type Unlinked = (RelationshipId, RelationshipId);

/// The pairs of relationships that are each other's reverse and do not say so. Where a relationship
/// could be the reverse of several, nothing is said of them.
pub(super) fn unlinked(mapping: &Mapping, resolution: &Resolution) -> BTreeSet<Unlinked> {
    let all = resolution.relationships(mapping).map(|(id, _, _)| id);
    among(mapping, resolution, all).collect()
}

/// Looks again at the links that write some of `columns`.
pub(super) fn renew(
    known: &mut BTreeSet<Unlinked>,
    mapping: &Mapping,
    resolution: &Resolution,
    writings: &Writings,
    columns: &FxHashSet<ColumnId>,
) {
    let writes = |id: &RelationshipId| {
        let written = resolution.answer(*id).into_iter().flat_map(written);
        written.into_iter().any(|(_, target)| columns.contains(&target))
    };
    known.retain(|(a, b)| !writes(a) && !writes(b));
    known.extend(among(mapping, resolution, writings.writers(columns)));
}

/// The pairs among relationships of which all that write one link are given, or none.
fn among(
    mapping: &Mapping,
    resolution: &Resolution,
    ids: impl IntoIterator<Item = RelationshipId>,
) -> impl Iterator<Item = Unlinked> {
    let mut links: FxHashMap<Vec<Pair>, Vec<RelationshipId>> = FxHashMap::default();
    for id in ids {
        let relationship = resolution.relationship(mapping, id);
        let answer = resolution.answer(id).filter(|answer| is_open(relationship, answer));
        if let Some(link) = answer.map(copied).filter(|link| !link.is_empty()) {
            links.entry(link).or_default().push(id);
        }
    }
    links.into_values().filter_map(|ends| match *ends.as_slice() {
        [a, b] if are_ends(mapping, resolution, a, b) => Some(by_path(mapping, resolution, a, b)),
        _ => None,
    })
}

/// Whether a relationship is written and has no reverse.
fn is_open(relationship: &Relationship, answer: &Answer) -> bool {
    !relationship.is_viewonly()
        && !relationship.names_reverse()
        && !relationship.doubtful
        && answer.is_complete()
        && answer.reverse().is_empty()
}

/// What a flush copies, in an order of its own.
fn copied(answer: &Answer) -> Vec<Pair> {
    let mut all = [&*answer.synchronize(), &*answer.secondary_synchronize()].concat();
    all.sort_unstable();
    all
}

fn are_ends(
    mapping: &Mapping,
    resolution: &Resolution,
    a: RelationshipId,
    b: RelationshipId,
) -> bool {
    let end = |id| Some((resolution.relationship(mapping, id), resolution.answer(id)?));
    let (Some((a, ours)), Some((b, theirs))) = (end(a), end(b)) else { return false };
    let opposite = match (ours.direction, theirs.direction) {
        (Some(Direction::OneToMany), Some(Direction::ManyToOne))
        | (Some(Direction::ManyToOne), Some(Direction::OneToMany)) => true,
        (Some(Direction::ManyToMany), Some(Direction::ManyToMany)) => {
            ours.synchronize() != theirs.synchronize()
        }
        _ => false,
    };
    opposite
        && mapping.share_lineage(a.entity, b.target)
        && mapping.share_lineage(b.entity, a.target)
}

fn by_path(
    mapping: &Mapping,
    resolution: &Resolution,
    a: RelationshipId,
    b: RelationshipId,
) -> Unlinked {
    let path = |id| mapping.relationship_path(resolution.relationship(mapping, id));
    if path(a) <= path(b) { (a, b) } else { (b, a) }
}
