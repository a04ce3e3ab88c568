//! `passive_deletes = "all"` leaves to the database what a cascade says to do.

use super::clue::Clue;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::report::{Code, Diagnostic, Severity};
use crate::resolve::{Cascade, Evidence};

pub(super) static CODE: Code = Code {
    name: "passive_deletes_all_with_delete",
    severity: Severity::Error,
    page: include_str!("../../rules/passive_deletes_all_with_delete.md"),
};

pub(super) fn find<'a>(_: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::PassiveDeletesAllWithDelete) = clue.relationship()? else { return None };
    let cascade = Cascade::of(case.relationship);
    let deletes = ["delete", "delete-orphan"].into_iter();
    let deletes = all(deletes.filter(|option| cascade.has(option)));
    let message =
        format!("{} deletes nothing by itself, but cascades {deletes}", tick(&case.path()));
    let passive = case.relationship.arguments.passive_deletes.as_ref();
    let finding = case
        .finding(&CODE, message)
        .label(passive.and_then(|argument| argument.span), "leaves deletes to the database")
        .label(case.cascade_span(), "asks for deletes");
    Some(
        finding.help(format!("write `passive_deletes = true`, or remove {deletes} from `cascade`")),
    )
}
