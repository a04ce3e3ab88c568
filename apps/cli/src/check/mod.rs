//! `joinwright check`: everything that is wrong.

mod baseline;
mod diff;
mod mend;

use std::path::Path;

use joinwright::Model;
use joinwright::report::{Diagnostic, Severity};
use joinwright::text::Sources;

use crate::arguments::{CheckArguments, Report};
use crate::input::{self, Loaded};
use crate::{Outcome, report};

use mend::Change;

pub(crate) fn run(asked: &CheckArguments) -> Result<Outcome, String> {
    let Some(fixes) = asked.fixes else {
        let Loaded { model, readable } = input::load(&asked.model)?;
        let outcome = told(asked, &model, readable);
        // The process ends here, and letting go of a large model piece by piece takes a while.
        std::mem::forget(model);
        return outcome;
    };
    if input::is_standard(&asked.model) && !asked.diff {
        return Err("`--fix` needs a file: standard input cannot be changed, only `--diff` shown"
            .to_owned());
    }
    let change = mend::mend(&asked.model, fixes)?;
    if asked.diff {
        eprintln!("{}", summary(&change, "would be applied"));
        return shown(&change);
    }
    for (file, before, _) in change.changes() {
        unchanged(Path::new(file), before)?;
    }
    for (file, _, after) in change.changes() {
        input::write(Path::new(file), after)?;
    }
    eprintln!("{}", summary(&change, "applied"));
    let Loaded { model, readable } = change.before;
    let model = change.after.unwrap_or(model);
    told(asked, &model, readable)
}

/// Tells findings, those of a baseline left out. Fixes are tried where they are shown.
fn told(asked: &CheckArguments, model: &Model, readable: bool) -> Result<Outcome, String> {
    let found = match asked.report {
        Report::Text | Report::Github => model.diagnostics(),
        Report::Json | Report::Sarif | Report::Statistics => model.proven_diagnostics(),
    };
    if let Some(file) = &asked.write_baseline {
        baseline::write(file, &found)?;
    }
    let found = match &asked.baseline {
        Some(file) => baseline::read(file)?.unknown(file, found),
        None => found,
    };
    input::print(&printed(asked.report, model.sources(), &found)?)?;
    Ok(if readable { outcome(&found) } else { Outcome::Unreadable })
}

/// What fixes come to.
fn summary(change: &Change, done: &str) -> String {
    let held_back = match change.held_back {
        0 => String::new(),
        number => format!(", {} held back: another finding would come up", counted(number, "fix")),
    };
    format!("{} {done}{held_back}", counted(change.applied, "fix"))
}

/// Prints what fixes would change. The files are as they were, and so is the status.
fn shown(change: &Change) -> Result<Outcome, String> {
    let diffs = change.changes().map(|(name, before, after)| diff::unified(name, before, after));
    input::print(&diffs.collect::<String>())?;
    Ok(if change.before.readable { outcome(&change.found) } else { Outcome::Unreadable })
}

/// Whether a file still holds what was read as text: bytes that are no UTF-8 would be lost.
fn unchanged(file: &Path, before: &str) -> Result<(), String> {
    if input::read(file)? == before.as_bytes() {
        return Ok(());
    }
    Err(format!("`{}` is not as it was read, so nothing was changed", file.display()))
}

fn printed(report: Report, sources: &Sources, found: &[Diagnostic]) -> Result<String, String> {
    match report {
        Report::Statistics => Ok(report::statistics(found)),
        Report::Text => Ok(report::text(sources, found)),
        Report::Json => report::json(sources, found),
        Report::Sarif => report::sarif(sources, found),
        Report::Github => Ok(report::github(sources, found)),
    }
}

/// Whether findings are errors.
pub(crate) fn outcome(found: &[Diagnostic]) -> Outcome {
    let errors = found.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    if errors { Outcome::Errors } else { Outcome::Clean }
}

/// A number of things.
pub(crate) fn counted(number: usize, thing: &str) -> String {
    let plural = if thing.ends_with('x') { "es" } else { "s" };
    format!("{number} {thing}{}", if number == 1 { "" } else { plural })
}
