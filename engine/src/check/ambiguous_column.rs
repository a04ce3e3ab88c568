//! A bare column name fits several of the tables in scope.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{any, tick};
use crate::parse::{DefectKind, ScopeErrorKind};
use crate::report::{Applicability, Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "ambiguous_column",
    severity: Severity::Error,
    page: include_str!("../../rules/ambiguous_column.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.sql()?;
    let DefectKind::Name { written, error, .. } = &defect.kind else { return None };
    let ScopeErrorKind::AmbiguousColumn { candidates } = error else { return None };
    let mut candidates: Vec<&str> = candidates.iter().map(String::as_str).collect();
    candidates.sort_unstable();
    let finding = Diagnostic::new(&CODE, format!("column {} is ambiguous", tick(written)))
        .label(defect.span, "could be of several tables")
        .help(format!("write {}", any(&candidates)));
    let fixes = candidates
        .iter()
        .filter_map(|name| mend::qualify(scene, Some(defect.span), name, Applicability::Unsafe));
    Some(finding.with_fixes(fixes))
}
