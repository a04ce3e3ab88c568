//! `back_populates` names nothing that its target has.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::tick;
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::resolve::InverseFaultKind;

pub(super) static CODE: Code = Code {
    name: "unknown_back_populates",
    severity: Severity::Error,
    page: include_str!("../../rules/unknown_back_populates.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, fault) = clue.inverse()?;
    let InverseFaultKind::Unknown { name, nearest } = &fault.kind else { return None };
    let written = scene.mapping.names.text(*name);
    let (target, path) = (case.target(), tick(&case.path()));
    let message =
        format!("reverse of {path} does not exist: {}", tick(&format!("{target}.{written}")));
    let span = case.reverse_span();
    let declared = scene.mapping.entity(case.relationship.target).span;
    let finding = case
        .finding(&CODE, message)
        .label(span.or(case.relationship.span), format!("no such relationship of {}", tick(target)))
        .label(declared, "its target");
    let near = nearest.as_deref();
    let finding = mend::write_nearest(finding, scene, span, near, Applicability::Unsafe);
    Some(if near.is_some() { finding } else { finding.help(case.declare_reverse(written)) })
}
