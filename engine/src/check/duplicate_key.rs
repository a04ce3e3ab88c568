//! A key stands twice in one table.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::tick;
use crate::report::{Code, Diagnostic, Severity};
use crate::spec::DefectKind;

pub(super) static CODE: Code = Code {
    name: "duplicate_key",
    severity: Severity::Error,
    page: include_str!("../../rules/duplicate_key.md"),
};

pub(super) fn find(_: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.document()?;
    let DefectKind::DuplicateKey { key, first } = &defect.kind else { return None };
    let message = format!("{} is given twice", tick(key));
    let finding = Diagnostic::new(&CODE, message).label(defect.span, "given again");
    Some(finding.label(*first, "given first").help("remove one of the two"))
}
