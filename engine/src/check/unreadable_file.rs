//! A schema file could not be read by the host.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::{quote, tick};
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "unreadable_file",
    severity: Severity::Error,
    page: include_str!("../../rules/unreadable_file.md"),
};

pub(super) fn find(_: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let Clue::Unread(file) = clue else { return None };
    let message =
        format!("schema file {} cannot be read: {}", tick(&file.name), quote(&file.reason));
    let finding = Diagnostic::new(&CODE, message).label(file.span, "named here");
    Some(finding.help("name a file by its path from the document"))
}
