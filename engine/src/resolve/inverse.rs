//! Which relationship is the reverse of which, and do the two agree?
//!
//! Rules: `SQLAlchemy`'s `RelationshipProperty._add_reverse_property`.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use super::answer::{Answer, Direction, Evidence, Resolution};
use crate::base::{EntityId, Id, Name, RelationshipId};
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

/// What a relationship's `back_populates` comes to.
type Outcome = (RelationshipId, Result<RelationshipId, Vec<InverseFault>>, Option<RelationshipId>);

/// Links each relationship with the one it names as its reverse.
pub(super) fn link(mapping: &Mapping, resolution: &mut Resolution) {
    let outcomes = outcomes(mapping, resolution, resolution.relationships(mapping));
    apply(resolution, outcomes);
    let mut answers = std::mem::take(&mut resolution.answers);
    for answer in &mut answers {
        settle(mapping, resolution, answer);
    }
    resolution.answers = answers;
}

/// Links a relationship, whose own answer is new, with its reverse, and those again that it was
/// linked with.
pub(super) fn relink(
    mapping: &Mapping,
    resolution: &mut Resolution,
    id: RelationshipId,
    partners: &[RelationshipId],
) {
    for partner in partners {
        if let Some(answer) = resolution.answers.get_mut(partner.index()) {
            answer.reverse = answer.reverse.iter().copied().filter(|other| *other != id).collect();
            answer.evidence.retain(|evidence| !matches!(evidence, Evidence::Inverse(_)));
        }
    }
    let mut linked: Vec<_> = partners.iter().copied().filter(|partner| *partner != id).collect();
    linked.push(id);
    let all = linked.iter().filter_map(|id| {
        Some((*id, resolution.relationship(mapping, *id), resolution.answer(*id)?))
    });
    let outcomes = outcomes(mapping, resolution, all);
    linked.extend(outcomes.iter().filter_map(|(_, _, other)| *other));
    linked.sort_unstable();
    linked.dedup();
    apply(resolution, outcomes);
    for id in linked {
        let Some(answer) = resolution.answers.get_mut(id.index()) else { continue };
        let mut answer = std::mem::take(answer);
        settle(mapping, resolution, &mut answer);
        if let Some(place) = resolution.answers.get_mut(id.index()) {
            *place = answer;
        }
    }
}

fn outcomes<'r>(
    mapping: &Mapping,
    resolution: &Resolution,
    all: impl Iterator<Item = (RelationshipId, &'r Relationship, &'r Answer)>,
) -> Vec<Outcome> {
    let offered = OnceCell::new();
    let outcomes = all.filter_map(|(id, relationship, answer)| {
        let name = relationship.arguments.back_populates.as_ref()?.value;
        Some(outcome(mapping, resolution, &offered, (id, relationship, answer), name))
    });
    outcomes.collect()
}

fn apply(resolution: &mut Resolution, outcomes: Vec<Outcome>) {
    for (id, result, other) in outcomes {
        if let Some(other) = other {
            reverse(resolution, id, other);
            reverse(resolution, other, id);
        }
        if let (Err(faults), Some(answer)) = (result, resolution.answers.get_mut(id.index())) {
            answer.evidence.extend(faults.into_iter().map(Evidence::Inverse));
        }
    }
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

fn outcome(
    mapping: &Mapping,
    resolution: &Resolution,
    all_offered: &OnceCell<Offered>,
    (id, relationship, answer): (RelationshipId, &Relationship, &Answer),
    name: Name,
) -> Outcome {
    let target = mapping.primary_of(relationship.target);
    let Some(other) = resolution.find(mapping, target, name) else {
        if mapping.is_lost(target, name) {
            return (id, Ok(id), None);
        }
        let all_offered = all_offered.get_or_init(|| offered(mapping, resolution));
        let kind = absent(mapping, all_offered, target, name);
        return (id, Err(vec![InverseFault { other: None, kind }]), None);
    };
    let faults = faults(mapping, resolution, relationship, answer, other);
    let faults: Vec<_> =
        faults.into_iter().map(|kind| InverseFault { other: Some(other), kind }).collect();
    let result = if faults.is_empty() { Ok(other) } else { Err(faults) };
    (id, result, Some(other))
}

fn absent(mapping: &Mapping, offered: &Offered, target: EntityId, name: Name) -> InverseFaultKind {
    let lineage = mapping.lineage(target);
    if lineage.iter().any(|owner| mapping.entity(*owner).attribute(name).is_some()) {
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

fn reverse(resolution: &mut Resolution, of: RelationshipId, other: RelationshipId) {
    if let Some(answer) = resolution.answers.get_mut(of.index())
        && !answer.reverse.contains(&other)
    {
        answer.reverse.push(other);
    }
}

/// Puts a relationship's reverses in the order of their paths.
fn settle(mapping: &Mapping, resolution: &Resolution, answer: &mut Answer) {
    if answer.reverse.len() < 2 {
        return;
    }
    let path =
        |id: &RelationshipId| mapping.relationship_path(resolution.relationship(mapping, *id));
    let mut reverse = answer.reverse.to_vec();
    reverse.sort_by_cached_key(path);
    answer.reverse = reverse.into();
}
