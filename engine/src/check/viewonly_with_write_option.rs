//! A relationship that is never written has options that only matter to writing.

use super::case::Case;
use super::clue::Clue;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::report::{Applicability, Code, Diagnostic, Edit, Fix, Severity};
use crate::resolve::Evidence;
use crate::text::Span;

pub(super) static CODE: Code = Code {
    name: "viewonly_with_write_option",
    severity: Severity::Warning,
    page: include_str!("../../rules/viewonly_with_write_option.md"),
};

pub(super) fn find<'a>(_: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::ViewonlyWithWriteOption(options)) = clue.relationship()? else {
        return None;
    };
    let names = all(options);
    let verb = if options.len() == 1 { "has" } else { "have" };
    let message = format!("{} is viewonly: {names} {verb} no effect", tick(&case.path()));
    let viewonly = case.relationship.arguments.viewonly.and_then(|argument| argument.span);
    let places =
        options.iter().map(|option| (place(case, option), "only matters to writing".to_owned()));
    let finding = case.finding(&CODE, message).with_labels(places);
    let finding = finding.label(viewonly.or(case.relationship.span), "is never written");
    Some(finding.help(format!("remove {names}")).with_fixes(reset(case, options)))
}

fn place(case: Case<'_>, option: &str) -> Option<Span> {
    let arguments = &case.relationship.arguments;
    match option {
        "active_history" => arguments.active_history?.span,
        "passive_deletes" => arguments.passive_deletes.as_ref()?.span,
        "passive_updates" => arguments.passive_updates?.span,
        _ => None,
    }
}

/// Sets each option to its default, which is the same as not giving it.
fn reset(case: Case<'_>, options: &[&str]) -> Option<Fix> {
    let edits = options.iter().map(|option| {
        let span = place(case, option)?;
        let default = if *option == "passive_updates" { "true" } else { "false" };
        let written = case.scene.sources.slice(span);
        let turned = ["true", "false"].contains(&written) && written != default;
        turned.then(|| Edit { span, insert: default.to_owned() })
    });
    let edits = edits.collect::<Option<Vec<_>>>()?;
    let title = format!("set {} to the default", options.join(", "));
    Some(Fix { title, applicability: Applicability::Safe, edits })
}
