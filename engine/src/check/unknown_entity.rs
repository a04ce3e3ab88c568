//! An entity is named that is not declared: a target, a parent, a base.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::tick;
use crate::entity::DefectKind;
use crate::report::{Applicability, Code, Diagnostic, Severity};

pub(crate) static CODE: Code = Code {
    name: "unknown_entity",
    severity: Severity::Error,
    page: include_str!("../../rules/unknown_entity.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.entity()?;
    let DefectKind::UnknownEntity { written, nearest } = &defect.kind else { return None };
    let finding = Diagnostic::new(&CODE, format!("unknown entity {}", tick(written)));
    let finding = clue.about(scene, finding).label(defect.span, "no such entity");
    let near = nearest.as_deref();
    if near.is_none() {
        let section = tick(&format!("[entity.{written}]"));
        return Some(finding.help(format!("declare it as {section}")));
    }
    Some(mend::write_nearest(finding, scene, defect.span, near, Applicability::Safe))
}
