//! Where findings are gathered.

use super::code::Severity;
use super::diagnostic::Diagnostic;

/// Gathers findings and puts them in an order that depends on nothing but their content.
#[derive(Debug, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
}

impl Sink {
    /// An empty sink.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// The findings by severity, subject, code and message, each once.
    ///
    /// The places are left out of the order on purpose: declaring an entity earlier in a file must
    /// not reorder the report.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| place(a).cmp(&place(b))));
        self.found.dedup();
        self.found
    }
}

fn key(d: &Diagnostic) -> (Severity, &super::Subject, &str, &str) {
    (d.severity, &d.subject, d.code.name, &d.message)
}

fn place(d: &Diagnostic) -> Option<crate::text::Span> {
    d.labels.first().map(|label| label.span)
}
