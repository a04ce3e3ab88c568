//! Several collections are joined side by side.

use super::case::Case;
use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::report::{Applicability, Code, Diagnostic, Fix, Severity};
use crate::resolve::EagerFault;

pub(super) static CODE: Code = Code {
    name: "cartesian_collections",
    severity: Severity::Warning,
    page: include_str!("../../rules/cartesian_collections.md"),
};

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let Clue::Eager(EagerFault::Cartesian(entity, relationships)) = clue else { return None };
    let cases: Vec<_> = relationships.iter().filter_map(|id| Case::of(scene, *id)).collect();
    let paths = all(cases.iter().map(|case| case.path()));
    let entity = scene.entity(*entity);
    let message = format!("{paths} multiply when {} is loaded", tick(entity));
    let labels =
        cases.iter().map(|case| (case.load_span(), "each row meets the others'".to_owned()));
    let finding = Diagnostic::new(&CODE, message).about(entity, None).with_labels(labels);
    let rest = cases.get(1..).unwrap_or_default();
    let help = format!("write `load = \"selectin\"` in {}", all(rest.iter().map(|it| it.path())));
    Some(finding.help(help).with_fixes(selectin(rest)))
}

fn selectin(cases: &[Case<'_>]) -> Option<Fix> {
    let edit = |case: &Case<'_>| {
        let span = case.relationship.arguments.load?.span?;
        Some(mend::replace(span, "selectin", Applicability::Unsafe).edits)
    };
    let edits = cases.iter().map(edit).collect::<Option<Vec<_>>>()?.concat();
    let names: Vec<_> = cases.iter().map(|case| case.path()).collect();
    let title = format!("load {} by a statement of its own", names.join(", "));
    Some(Fix { title, applicability: Applicability::Unsafe, edits })
}
