//! Findings as annotations of a GitHub workflow: one command a line.
//!
//! The form: "Workflow commands for GitHub Actions", `::error file=…,line=…::message`.

use std::fmt::Write as _;

use joinwright::report::{Diagnostic, Label, Severity};
use joinwright::text::{LineTable, Sources};

/// Findings as workflow commands.
pub(crate) fn github(sources: &Sources, found: &[Diagnostic]) -> String {
    let mut text = String::new();
    for finding in found {
        let place = finding.labels.first().map(|label| place(sources, label));
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            text,
            "::{} title={}{}::{}",
            command(finding.severity),
            property(finding.code.name),
            place.unwrap_or_default(),
            escaped(&message(finding)),
        );
    }
    text
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

fn message(finding: &Diagnostic) -> String {
    match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    }
}

/// `,file=…,line=…`. Columns are left out of a place over several lines: the service takes them
/// for columns of one.
fn place(sources: &Sources, label: &Label) -> String {
    let source = sources.get(label.span.source);
    let lines = LineTable::new(&source.text);
    let at = |offset| lines.position(&source.text, offset);
    let (start, end) = (at(label.span.start), at(label.span.end));
    let mut place = format!(
        ",file={},line={},endLine={}",
        property(&source.name),
        start.line + 1,
        end.line + 1
    );
    if start.line == end.line {
        let _ = write!(place, ",col={},endColumn={}", start.scalar + 1, end.scalar + 1);
    }
    place
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
