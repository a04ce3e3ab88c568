//! An entity inherits from itself.
//!
//! Each entity of the cycle may have noticed; what is said is the same for all, so it is said once.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::entity::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "inheritance_cycle",
    severity: Severity::Error,
    page: include_str!("../../rules/inheritance_cycle.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.entity()?;
    let DefectKind::InheritanceCycle { path } = &defect.kind else { return None };
    let mut members: Vec<&str> = path.iter().map(String::as_str).collect();
    members.sort_unstable();
    members.dedup();
    let (first, others) = members.split_first()?;
    let message = match others {
        [] => format!("{} inherits from itself", tick(first)),
        _ => format!("{} inherits from itself through {}", tick(first), all(others)),
    };
    let finding = Diagnostic::new(&CODE, message).about(*first, None);
    // Entities that map nothing of their own are left out of the mapping.
    let finding = finding.label(defect.span, "leads back to where it began");
    let labels = members.iter().map(|member| {
        let entity = scene.mapping.find_entity(member);
        let span = entity.and_then(|id| scene.mapping.entity(id).span);
        (span, "inherits from the next".to_owned())
    });
    Some(finding.with_labels(labels).help("remove `inherits` from one of them"))
}
