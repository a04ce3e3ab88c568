//! Nothing identifies the rows of what an entity maps.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{any, tick};
use crate::entity::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "no_primary_key",
    severity: Severity::Error,
    page: include_str!("../../rules/no_primary_key.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.entity()?;
    let DefectKind::NoPrimaryKey { selectable, candidates } = &defect.kind else { return None };
    let entity = scene.entity(defect.entity?);
    let message = match selectable {
        Some(selectable) => {
            format!("{} has no primary key: {} has none", tick(entity), tick(selectable))
        }
        None => format!("{} has no primary key: what it maps has none", tick(entity)),
    };
    let finding = clue.about(scene, Diagnostic::new(&CODE, message));
    let finding =
        finding.label(defect.span, "needs a primary key").with_labels(tables(scene, clue));
    let mut candidates = candidates.clone();
    candidates.sort_unstable();
    let lines = candidates.into_iter().map(|column| mend::columns("primary_key", &[column]));
    let lines: Vec<_> = lines.collect();
    Some(finding.help(match lines.as_slice() {
        [] => "add `primary_key = [\"TABLE.COLUMN\"]`".to_owned(),
        lines => format!("add {}", any(lines)),
    }))
}

fn tables(scene: &Scene<'_>, clue: Clue<'_>) -> Vec<(Option<crate::text::Span>, String)> {
    let Some(entity) = clue.owner() else { return Vec::new() };
    let tables = scene.tables(scene.mapping.entity(entity).selectable);
    tables.into_iter().map(|(span, _)| (span, "declared without primary key".to_owned())).collect()
}
