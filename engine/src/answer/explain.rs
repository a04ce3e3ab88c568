//! A relationship explained, as text for a terminal.

use std::fmt::Write as _;

use super::foreign_key::foreign_key;
use super::relationship::{LazyAnswer, RelationshipAnswer};
use crate::base::{RelationshipId, SelectableId};
use crate::entity::Mapping;
use crate::resolve::{Candidate, Ledger, Rejection, Resolution, searches};

/// What a relationship comes to and why: a heading and a few aligned lines.
pub fn explain(mapping: &Mapping, resolution: &Resolution, id: RelationshipId) -> String {
    let answer = RelationshipAnswer::of(mapping, resolution, id);
    let mut text = heading(&answer);
    let mut line = |label: &str, value: &str| {
        if !value.is_empty() {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "  {label:<14}{value}");
        }
    };
    line("primaryjoin", answer.primaryjoin.as_deref().unwrap_or(""));
    line("secondaryjoin", answer.secondaryjoin.as_deref().unwrap_or(""));
    line("local/remote", &arrows(&answer.local_remote_pairs, " / "));
    if !answer.viewonly {
        line("copies", &arrows(&answer.synchronize_pairs, " → "));
        line("", &arrows(&answer.secondary_synchronize_pairs, " → "));
    }
    line("sets null", &answer.writes.nulls.join(", "));
    line("reverse", &answer.reverse.join(", "));
    line("lazy", &answer.lazy.as_ref().map_or_else(String::new, lazy));
    line("lazy reverse", &answer.lazy_reverse.as_ref().map_or_else(String::new, lazy));
    for reason in &answer.reasons {
        line(&format!("why {}", reason.step), &reason.because);
    }
    let searches = searches(mapping, resolution.relationship(mapping, id));
    for ledger in searches.iter().filter(|ledger| ledger.candidates.len() > 1) {
        text.push_str(&ledger_text(mapping, ledger));
    }
    text
}

fn heading(answer: &RelationshipAnswer) -> String {
    let many = if answer.uselist { "a list" } else { "one" };
    let direction = match answer.direction {
        Some(direction) => format!("{direction}, {many}"),
        None => "no direction".to_owned(),
    };
    let viewonly = if answer.viewonly { ", view only" } else { "" };
    format!("{}.{} → {}: {direction}{viewonly}\n", answer.entity, answer.name, answer.target)
}

fn arrows(pairs: &[[String; 2]], arrow: &str) -> String {
    let pairs: Vec<_> = pairs.iter().map(|[a, b]| format!("{a}{arrow}{b}")).collect();
    pairs.join(", ")
}

fn lazy(lazy: &LazyAnswer) -> String {
    let parameters: Vec<_> = lazy
        .parameters
        .iter()
        .map(|it| format!(":{} = {}", it.name, it.column.as_deref().unwrap_or("?")))
        .collect();
    if parameters.is_empty() {
        return lazy.condition.clone();
    }
    format!("{}  [{}]", lazy.condition, parameters.join(", "))
}

/// The foreign keys that were looked at, one a line.
fn ledger_text(mapping: &Mapping, ledger: &Ledger) -> String {
    let side = ledger.side.argument();
    let ends = [ledger.left, ledger.right].map(|end| selectable(mapping, end));
    let mut text = format!("  foreign keys between {} for {side}\n", ends.join(" and "));
    for (i, candidate) in ledger.candidates.iter().enumerate() {
        let mark = if ledger.chosen == Some(i) { "✓" } else { "·" };
        let verdict = verdict(mapping, ledger, candidate, i);
        let _ = writeln!(text, "    {mark} {}{verdict}", foreign_key(mapping, candidate.key));
    }
    text
}

/// What has no name is called after an entity that maps it.
fn selectable(mapping: &Mapping, id: SelectableId) -> String {
    let mapped = || {
        let entities = mapping.entities().filter(|(_, entity)| entity.selectable == id);
        entities.map(|(_, entity)| mapping.names.text(entity.name).to_owned()).min()
    };
    let called = mapping.selectable_path(id).or_else(mapped);
    called.map_or_else(|| "a join".to_owned(), |called| format!("`{called}`"))
}

fn verdict(mapping: &Mapping, ledger: &Ledger, candidate: &Candidate, place: usize) -> String {
    let text = match candidate.rejected {
        None if ledger.chosen == Some(place) => "chosen".to_owned(),
        None => "fits".to_owned(),
        Some(Rejection::LeadsElsewhere(table)) => {
            format!("leads to `{}`", mapping.names.text(mapping.catalog().table(table).name))
        }
        Some(Rejection::NotListed) => "not in `foreign_keys`".to_owned(),
        Some(Rejection::NotExactlyListed) => "not exactly the columns of `foreign_keys`".to_owned(),
        Some(Rejection::SameAs(_)) => "equates the same columns as another".to_owned(),
        Some(Rejection::Inherited) => "belongs to an inherited table".to_owned(),
    };
    format!(": {text}")
}
