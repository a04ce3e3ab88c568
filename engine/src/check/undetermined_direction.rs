//! The foreign columns of a condition belong neither to the parent nor to the target.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::report::{Code, Diagnostic, Severity};
use crate::resolve::Evidence;
use crate::resolve::Side;

pub(super) static CODE: Code = Code {
    name: "undetermined_direction",
    severity: Severity::Error,
    page: include_str!("../../rules/undetermined_direction.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::UndeterminedDirection { foreign }) = clue.relationship()? else {
        return None;
    };
    let message =
        format!("direction of {} is undetermined: neither side refers", tick(&case.path()));
    let (entity, target) = (tick(case.entity()), tick(case.target()));
    let labels = foreign.iter().map(|column| {
        (scene.column_span(*column), format!("foreign, but neither {entity} nor {target} maps it"))
    });
    let finding = case
        .finding(&CODE, message)
        .label(case.join_span(Side::Primary), "its foreign columns are on neither side")
        .with_labels(labels);
    let tables = foreign.iter().map(|column| scene.mapping.graph.column(*column).selectable);
    let mut tables: Vec<_> = tables.filter_map(|id| scene.mapping.selectable_path(id)).collect();
    tables.sort_unstable();
    tables.dedup();
    let between = tables.iter().map(|table| mend::text("secondary", table));
    let foreign = all(scene.columns(foreign.iter().copied()));
    let instead = format!("refer by a column of {entity} or {target} instead of {foreign}");
    Some(finding.help(match between.collect::<Vec<_>>().as_slice() {
        [only] => format!("{instead}, or add {}", tick(only)),
        _ => instead,
    }))
}
