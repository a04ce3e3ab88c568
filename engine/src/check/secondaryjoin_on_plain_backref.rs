//! A backref has a `secondaryjoin`, but its relationship has no secondary.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::tick;
use crate::report::{Code, Diagnostic, Severity};
use crate::resolve::Evidence;

pub(super) static CODE: Code = Code {
    name: "secondaryjoin_on_plain_backref",
    severity: Severity::Error,
    page: include_str!("../../rules/secondaryjoin_on_plain_backref.md"),
};

pub(super) fn find<'a>(_: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::SecondaryjoinOnPlainBackref) = clue.relationship()? else { return None };
    let message =
        format!("backref of {} has a `secondaryjoin`, but no secondary", tick(&case.path()));
    let backref = case.relationship.arguments.backref.as_ref();
    let given = backref.and_then(|backref| backref.arguments.secondaryjoin.as_ref());
    let span = given.and_then(|argument| argument.span).or(case.relationship.span);
    let finding = case.finding(&CODE, message).label(span, "joins from nothing");
    let finding = finding.label(case.relationship.span, "has no `secondary`");
    let help =
        format!("remove `secondaryjoin`, or add `secondary = \"TABLE\"` to {}", tick(&case.path()));
    Some(finding.help(help))
}
