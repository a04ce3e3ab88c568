//! Eager loads lead back to the entity where they began.

use super::case::Case;
use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{all, count, tick};
use crate::report::{Applicability, Code, Diagnostic, Fix, Severity};
use crate::resolve::EagerFault;

pub(super) static CODE: Code = Code {
    name: "eager_cycle",
    severity: Severity::Note,
    page: include_str!("../../rules/eager_cycle.md"),
};

/// Longer circles are counted in the headline, not named.
const NAMED: usize = 4;

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let Clue::Eager(EagerFault::Cycle(relationships)) = clue else { return None };
    let cases: Vec<_> = relationships.iter().filter_map(|id| Case::of(scene, *id)).collect();
    let first = cases.first()?;
    let message = match cases.as_slice() {
        [only] => format!("{} leads eagerly to itself", tick(&only.path())),
        some if some.len() <= NAMED => {
            format!("{} lead eagerly in a circle", all(some.iter().map(|case| case.path())))
        }
        many => format!("{} lead eagerly in a circle", count(many.len(), "relationship")),
    };
    let labels = cases.iter().map(|case| (case.load_span(), "loaded along".to_owned()));
    let finding = first.finding(&CODE, message).with_labels(labels);
    let lazily = "write `load = \"select\"` in one of them";
    Some(match cases.as_slice() {
        [only] => finding
            .help("add `join_depth = 2`, or as deep as is wanted")
            .with_fixes(only.insert("join_depth = 2", Applicability::Unsafe)),
        _ => finding.help(lazily).with_fixes(cases.iter().filter_map(|case| lazy(*case))),
    })
}

fn lazy(case: Case<'_>) -> Option<Fix> {
    let span = case.relationship.arguments.load?.span?;
    let title = format!("load `{}` when it is asked for", case.path());
    Some(Fix { title, ..mend::replace(span, "select", Applicability::Unsafe) })
}
