//! A foreign key refers to columns that no key makes unique.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::report::{Code, Diagnostic, Severity};
use crate::resolve::KeyFaultKind;

pub(super) static CODE: Code = Code {
    name: "foreign_key_target_not_unique",
    severity: Severity::Warning,
    page: include_str!("../../rules/foreign_key_target_not_unique.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (id, KeyFaultKind::TargetNotUnique) = clue.key()? else { return None };
    let catalog = scene.mapping.catalog();
    let key = catalog.foreign_key(id);
    let (verb, what) = match *key.pairs {
        [_] => ("refers", "which is not unique"),
        _ => ("refer", "which are not unique together"),
    };
    let path = |column| scene.declared(column);
    let (from, to) = (all(key.columns().map(path)), all(key.referred().map(path)));
    let name = |column| scene.mapping.names.text(catalog.column(column).name);
    let columns: Vec<_> = key.referred().map(name).collect();
    let places = key.referred().map(|it| (catalog.places.columns.get(it), "no key of its own"));
    let constraint = format!("UNIQUE ({})", columns.join(", "));
    let finding = Diagnostic::new(&CODE, format!("{from} {verb} to {to}, {what}"))
        .label(scene.key_span(id), "several rows may be meant")
        .with_labels(places.map(|(span, text)| (span, text.to_owned())));
    Some(finding.help(format!("add {} to {}", tick(&constraint), tick(&scene.referred(id)))))
}
