//! `polymorphic_load` on an entity whose rows are none of its parent's.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::tick;
use crate::entity::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "polymorphic_load_of_concrete",
    severity: Severity::Error,
    page: include_str!("../../rules/polymorphic_load_of_concrete.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.entity()?;
    let DefectKind::PolymorphicLoadOfConcrete = &defect.kind else { return None };
    let own = scene.entity(defect.entity?);
    let message = format!("{} is never loaded with its parent", tick(own));
    let finding = clue.about(scene, Diagnostic::new(&CODE, message));
    let finding = finding.label(defect.span, "has no effect on a table of its own");
    Some(finding.help("remove `polymorphic_load`"))
}
