//! `with_polymorphic` names an entity that does not inherit.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::tick;
use crate::entity::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "with_polymorphic_not_inheriting",
    severity: Severity::Error,
    page: include_str!("../../rules/with_polymorphic_not_inheriting.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.entity()?;
    let DefectKind::NotInHierarchy { written } = &defect.kind else { return None };
    let own = scene.entity(defect.entity?);
    let message = format!("{} does not inherit from {}", tick(written), tick(own));
    let finding = clue.about(scene, Diagnostic::new(&CODE, message));
    let finding = finding.label(defect.span, "cannot be loaded along");
    let stranger = scene.mapping.find_entity(written);
    let span = stranger.and_then(|id| scene.mapping.entity(id).span);
    Some(finding.label(span, "declared here").help(format!(
        "remove {} from `with_polymorphic`, or add `inherits = \"{own}\"` to it",
        tick(written)
    )))
}
