//! Edits that mend a finding.

use crate::base::SourceId;
use crate::text::Span;

/// How far a fix may be trusted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Applicability {
    /// Removes its finding, adds none, keeps the meaning.
    Safe,
    /// Mends the finding, but one of several ways; a person should look.
    Unsafe,
    /// Only shown: holds a placeholder to fill in.
    Display,
}

/// One way to mend a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What it does, as an imperative.
    pub title: String,
    /// How far it may be trusted.
    pub applicability: Applicability,
    /// The changes, not overlapping.
    pub edits: Vec<Edit>,
}

/// Replace a span by a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub insert: String,
}

impl Fix {
    /// The text of a source with the edits that fall in it; `None` where one does not fit.
    ///
    /// ```
    /// use joinwright::report::{Applicability, Edit, Fix};
    /// use joinwright::text::{Sources, Span};
    /// let source = Sources::new().add("model.toml", "table = 'custmer'");
    /// let edit = Edit { span: Span::new(source, 9, 16), insert: "customer".to_owned() };
    /// let title = "replace by `customer`".to_owned();
    /// let fix = Fix { title, applicability: Applicability::Safe, edits: vec![edit] };
    /// assert_eq!(fix.applied(source, "table = 'custmer'").as_deref(), Some("table = 'customer'"));
    /// ```
    pub fn applied(&self, source: SourceId, text: &str) -> Option<String> {
        let mut edits: Vec<_> = self.edits.iter().filter(|it| it.span.source == source).collect();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let (mut applied, mut at) = (String::with_capacity(text.len()), 0);
        for edit in edits {
            applied.push_str(text.get(at..edit.span.start as usize)?);
            applied.push_str(&edit.insert);
            at = edit.span.end as usize;
        }
        applied.push_str(text.get(at..)?);
        Some(applied)
    }
}

impl Edit {
    /// Writes the line breaks of the text that the edit is for, which are those of its first line.
    pub(crate) fn match_breaks(&mut self, text: &str) {
        let first = text.split_inclusive('\n').next();
        if self.insert.contains('\n') && first.is_some_and(|line| line.ends_with("\r\n")) {
            self.insert = self.insert.replace('\n', "\r\n");
        }
    }
}

impl Applicability {
    /// `safe`, `unsafe` or `display`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
            Self::Display => "display",
        }
    }
}
