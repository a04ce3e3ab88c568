//! The entity and the path of a statement, by names.

use super::Subject;
use super::refusal::Asked;
use crate::base::EntityId;
use crate::plan::PathStep;
use crate::spec::StatementSpec;

/// Where the path begins.
pub(super) fn entity(subject: Subject<'_>, spec: &StatementSpec) -> Result<EntityId, Asked> {
    let entity = spec.entity.as_ref().ok_or(Asked::Missing("entity"))?;
    let found = subject.mapping.find_entity(entity.text());
    found.ok_or_else(|| Asked::UnknownEntity(entity.text().to_owned()))
}

/// Follows the steps of a path, each from where the one before leads: `relationship`, or
/// `relationship:Entity` to a subclass of its target.
pub(super) fn path(
    subject: Subject<'_>,
    spec: &StatementSpec,
    entity: EntityId,
) -> Result<Vec<PathStep>, Asked> {
    let (mut path, mut entity) = (Vec::new(), entity);
    for written in &spec.path {
        let step = path_step(subject, entity, written.text())?;
        entity = end_of(subject, step);
        path.push(step);
    }
    Ok(path)
}

fn path_step(subject: Subject<'_>, entity: EntityId, written: &str) -> Result<PathStep, Asked> {
    let Subject { mapping, resolution, .. } = subject;
    let find = |name| resolution.find(mapping, entity, mapping.names.find(name)?);
    if let Some(whole) = find(written) {
        return Ok(whole.into());
    }
    let (name, of_type) = match written.split_once(':') {
        Some((name, of_type)) => (name, Some(of_type)),
        None => (written, None),
    };
    let unknown = || Asked::UnknownRelationship { entity, name: name.to_owned() };
    let relationship = find(name).ok_or_else(unknown)?;
    let target = resolution.relationship(mapping, relationship).target;
    let subclass = |name: &str| {
        let unknown = || Asked::UnknownSubclass { entity: target, name: name.to_owned() };
        mapping.find_entity(name).ok_or_else(unknown)
    };
    Ok(PathStep { relationship, of_type: of_type.map(subclass).transpose()? })
}

/// The entity that a step leads to, and whose relationships lead on.
pub(super) fn end_of(subject: Subject<'_>, step: PathStep) -> EntityId {
    let target = subject.resolution.relationship(subject.mapping, step.relationship).target;
    step.of_type.unwrap_or(target)
}
