//! `cascade` lists an option that does not exist.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::entity::{CASCADES, DefectKind};
use crate::report::{Applicability, Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "unknown_cascade",
    severity: Severity::Error,
    page: include_str!("../../rules/unknown_cascade.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.entity()?;
    let DefectKind::UnknownCascade { written, nearest } = &defect.kind else { return None };
    let finding = Diagnostic::new(&CODE, format!("unknown cascade option {}", tick(written)));
    let finding = clue.about(scene, finding).label(defect.span, "no such option");
    let Some(near) = nearest else {
        return Some(finding.help(format!("the options are {}", all(CASCADES))));
    };
    // Options may have a hyphen, which no other name has.
    let exact = |span: &crate::text::Span| scene.sources.slice(*span) == written;
    let fix = defect.span.filter(exact).map(|s| mend::replace(s, near, Applicability::Unsafe));
    Some(finding.help(format!("write `{near}`")).with_fixes(fix))
}
