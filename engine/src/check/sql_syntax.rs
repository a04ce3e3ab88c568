//! A text is no SQL expression, FROM clause or statement.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::quote;
use crate::parse::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "sql_syntax",
    severity: Severity::Error,
    page: include_str!("../../rules/sql_syntax.md"),
};

pub(super) fn find(_: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let Clue::Sql(defect, owner) = clue else { return None };
    let message = match (&defect.kind, owner) {
        (DefectKind::Syntax { message }, _) => format!("syntax error in SQL: {}", quote(message)),
        // Without it the text would say something else, so nothing of the text counts.
        (DefectKind::Unsupported { what, .. }, Some(_)) => {
            format!("SQL of a model cannot use {what}")
        }
        _ => return None,
    };
    Some(Diagnostic::new(&CODE, message).label(defect.span, "here"))
}
