//! An entity has no rows of its own, but nothing tells the rows of its hierarchy apart.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::tick;
use crate::entity::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "polymorphic_abstract_without_discriminator",
    severity: Severity::Error,
    page: include_str!("../../rules/polymorphic_abstract_without_discriminator.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.entity()?;
    let DefectKind::AbstractWithoutDiscriminator { root } = &defect.kind else { return None };
    let own = scene.entity(defect.entity?);
    let message = format!("{} is abstract without `polymorphic_on`", tick(own));
    let finding = clue.about(scene, Diagnostic::new(&CODE, message));
    let finding = finding.label(defect.span, "nothing tells rows apart here");
    Some(finding.help(format!("add `polymorphic_on = \"TABLE.COLUMN\"` to {}", tick(root))))
}
