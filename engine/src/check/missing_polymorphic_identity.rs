//! An entity inherits, and no value says which rows are its own.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::tick;
use crate::entity::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "missing_polymorphic_identity",
    severity: Severity::Warning,
    page: include_str!("../../rules/missing_polymorphic_identity.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.entity()?;
    let DefectKind::MissingIdentity { root } = &defect.kind else { return None };
    let own = scene.entity(defect.entity?);
    let message = format!("{} has no `polymorphic_identity`", tick(own));
    let finding = clue.about(scene, Diagnostic::new(&CODE, message));
    let finding = finding.label(defect.span, "no row of its own can be recognised");
    let root = scene.mapping.find_entity(root).and_then(|id| scene.mapping.entity(id).span);
    Some(finding.label(root, "its rows are told apart by `polymorphic_on`").help(
        "add `polymorphic_identity = \"…\"`, or `polymorphic_abstract = true` if it has no rows of \
         its own",
    ))
}
