//! A schema file is no UTF-8.

use super::clue::Clue;
use super::scene::Scene;
use crate::parse::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "not_utf8",
    severity: Severity::Warning,
    page: include_str!("../../rules/not_utf8.md"),
};

pub(super) fn find(_: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.sql()?;
    let DefectKind::NotUtf8 { byte } = defect.kind else { return None };
    let message = format!("schema file is not UTF-8: it has the byte {byte:#04x}");
    let finding = Diagnostic::new(&CODE, message).label(defect.span, "read as U+FFFD");
    Some(finding.help("save the file as UTF-8"))
}
