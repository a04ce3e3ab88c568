//! The databases whose SQL is read and written.

use std::fmt;
use std::str::FromStr;

use super::name::Folding;

/// A database's SQL. What each can and cannot say is a table of `render`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Dialect {
    /// Standard SQL, in the form that `SQLAlchemy`'s default dialect prints.
    #[default]
    Ansi,
    /// PostgreSQL with `standard_conforming_strings`, as it comes.
    Postgres,
    /// `MySQL`. A backslash in a string escapes the next character, unless the session's mode has
    /// `NO_BACKSLASH_ESCAPES`: then a literal with a backslash is another text, though never other
    /// SQL. Other modes make no difference to what is written, nor does `ANSI_QUOTES`.
    MySql,
    /// `MariaDB`, with the modes of [`MySql`](Self::MySql).
    MariaDb,
    /// `SQLite`.
    Sqlite,
    /// Microsoft SQL Server.
    MsSql,
    /// Oracle Database.
    Oracle,
}

impl Dialect {
    /// All dialects.
    pub const ALL: [Self; 7] = [
        Self::Ansi,
        Self::Postgres,
        Self::MySql,
        Self::MariaDb,
        Self::Sqlite,
        Self::MsSql,
        Self::Oracle,
    ];

    /// The names of all dialects, in the order of [`Self::ALL`].
    pub const NAMES: &'static [&'static str] =
        &["ansi", "postgres", "mysql", "mariadb", "sqlite", "mssql", "oracle"];

    /// The name in documents and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ansi => "ansi",
            Self::Postgres => "postgres",
            Self::MySql => "mysql",
            Self::MariaDb => "mariadb",
            Self::Sqlite => "sqlite",
            Self::MsSql => "mssql",
            Self::Oracle => "oracle",
        }
    }

    /// What the database does to the case of names.
    pub fn folding(self) -> Folding {
        match self {
            Self::Ansi | Self::Postgres | Self::Oracle => Folding::Lower,
            Self::MySql | Self::MariaDb | Self::Sqlite | Self::MsSql => Folding::Keep,
        }
    }
}

/// The text names no dialect.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnknownDialect;

impl FromStr for Dialect {
    type Err = UnknownDialect;

    fn from_str(text: &str) -> Result<Self, UnknownDialect> {
        Self::ALL.into_iter().find(|dialect| dialect.name() == text).ok_or(UnknownDialect)
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for UnknownDialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown dialect")
    }
}

impl std::error::Error for UnknownDialect {}
