//! A diagnostic as a [`miette::Diagnostic`].
//!
//! miette draws one source for each report, so places in other sources become related reports.
//! What is drawn comes from files that may hold anything; nothing of it may steer the terminal.

mod listing;
mod visible;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use miette::{LabeledSpan, SourceCode};

use self::listing::Listing;
use self::visible::visible;
use super::{Diagnostic, Label, Severity};
use crate::base::{Id, SourceId};
use crate::text::Sources;

/// Makes reports over the same sources and prepares each source once.
#[derive(Debug)]
pub struct Reports<'s> {
    sources: &'s Sources,
    listings: Vec<OnceLock<Arc<Listing>>>,
}

/// A diagnostic with the texts it points into.
///
/// ```
/// use joinwright::report::{Code, Diagnostic, Report, Severity};
/// use joinwright::text::{Sources, Span};
/// use miette::Diagnostic as _;
///
/// static CODE: Code = Code { name: "unknown_table", severity: Severity::Error, page: "" };
/// let mut sources = Sources::new();
/// let source = sources.add("model.toml", "table = 'custmer'\n");
/// let found = Diagnostic::new(&CODE, "no table `custmer`").label(Span::new(source, 8, 17), "");
/// let report = Report::new(&found, &sources);
/// assert_eq!(report.to_string(), "no table `custmer`");
/// assert_eq!(report.code().map(|code| code.to_string()).as_deref(), Some("unknown_table"));
/// ```
#[derive(Debug)]
pub struct Report {
    message: String,
    /// None in a related report.
    code: Option<&'static str>,
    severity: miette::Severity,
    help: Option<String>,
    labels: Vec<LabeledSpan>,
    listing: Option<Arc<Listing>>,
    related: Vec<Report>,
}

impl<'s> Reports<'s> {
    /// Reports of diagnostics that point into `sources`.
    pub fn new(sources: &'s Sources) -> Self {
        Self { sources, listings: sources.iter().map(|_| OnceLock::new()).collect() }
    }

    /// The view of one diagnostic. Labels in sources that are not there are left out.
    pub fn report(&self, diagnostic: &Diagnostic) -> Report {
        let (primary, others) = labels_by_source(&diagnostic.labels);
        let listing = primary.first().and_then(|label| self.listing(label.span.source));
        Report {
            message: visible(&diagnostic.message).into_owned(),
            code: Some(diagnostic.code.name),
            severity: severity(diagnostic.severity),
            help: diagnostic.help.as_deref().map(|help| visible(help).into_owned()),
            labels: listing.iter().flat_map(|listing| listing.labels(&primary)).collect(),
            listing,
            related: others.values().filter_map(|labels| self.related(labels)).collect(),
        }
    }

    /// The labels of another source.
    fn related(&self, labels: &[&Label]) -> Option<Report> {
        let listing = self.listing(labels.first()?.span.source)?;
        Some(Report {
            message: format!("in {}", listing.name()),
            code: None,
            severity: miette::Severity::Advice,
            help: None,
            labels: listing.labels(labels),
            listing: Some(listing),
            related: Vec::new(),
        })
    }

    fn listing(&self, id: SourceId) -> Option<Arc<Listing>> {
        let made = || Arc::new(Listing::new(self.sources.get(id)));
        self.listings.get(id.index()).map(|listing| Arc::clone(listing.get_or_init(made)))
    }
}

impl Report {
    /// The view of one diagnostic; for several over the same sources, see [`Reports`].
    pub fn new(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        Reports::new(sources).report(diagnostic)
    }

    /// The report about the source of its first label, and those about the others: for a terminal
    /// that is too narrow to draw one inside the other.
    pub fn by_source(mut self) -> (Self, Vec<Self>) {
        let related = std::mem::take(&mut self.related);
        (self, related)
    }
}

/// The labels in the source of the first one, and the others by theirs.
fn labels_by_source(labels: &[Label]) -> (Vec<&Label>, BTreeMap<SourceId, Vec<&Label>>) {
    let mut sources: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for label in labels {
        sources.entry(label.span.source).or_default().push(label);
    }
    let primary = labels.first().and_then(|label| sources.remove(&label.span.source));
    (primary.unwrap_or_default(), sources)
}

fn severity(severity: Severity) -> miette::Severity {
    match severity {
        Severity::Error => miette::Severity::Error,
        Severity::Warning => miette::Severity::Warning,
        Severity::Note => miette::Severity::Advice,
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report {}

impl miette::Diagnostic for Report {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.listing.as_deref().map(|listing| listing as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = (!self.labels.is_empty()).then(|| self.labels.iter().cloned())?;
        Some(Box::new(labels))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        let reports = (!self.related.is_empty()).then(|| self.related.iter())?;
        Some(Box::new(reports.map(|report| report as &dyn miette::Diagnostic)))
    }
}

#[cfg(test)]
mod tests {
    use miette::Diagnostic as _;

    use super::*;
    use crate::report::Code;
    use crate::text::Span;

    static CODE: Code = Code { name: "no_foreign_keys", severity: Severity::Note, page: "" };

    #[test]
    fn labels_elsewhere_become_related_reports() {
        let mut sources = Sources::new();
        let model = sources.add("model.toml", "a\nb");
        let [ddl, other] = ["schema\u{1b}.sql", "other.sql"].map(|name| sources.add(name, "c d"));
        let found = Diagnostic::new(&CODE, "x\u{1b}[31m")
            .label(Span::new(model, 0, 1), "one")
            .label(Span::new(other, 0, 1), "")
            .label(Span::new(ddl, 0, 1), "two")
            .label(Span::new(model, 2, 3), "three")
            .help("y\u{7f}");
        let report = Report::new(&found, &sources);
        assert_eq!((report.to_string(), report.labels.len()), ("x?[31m".to_owned(), 2));
        assert_eq!(report.help().unwrap().to_string(), "y?");
        assert_eq!(report.severity(), Some(miette::Severity::Advice));
        let related: Vec<_> = report.related().unwrap().map(ToString::to_string).collect();
        assert_eq!(related, ["in schema?.sql", "in other.sql"]);
        assert!(report.labels[0].primary() && !report.labels[1].primary());
        assert_eq!(report.related[1].labels[0].label(), None);
    }

    #[test]
    fn foreign_sources_are_left_out() {
        let mut sources = Sources::new();
        let id = sources.add("a", "b");
        let found = Diagnostic::new(&CODE, "x").label(Span::new(id, 0, 1), "");
        let report = Report::new(&found, &Sources::new());
        assert!(report.labels().is_none() && report.source_code().is_none());
    }
}
