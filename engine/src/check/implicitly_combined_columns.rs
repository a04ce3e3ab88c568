//! Columns of one name, from several tables, became one attribute without being told to.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::entity::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "implicitly_combined_columns",
    severity: Severity::Error,
    page: include_str!("../../rules/implicitly_combined_columns.md"),
};

/// Among what is inherited it is a warning, as in `SQLAlchemy`.
static INHERITED: Code = Code { severity: Severity::Warning, ..CODE };

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.entity()?;
    let DefectKind::CombinedColumns { attribute, columns, inherited } = &defect.kind else {
        return None;
    };
    let entity = scene.entity(defect.entity?);
    let path = format!("{entity}.{attribute}");
    let message = format!("{} became one attribute, {}", all(columns), tick(&path));
    let code = if *inherited { &INHERITED } else { &CODE };
    let finding = clue.about(scene, Diagnostic::new(code, message));
    let finding = finding.label(defect.span, "they share their name");
    let together = mend::columns("columns", columns);
    Some(finding.help(format!(
        "if they are to be equal, add `{together}` to `[entity.{entity}.attribute.{attribute}]`; \
         else give each an attribute of its own"
    )))
}
