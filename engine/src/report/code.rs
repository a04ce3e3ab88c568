//! What kind of finding a diagnostic is.

use std::fmt;

/// How much a finding matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// The model cannot be used as it is.
    Error,
    /// The model works, but probably not as meant.
    Warning,
    /// Worth knowing; nothing is wrong.
    Note,
}

/// A stable code with its severity and its page.
///
/// Each code is declared once, in the file of `check` that words it.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The `snake_case` name, stable across releases.
    pub name: &'static str,
    /// The severity of its findings, unless a model or a finding says otherwise.
    pub severity: Severity,
    /// The Markdown page: what, why, wrong, right.
    pub page: &'static str,
}

impl Severity {
    /// The severity of this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Error, Self::Warning, Self::Note].into_iter().find(|it| it.as_str() == name)
    }

    /// `error`, `warning` or `note`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
