//! An entity names a column that what it maps does not have.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::tick;
use crate::entity::DefectKind;
use crate::report::{Applicability, Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "column_not_in_selectable",
    severity: Severity::Error,
    page: include_str!("../../rules/column_not_in_selectable.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.entity()?;
    let DefectKind::ColumnNotInSelectable { written, nearest } = &defect.kind else { return None };
    let entity = scene.entity(defect.entity?);
    let message = format!("{} is no column of what {} maps", tick(written), tick(entity));
    let finding = clue.about(scene, Diagnostic::new(&CODE, message));
    let finding = finding.label(defect.span, "not among its columns");
    let near = nearest.as_deref();
    Some(mend::write_nearest(finding, scene, defect.span, near, Applicability::Unsafe))
}
