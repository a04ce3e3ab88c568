//! The two sides of a foreign key have unequal numbers of columns.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::{count, tick};
use crate::parse::DefectKind;
use crate::report::{Code, Diagnostic, Severity};

pub(super) static CODE: Code = Code {
    name: "unmatched_foreign_key",
    severity: Severity::Error,
    page: include_str!("../../rules/unmatched_foreign_key.md"),
};

pub(super) fn find(_: &Scene<'_>, clue: Clue<'_>) -> Option<Diagnostic> {
    let defect = clue.sql()?;
    let DefectKind::UnmatchedForeignKey { table, referred, columns, referred_columns } =
        &defect.kind
    else {
        return None;
    };
    let (table, referred) = (tick(table), tick(referred));
    let (has, refers) = (count(*columns, "column"), count(*referred_columns, "column"));
    let message = format!("foreign key of {table} has {has}, but refers to {refers} of {referred}");
    let help = format!("name {has} of {referred} after `REFERENCES`");
    Some(Diagnostic::new(&CODE, message).label(defect.span, "declared here").help(help))
}
