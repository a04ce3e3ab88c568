//! What can be wrong with a document as a document.

use crate::text::{Placed, Sources, Span};

/// What is wrong with a null character: databases refuse it, or read no further.
pub(crate) const NUL: &str = "a null character, which no database reads";

/// A mistake in the document's form, as evidence; `check` words it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Defect {
    /// What is wrong.
    pub kind: DefectKind,
    /// Where.
    pub span: Span,
}

impl Placed for Defect {
    fn settle(&mut self, sources: &Sources) {
        let Self { kind, span } = self;
        span.settle(sources);
        match kind {
            DefectKind::ConflictingKeys { other, .. } => other.settle(sources),
            DefectKind::DuplicateKey { first, .. } => first.settle(sources),
            _ => {}
        }
    }
}

/// The ways in which a document can be malformed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DefectKind {
    /// The TOML or JSON cannot be parsed here; the message is the parser's.
    Syntax {
        /// What was expected or found, lower case, without place.
        message: String,
    },
    /// A table or object has a key that means nothing there.
    UnknownKey {
        /// The key as written.
        key: String,
        /// What the table is: `entity`, `relationship`, `model`, …
        owner: &'static str,
        /// The keys it may have.
        known: &'static [&'static str],
    },
    /// A value is of the wrong type.
    WrongType {
        /// The key as written.
        key: String,
        /// What it must be, with its article: `a string`, `a list of strings`.
        expected: &'static str,
        /// What it is, with its article.
        found: &'static str,
    },
    /// A value is none of those allowed.
    UnknownValue {
        /// The key as written.
        key: String,
        /// The value as written.
        written: String,
        /// The values it may have.
        known: &'static [&'static str],
    },
    /// A table lacks a key it must have.
    MissingKey {
        /// What the table is: `entity`, `relationship`, …
        owner: &'static str,
        /// The table's own name: the entity's or relationship's; empty where it has none.
        name: String,
        /// The key, or the keys of which it must have one.
        keys: &'static [&'static str],
    },
    /// Two keys of one table exclude each other.
    ConflictingKeys {
        /// The key that counts.
        first: &'static str,
        /// The one that does not; the defect stands at it.
        second: &'static str,
        /// Where the first stands.
        other: Span,
    },
    /// A key stands twice; `first` is the earlier place.
    DuplicateKey {
        /// The key as written.
        key: String,
        /// The earlier place, whose value counts.
        first: Option<Span>,
    },
    /// The document is nested deeper, or is larger, than is read.
    TooDeep {
        /// How many levels are read.
        limit: usize,
    },
}
