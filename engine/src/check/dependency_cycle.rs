//! Tables refer to one another in a circle, so that no order of insertion suits all.

use super::case::Case;
use super::clue::Clue;
use super::scene::Scene;
use super::wording::{all, series, tick};
use crate::base::ForeignKeyId;
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::resolve::{Break, WayOut};

pub(super) static CODE: Code = Code {
    name: "dependency_cycle",
    severity: Severity::Warning,
    page: include_str!("../../rules/dependency_cycle.md"),
};

/// Circles of more tables are counted in the headline, not named.
const NAMED: usize = 4;

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let Clue::Cycle(cycle) = clue else { return None };
    // What no flush writes is in no flush's way.
    if cycle.breaks.iter().all(|it| it.way == WayOut::PostUpdate(None)) {
        return None;
    }
    let tables = cycle.tables.iter().filter_map(|table| scene.mapping.graph.table(*table));
    let names: Vec<_> = tables.map(|table| scene.selectable(table)).collect();
    let names = match names.len() {
        n if n <= NAMED => all(names),
        n => format!("{n} tables"),
    };
    let edges = cycle
        .keys
        .iter()
        .map(|key| (scene.key_span(*key), format!("refers to {}", tick(&scene.referred(*key)))));
    let waiting = cycle.breaks.iter().all(|it| it.way == WayOut::Deferrable);
    let severity = if waiting { Severity::Note } else { Severity::Warning };
    let ways = cycle.breaks.iter().map(|way| help(scene, *way)).collect();
    let fixes = cycle.breaks.iter().filter_map(|it| match it.way {
        WayOut::PostUpdate(Some(relationship)) => {
            let case = Case::of(scene, relationship)?;
            let given = case.relationship.arguments.post_update.is_some();
            (!given).then(|| case.insert("post_update = true", Applicability::Unsafe)).flatten()
        }
        _ => None,
    });
    let finding = Diagnostic::new(&CODE, format!("{names} refer to one another in a circle"))
        .with_severity(severity)
        .with_labels(edges)
        .help(series(ways, "and"));
    Some(finding.with_fixes(fixes))
}

fn help(scene: &Scene<'_>, it: Break) -> String {
    let columns = columns(scene, it.key);
    match it.way {
        WayOut::PostUpdate(Some(relationship)) => {
            format!("add `post_update = true` to {}", tick(&scene.path(relationship)))
        }
        WayOut::PostUpdate(None) => format!("set {columns} when both rows are there"),
        WayOut::Deferrable => {
            format!("write both rows in one transaction: {columns} may wait until its end")
        }
        WayOut::UseAlter => {
            let alter = "add its foreign key by ALTER TABLE when the rows are there";
            format!("let {columns} be NULL, declare its foreign key DEFERRABLE, or {alter}")
        }
    }
}

fn columns(scene: &Scene<'_>, key: ForeignKeyId) -> String {
    let key = scene.mapping.catalog().foreign_key(key);
    all(key.columns().map(|column| scene.declared(column)))
}
