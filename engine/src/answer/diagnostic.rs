//! A diagnostic as JSON.

use serde::Serialize;

use crate::report::{Diagnostic, Edit, Fix, Label};
use crate::text::{Sources, Span};

/// One finding.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DiagnosticAnswer {
    /// Its stable code.
    pub code: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// One line.
    pub message: String,
    /// The entity it is about.
    pub entity: Option<String>,
    /// The relationship it is about.
    pub relationship: Option<String>,
    /// The places involved, the primary one first.
    pub labels: Vec<PlaceAnswer>,
    /// What to write.
    pub help: Option<String>,
    /// Edits that mend it.
    pub fixes: Vec<FixAnswer>,
}

/// A place: bytes of a source.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlaceAnswer {
    /// The source's name.
    pub source: String,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What stands there, in a few words.
    pub text: String,
}

/// One way to mend a finding.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FixAnswer {
    /// What it does.
    pub title: String,
    /// `safe`, `unsafe` or `display`.
    pub applicability: &'static str,
    /// The changes.
    pub edits: Vec<EditAnswer>,
}

/// Replace bytes by a text.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EditAnswer {
    /// The source's name.
    pub source: String,
    /// The first byte replaced.
    pub start: u32,
    /// One past the last byte replaced.
    pub end: u32,
    /// What stands there afterwards.
    pub insert: String,
}

impl DiagnosticAnswer {
    /// The JSON form of a diagnostic.
    pub fn of(sources: &Sources, diagnostic: &Diagnostic) -> Self {
        Self {
            code: diagnostic.code.name,
            severity: diagnostic.severity.as_str(),
            message: diagnostic.message.clone(),
            entity: diagnostic.subject.entity.clone(),
            relationship: diagnostic.subject.relationship.clone(),
            labels: diagnostic.labels.iter().map(|label| place(sources, label)).collect(),
            help: diagnostic.help.clone(),
            fixes: diagnostic.fixes.iter().map(|it| fix(sources, it)).collect(),
        }
    }
}

fn place(sources: &Sources, label: &Label) -> PlaceAnswer {
    let Span { source, start, end } = label.span;
    let source = sources.get(source).name.to_string();
    PlaceAnswer { source, start, end, text: label.text.clone() }
}

fn fix(sources: &Sources, fix: &Fix) -> FixAnswer {
    let edit = |edit: &Edit| {
        let Span { source, start, end } = edit.span;
        let source = sources.get(source).name.to_string();
        EditAnswer { source, start, end, insert: edit.insert.clone() }
    };
    FixAnswer {
        title: fix.title.clone(),
        applicability: fix.applicability.as_str(),
        edits: fix.edits.iter().map(edit).collect(),
    }
}
