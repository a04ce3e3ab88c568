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
    let defect = clue.sql()?;
    let DefectKind::Syntax { message } = &defect.kind else { return None };
    let message = format!("syntax error in SQL: {}", quote(message));
    Some(Diagnostic::new(&CODE, message).label(defect.span, "here"))
}
