//! `back_populates` names an attribute of its target that is no relationship.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{any, tick};
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::resolve::InverseFaultKind;

pub(super) static CODE: Code = Code {
    name: "back_populates_not_a_relationship",
    severity: Severity::Error,
    page: include_str!("../../rules/back_populates_not_a_relationship.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, fault) = clue.inverse()?;
    let InverseFaultKind::NotARelationship { name } = fault.kind else { return None };
    let written = scene.mapping.names.text(name);
    let (target, path) = (case.target(), tick(&case.path()));
    let attribute = tick(&format!("{target}.{written}"));
    let message = format!("reverse of {path} is no relationship: {attribute}");
    let span = case.reverse_span();
    let finding = case
        .finding(&CODE, message)
        .label(span.or(case.relationship.span), "names an attribute")
        .label(
            scene.attribute_span(case.relationship.target, name),
            format!("{attribute} is this"),
        );
    let facing = case.facing();
    if facing.is_empty() {
        return Some(finding.help(case.declare_reverse("NAME")));
    }
    let lines = facing.iter().map(|name| mend::text("back_populates", name));
    let finding = finding.help(format!("write {}", any(lines)));
    let fix = |name: &String| mend::rename(scene, span, name, Applicability::Unsafe);
    Some(finding.with_fixes(facing.iter().filter_map(fix)))
}
