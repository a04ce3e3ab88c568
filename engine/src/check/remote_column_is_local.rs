//! A column is marked remote, but only the parent has it.

use super::case::Case;
use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::base::ColumnId;
use crate::report::{Code, Diagnostic, Severity};
use crate::resolve::{Evidence, Side};
use crate::text::Span;

pub(super) static CODE: Code = Code {
    name: "remote_column_is_local",
    severity: Severity::Warning,
    page: include_str!("../../rules/remote_column_is_local.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::RemoteColumnIsLocal(columns)) = clue.relationship()? else { return None };
    let names = all(scene.columns(columns.iter().copied()));
    let message = format!("remote side of {} is its own: {names}", tick(&case.path()));
    let places = places(case, columns);
    let own = format!("belongs to {} itself", tick(case.entity()));
    let span = if places.is_empty() { case.join_span(Side::Primary) } else { None };
    let finding = case
        .finding(&CODE, message)
        .label(span, own.clone())
        .with_labels(places.into_iter().map(|span| (Some(span), own.clone())))
        .with_labels(columns.iter().map(|column| (scene.column_span(*column), String::new())));
    let listed = !case.relationship.arguments.remote_side.is_empty();
    Some(finding.help(match far_side(case) {
        far if listed && !far.is_empty() => {
            format!("remove `remote_side`, or write `{}`", mend::columns("remote_side", &far))
        }
        _ if listed => "remove `remote_side`".to_owned(),
        far if far.is_empty() => format!("remove `remote(…)` around {names}"),
        far => format!("remove `remote(…)` around {names}, or put it around {}", all(far)),
    }))
}

/// Where these columns are listed or marked as remote.
fn places(case: Case<'_>, columns: &[ColumnId]) -> Vec<Span> {
    let listed = case.relationship.arguments.remote_side.iter();
    let listed = listed.filter(|c| columns.contains(&c.value)).filter_map(|c| c.span);
    let condition = case.condition(Side::Primary).into_iter();
    let marked = condition.flat_map(|condition| {
        let marked = condition.indexed().filter(|(index, occurrence)| {
            condition.remote().contains(*index) && columns.contains(&occurrence.column)
        });
        marked.filter_map(|(_, occurrence)| case.scene.mapping.graph.span(occurrence.expr?))
    });
    listed.chain(marked).collect()
}

/// The columns of the condition that the target has and the parent does not.
fn far_side(case: Case<'_>) -> Vec<String> {
    let mapping = case.scene.mapping;
    let has = |entity, column| mapping.graph.contains(mapping.entity(entity).selectable, column);
    let columns = case.condition_columns(Side::Primary).into_iter();
    case.scene.columns(columns.filter(|column| {
        has(case.relationship.target, *column) && !has(case.relationship.entity, *column)
    }))
}
