//! A synonym leads back to itself.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::entity::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "synonym_cycle",
    severity: Severity::Error,
    page: include_str!("../../rules/synonym_cycle.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.entity()?;
    let DefectKind::SynonymCycle { path } = &defect.kind else { return None };
    let (first, others) = path.split_first()?;
    let message = match others {
        [] => format!("{} is a synonym of itself", tick(first)),
        _ => format!("{} is a synonym of itself through {}", tick(first), all(others)),
    };
    let finding = clue.about(scene, Diagnostic::new(&CODE, message));
    Some(finding.label(defect.span, "means no column").help("let one of them name its `columns`"))
}
