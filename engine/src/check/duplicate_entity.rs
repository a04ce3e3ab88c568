//! Two entities have one name.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::tick;
use crate::entity::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "duplicate_entity",
    severity: Severity::Error,
    page: include_str!("../../rules/duplicate_entity.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.entity()?;
    let DefectKind::DuplicateEntity { name, first } = &defect.kind else { return None };
    let finding = Diagnostic::new(&CODE, format!("entity {} is declared twice", tick(name)));
    let finding = clue.about(scene, finding).label(defect.span, "declared again");
    Some(finding.label(*first, "declared first").help("rename or remove one of the two"))
}
