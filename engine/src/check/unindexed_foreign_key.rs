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
    let (id, KeyFaultKind::Unindexed) = clue.key()? else { return None };
    let catalog = scene.mapping.catalog();
    let key = catalog.foreign_key(id);
    let columns = all(key.columns().map(|column| scene.declared(column)));
    let verb = if key.pairs.len() == 1 { "refers" } else { "refer" };
    let message = format!("{columns} {verb} to {} without an index", tick(&scene.referred(id)));
    let name = |column| scene.mapping.names.text(catalog.column(column).name);
    let list: Vec<_> = key.columns().map(name).collect();
    let table = scene.mapping.graph.table(key.table);
    let table = table.map_or_else(String::new, |table| scene.selectable(table));
    let index = format!("CREATE INDEX … ON {table} ({})", list.join(", "));
    let finding = Diagnostic::new(&CODE, message);
    let effect = "each look-up from the other side reads the whole table";
    let finding = finding.label(scene.key_span(id), effect);
    Some(finding.help(format!("add {}", tick(&index))))
}
