//! `delete-orphan` without `delete`: parents are deleted, their orphans stay.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::tick;
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::resolve::Evidence;

pub(super) static CODE: Code = Code {
    name: "delete_orphan_without_delete",
    severity: Severity::Warning,
    page: include_str!("../../rules/delete_orphan_without_delete.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::DeleteOrphanWithoutDelete) = clue.relationship()? else { return None };
    let message = format!("{} has `delete-orphan` without `delete`", tick(&case.path()));
    let finding = case.finding(&CODE, message);
    let finding = finding.label(case.cascade_span(), "lacks `delete`");
    let cascade = case.relationship.arguments.cascade.as_ref()?;
    let written = cascade.value.join(", ");
    let complete = format!("{written}, delete");
    // Only a place that holds the list and nothing else can be replaced.
    let exact = |span: &crate::text::Span| scene.sources.slice(*span) == written;
    let fix = cascade.span.filter(exact);
    let fix = fix.map(|span| mend::replace(span, &complete, Applicability::Unsafe));
    let line = mend::text("cascade", &complete);
    Some(finding.help(format!("write `{line}`")).with_fixes(fix))
}
