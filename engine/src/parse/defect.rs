//! What can be wrong with SQL text.

use super::scope::ScopeErrorKind;
use crate::text::{Placed, Sources, Span};

/// A mistake in SQL text, as evidence; `check` words it.
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
        if let DefectKind::DuplicateTable { first, .. }
        | DefectKind::DuplicateColumn { first, .. } = kind
        {
            first.settle(sources);
        }
    }
}

/// The ways in which SQL text can be wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DefectKind {
    /// The text is no SQL expression or FROM clause.
    Syntax {
        /// What was expected and what was found, lower case, without place.
        message: String,
    },
    /// The text is no UTF-8 from here on; what is not counts as U+FFFD.
    NotUtf8 {
        /// The byte.
        byte: u8,
    },
    /// A statement, or a part of one, that is passed over; the rest counts.
    Unsupported {
        /// Its first words: `CREATE EXTENSION`, or `a column of table film`.
        what: String,
        /// Why it could not be read, lower case.
        message: String,
        /// Whether it could have declared a table, column or key, so that something may be lost.
        relevant: bool,
    },
    /// Nested deeper, or longer, than is read.
    TooDeep {
        /// What was counted: `levels`, `operators`, `tokens`, `bytes`.
        unit: &'static str,
        /// How many are read.
        limit: usize,
    },
    /// A name that means nothing.
    Name {
        /// As written, all parts.
        written: String,
        /// What is wrong with it.
        error: ScopeErrorKind,
        /// The nearest name that exists.
        nearest: Option<String>,
    },
    /// A table that is declared twice; the first declaration counts.
    DuplicateTable {
        /// The table that declares it.
        table: String,
        /// Where the first one is.
        first: Option<Span>,
    },
    /// A column that a table declares twice; the first declaration counts.
    DuplicateColumn {
        /// `table.column`
        column: String,
        /// Where the first one is.
        first: Option<Span>,
    },
    /// A key or foreign key that names a table or column which is not declared.
    DanglingKey {
        /// The table that declares the key.
        table: String,
        /// The missing table, or `table.column`.
        missing: String,
        /// The nearest name that exists.
        nearest: Option<String>,
        /// Whether a whole table is missing.
        table_missing: bool,
    },
    /// A foreign key with unequal numbers of columns on its two sides, or one that names no
    /// columns and refers to a table without primary key.
    UnmatchedForeignKey {
        /// The table that declares it.
        table: String,
        /// The table referred to.
        referred: String,
        /// How many columns refer.
        columns: usize,
        /// How many are referred to.
        referred_columns: usize,
    },
}
