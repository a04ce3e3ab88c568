//! A list of ignored codes holds one that does not exist.

use super::clue::{Clue, Ignored};
use super::mend;
use super::scene::Scene;
use super::wording::tick;
use crate::base::EntityId;
use crate::entity::DefectKind;
use crate::report::{Applicability, Code, Diagnostic, Severity, nearest};
use crate::text::Span;

pub(super) static CODE: Code = Code {
    name: "unknown_code",
    severity: Severity::Warning,
    page: include_str!("../../rules/unknown_code.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    match clue {
        Clue::Ignored(list) if super::code(list.code).is_none() => unplaced(scene, list),
        Clue::Entity(defect) => {
            let DefectKind::UnknownIgnoredCode { written, .. } = &defect.kind else { return None };
            let relationship = defect.relationship.as_deref();
            Some(finding(scene, written, defect.entity, relationship, defect.span))
        }
        _ => None,
    }
}

/// A code found in a list itself, unless evidence knows its exact place.
fn unplaced(scene: &Scene<'_>, list: Ignored<'_>) -> Option<Diagnostic> {
    let placed = scene.context.entities.iter().any(|defect| {
        let DefectKind::UnknownIgnoredCode { written, .. } = &defect.kind else { return false };
        written == list.code && defect.entity == list.entity
    });
    if placed {
        return None;
    }
    let relationship = list.relationship.map(|id| scene.relationship(id));
    let entity = list.entity.and_then(|id| scene.mapping.entity(id).span);
    let span = relationship.map_or(entity, |relationship| relationship.span);
    let name = relationship.map(|relationship| scene.name(relationship));
    let found = finding(scene, list.code, list.entity, name, None);
    Some(found.label(span, "ignores it"))
}

fn finding(
    scene: &Scene<'_>,
    written: &str,
    entity: Option<EntityId>,
    relationship: Option<&str>,
    span: Option<Span>,
) -> Diagnostic {
    let message = format!("`ignore` lists {}, which is no code", tick(written));
    let mut found = Diagnostic::new(&CODE, message).label(span, "no such code");
    if let Some(entity) = entity {
        found = found.about(scene.entity(entity), relationship);
    }
    let near = nearest(written, super::codes().map(|code| code.name));
    mend::write_nearest(found, scene, span, near, Applicability::Unsafe)
}
