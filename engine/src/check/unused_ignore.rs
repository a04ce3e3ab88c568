//! A list of ignored codes holds one that silences nothing.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::tick;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "unused_ignore",
    severity: Severity::Note,
    page: include_str!("../../rules/unused_ignore.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let Clue::Idle(list) = clue else { return None };
    let written = &list.code.value;
    // One that does not exist is told as such.
    super::code(written)?;
    let message = format!("`ignore` of {} silences nothing", tick(written));
    let found = Diagnostic::new(&CODE, message)
        .label(list.code.span, "no such finding here")
        .help(format!("remove {} from the list", tick(&format!("\"{written}\""))));
    Some(list.about(scene, found))
}
