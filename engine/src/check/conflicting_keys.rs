//! Two keys of one table exclude each other.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::tick;
use crate::report::{Code, Diagnostic, Severity};
use crate::spec::DefectKind;

pub(super) static CODE: Code = Code {
    name: "conflicting_keys",
    severity: Severity::Error,
    page: include_str!("../../rules/conflicting_keys.md"),
};

pub(super) fn find(_: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.document()?;
    let DefectKind::ConflictingKeys { first, second, other } = &defect.kind else { return None };
    let message = format!("{} and {} exclude each other", tick(first), tick(second));
    let finding = Diagnostic::new(&CODE, message).label(defect.span, "one of the two");
    let finding = finding.label(*other, "the other");
    Some(finding.help(format!("remove {} or {}", tick(first), tick(second))))
}
