//! A table declares a column twice.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::tick;
use crate::parse::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "duplicate_column",
    severity: Severity::Error,
    page: include_str!("../../rules/duplicate_column.md"),
};

pub(super) fn find(_: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.sql()?;
    let DefectKind::DuplicateColumn { column, first } = &defect.kind else { return None };
    let message = format!("column {} is declared twice", tick(column));
    let finding = Diagnostic::new(&CODE, message).label(defect.span, "passed over");
    Some(finding.label(*first, "the one that counts").help("remove or rename one of the two"))
}
