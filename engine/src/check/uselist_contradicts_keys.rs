//! A collection of which the keys prove that it holds one at most; or a scalar of which no key
//! proves it.

use super::case::Case;
use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{all, tick};
use crate::base::ColumnId;
use crate::catalog::Key;
use crate::report::{Applicability, Code, Diagnostic, Fix, Severity};
use crate::resolve::{Evidence, Proof, at_most_one};
use crate::text::Span;

pub(super) static CODE: Code = Code {
    name: "uselist_contradicts_keys",
    severity: Severity::Warning,
    page: include_str!("../../rules/uselist_contradicts_keys.md"),
};

pub(super) fn find<'a>(_: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, evidence) = clue.relationship()?;
    match evidence {
        Evidence::CollectionOfOne => {
            let proof = at_most_one(case.scene.mapping, case.relationship, case.answer);
            proof.map(|proof| many(case, &proof))
        }
        Evidence::ScalarOfMany(fixed) => Some(one(case, fixed)),
        _ => None,
    }
}

/// Harmless, but each use unpacks a list of one.
fn many(case: Case<'_>, proof: &Proof) -> Diagnostic {
    let message = format!("{} is a list, but holds one at most", tick(&case.path()));
    let catalog = case.scene.mapping.catalog();
    let keys = proof.keys.iter();
    let keys = keys.map(|id| (catalog.places.keys.get(*id), proves(case, catalog.key(*id))));
    case.finding(&CODE, message)
        .with_severity(Severity::Note)
        .label(place(case), "a list")
        .with_labels(keys)
        .help(if uselist(case).is_some() { "write `false`" } else { "add `uselist = false`" })
        .with_fixes(hold_one(case))
}

fn proves(case: Case<'_>, key: &Key) -> String {
    let mapping = case.scene.mapping;
    let columns = key.columns.iter();
    let columns = columns.filter_map(|it| mapping.graph.table_column(*it));
    let columns = all(case.scene.columns(columns));
    format!("one row for each {columns}, and the join fixes it")
}

fn hold_one(case: Case<'_>) -> Option<Fix> {
    match case.relationship.arguments.uselist {
        Some(given) => given.span.map(|it| mend::replace(it, "false", Applicability::Unsafe)),
        None => case.insert("uselist = false", Applicability::Unsafe),
    }
}

fn one(case: Case<'_>, fixed: &[ColumnId]) -> Diagnostic {
    let scene = case.scene;
    let message = format!("{} is to hold one, but no key says so", tick(&case.path()));
    let far = fixed.iter().copied();
    let places = far.clone().map(|it| (scene.column_span(it), "no key makes it unique".to_owned()));
    let columns = scene.columns(far);
    let key = match columns.as_slice() {
        [only] => format!("declare {} unique", tick(only)),
        columns => format!("declare {} unique together", all(columns)),
    };
    let help = format!("{key}, or remove `uselist = false`");
    case.finding(&CODE, message)
        .label(place(case), "may be one of several")
        .with_labels(places)
        .help(help)
}

fn uselist(case: Case<'_>) -> Option<Span> {
    case.relationship.arguments.uselist.and_then(|given| given.span)
}

fn place(case: Case<'_>) -> Option<Span> {
    uselist(case).or(case.relationship.span)
}
