//! Findings, for whoever reads them: a person, a program, a CI service.

mod github;
mod sarif;
mod terminal;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use joinwright::answer::DiagnosticAnswer;
use joinwright::report::{Applicability, Diagnostic, Severity};
use joinwright::text::Sources;

use crate::check::counted;
pub(crate) use github::github;
pub(crate) use sarif::sarif;
pub(crate) use terminal::{drawn, text};

/// Findings as a JSON array.
pub(crate) fn json(sources: &Sources, found: &[Diagnostic]) -> Result<String, String> {
    let list: Vec<_> = found.iter().map(|it| DiagnosticAnswer::of(sources, it)).collect();
    Ok(format!("{}\n", pretty(&list)?))
}

/// Says on standard error how many errors of a model a command did not tell.
pub(crate) fn point_to_check(model: &Path, found: &[Diagnostic], told: &[Diagnostic]) {
    let same = |one: &Diagnostic, other: &Diagnostic| {
        (one.code.name, &one.message, &one.subject)
            == (other.code.name, &other.message, &other.subject)
    };
    let errors = found.iter().filter(|it| it.severity == Severity::Error);
    let untold = errors.filter(|error| !told.iter().any(|told| same(error, told))).count();
    if untold > 0 {
        let (errors, is) = (counted(untold, "error"), if untold == 1 { "is" } else { "are" });
        let model = model.display();
        eprintln!("{errors} of `{model}` {is} not shown here: run `joinwright check {model}`");
    }
}

/// A value as JSON for people to look at.
pub(crate) fn pretty(value: &impl serde::Serialize) -> Result<String, String> {
    serde_json::to_string_pretty(value).map_err(|error| error.to_string())
}

/// How often each code was found, the most frequent first.
pub(crate) fn statistics(found: &[Diagnostic]) -> String {
    let mut counts: BTreeMap<_, (usize, usize)> = BTreeMap::new();
    for finding in found {
        let safe = |fix: &joinwright::report::Fix| fix.applicability == Applicability::Safe;
        let count = counts.entry((finding.code.name, finding.severity)).or_default();
        count.0 += 1;
        count.1 += usize::from(finding.fixes.iter().any(safe));
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    let mut text = String::new();
    for ((code, severity), (count, fixable)) in counts {
        let fixable = if fixable > 0 { format!("  {fixable} fixable") } else { String::new() };
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{count:>6}  {:<8}{code}{fixable}", severity.as_str());
    }
    text
}
