//! A table of the document lacks a key that it must have.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::{any, tick};
use crate::report::{Code, Diagnostic, Severity};
use crate::spec::DefectKind;

pub(crate) static CODE: Code = Code {
    name: "missing_key",
    severity: Severity::Error,
    page: include_str!("../../rules/missing_key.md"),
};

pub(super) fn find(_: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.document()?;
    let DefectKind::MissingKey { owner, name, keys } = &defect.kind else { return None };
    if name.is_empty() {
        let message = format!("{owner} has no {}", any(*keys));
        let finding = Diagnostic::new(&CODE, message).label(defect.span, "given here");
        return Some(finding.help(format!("add {}", any(*keys))));
    }
    let message = format!("{owner} {} has no {}", tick(name), any(*keys));
    let lines = keys.iter().map(|key| format!("{key} = \"…\""));
    let finding = Diagnostic::new(&CODE, message).label(defect.span, "declared here");
    Some(finding.help(format!("add {}", any(lines))))
}
