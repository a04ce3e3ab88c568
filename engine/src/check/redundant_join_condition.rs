//! A condition is given that would be inferred.

use super::case::Case;
use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{series, tick};
use crate::report::{Applicability, Code, Diagnostic, Fix, Severity};
use crate::resolve::{RedundantJoin, Side};

pub(super) static CODE: Code = Code {
    name: "redundant_join_condition",
    severity: Severity::Note,
    page: include_str!("../../rules/redundant_join_condition.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let Clue::Redundant(RedundantJoin { relationship, sides }) = clue else { return None };
    let case = Case::of(scene, *relationship)?;
    let keys: Vec<_> = sides.iter().map(|side| format!("`{}`", side.argument())).collect();
    let keys = series(keys, "and");
    let verb = if sides.len() == 1 { "says" } else { "say" };
    let message = format!("{keys} of {} {verb} what the foreign keys say", tick(&case.path()));
    let labels =
        sides.iter().map(|side| (case.join_span(*side), "follows from the foreign key".to_owned()));
    let finding = case.finding(&CODE, message).with_labels(labels);
    Some(finding.help(format!("remove {keys}")).with_fixes(removed(case, sides)))
}

fn removed(case: Case<'_>, sides: &[Side]) -> Option<Fix> {
    let edit = |side: &Side| {
        let given = side.given(&case.relationship.arguments)?;
        mend::remove(case.scene, given.span?, side.argument())
    };
    let edits = sides.iter().map(edit).collect::<Option<Vec<_>>>()?;
    let title = format!("remove what is inferred from `{}`", case.path());
    Some(Fix { title, applicability: Applicability::Safe, edits })
}
