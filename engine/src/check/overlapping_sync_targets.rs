//! Relationships that do not know of each other write one column.
//!
//! One finding a column. What it is said to be about is the alphabetically first writer, so that no
//! order of declaration shows.

use super::case::Case;
use super::clue::Clue;
use super::mend;
use super::scene::Scene;
use super::wording::{all, count, series, tick};
use super::yielding;
use crate::base::ColumnId;
use crate::report::{Applicability, Code, Diagnostic, Fix, Severity};
use crate::resolve::{Conflict, Overlap};
use crate::spec::fits_list;
use crate::text::Span;

pub(super) static CODE: Code = Code {
    name: "overlapping_sync_targets",
    severity: Severity::Warning,
    page: include_str!("../../rules/overlapping_sync_targets.md"),
};

/// More writers than this are counted in the headline, not named.
const NAMED: usize = 3;

/// A relationship that writes the column, and what it copies.
#[derive(Clone, Copy)]
struct Writer<'a> {
    case: Case<'a>,
    source: ColumnId,
}

pub(super) fn find<'a>(scene: &'a Scene<'a>, clue: Clue<'a>) -> Option<Diagnostic> {
    let Clue::Conflict(conflict) = clue else { return None };
    let writers = writers(scene, conflict);
    let column = tick(&scene.mapping.column_path(conflict.column));
    let message = match writers.len() {
        0 => return None,
        2 => format!("{} both write {column}", all(paths(&writers))),
        n if n <= NAMED => format!("{} all write {column}", all(paths(&writers))),
        n => format!("{} write {column}", count(n, "relationship")),
    };
    let (message, severity) = match conflict.overlap {
        Overlap::SameSource => (message, Severity::Warning),
        Overlap::Implied => (format!("{message}, always the same value"), Severity::Note),
        Overlap::Conflicting => (format!("{message} and may disagree"), Severity::Warning),
    };
    let finding = writers.first()?.case.finding(&CODE, message).with_severity(severity);
    let finding = finding.with_labels(places(scene, &writers, conflict.column));
    Some(offer(finding, &writers, conflict))
}

/// The writers by path.
fn writers<'a>(scene: &'a Scene<'a>, conflict: &Conflict) -> Vec<Writer<'a>> {
    let writers = conflict.writers.iter().filter_map(|writer| {
        Some(Writer { case: Case::of(scene, writer.relationship)?, source: writer.source })
    });
    let mut writers: Vec<_> = writers.collect();
    writers.sort_by_cached_key(|writer| (writer.case.path(), writer.case.id));
    writers
}

fn paths<'a>(writers: &'a [Writer<'a>]) -> impl Iterator<Item = String> + 'a {
    writers.iter().map(|writer| writer.case.path())
}

fn places(
    scene: &Scene<'_>,
    writers: &[Writer<'_>],
    column: ColumnId,
) -> Vec<(Option<Span>, String)> {
    let path = |column| tick(&scene.mapping.column_path(column));
    let writers = writers.iter().map(|writer| {
        (writer.case.relationship.span, format!("copies {} to it", path(writer.source)))
    });
    let declared = (scene.column_span(column), "written by all of them".to_owned());
    let keys = scene.keys_of(column).into_iter().map(|key| {
        (scene.key_span(key), format!("makes it refer to {}", tick(&scene.referred(key))))
    });
    writers.chain([declared]).chain(keys).collect()
}

/// The ways out: they are one link, one of them leaves the column to the others, one of them only
/// reads, or the overlap is meant.
fn offer(finding: Diagnostic, writers: &[Writer<'_>], conflict: &Conflict) -> Diagnostic {
    let overlaps = overlaps(writers);
    let meant = (!overlaps.is_empty()).then(|| says(&overlaps));
    if conflict.overlap == Overlap::Implied {
        let Some(meant) = meant else { return finding };
        return finding.help(meant).with_fixes(together(&overlaps));
    }
    let reverse = reverse(writers);
    let yields: Vec<_> =
        writers.iter().filter_map(|it| yielding::to_others(it.case, conflict.column)).collect();
    let mut ways: Vec<String> = reverse.iter().map(|lines| says(lines)).collect();
    ways.extend(yields.iter().map(|way| way.says.clone()));
    ways.push("add `viewonly = true` to all but the one that writes".to_owned());
    ways.extend(meant);
    let viewonly = writers.iter().filter_map(|writer| {
        let given = writer.case.relationship.arguments.viewonly.is_some();
        if given { None } else { writer.case.insert("viewonly = true", Applicability::Unsafe) }
    });
    finding
        .help(series(ways, "or"))
        .with_fixes(reverse.iter().filter_map(|lines| together(lines)))
        .with_fixes(yields.into_iter().filter_map(|way| way.fix))
        .with_fixes(viewonly)
        .with_fixes(together(&overlaps))
}

/// An argument to add to a relationship.
type Line<'a> = (Case<'a>, String);

fn says(lines: &[Line<'_>]) -> String {
    let each = lines.iter().map(|(case, line)| format!("`{line}` to {}", tick(&case.path())));
    format!("add {}", series(each.collect(), "and"))
}

/// One fix that adds all lines.
fn together(lines: &[Line<'_>]) -> Option<Fix> {
    let fixes = lines.iter().map(|(case, line)| case.insert(line, Applicability::Unsafe));
    let edits = fixes.map(|fix| Some(fix?.edits)).collect::<Option<Vec<_>>>()?;
    if edits.is_empty() {
        return None;
    }
    let (title, edits) = (says(lines), edits.concat());
    Some(Fix { title, applicability: Applicability::Unsafe, edits })
}

/// `back_populates` on both, where the only two writers are the two ends of one link.
fn reverse<'a>(writers: &[Writer<'a>]) -> Option<Vec<Line<'a>>> {
    let [Writer { case: a, .. }, Writer { case: b, .. }] = *writers else { return None };
    let unlinked = &a.scene.facts().unlinked;
    let found = unlinked.contains(&(a.id, b.id)) || unlinked.contains(&(b.id, a.id));
    let line = |other: Case<'_>| mend::text("back_populates", other.name());
    found.then(|| vec![(a, line(b)), (b, line(a))])
}

/// `overlaps` on each but the last, with those behind it: every two of them know of each other. One
/// whose name cannot be written there comes first; nothing where there are two.
fn overlaps<'a>(writers: &[Writer<'a>]) -> Vec<Line<'a>> {
    let mut writers = writers.to_vec();
    writers.sort_by_key(|writer| fits_list(writer.case.name()));
    if !writers.iter().skip(1).all(|writer| fits_list(writer.case.name())) {
        return Vec::new();
    }
    let tails = writers.iter().enumerate().filter_map(|(i, writer)| {
        let others = writers.get(i + 1..)?;
        let mut names: Vec<_> = others.iter().map(|other| other.case.name().to_owned()).collect();
        let given = writer.case.relationship.arguments.overlaps.iter();
        names.extend(given.map(|name| writer.case.scene.mapping.names.text(name.value).to_owned()));
        names.sort_unstable();
        names.dedup();
        Some((!others.is_empty()).then(|| (writer.case, mend::columns("overlaps", &names))))
    });
    tails.flatten().collect()
}
