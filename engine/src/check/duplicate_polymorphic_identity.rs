//! Entities of one hierarchy claim the same rows.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::entity::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "duplicate_polymorphic_identity",
    severity: Severity::Warning,
    page: include_str!("../../rules/duplicate_polymorphic_identity.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.entity()?;
    let DefectKind::DuplicateIdentity { identity, entities } = &defect.kind else { return None };
    let names = entities.iter().map(|(name, _)| name);
    let message = format!("{} have the identity {}", all(names), tick(identity));
    let finding = clue.about(scene, Diagnostic::new(&CODE, message));
    let labels = entities.iter().map(|(name, span)| (*span, format!("rows of {}", tick(name))));
    Some(finding.with_labels(labels).help("give each a `polymorphic_identity` of its own"))
}
