//! Which relationship is the reverse of which, and do the two agree?
//!
//! Rules: `SQLAlchemy`'s `RelationshipProperty._add_reverse_property`.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use super::answer::{Answer, Direction, Evidence, Resolution};
use crate::base::{EntityId, Few, Id, Name, RelationshipId};
use crate::entity::{Mapping, Relationship};
use crate::report::nearest;

/// Something wrong between a relationship and the one it names as its reverse.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InverseFault {
    /// The reverse, where it exists.
    pub other: Option<RelationshipId>,
    /// What is wrong.
    pub kind: InverseFaultKind,
}

/// The ways in which a relationship and its reverse can disagree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum InverseFaultKind {
    /// The target has nothing of that name.
    Unknown {
        /// The name.
        name: Name,
        /// The nearest relationship of the target.
        nearest: Option<String>,
    },
    /// The target has something of that name, but no relationship.
    NotARelationship {
        /// The name.
        name: Name,
    },
    /// The reverse leads to another entity than the one the relationship is on.
    WrongTarget {
        /// That entity.
        leads_to: EntityId,
    },
    /// Both run in the same direction.
    SameDirection,
    /// One is viewonly, the other asks for `sync_backref`.
    ViewonlySyncBackref,
}

/// Links each relationship with the one it names as its reverse.
pub(super) fn link(mapping: &Mapping, resolution: &mut Resolution) {
    let offered = OnceCell::new();
    for index in (0..).take(resolution.answers.len()) {
        meet(mapping, resolution, &offered, RelationshipId::from_index(index));
    }
}

/// Links a relationship, whose own answer is new, with its reverse, and those again that it was
/// linked with. Tells whose answers may have changed.
pub(super) fn relink(
    mapping: &Mapping,
    resolution: &mut Resolution,
    id: RelationshipId,
    partners: &[RelationshipId],
) -> Vec<RelationshipId> {
    for partner in partners {
        if let Some(answer) = resolution.answers.get_mut(partner.index()) {
            let others: Few<_> =
                answer.reverse().iter().copied().filter(|other| *other != id).collect();
            answer.set_reverse(&others);
            if let Some(trouble) = answer.trouble.given_mut() {
                trouble.evidence.retain(|evidence| !matches!(evidence, Evidence::Inverse(_)));
            }
        }
    }
    let offered = OnceCell::new();
    let mut linked: Vec<_> = partners.iter().copied().filter(|partner| *partner != id).collect();
    linked.push(id);
    let met = linked.iter().filter_map(|id| meet(mapping, resolution, &offered, *id));
    let met: Vec<_> = met.collect();
    linked.extend(met);
    linked.sort_unstable();
    linked.dedup();
    linked
}

/// Links a relationship with the one that it names as its reverse, and tells which that is.
fn meet(
    mapping: &Mapping,
    resolution: &mut Resolution,
    offered: &OnceCell<Offered>,
    id: RelationshipId,
) -> Option<RelationshipId> {
    let (other, faults) = outcome(mapping, resolution, offered, id)?;
    if let Some(other) = other {
        reverse(mapping, resolution, id, other);
        reverse(mapping, resolution, other, id);
    }
    if let Some(answer) = resolution.answers.get_mut(id.index()).filter(|_| !faults.is_empty()) {
        let faults = faults.into_iter().map(|kind| InverseFault { other, kind });
        answer.evidence.extend(faults.map(Evidence::Inverse));
    }
    other
}

/// The names of the relationships of each entity. Made when a name is first missed, so that a model
/// full of misses is not searched once for each.
type Offered = FxHashMap<EntityId, Vec<Name>>;

fn offered(mapping: &Mapping, resolution: &Resolution) -> Offered {
    let mut offered = Offered::default();
    for (_, relationship, _) in resolution.relationships(mapping) {
        offered.entry(relationship.entity).or_default().push(relationship.name);
    }
    offered
}

/// What a relationship's `back_populates` comes to: the reverse, where it exists, and what is wrong
/// with it. Nothing where none is named, or the one that is named was lost.
fn outcome(
    mapping: &Mapping,
    resolution: &Resolution,
    all_offered: &OnceCell<Offered>,
    id: RelationshipId,
) -> Option<(Option<RelationshipId>, Vec<InverseFaultKind>)> {
    let relationship = resolution.relationship(mapping, id);
    let name = relationship.arguments.back_populates.as_ref()?.value;
    let target = mapping.primary_of(relationship.target);
    if let Some(other) = resolution.find(mapping, target, name) {
        let faults = faults(mapping, resolution, relationship, resolution.answer(id)?, other);
        return Some((Some(other), faults));
    }
    if mapping.is_lost(target, name) {
        return None;
    }
    let all_offered = all_offered.get_or_init(|| offered(mapping, resolution));
    Some((None, vec![absent(mapping, all_offered, target, name)]))
}

fn absent(mapping: &Mapping, offered: &Offered, target: EntityId, name: Name) -> InverseFaultKind {
    let lineage = mapping.lineage(target);
    if lineage.iter().any(|owner| mapping.entity(*owner).attribute(&mapping.graph, name).is_some())
    {
        return InverseFaultKind::NotARelationship { name };
    }
    let of_target = lineage.iter().filter_map(|owner| offered.get(owner)).flatten();
    let of_target = of_target.map(|name| mapping.names.text(*name));
    let nearest = nearest(mapping.names.text(name), of_target).map(String::from);
    InverseFaultKind::Unknown { name, nearest }
}

fn faults(
    mapping: &Mapping,
    resolution: &Resolution,
    relationship: &Relationship,
    answer: &Answer,
    other: RelationshipId,
) -> Vec<InverseFaultKind> {
    let reverse = resolution.relationship(mapping, other);
    let mut faults = Vec::new();
    if !mapping.share_lineage(reverse.target, relationship.entity) {
        faults.push(InverseFaultKind::WrongTarget { leads_to: reverse.target });
    }
    if refuses_sync(relationship, reverse) || refuses_sync(reverse, relationship) {
        faults.push(InverseFaultKind::ViewonlySyncBackref);
    }
    let theirs = resolution.answer(other).and_then(|answer| answer.direction);
    match answer.direction {
        Some(Direction::OneToMany | Direction::ManyToOne)
            if answer.direction == theirs && faults.is_empty() =>
        {
            faults.push(InverseFaultKind::SameDirection);
        }
        _ => {}
    }
    faults
}

fn refuses_sync(viewonly: &Relationship, other: &Relationship) -> bool {
    viewonly.is_viewonly() && other.arguments.sync_backref.is_some_and(|sync| sync.value)
}

/// Notes a reverse, in its place among the others by path.
fn reverse(
    mapping: &Mapping,
    resolution: &mut Resolution,
    of: RelationshipId,
    other: RelationshipId,
) {
    let Some(answer) = resolution.answer(of) else { return };
    let known = answer.reverse();
    if known.contains(&other) {
        return;
    }
    let path = |id: RelationshipId| mapping.relationship_path(resolution.relationship(mapping, id));
    let (before, behind) = known.split_at(match known {
        [] => 0,
        _ => known.partition_point(|it| path(*it) <= path(other)),
    });
    let all: Few<_> = before.iter().chain([&other]).chain(behind).copied().collect();
    if let Some(answer) = resolution.answers.get_mut(of.index()) {
        answer.set_reverse(&all);
    }
}
