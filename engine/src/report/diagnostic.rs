//! The diagnostic itself.

use super::code::{Code, Severity};
use super::fix::{Edit, Fix};
use crate::text::{Placed, Sources, Span};

/// One finding: what, where, and what to write instead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Its kind.
    pub code: &'static Code,
    /// How much it matters: what its code says, unless the model or the case says otherwise.
    pub severity: Severity,
    /// One line, lower case, no full stop; enough for an editor's list.
    pub message: String,
    /// The entity and relationship it is about, where it is about one.
    pub subject: Subject,
    /// The places involved; the first is the primary one.
    pub labels: Vec<Label>,
    /// The exact text to write.
    pub help: Option<String>,
    /// Edits that would mend it.
    pub fixes: Vec<Fix>,
}

/// Which part of the model a finding is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Subject {
    /// An entity's name.
    pub entity: Option<String>,
    /// A relationship's name in that entity.
    pub relationship: Option<String>,
}

/// A place and what it has to do with the finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What stands there, in a few words; may be empty.
    pub text: String,
}

impl Placed for Diagnostic {
    fn settle(&mut self, sources: &Sources) {
        for Label { span, text: _ } in &mut self.labels {
            span.settle(sources);
        }
        let edits = self.fixes.iter_mut().flat_map(|fix| &mut fix.edits);
        for Edit { span, insert: _ } in edits {
            span.settle(sources);
        }
    }
}

impl Diagnostic {
    /// A finding without place, help or fix.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            subject: Subject::default(),
            labels: Vec::new(),
            help: None,
            fixes: Vec::new(),
        }
    }

    /// Gives it another severity than its code's.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Names the entity and relationship it is about.
    #[must_use]
    pub fn about(mut self, entity: impl Into<String>, relationship: Option<&str>) -> Self {
        self.subject =
            Subject { entity: Some(entity.into()), relationship: relationship.map(Into::into) };
        self
    }

    /// Adds a place, if there is one; the first added is the primary one.
    #[must_use]
    pub fn label(mut self, span: impl Into<Option<Span>>, text: impl Into<String>) -> Self {
        if let Some(span) = span.into() {
            self.labels.push(Label { span, text: text.into() });
        }
        self
    }

    /// Adds further places, those that are known.
    #[must_use]
    pub fn with_labels(mut self, labels: impl IntoIterator<Item = (Option<Span>, String)>) -> Self {
        let known = labels.into_iter().filter_map(|(span, text)| Some(Label { span: span?, text }));
        self.labels.extend(known);
        self
    }

    /// Says what to write.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds each of several ways to mend it.
    #[must_use]
    pub fn with_fixes(mut self, fixes: impl IntoIterator<Item = Fix>) -> Self {
        self.fixes.extend(fixes);
        self
    }

    /// Adds an edit that mends it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }
}
