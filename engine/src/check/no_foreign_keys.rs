//! No foreign key links the two sides of a relationship, and no condition is given.

use super::case::Case;
use super::clue::Clue;
use super::scene::Scene;
use super::wording::{all, any, join, tick};
use super::{guess, mend};
use crate::base::SelectableId;
use crate::report::{Applicability, Code, Diagnostic, Fix, Severity};
use crate::resolve::{Candidate, Evidence, Ledger, Rejection, Side};
use crate::text::Span;

pub(super) static CODE: Code = Code {
    name: "no_foreign_keys",
    severity: Severity::Error,
    page: include_str!("../../rules/no_foreign_keys.md"),
};

pub(super) fn find<'a>(_: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::NoForeignKeys(side)) = clue.relationship()? else { return None };
    let ledger = case.ledger(*side)?;
    let (left, right) = (case.scene.selectable(ledger.left), case.scene.selectable(ledger.right));
    let sides =
        if left == right { format!("{} to itself", tick(&left)) } else { all([left, right]) };
    let message =
        format!("{} has no {}: no foreign key links {sides}", tick(&case.path()), join(*side));
    let finding = case
        .finding(&CODE, message)
        .label(case.relationship.span, "needs a join condition")
        .with_labels(passed_over(case, ledger))
        .with_labels(tables(case, ledger));
    Some(mended(case, *side, ledger, finding))
}

/// The keys that link the two sides, but are not listed.
fn unlisted(ledger: &Ledger) -> impl Iterator<Item = &Candidate> {
    let unlisted = |c: &&Candidate| c.rejected == Some(Rejection::NotListed);
    ledger.candidates.iter().filter(unlisted)
}

/// The one listed column replaced by the one that fits.
fn listed_instead(case: Case<'_>, list: &[String]) -> Option<Fix> {
    let [column] = list else { return None };
    let [listed] = case.relationship.arguments.foreign_keys.as_slice() else { return None };
    mend::rename(case.scene, listed.span, column, Applicability::Unsafe)
}

fn passed_over(case: Case<'_>, ledger: &Ledger) -> Vec<(Option<Span>, String)> {
    let listed = case.relationship.arguments.foreign_keys.iter();
    let listed =
        listed.map(|column| (column.span, "no foreign key with this column fits".to_owned()));
    let keys = unlisted(ledger).map(|candidate| {
        let place = case.scene.key_span(candidate.key);
        (place, "links the two, but `foreign_keys` does not list it".to_owned())
    });
    listed.chain(keys).collect()
}

/// Where the foreign keys of each table lead instead.
fn tables(case: Case<'_>, ledger: &Ledger) -> Vec<(Option<Span>, String)> {
    let mut tables = case.scene.tables(ledger.left);
    if ledger.left != ledger.right {
        tables.extend(case.scene.tables(ledger.right));
    }
    let described = tables.into_iter().map(|(span, table)| (span, leads_to(case, table)));
    described.collect()
}

fn leads_to(case: Case<'_>, table: SelectableId) -> String {
    let scene = case.scene;
    let columns = scene.mapping.graph.columns(table);
    let keys = columns.flat_map(|column| scene.keys_of(column));
    let mut referred: Vec<_> = keys.map(|key| scene.referred(key)).collect();
    referred.sort_unstable();
    referred.dedup();
    match referred.as_slice() {
        [] => format!("{} has no foreign keys", tick(&scene.selectable(table))),
        referred => format!("{} refers to {}", tick(&scene.selectable(table)), all(referred)),
    }
}

fn mended(case: Case<'_>, side: Side, ledger: &Ledger, finding: Diagnostic) -> Diagnostic {
    let lists: Vec<_> = unlisted(ledger)
        .map(|candidate| case.scene.columns(candidate.pairs.iter().map(|(_, from)| *from)))
        .collect();
    if !lists.is_empty() {
        let lines = lists.iter().map(|list| mend::columns("foreign_keys", list));
        let fixes = lists.iter().filter_map(|list| listed_instead(case, list));
        return finding.help(format!("write {}", any(lines))).with_fixes(fixes);
    }
    let (left, right) = (ledger.left, ledger.right);
    let Some(guess) = guess::condition(case.scene, left, right, case.name()) else {
        let (left, right) = (case.scene.selectable(left), case.scene.selectable(right));
        let form = format!("{left}.COLUMN = foreign({right}.COLUMN)");
        let line = mend::text(side.argument(), &form);
        return finding.help(format!("add a foreign key, or {}", tick(&line)));
    };
    let line = mend::text(side.argument(), &guess);
    let fix = mend::is_condition(&guess).then(|| case.insert(&line, Applicability::Unsafe));
    finding.help(format!("add {}", tick(&line))).with_fixes(fix.flatten())
}
