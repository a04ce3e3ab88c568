//! Findings.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use gen_lsp_types as lsp;
use joinwright::report::{Diagnostic, Label, Severity};
use joinwright::text::Span;

use crate::found::Found;
use crate::location::Location;
use crate::workspace::Workspace;

/// The findings of a text, of every model that reads it, each once.
pub(crate) fn of_text(workspace: &mut Workspace, location: &Location) -> Vec<lsp::Diagnostic> {
    let mut all = Vec::new();
    for (source, found) in workspace.around(location) {
        let own = found.diagnostics.iter().filter(|it| place(&found, it).source == source);
        for diagnostic in own.filter_map(|it| converted(&found, it)) {
            if !all.contains(&diagnostic) {
                all.push(diagnostic);
            }
        }
    }
    all
}

/// The findings of every text that a model reads, open or not; none for those that were `reported`
/// before and that no model reads any more.
pub(crate) fn of_workspace(
    workspace: &mut Workspace,
    reported: &mut BTreeSet<Location>,
) -> lsp::WorkspaceDiagnosticReport {
    let all = workspace.all();
    let texts: BTreeSet<_> = all.iter().flat_map(|found| found.locations().cloned()).collect();
    let items = texts.union(reported).map(|text| {
        let (uri, version) = (workspace.uri(text), workspace.version(text));
        let items = of_text(workspace, text);
        let report = lsp::FullDocumentDiagnosticReport::new(None, items);
        lsp::WorkspaceFullDocumentDiagnosticReport::new(uri, version, report).into()
    });
    let report = lsp::WorkspaceDiagnosticReport::new(items.collect());
    *reported = texts;
    report
}

/// A finding as the protocol has it. Its help is part of its message, as editors show no other text.
pub(crate) fn converted(found: &Found, diagnostic: &Diagnostic) -> Option<lsp::Diagnostic> {
    let mut message = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        let _ = write!(message, "\nhelp: {help}");
    }
    let related: Vec<_> =
        diagnostic.labels.iter().skip(1).filter_map(|label| related(found, label)).collect();
    Some(lsp::Diagnostic {
        range: found.range(place(found, diagnostic))?,
        severity: Some(severity(diagnostic.severity)),
        code: Some(diagnostic.code.name.to_owned().into()),
        code_description: Some(lsp::CodeDescription { href: page(diagnostic.code.name) }),
        source: Some("joinwright".to_owned()),
        message: message.into(),
        tags: None,
        related_information: (!related.is_empty()).then_some(related),
        data: None,
    })
}

/// The primary place of a finding; one without place is the document's.
fn place(found: &Found, diagnostic: &Diagnostic) -> Span {
    let label = diagnostic.labels.first();
    label.map_or(Span::new(found.document, 0, 0), |label| label.span)
}

fn related(found: &Found, label: &Label) -> Option<lsp::DiagnosticRelatedInformation> {
    let message = if label.text.is_empty() { "see here" } else { &label.text };
    let location = found.location(label.span)?;
    Some(lsp::DiagnosticRelatedInformation { location, message: message.to_owned() })
}

fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::Error,
        Severity::Warning => lsp::DiagnosticSeverity::Warning,
        Severity::Note => lsp::DiagnosticSeverity::Information,
    }
}

fn page(code: &str) -> lsp::Uri {
    let repository = env!("CARGO_PKG_REPOSITORY");
    lsp::Uri(format!("{repository}/blob/main/engine/rules/{code}.md"))
}
