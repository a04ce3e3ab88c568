//! The steps of a path.

use super::request::{Refusal, Request, Strategy};
use crate::base::{EntityId, Name, RelationshipId};
use crate::entity::{Inheritance, Mapping, Relationship};
use crate::resolve::{Answer, Join, Resolution};

/// A relationship to follow, perhaps only as far as a subclass of its target.
///
/// Joins and filters find instances of that entity alone. A relationship that is loaded keeps all
/// it holds, and the attributes of that entity come along. Either way the next step may be one of
/// its relationships. Rule: `SQLAlchemy`'s `PropComparator.of_type`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct PathStep {
    /// The relationship.
    pub relationship: RelationshipId,
    /// An entity that inherits from the target.
    pub of_type: Option<EntityId>,
}

impl From<RelationshipId> for PathStep {
    fn from(relationship: RelationshipId) -> Self {
        Self { relationship, of_type: None }
    }
}

/// A relationship to follow.
#[derive(Clone, Copy, Debug)]
pub struct Step<'m> {
    /// Its id.
    pub id: RelationshipId,
    /// The relationship.
    pub relationship: &'m Relationship,
    /// What is known of it.
    pub answer: &'m Answer,
    /// How it joins.
    pub join: &'m Join,
    /// The entity that it leads to: the relationship's target, or of that only what inherits so.
    pub target: EntityId,
    /// An entity that inherits from the target, whose attributes are loaded along.
    pub along: Option<EntityId>,
    /// Whether a backref made it.
    pub made: bool,
}

/// A relationship that a plan follows from one level to the next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Followed {
    /// The level that it leads on from.
    pub from: usize,
    /// Its name.
    pub name: Name,
    /// The entity that it leads to.
    pub target: EntityId,
    /// Whether it holds many.
    pub uselist: bool,
}

impl Step<'_> {
    /// Whether the relationship says that joined loads of it drop instances without related rows.
    pub(super) fn is_inner(&self) -> bool {
        self.relationship.arguments.innerjoin.is_some_and(|inner| inner.value)
    }

    /// The entity whose relationships lead on.
    pub(super) fn onward(&self) -> EntityId {
        self.along.unwrap_or(self.target)
    }

    /// The step as a plan tells it, leading on from a level.
    pub(super) fn followed(&self, from: usize) -> Followed {
        Followed {
            from,
            name: self.relationship.name,
            target: self.target,
            uselist: self.answer.uselist,
        }
    }
}

/// Lists the relationships along the path, each fully resolved.
pub(super) fn steps<'m>(
    mapping: &'m Mapping,
    resolution: &'m Resolution,
    request: &Request,
    steps: &mut Vec<Step<'m>>,
) -> Result<(), Refusal> {
    steps.clear();
    if request.load == Strategy::Select {
        return Ok(());
    }
    if request.path.is_empty() {
        return Err(Refusal::NoRelationship(request.load));
    }
    if request.path.len() > 1 && request.load.takes_one() {
        return Err(Refusal::PathTooLong(request.load));
    }
    let mut entity = request.entity;
    for next in &request.path {
        let mut step = step(mapping, resolution, entity, next.relationship)?;
        if let Some(of_type) = next.of_type {
            step = narrowed(mapping, step, of_type, request.load.loads_target())?;
        }
        entity = step.onward();
        steps.push(step);
    }
    Ok(())
}

pub(super) fn step<'m>(
    mapping: &'m Mapping,
    resolution: &'m Resolution,
    entity: EntityId,
    id: RelationshipId,
) -> Result<Step<'m>, Refusal> {
    let unknown = Refusal::UnknownRelationship { entity, relationship: id };
    let answer = resolution.answer(id).ok_or(unknown)?;
    let relationship = resolution.relationship(mapping, id);
    let owner = mapping.primary_of(relationship.entity);
    if owner != mapping.primary_of(entity) && !mapping.relationship_owners(entity).contains(&owner)
    {
        return Err(unknown);
    }
    let join = answer.join.as_ref().filter(|_| answer.is_complete());
    let join = join.ok_or(Refusal::IncompleteRelationship(id))?;
    let made = resolution.made_by(mapping, id).is_some();
    Ok(Step { id, relationship, answer, join, made, target: relationship.target, along: None })
}

/// A step to a subclass of its target: with the attributes of the subclass along, or to its
/// instances alone. A subclass whose rows stand apart, being concrete, has none of the columns that
/// the relationship names, unless the target is loaded with it anyway.
pub(super) fn narrowed<'m>(
    mapping: &Mapping,
    step: Step<'m>,
    entity: EntityId,
    loads_target: bool,
) -> Result<Step<'m>, Refusal> {
    if entity == step.target {
        return Ok(step);
    }
    let lineage = mapping.lineage(entity);
    let mut between = lineage.iter().take_while(|it| **it != step.target);
    let concrete = between.any(|it| mapping.inheritance(*it) == Some(Inheritance::Concrete));
    let along = loads_target && mapping.loaded_with(step.target).contains(&entity);
    if !lineage.contains(&step.target) || concrete && !along {
        return Err(Refusal::NotOfType { relationship: step.id, entity });
    }
    Ok(if loads_target {
        Step { along: Some(entity), ..step }
    } else {
        Step { target: entity, ..step }
    })
}
