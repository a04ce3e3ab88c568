//! Two relationships are each other's reverse and do not say so.

use super::case::Case;
use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::report::{Applicability, Code, Diagnostic, Fix, Severity};

pub(super) static CODE: Code = Code {
    name: "missing_back_populates",
    severity: Severity::Note,
    page: include_str!("../../rules/missing_back_populates.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let Clue::Unlinked((one, other)) = clue else { return None };
    let (one, other) = (Case::of(scene, *one)?, Case::of(scene, *other)?);
    let ends = [(one, other), (other, one)];
    let message = format!("{} are one link, but do not say so", all([one.path(), other.path()]));
    let labels = ends.map(|(end, _)| (end.relationship.span, "one end".to_owned()));
    let line = |other: Case<'_>| mend::text("back_populates", other.name());
    let [first, second] =
        ends.map(|(end, other)| format!("`{}` to {}", line(other), tick(&end.path())));
    let edits = ends.map(|(end, other)| end.insert(&line(other), Applicability::Safe));
    let edits = edits.map(|fix| fix.map(|fix| fix.edits)).into_iter().collect::<Option<Vec<_>>>();
    let title = format!("link `{}` and `{}`", one.path(), other.path());
    let fix =
        edits.map(|edits| Fix { title, applicability: Applicability::Safe, edits: edits.concat() });
    let finding = one.finding(&CODE, message).with_labels(labels);
    Some(finding.help(format!("add {first} and {second}")).with_fixes(fix))
}
