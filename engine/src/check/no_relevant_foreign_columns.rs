//! No column of a condition is foreign: no foreign key, argument or mark says which refers.

use super::case::Case;
use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{any, join, tick};
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::resolve::{Evidence, Side};

pub(super) static CODE: Code = Code {
    name: "no_relevant_foreign_columns",
    severity: Severity::Error,
    page: include_str!("../../rules/no_relevant_foreign_columns.md"),
};

pub(super) fn find<'a>(_: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::NoRelevantForeignColumns(side)) = clue.relationship()? else {
        return None;
    };
    let message = format!("{} of {} has no foreign column", join(*side), tick(&case.path()));
    let listed = case.relationship.arguments.foreign_keys.iter();
    let listed = listed.map(|column| (column.span, "not in the condition".to_owned()));
    let finding = case
        .finding(&CODE, message)
        .label(case.join_span(*side), "no column here is known to refer to another")
        .with_labels(listed);
    let lines = candidates(case, *side);
    let help = match lines.as_slice() {
        [] => "compare a column with one that it refers to".to_owned(),
        lines if case.relationship.arguments.foreign_keys.is_empty() => {
            format!("add {}", any(lines))
        }
        lines => format!("write {}", any(lines)),
    };
    let new = case.relationship.arguments.foreign_keys.is_empty();
    let fixes = lines.iter().filter(|_| new);
    let fixes = fixes.filter_map(|line| case.insert(line, Applicability::Unsafe));
    Some(finding.help(help).with_fixes(fixes))
}

/// An argument for each column that could refer; those outside a primary key first.
fn candidates(case: Case<'_>, side: Side) -> Vec<String> {
    let mapping = case.scene.mapping;
    let is_key = |column| {
        let declared = mapping.graph.declared(column);
        declared.is_some_and(|declared| mapping.catalog().is_primary_key(declared))
    };
    let columns = case.condition_columns(side).into_iter();
    let mut columns: Vec<_> =
        columns.map(|column| (is_key(column), mapping.column_path(column))).collect();
    columns.sort_unstable();
    columns.into_iter().map(|(_, column)| mend::columns("foreign_keys", &[column])).collect()
}
