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
    let mut handler = GraphicalReportHandler::new_themed(theme()).with_links(false);
    if let Some((terminal_size::Width(columns), _)) = terminal_size::terminal_size() {
        handler = handler.with_width(usize::from(columns).max(NARROWEST));
    }
    drawn_by(&handler, sources, found)
}

fn drawn_by(handler: &GraphicalReportHandler, sources: &Sources, found: &[Diagnostic]) -> String {
    let reports = Reports::new(sources);
    let mut text = String::new();
    for diagnostic in found {
        let (report, others) = reports.report(diagnostic).by_source();
        for report in std::iter::once(&report).chain(&others) {
            let _ = handler.render_report(&mut text, report);
        }
        text.push('\n');
    }
    text
}

fn theme() -> GraphicalTheme {
    let plain = std::env::var_os("NO_COLOR").is_some() || !std::io::stdout().is_terminal();
    if plain { GraphicalTheme::unicode_nocolor() } else { GraphicalTheme::unicode() }
}

#[cfg(test)]
mod tests {
    use joinwright::Draft;

    use super::*;

    /// Wording is broken to fit; what is quoted from a source is not, or its marks would stray.
    #[test]
    fn lines_of_sources_stay_whole_in_a_narrow_terminal() {
        let line =
            "    billing_id INTEGER REFERENCES address (id), other_id INTEGER REFERENCES address";
        let mut draft = Draft::from_toml(
            "shop.toml",
            "schema = ['schema.sql']\n[entity.Address]\ntable = 'address'\n\
             [entity.Customer]\ntable = 'customer'\n\
             [entity.Customer.relationship.address]\ntarget = 'Address'\n",
        );
        let ddl = format!(
            "CREATE TABLE address (id INTEGER PRIMARY KEY);\n\
             CREATE TABLE customer (id INTEGER PRIMARY KEY,\n{line}\n);\n"
        );
        draft.add_schema("schema.sql", &ddl);
        let model = draft.finish();
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor());
        let handler = handler.with_width(NARROWEST);
        let text = drawn_by(&handler, model.sources(), &model.diagnostics());
        assert!(text.contains(line), "{text}");
        let headline = "join of `Customer.address` is ambiguous: 2 foreign keys fit";
        assert!(text.contains("ambiguous") && !text.contains(headline), "{text}");
        assert_eq!(text.matches("in schema.sql").count(), 1, "{text}");
    }
}
