//! A list of ignored codes, or `[diagnostics]`, holds one that does not exist.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::tick;
use crate::report::{Applicability, Code, Diagnostic, Severity, nearest};

pub(super) static CODE: Code = Code {
    name: "unknown_code",
    severity: Severity::Warning,
    page: include_str!("../../rules/unknown_code.md"),
};

pub(super) fn find(scene: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let (code, list) = match clue {
        Clue::Ignored(list) => (list.code, Some(list)),
        Clue::Level(code) => (code, None),
        _ => return None,
    };
    let written = &code.value;
    if super::code(written).is_some() {
        return None;
    }
    let key = if list.is_some() { "`ignore` lists" } else { "`diagnostics` sets" };
    let message = format!("{key} {}, which is no code", tick(written));
    let found = Diagnostic::new(&CODE, message).label(code.span, "no such code");
    let found = match list {
        Some(list) => list.about(scene, found),
        None => found,
    };
    let near = nearest(written, super::codes().map(|code| code.name));
    Some(mend::write_nearest(found, scene, code.span, near, Applicability::Unsafe))
}
