//! A `secondaryjoin` is given, but nothing that it could join from.

use super::case::Case;
use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{any, tick};
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::resolve::Evidence;
use crate::resolve::Side;

pub(super) static CODE: Code = Code {
    name: "secondaryjoin_without_secondary",
    severity: Severity::Error,
    page: include_str!("../../rules/secondaryjoin_without_secondary.md"),
};

pub(super) fn find<'a>(_: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::SecondaryjoinWithoutSecondary) = clue.relationship()? else { return None };
    let message = format!("{} has a `secondaryjoin`, but no `secondary`", tick(&case.path()));
    let finding = case.finding(&CODE, message);
    let finding = finding.label(case.join_span(Side::Secondary), "joins from nothing");
    let lines: Vec<_> = between(case).iter().map(|table| mend::text("secondary", table)).collect();
    let fixes = lines.iter().filter_map(|line| case.insert(line, Applicability::Unsafe));
    let finding = finding.with_fixes(fixes);
    Some(finding.help(match lines.as_slice() {
        [] => "add `secondary = \"TABLE\"`, or remove `secondaryjoin`".to_owned(),
        lines => format!("add {}, or remove `secondaryjoin`", any(lines)),
    }))
}

/// The tables in the condition that neither parent nor target maps.
fn between(case: Case<'_>) -> Vec<String> {
    let mapping = case.scene.mapping;
    let ends = [case.relationship.entity, case.relationship.target];
    let ends = ends.map(|entity| mapping.entity(entity).selectable);
    let columns = case.condition_columns(Side::Secondary).into_iter();
    let others = columns
        .filter(|column| !ends.iter().any(|end| mapping.graph.contains(*end, *column)))
        .map(|column| mapping.graph.column(column).selectable);
    let mut tables: Vec<_> = others.filter_map(|table| mapping.selectable_path(table)).collect();
    tables.sort_unstable();
    tables.dedup();
    tables
}
