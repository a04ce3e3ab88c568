//! What besides the text decides how SQL is read.

use sqlparser::dialect::{self, GenericDialect, PostgreSqlDialect};

use super::token;
use crate::base::Dialect;

/// A dialect with the operators and functions that a model adds to it.
///
/// ```
/// use joinwright::base::Dialect;
/// use joinwright::parse::Grammar;
/// let grammar = Grammar { comparison_operators: &["<<"], ..Grammar::of(Dialect::Postgres) };
/// assert_eq!(grammar.dialect, Dialect::Postgres);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Grammar<'g> {
    /// The database whose SQL it is.
    pub dialect: Dialect,
    /// Infix operators, symbols or words, that compare their operands; they may be unknown to the
    /// database's own grammar.
    pub comparison_operators: &'g [&'g str],
    /// Functions that compare two of their arguments, with the places of the two, from one.
    pub comparison_functions: &'g [(&'g str, u8, u8)],
}

impl<'g> Grammar<'g> {
    /// A dialect without additions.
    pub fn of(dialect: Dialect) -> Self {
        Self { dialect, comparison_operators: &[], comparison_functions: &[] }
    }

    /// The declared operator that `text` spells, letter case aside.
    pub(super) fn declared(&self, text: &str) -> Option<&'g str> {
        self.comparison_operators.iter().copied().find(|other| other.eq_ignore_ascii_case(text))
    }

    /// The arguments, from zero, that a function is declared to compare.
    pub(super) fn compared(&self, function: &str) -> Option<(u8, u8)> {
        let mut declared = self.comparison_functions.iter();
        let (_, left, right) = declared.find(|(name, ..)| name.eq_ignore_ascii_case(function))?;
        Some((left.checked_sub(1)?, right.checked_sub(1)?))
    }

    /// sqlparser's dialect that finds the tokens. Its ANSI dialect knows no name that begins with
    /// an underscore or a letter outside ASCII; PostgreSQL's reads the same tokens and those.
    pub(super) fn lexis(&self) -> &'static dyn dialect::Dialect {
        match self.dialect {
            Dialect::Ansi => &PostgreSqlDialect {},
            other => token::grammar(other),
        }
    }

    /// sqlparser's dialect that finds the tree. Its ANSI dialect lacks types such as `INT[]`; the
    /// generic one has ANSI's precedences and takes what any database would.
    pub(super) fn syntax(&self) -> &'static dyn dialect::Dialect {
        match self.dialect {
            Dialect::Ansi => &GenericDialect {},
            other => token::grammar(other),
        }
    }

    /// Whether arrays have subscripts: SQL:1999's, and PostgreSQL's, which JSON has too.
    pub(super) fn has_subscripts(&self) -> bool {
        matches!(self.dialect, Dialect::Ansi | Dialect::Postgres)
    }

    /// Whether a query of a `WITH` may name itself without the word `RECURSIVE`. Such databases take
    /// `UNION ALL` alone in it.
    pub(super) fn recurses_unsaid(&self) -> bool {
        matches!(self.dialect, Dialect::MsSql | Dialect::Oracle)
    }

    /// Whether the database is `MySQL` or descends from it.
    pub(super) fn is_mysql_like(&self) -> bool {
        matches!(self.dialect, Dialect::MySql | Dialect::MariaDb)
    }
}
