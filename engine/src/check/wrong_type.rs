//! A value is of the wrong type.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::tick;
use crate::report::{Code, Diagnostic, Severity};
use crate::spec::DefectKind;

pub(super) static CODE: Code = Code {
    name: "wrong_type",
    severity: Severity::Error,
    page: include_str!("../../rules/wrong_type.md"),
};

pub(super) fn find(_: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.document()?;
    let DefectKind::WrongType { key, expected, found } = &defect.kind else { return None };
    let message = format!("{} must be {expected}, not {found}", tick(key));
    let finding = Diagnostic::new(&CODE, message).label(defect.span, *found);
    Some(finding.help(format!("write {expected}")))
}
