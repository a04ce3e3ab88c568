//! No index begins with the columns of a foreign key.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::report::{Code, Diagnostic, Severity};
use crate::resolve::KeyFaultKind;

pub(super) static CODE: Code = Code {
    name: "unindexed_foreign_key",
    severity: Severity::Note,
    page: include_str!("../../rules/unindexed_foreign_key.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (key, KeyFaultKind::Unindexed) = clue.key(scene)? else { return None };
    let columns = all(key.columns.iter().map(|it| scene.declared(*it)));
    let verb = if key.columns.len() == 1 { "refers" } else { "refer" };
    let message = format!("{columns} {verb} to {} without an index", tick(&scene.referred(key)));
    let catalog = scene.mapping.catalog();
    let name = |it: &_| scene.mapping.names.text(catalog.column(*it).name);
    let list: Vec<_> = key.columns.iter().map(name).collect();
    let table = scene.mapping.graph.table(key.table);
    let table = table.map_or_else(String::new, |table| scene.selectable(table));
    let index = format!("CREATE INDEX … ON {table} ({})", list.join(", "));
    let finding = Diagnostic::new(&CODE, message);
    let finding = finding.label(key.span, "each look-up from the other side reads the whole table");
    Some(finding.help(format!("add {}", tick(&index))))
}
