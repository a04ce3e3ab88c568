//! Foreign columns stand on the side of the parent and on that of the target.

use super::case::Case;
use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::tick;
use crate::base::ColumnId;
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::resolve::{Direction, Evidence, Side};
use crate::text::Span;

pub(super) static CODE: Code = Code {
    name: "ambiguous_direction",
    severity: Severity::Error,
    page: include_str!("../../rules/ambiguous_direction.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::AmbiguousDirection { parent, target }) = clue.relationship()? else {
        return None;
    };
    let message = format!("direction of {} is ambiguous: both sides refer", tick(&case.path()));
    let on = |columns: &[ColumnId], entity: &str| -> Vec<(Option<Span>, String)> {
        let text = format!("foreign, on the side of {}", tick(entity));
        columns.iter().map(|column| (scene.column_span(*column), text.clone())).collect()
    };
    let finding = case
        .finding(&CODE, message)
        .label(case.join_span(Side::Primary), "columns of both sides are foreign")
        .with_labels(on(parent, case.entity()))
        .with_labels(on(target, case.target()));
    let marked = case.condition(Side::Primary).is_some_and(|c| !c.foreign().is_empty());
    if marked {
        return Some(finding.help("keep `foreign(…)` on the columns of one side only"));
    }
    let shared = parent.iter().any(|column| target.contains(column));
    let ways = if shared { remote_side(case, parent) } else { foreign_keys(case, parent, target) };
    Some(offer(case, finding, &ways))
}

/// Between rows of one table the remote side decides.
fn remote_side(case: Case<'_>, foreign: &[ColumnId]) -> Vec<(String, Direction)> {
    if !case.relationship.arguments.remote_side.is_empty() {
        return Vec::new();
    }
    let columns = case.condition_columns(Side::Primary).into_iter();
    let referred = case.scene.columns(columns.filter(|column| !foreign.contains(column)));
    let referring = case.scene.columns(foreign.iter().copied());
    let ways = [(referred, Direction::ManyToOne), (referring, Direction::OneToMany)].into_iter();
    ways.filter(|(columns, _)| !columns.is_empty())
        .map(|(columns, direction)| (mend::columns("remote_side", &columns), direction))
        .collect()
}

fn foreign_keys(
    case: Case<'_>,
    parent: &[ColumnId],
    target: &[ColumnId],
) -> Vec<(String, Direction)> {
    let ways = [(parent, Direction::ManyToOne), (target, Direction::OneToMany)].into_iter();
    ways.map(|(columns, direction)| {
        let columns = case.scene.columns(columns.iter().copied());
        (mend::columns("foreign_keys", &columns), direction)
    })
    .collect()
}

fn offer(case: Case<'_>, finding: Diagnostic, ways: &[(String, Direction)]) -> Diagnostic {
    let help: Vec<_> = ways
        .iter()
        .map(|(line, direction)| format!("`{line}` for {}", direction.as_str()))
        .collect();
    if help.is_empty() {
        return finding.help("mark the far side's columns with `remote(…)`");
    }
    let given = !case.relationship.arguments.foreign_keys.is_empty();
    let fixes = ways
        .iter()
        .filter(|_| !given)
        .filter_map(|(line, _)| case.insert(line, Applicability::Unsafe));
    let verb = if given { "write" } else { "add" };
    finding.help(format!("{verb} {}", help.join(" or "))).with_fixes(fixes)
}
