//! Findings drawn for a terminal.

use std::fmt::Write as _;
use std::io::IsTerminal as _;

use joinwright::report::{Diagnostic, Reports, Severity};
use joinwright::text::Sources;
use miette::{GraphicalReportHandler, GraphicalTheme};

use crate::check::counted;

/// Below this, text is broken more often than it helps.
const NARROWEST: usize = 40;

/// Findings, and a line that counts them.
pub(crate) fn text(sources: &Sources, found: &[Diagnostic]) -> String {
    let mut text = drawn(sources, found);
    let count = |severity| found.iter().filter(|it| it.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "{}, {}", counted(errors, "error"), counted(warnings, "warning"));
    text
}

/// Findings alone.
pub(crate) fn drawn(sources: &Sources, found: &[Diagnostic]) -> String {
    let mut handler = GraphicalReportHandler::new_themed(theme())
        .with_links(false)
        .with_show_related_as_nested(true);
    if let Some((terminal_size::Width(columns), _)) = terminal_size::terminal_size() {
        handler = handler.with_width(usize::from(columns).max(NARROWEST));
    }
    let reports = Reports::new(sources);
    let mut text = String::new();
    for diagnostic in found {
        let _ = handler.render_report(&mut text, &reports.report(diagnostic));
        text.push('\n');
    }
    text
}

fn theme() -> GraphicalTheme {
    let plain = std::env::var_os("NO_COLOR").is_some() || !std::io::stdout().is_terminal();
    if plain { GraphicalTheme::unicode_nocolor() } else { GraphicalTheme::unicode() }
}
