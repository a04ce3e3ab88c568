//! A value is none of those allowed.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{any, tick};
use crate::report::{Applicability, Code, Diagnostic, Severity, nearest};
use crate::spec::DefectKind;

pub(crate) static CODE: Code = Code {
    name: "unknown_value",
    severity: Severity::Error,
    page: include_str!("../../rules/unknown_value.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.document()?;
    let DefectKind::UnknownValue { key, written, known } = &defect.kind else { return None };
    let message = format!("{} cannot be {}", tick(key), tick(written));
    let finding = Diagnostic::new(&CODE, message).label(defect.span, "no such value");
    let help = format!("write {}", any(*known));
    let near = nearest(written, known.iter().copied());
    let fix =
        near.and_then(|near| mend::rename(scene, Some(defect.span), near, Applicability::Safe));
    Some(finding.help(near.map_or(help, |near| format!("write `{near}`"))).with_fixes(fix))
}
