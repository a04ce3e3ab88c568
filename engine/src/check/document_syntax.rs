//! The TOML or JSON cannot be parsed.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::quote;
use crate::report::{Code, Diagnostic, Severity};
use crate::spec::DefectKind;

pub(super) static CODE: Code = Code {
    name: "document_syntax",
    severity: Severity::Error,
    page: include_str!("../../rules/document_syntax.md"),
};

pub(super) fn find(_: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.document()?;
    let DefectKind::Syntax { message } = &defect.kind else { return None };
    let message = format!("syntax error in the document: {}", quote(message));
    Some(Diagnostic::new(&CODE, message).label(defect.span, "here"))
}
