//! `sync_backref` asks for changes to reach a reverse, and one of the two is viewonly.
//!
//! The two may be one relationship or a relationship and its reverse.

use super::case::Case;
use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::tick;
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::resolve::{Evidence, InverseFaultKind};

pub(super) static CODE: Code = Code {
    name: "viewonly_sync_backref",
    severity: Severity::Error,
    page: include_str!("../../rules/viewonly_sync_backref.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, evidence) = clue.relationship()?;
    match evidence {
        Evidence::ViewonlySyncBackref => {
            let message = format!("{} is viewonly and has `sync_backref`", tick(&case.path()));
            let finding = case.finding(&CODE, message);
            Some(mended(
                finding.label(case.relationship.span, "cannot change its reverse"),
                [case, case],
            ))
        }
        Evidence::Inverse(fault) if fault.kind == InverseFaultKind::ViewonlySyncBackref => {
            let mut ends = [case, Case::of(scene, fault.other?)?];
            ends.sort_by_cached_key(|end| (!syncs(*end), end.path(), end.id));
            let [asking, viewonly] = ends;
            let (asks, reads) = (tick(&asking.path()), tick(&viewonly.path()));
            let message = format!("{asks} has `sync_backref`, but {reads} is viewonly");
            let finding = asking.finding(&CODE, message);
            Some(mended(finding.label(viewonly.relationship.span, "the reverse"), ends))
        }
        _ => None,
    }
}

fn syncs(end: Case<'_>) -> bool {
    end.relationship.arguments.sync_backref.is_some_and(|sync| sync.value)
}

/// Labels both arguments; `sync_backref` has to give way, because the other is the stronger claim.
fn mended(finding: Diagnostic, [asking, viewonly]: [Case<'_>; 2]) -> Diagnostic {
    let sync = asking.relationship.arguments.sync_backref.and_then(|argument| argument.span);
    let given = viewonly.relationship.arguments.viewonly.and_then(|argument| argument.span);
    let written = |span: &crate::text::Span| asking.scene.sources.slice(*span) == "true";
    let fix = sync.filter(written).map(|span| mend::replace(span, "false", Applicability::Safe));
    finding
        .label(sync, "asks to change the reverse")
        .label(given, "is never written")
        .help(format!("write `sync_backref = false` in {}", tick(&asking.path())))
        .with_fixes(fix)
}
