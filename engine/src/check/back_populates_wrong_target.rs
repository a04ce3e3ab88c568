//! The reverse of a relationship leads to another entity than the one that it is on.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{any, tick};
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::resolve::InverseFaultKind;

pub(super) static CODE: Code = Code {
    name: "back_populates_wrong_target",
    severity: Severity::Error,
    page: include_str!("../../rules/back_populates_wrong_target.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, fault) = clue.inverse()?;
    let InverseFaultKind::WrongTarget { leads_to } = fault.kind else { return None };
    let other = scene.relationship(fault.other?);
    let (leads_to, entity) = (tick(scene.entity(leads_to)), tick(case.entity()));
    let reverse = tick(&scene.path(fault.other?));
    let message = format!("reverse of {} leads to {leads_to}, not to {entity}", tick(&case.path()));
    let span = case.reverse_span();
    let finding = case
        .finding(&CODE, message)
        .label(span.or(case.relationship.span), format!("names {reverse}"))
        .label(other.target_span.or(other.span), format!("{reverse} leads to {leads_to}"));
    let facing = case.facing();
    let target = mend::text("target", case.entity());
    if facing.is_empty() {
        return Some(
            finding.help(format!("write `{target}` in {reverse}, or name another reverse")),
        );
    }
    let lines = facing.iter().map(|name| mend::text("back_populates", name));
    let help = format!("write {}, or `{target}` in {reverse}", any(lines));
    let fix = |name: &String| mend::rename(scene, span, name, Applicability::Unsafe);
    Some(finding.help(help).with_fixes(facing.iter().filter_map(fix)))
}
