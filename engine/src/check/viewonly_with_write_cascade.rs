//! A relationship that is never written has cascades that only matter to writing.

use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::report::{Applicability, Code, Diagnostic, Severity};
use crate::resolve::{Cascade, Evidence};

pub(super) static CODE: Code = Code {
    name: "viewonly_with_write_cascade",
    severity: Severity::Warning,
    page: include_str!("../../rules/viewonly_with_write_cascade.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::ViewonlyWithWriteCascade(options)) = clue.relationship()? else {
        return None;
    };
    let message = format!("{} is viewonly: it cannot cascade {}", tick(&case.path()), all(options));
    let arguments = &case.relationship.arguments;
    let finding = case
        .finding(&CODE, message)
        .label(case.cascade_span(), "has no effect")
        .label(arguments.viewonly.and_then(|argument| argument.span), "is never written");
    let kept = match Cascade::of(case.relationship).options.as_ref() {
        [] => "none".to_owned(),
        options => options.join(", "),
    };
    let cascade = arguments.cascade.as_ref()?;
    let written = cascade.value.join(", ");
    let exact = |span: &crate::text::Span| scene.sources.slice(*span) == written;
    let fix = cascade.span.filter(exact);
    let fix = fix.map(|span| mend::replace(span, &kept, Applicability::Safe));
    let line = mend::text("cascade", &kept);
    Some(finding.help(format!("write `{line}`")).with_fixes(fix))
}
