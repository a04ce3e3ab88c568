//! A relationship and its reverse run in the same direction.
//!
//! Both ends may have noticed. What is said names the two in the order of their paths, so it is
//! said once.

use super::case::Case;
use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::tick;
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::resolve::{Direction, InverseFaultKind};

pub(super) static CODE: Code = Code {
    name: "back_populates_same_direction",
    severity: Severity::Error,
    page: include_str!("../../rules/back_populates_same_direction.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, fault) = clue.inverse()?;
    if fault.kind != InverseFaultKind::SameDirection {
        return None;
    }
    let mut ends = [case, Case::of(scene, fault.other?)?];
    ends.sort_by_cached_key(|end| (end.path(), end.id));
    let [first, second] = ends;
    let runs = case.answer.direction?;
    let (one, other, way) = (tick(&first.path()), tick(&second.path()), runs.as_str());
    let finding = first
        .finding(&CODE, format!("{one} and its reverse {other} are both {way}"))
        .label(first.relationship.span, way)
        .label(second.relationship.span, format!("its reverse, also {way}"))
        .with_labels(foreign(ends));
    Some(match (case.is_self_referential(), runs) {
        (true, Direction::OneToMany) => turn(finding, ends),
        (true, _) => finding.help(format!("remove `remote_side` from {one} or {other}")),
        (false, _) => share_key(finding, ends),
    })
}

fn foreign(ends: [Case<'_>; 2]) -> Vec<(Option<crate::text::Span>, String)> {
    let [end, _] = ends;
    let mut columns: Vec<_> =
        ends.iter().flat_map(|end| end.answer.foreign_columns().to_vec()).collect();
    columns.sort_by_cached_key(|column| (end.scene.mapping.column_path(*column), *column));
    columns.dedup();
    columns
        .into_iter()
        .map(|column| (end.scene.column_span(column), "the column that refers".to_owned()))
        .collect()
}

/// Between rows of one table, the many-to-one side says that the referred columns are remote.
fn turn(finding: Diagnostic, ends: [Case<'_>; 2]) -> Diagnostic {
    let [first, second] = ends;
    let copies = first.answer.synchronize();
    let referred = copies.iter().map(|(source, _)| *source);
    let line = mend::columns("remote_side", &first.scene.columns(referred));
    let ((Some(one), None) | (None, Some(one))) = (named(first), named(second)) else {
        let (first, second) = (tick(&first.path()), tick(&second.path()));
        return finding.help(format!("add `{line}` to the many-to-one side: {first} or {second}"));
    };
    let fix = one.insert(&line, Applicability::Unsafe);
    let help = format!("add `{line}` to the many-to-one side, {}", tick(&one.path()));
    finding.help(help).with_fixes(fix.filter(|_| one.relationship.arguments.remote_side.is_empty()))
}

/// The end, if a referring column is named after it: `parent` by `parent_id`.
fn named(end: Case<'_>) -> Option<Case<'_>> {
    let mapping = end.scene.mapping;
    let foreign = end.answer.foreign_columns();
    let mut columns = foreign
        .iter()
        .map(|column| mapping.names.text(mapping.graph.column(*column).name).to_lowercase());
    let name = end.name().to_lowercase();
    columns.any(|column| column.contains(&name)).then_some(end)
}

/// Between two tables, both must use the foreign key of one of them.
fn share_key(finding: Diagnostic, [first, second]: [Case<'_>; 2]) -> Diagnostic {
    let keyless = |end: Case<'_>| end.answer.foreign_columns().is_empty();
    if keyless(first) || keyless(second) {
        return finding.help("give both the same `foreign_keys`");
    }
    let take = |end: Case<'_>, from: Case<'_>| {
        let columns = end.scene.columns(from.answer.foreign_columns().iter().copied());
        format!("`{}` to {}", mend::columns("foreign_keys", &columns), tick(&end.path()))
    };
    finding.help(format!("add {} or {}", take(first, second), take(second, first)))
}
