//! Several foreign keys could join a relationship, and nothing says which is meant.
//!
//! The keys are ranked by how well their columns' names fit the relationship's name.

use super::case::Case;
use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{count, join, tick};
use crate::report::{Applicability, Code, Diagnostic, Fix, Severity};
use crate::resolve::{Candidate, Evidence, Ledger, Rejection, Side};

pub(super) static CODE: Code = Code {
    name: "ambiguous_foreign_keys",
    severity: Severity::Error,
    page: include_str!("../../rules/ambiguous_foreign_keys.md"),
};

pub(super) fn find<'a>(_: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let (case, Evidence::AmbiguousForeignKeys(side)) = clue.relationship()? else { return None };
    let choices = choices(case, case.ledger(*side)?);
    let keys = count(choices.len(), "foreign key");
    let message = format!("{} of {} is ambiguous: {keys} fit", join(*side), tick(&case.path()));
    let labels = choices.iter().map(|choice| {
        let place = case.scene.key_span(choice.candidate.key);
        (place, format!("candidate: `{}`", choice.condition(case)))
    });
    let finding = case
        .finding(&CODE, message)
        .label(case.relationship.span, "could join by any of them")
        .with_labels(labels);
    let by_columns = case.relationship.arguments.secondary.is_none();
    Some(if by_columns && differ(&choices) {
        list_columns(case, finding, &choices)
    } else {
        give(case, *side, finding, &choices)
    })
}

/// A foreign key to choose.
struct Choice<'a> {
    candidate: &'a Candidate,
    fit: Fit,
    /// The names of its referring columns, in order of the key.
    columns: Vec<String>,
}

/// How well a key's columns fit the relationship's name, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// A column's name contains it: `billing_address_id` for `billing_address`.
    Named,
    /// It contains a column's name without its suffix: `billing_id` for `billing_address`.
    Similar,
    Unlike,
}

impl Choice<'_> {
    fn condition(&self, case: Case<'_>) -> String {
        let path = |column| case.scene.mapping.column_path(column);
        let pairs = self.candidate.pairs.iter();
        let pairs: Vec<_> = pairs.map(|(a, b)| format!("{} = {}", path(*a), path(*b))).collect();
        pairs.join(" AND ")
    }
}

/// The keys among which nothing decides, best first; names decide between equals.
fn choices<'a>(case: Case<'a>, ledger: &'a Ledger) -> Vec<Choice<'a>> {
    let undecided = |candidate: &&Candidate| {
        matches!(
            candidate.rejected,
            None | Some(Rejection::NotExactlyListed | Rejection::SameAs(_))
        )
    };
    let fitting: Vec<_> = match ledger.fitting().count() {
        0 => ledger.candidates.iter().filter(undecided).collect(),
        _ => ledger.fitting().collect(),
    };
    let mut choices: Vec<_> =
        fitting.into_iter().map(|candidate| choice(case, candidate)).collect();
    choices.sort_by(|a, b| (a.fit, &a.columns).cmp(&(b.fit, &b.columns)));
    choices
}

fn choice<'a>(case: Case<'a>, candidate: &'a Candidate) -> Choice<'a> {
    let mapping = case.scene.mapping;
    let referring = candidate.pairs.iter().map(|(_, referring)| *referring);
    let fits = referring.clone().map(|column| {
        let column = mapping.names.text(mapping.graph.column(column).name);
        fit(&case.name().to_lowercase(), &column.to_lowercase())
    });
    let fit = fits.min().unwrap_or(Fit::Unlike);
    Choice { candidate, fit, columns: referring.map(|c| mapping.column_path(c)).collect() }
}

fn fit(relationship: &str, column: &str) -> Fit {
    let stem = column.rsplit_once('_').map_or(column, |(stem, _)| stem);
    if column.contains(relationship) {
        Fit::Named
    } else if stem.len() > 2 && relationship.contains(stem) {
        Fit::Similar
    } else {
        Fit::Unlike
    }
}

/// Whether no two keys have the same columns, so that listing its columns chooses a key.
fn differ(choices: &[Choice<'_>]) -> bool {
    choices.windows(2).all(|pair| !matches!(pair, [a, b] if a.columns == b.columns))
}

/// Without a secondary, listing a key's columns chooses it.
fn list_columns(case: Case<'_>, finding: Diagnostic, choices: &[Choice<'_>]) -> Diagnostic {
    let arguments = &case.relationship.arguments;
    let (verb, new) =
        if arguments.foreign_keys.is_empty() { ("add", true) } else { ("write", false) };
    let lines = choices.iter().map(|choice| mend::columns("foreign_keys", &choice.columns));
    let fixes = choices.iter().filter(|_| new).filter_map(|choice| {
        let sure = is_sure(case, choices, choice);
        let applicability = if sure { Applicability::Safe } else { Applicability::Unsafe };
        case.insert_columns("foreign_keys", &choice.columns, applicability)
    });
    finding.help(help(verb, lines)).with_fixes(fixes)
}

/// With a secondary, the same columns would count for both conditions; and of keys with the same
/// columns, listing these chooses none. So the condition is given.
fn give(case: Case<'_>, side: Side, finding: Diagnostic, choices: &[Choice<'_>]) -> Diagnostic {
    let conditions: Vec<_> = choices.iter().map(|choice| choice.condition(case)).collect();
    let line = |condition: &String| mend::text(side.argument(), condition);
    let fix = |condition: &String| -> Option<Fix> {
        let words: Vec<_> = condition.split(" AND ").collect();
        let plain = words.into_iter().all(mend::is_condition);
        plain.then(|| case.insert(&line(condition), Applicability::Unsafe)).flatten()
    };
    let help = help("add", conditions.iter().map(line));
    finding.help(help).with_fixes(conditions.iter().filter_map(fix))
}

fn help(verb: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<_> = lines.map(|line| format!("`{line}`")).collect();
    format!("{verb} {}", lines.join(" or "))
}

/// Whether a choice is the one that is meant and brings nothing else to light: only its name fits,
/// the parent refers by it, and neither a reverse, a cascade nor another write depends on it.
fn is_sure(case: Case<'_>, choices: &[Choice<'_>], choice: &Choice<'_>) -> bool {
    let arguments = &case.relationship.arguments;
    let named = |choice: &&Choice<'_>| choice.fit == Fit::Named;
    let only = choice.fit == Fit::Named && choices.iter().filter(named).count() == 1;
    let parent = case.scene.mapping.entity(case.relationship.entity).selectable;
    let columns: Vec<_> = choice.candidate.pairs.iter().map(|(_, referring)| *referring).collect();
    let refers = columns.iter().all(|column| case.scene.mapping.graph.contains(parent, *column));
    let plain = arguments.cascade.is_none()
        && arguments.passive_deletes.is_none()
        && arguments.remote_side.is_empty()
        && !case.relationship.names_reverse()
        && case.answer.reverse().is_empty();
    only && refers
        && plain
        && !case.is_self_referential()
        && !case.is_named_as_reverse()
        && !case.others_write(&columns)
}
