//! A column refers to one of another type.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::tick;
use crate::base::TableColumnId;
use crate::report::{Code, Diagnostic, Severity};
use crate::resolve::KeyFaultKind;

pub(super) static CODE: Code = Code {
    name: "foreign_key_type_mismatch",
    severity: Severity::Warning,
    page: include_str!("../../rules/foreign_key_type_mismatch.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (key, kind) = clue.key()?;
    let KeyFaultKind::TypeMismatch { column, referred, width } = kind else { return None };
    let typed = |id: TableColumnId| {
        let catalog = scene.mapping.catalog();
        let name = catalog.column(id).type_text(&scene.mapping.names);
        (tick(&scene.declared(id)), name, catalog.places.columns.get(id))
    };
    let ((own, own_type, place), (other, other_type, other_place)) =
        (typed(*column), typed(*referred));
    let message =
        format!("{own} is {}, but refers to {other}, {}", tick(own_type), tick(other_type));
    let effect = if *width { "of another width" } else { "of another type" };
    let finding = Diagnostic::new(&CODE, message)
        .label(place.or(scene.key_span(key)), effect)
        .label(other_place, "refers to this");
    Some(finding.help(format!("declare {own} as {}", tick(referring(other_type)))))
}

/// The type of a column that refers to one of type `name`: it does not count up by itself.
fn referring(name: &str) -> &str {
    match name {
        "SERIAL" | "SERIAL4" => "INTEGER",
        "BIGSERIAL" | "SERIAL8" => "BIGINT",
        "SMALLSERIAL" | "SERIAL2" => "SMALLINT",
        other => other,
    }
}
