//! A comparison between rows of one table has something else than a column on a side.
//!
//! Which of its columns are remote is then a guess; marks make it a statement.

use super::case::Case;
use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::base::ExprId;
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::resolve::{Evidence, Side};

pub(super) static CODE: Code = Code {
    name: "non_simple_remote",
    severity: Severity::Warning,
    page: include_str!("../../rules/non_simple_remote.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::NonSimpleRemote) = clue.relationship()? else { return None };
    let message = format!("remote side of {} is not marked", tick(&case.path()));
    let finding = case
        .finding(&CODE, message)
        .label(case.join_span(Side::Primary), "compares more than plain columns");
    let (names, places) = remote(case);
    if names.is_empty() {
        return Some(finding.help("put `remote(…)` around each column of the far side"));
    }
    // The marks state what is assumed now, so nothing else changes.
    let places: Option<Vec<_>> = places.into_iter().collect();
    let fix = places.and_then(|places| mend::mark(scene, "remote", &places, Applicability::Safe));
    let help = format!("mark the remote side; assumed now: {}", all(names));
    Some(finding.help(help).with_fixes(fix))
}

/// The occurrences that are taken for remote: how each would be marked, and its node.
fn remote(case: Case<'_>) -> (Vec<String>, Vec<Option<ExprId>>) {
    let Some(join) = &case.answer.join else { return Default::default() };
    let primary = join.primary();
    let occurrences = primary.condition.indexed().filter(|(index, _)| primary.is_remote(*index));
    let path = |column| case.scene.mapping.column_path(column);
    occurrences.map(|(_, o)| (format!("remote({})", path(o.column)), o.expr)).unzip()
}
