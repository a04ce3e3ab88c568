//! `joinwright check`: everything that is wrong.

mod baseline;
mod diff;
mod mend;

use std::path::Path;

use joinwright::report::{Diagnostic, Severity};
use joinwright::text::Sources;

use crate::arguments::{CheckArguments, Report};
use crate::input::{self, Loaded};
use crate::{Outcome, report};

pub(crate) fn run(asked: &CheckArguments) -> Result<Outcome, String> {
    let (loaded, found) = match asked.fixes {
        None => analysed(&asked.model)?,
        Some(_) if input::is_standard(&asked.model) => {
            return Err("fixes need a file, standard input cannot be changed".to_owned());
        }
        Some(fixes) => {
            let mended = mend::mend(&asked.model, fixes)?;
            told(&mended);
            if asked.diff {
                return shown(&mended);
            }
            for (file, text) in &mended.texts {
                input::write(Path::new(file), text)?;
            }
            (mended.after, mended.left)
        }
    };
    if let Some(file) = &asked.write_baseline {
        baseline::write(file, &found)?;
    }
    let found = match &asked.baseline {
        Some(file) => baseline::read(file)?.unknown(found),
        None => found,
    };
    input::print(&printed(asked.report, loaded.model.sources(), &found)?)?;
    Ok(if loaded.readable { outcome(&found) } else { Outcome::Unreadable })
}

fn analysed(path: &Path) -> Result<(Loaded, Vec<Diagnostic>), String> {
    let loaded = input::load(path)?;
    let found = loaded.model.diagnostics();
    Ok((loaded, found))
}

/// Says on standard error what fixes come to.
fn told(mended: &mend::Mended) {
    let held_back = match mended.held_back {
        0 => String::new(),
        number => format!(", {} held back: others would come up", counted(number, "fix")),
    };
    eprintln!("{} applied{held_back}", counted(mended.applied, "fix"));
}

/// Prints what fixes would change. The files are as they were, and so is the status.
fn shown(mended: &mend::Mended) -> Result<Outcome, String> {
    let before = mended.before.model.sources();
    let originals = before.iter().map(|(_, source)| (&*source.name, &*source.text));
    let changed = originals.filter_map(|(name, text)| Some((name, text, mended.texts.get(name)?)));
    let diffs = changed.map(|(name, text, new)| diff::unified(name, text, new));
    input::print(&diffs.collect::<String>())?;
    Ok(if mended.before.readable { outcome(&mended.found) } else { Outcome::Unreadable })
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
