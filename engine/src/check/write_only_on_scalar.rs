//! A relationship that holds one is to be loaded as only large collections are.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::tick;
use crate::report::{Code, Diagnostic, Severity};
use crate::resolve::Evidence;

pub(super) static CODE: Code = Code {
    name: "write_only_on_scalar",
    severity: Severity::Error,
    page: include_str!("../../rules/write_only_on_scalar.md"),
};

pub(super) fn find<'a>(_: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::WriteOnlyOnScalar) = clue.relationship()? else { return None };
    let arguments = &case.relationship.arguments;
    let load = arguments.load.and_then(|load| load.span).or(case.relationship.span);
    let given = arguments.uselist.filter(|uselist| !uselist.value).and_then(|it| it.span);
    let why = if case.answer.uselist { "is many-to-one" } else { "holds one" };
    let message = format!("{} {why} and cannot be a query", tick(&case.path()));
    let finding = case.finding(&CODE, message).label(load, "only for collections");
    let finding = finding.label(given, "holds one");
    Some(finding.help("remove `load`, or write `load = \"select\"`"))
}
