//! A relationship both makes a reverse and names one.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::tick;
use crate::report::{Code, Diagnostic, Severity};
use crate::resolve::Evidence;

pub(super) static CODE: Code = Code {
    name: "backref_and_back_populates",
    severity: Severity::Error,
    page: include_str!("../../rules/backref_and_back_populates.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::BackrefAndBackPopulates) = clue.relationship()? else { return None };
    let arguments = &case.relationship.arguments;
    let (named, made) = (arguments.back_populates?, arguments.backref.as_ref()?);
    let message = format!("{} has both `backref` and `back_populates`", tick(&case.path()));
    let finding = case
        .finding(&CODE, message)
        .label(made.name.span.or(case.relationship.span), "makes a reverse")
        .label(named.span, "names a reverse");
    let target = case.relationship.target;
    let declared = scene.mapping.find_relationship(target, named.value).is_some();
    let surplus = if declared { "backref" } else { "back_populates" };
    Some(finding.help(format!("remove {}", tick(surplus))))
}
