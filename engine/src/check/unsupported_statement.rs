//! A statement was passed over that could have declared a table, column or key.
//!
//! Statements that declare none (`SET`, `GRANT`, `INSERT`) are passed over without a word.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::{quote, tick};
use crate::parse::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "unsupported_statement",
    severity: Severity::Warning,
    page: include_str!("../../rules/unsupported_statement.md"),
};

pub(super) fn find(_: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let Clue::Sql(defect, None) = clue else { return None };
    let DefectKind::Unsupported { what, message, relevant: true } = &defect.kind else {
        return None;
    };
    let message = format!("{} is passed over: {}", named(what), quote(message));
    let finding = Diagnostic::new(&CODE, message).label(defect.span, "not read");
    let ignore = "`ignore = [\"unsupported_statement\"]` at the top of the document";
    Some(finding.help(format!("declare its tables and keys by `CREATE TABLE`, or add {ignore}")))
}

/// The statement's own words in backticks; of `a part of table x`, the name.
fn named(what: &str) -> String {
    match what.strip_prefix("a part of ").and_then(|owner| owner.split_once(' ')) {
        Some((kind, name)) => format!("a part of {kind} {}", tick(name)),
        None => tick(what),
    }
}
