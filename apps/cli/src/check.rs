//! `joinwright check`: everything that is wrong.

use std::fmt::Write as _;
use std::path::Path;

use joinwright::answer::DiagnosticAnswer;
use joinwright::report::{Diagnostic, Reports, Severity};
use joinwright::text::Sources;
use miette::{GraphicalReportHandler, GraphicalTheme};

use crate::Outcome;
use crate::arguments::Format;
use crate::input;

pub(crate) fn run(path: &Path, format: Format) -> Result<Outcome, String> {
    let loaded = input::load(path)?;
    let found = loaded.model.diagnostics();
    let sources = loaded.model.sources();
    match format {
        Format::Text => input::print(&text(sources, &found))?,
        Format::Json => {
            let list: Vec<_> = found.iter().map(|it| DiagnosticAnswer::of(sources, it)).collect();
            input::print(&format!("{}\n", json(&list)?))?;
        }
    }
    Ok(if loaded.readable { outcome(&found) } else { Outcome::Unreadable })
}

/// Whether findings are errors.
pub(crate) fn outcome(found: &[Diagnostic]) -> Outcome {
    let errors = found.iter().any(|diagnostic| diagnostic.code.severity == Severity::Error);
    if errors { Outcome::Errors } else { Outcome::Clean }
}

/// Findings drawn for a terminal, and a line that counts them.
pub(crate) fn text(sources: &Sources, found: &[Diagnostic]) -> String {
    let mut text = drawn(sources, found);
    let count = |severity| found.iter().filter(|it| it.code.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let plural = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let _ = writeln!(text, "{}, {}", plural(errors, "error"), plural(warnings, "warning"));
    text
}

/// Findings drawn for a terminal.
pub(crate) fn drawn(sources: &Sources, found: &[Diagnostic]) -> String {
    let handler = GraphicalReportHandler::new_themed(theme())
        .with_links(false)
        .with_show_related_as_nested(true);
    let reports = Reports::new(sources);
    let mut text = String::new();
    for diagnostic in found {
        // Writing to a `String` cannot fail.
        let _ = handler.render_report(&mut text, &reports.report(diagnostic));
        text.push('\n');
    }
    text
}

fn theme() -> GraphicalTheme {
    use std::io::IsTerminal as _;
    let plain = std::env::var_os("NO_COLOR").is_some() || !std::io::stdout().is_terminal();
    if plain { GraphicalTheme::unicode_nocolor() } else { GraphicalTheme::unicode() }
}

pub(crate) fn json(value: &impl serde::Serialize) -> Result<String, String> {
    serde_json::to_string_pretty(value).map_err(|error| error.to_string())
}
