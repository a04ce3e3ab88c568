//! A list of ignored codes holds one that does not exist.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::tick;
use crate::report::{Applicability, Code, Diagnostic, Severity, nearest};

pub(super) static CODE: Code = Code {
    name: "unknown_code",
    severity: Severity::Warning,
    page: include_str!("../../rules/unknown_code.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let Clue::Ignored(list) = clue else { return None };
    let written = &list.code.value;
    if super::code(written).is_some() {
        return None;
    }
    let message = format!("`ignore` lists {}, which is no code", tick(written));
    let mut found = Diagnostic::new(&CODE, message).label(list.code.span, "no such code");
    if let Some(entity) = list.entity {
        let relationship = list.relationship.map(|id| scene.name(scene.relationship(id)));
        found = found.about(scene.entity(entity), relationship);
    }
    let near = nearest(written, super::codes().map(|code| code.name));
    Some(mend::write_nearest(found, scene, list.code.span, near, Applicability::Unsafe))
}
