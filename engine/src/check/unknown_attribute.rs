//! A composite or synonym names an attribute that its entity does not have.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::tick;
use crate::entity::DefectKind;
use crate::report::{Applicability, Code, Diagnostic, Severity};

pub(crate) static CODE: Code = Code {
    name: "unknown_attribute",
    severity: Severity::Error,
    page: include_str!("../../rules/unknown_attribute.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.entity()?;
    let DefectKind::UnknownAttribute { written, nearest } = &defect.kind else { return None };
    let finding = Diagnostic::new(&CODE, format!("unknown attribute {}", tick(written)));
    let finding = clue.about(scene, finding).label(defect.span, "no such attribute");
    let near = nearest.as_deref();
    Some(mend::write_nearest(finding, scene, defect.span, near, Applicability::Unsafe))
}
