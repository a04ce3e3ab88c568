//! A table is declared twice.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::tick;
use crate::parse::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "duplicate_table",
    severity: Severity::Error,
    page: include_str!("../../rules/duplicate_table.md"),
};

pub(super) fn find(_: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.sql()?;
    let DefectKind::DuplicateTable { table, first } = &defect.kind else { return None };
    let message = format!("table {} is declared twice", tick(table));
    let finding = Diagnostic::new(&CODE, message).label(defect.span, "passed over");
    Some(finding.label(*first, "the one that counts").help("remove or rename one of the two"))
}
