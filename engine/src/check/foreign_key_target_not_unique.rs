//! A foreign key refers to columns that no key makes unique.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::base::TableColumnId;
use crate::report::{Code, Diagnostic, Severity};
use crate::resolve::KeyFaultKind;

pub(super) static CODE: Code = Code {
    name: "foreign_key_target_not_unique",
    severity: Severity::Warning,
    page: include_str!("../../rules/foreign_key_target_not_unique.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (key, KeyFaultKind::TargetNotUnique) = clue.key(scene)? else { return None };
    let catalog = scene.mapping.catalog();
    let paths = |columns: &[TableColumnId]| all(columns.iter().map(|it| scene.declared(*it)));
    let (verb, what) = match *key.referred {
        [_] => ("refers", "which is not unique"),
        _ => ("refer", "which are not unique together"),
    };
    let (from, to) = (paths(&key.columns), paths(&key.referred));
    let name = |it: &TableColumnId| scene.mapping.names.text(catalog.column(*it).name);
    let columns: Vec<_> = key.referred.iter().map(name).collect();
    let places = key.referred.iter().map(|it| (catalog.column(*it).span, "no key of its own"));
    let constraint = format!("UNIQUE ({})", columns.join(", "));
    let finding = Diagnostic::new(&CODE, format!("{from} {verb} to {to}, {what}"))
        .label(key.span, "several rows may be meant")
        .with_labels(places.map(|(span, text)| (span, text.to_owned())));
    Some(finding.help(format!("add {} to {}", tick(&constraint), tick(&scene.referred(key)))))
}
