//! What each database's SQL can and cannot say, as a table of named facts.
//!
//! The writer asks for a fact and never for a dialect.

mod ansi;
mod mariadb;
mod mssql;
mod mysql;
mod oracle;
mod postgres;
mod sqlite;

use crate::base::Dialect;

/// The facts of one dialect.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    /// What stands around a quoted name; the closing one is doubled inside.
    pub(super) quotes: (char, char),
    /// The words that are no names unless quoted: lower case, sorted.
    pub(super) reserved: &'static [&'static str],
    /// Characters, digits apart, that an unquoted name may have but not begin with.
    pub(super) never_first: &'static [char],
    /// How parameters are written.
    pub(super) placeholder: Placeholder,
    /// What joins inner joins.
    pub(super) inner_join: &'static str,
    /// What stands between a table and its alias.
    pub(super) alias: &'static str,
    /// How strings are put together.
    pub(super) concat: Concat,
    /// `IS DISTINCT FROM`
    pub(super) distinct: Template,
    /// `IS NOT DISTINCT FROM`
    pub(super) not_distinct: Template,
    /// Whether there is `ILIKE`.
    pub(super) ilike: bool,
    /// True and false.
    pub(super) booleans: (&'static str, &'static str),
    /// What a backslash in a string does.
    pub(super) backslash: Backslash,
    /// How a part of the rows is asked for.
    pub(super) limit: Limit,
    /// Whether `parameter = column` is written the other way round.
    pub(super) parameter_right: bool,
    /// Types that `CAST` calls by another name; sorted.
    pub(super) cast_types: &'static [(&'static str, &'static str)],
}

/// How parameters are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Placeholder {
    /// This sign and a name.
    Named(char),
    /// This sign and a number.
    Numbered(char),
    /// `?`, each for itself.
    Question,
}

/// How strings are put together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Concat {
    /// By an operator.
    Operator(&'static str),
    /// By a function, up to its opening parenthesis.
    Function(&'static str),
}

/// An operator that is not always written between its operands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Template {
    pub(super) before: &'static str,
    pub(super) between: &'static str,
    pub(super) after: &'static str,
}

/// What a backslash in a string does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Backslash {
    /// It stands for itself.
    Plain,
    /// It escapes the next character.
    Escapes,
}

/// How a part of the rows is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Limit {
    /// `LIMIT n OFFSET m`
    ThenOffset {
        /// What `LIMIT` says where only an offset is asked for; `None` for no `LIMIT` at all.
        unlimited: Option<&'static str>,
        /// Whether a limit alone is followed by `OFFSET 0`.
        offset_always: bool,
    },
    /// `LIMIT m, n`
    OffsetComma {
        /// What stands for `n` where only an offset is asked for.
        unlimited: &'static str,
    },
    /// `OFFSET m ROWS FETCH FIRST n ROWS ONLY`
    Fetch,
    /// `TOP n`, or numbered rows where an offset is asked for.
    TopOrRowNumber {
        /// The column that holds the number.
        column: &'static str,
    },
}

impl Template {
    /// An operator between its operands.
    const fn between(between: &'static str) -> Self {
        Self { before: "", between, after: "" }
    }
}

impl Facts {
    /// What `CAST` calls a type, and where in the type's name its length begins; `None` for a type
    /// that keeps its name.
    pub(super) fn cast_type(&self, type_name: &str) -> (Option<&'static str>, Option<usize>) {
        let length = type_name.find('(');
        let base = type_name.get(..length.unwrap_or(type_name.len())).unwrap_or_default().trim();
        let known = self.cast_types.iter().find(|(name, _)| name.eq_ignore_ascii_case(base));
        (known.map(|(_, other)| *other), length)
    }
}

/// The facts of a dialect.
pub(super) fn facts(dialect: Dialect) -> &'static Facts {
    match dialect {
        Dialect::Ansi => &ansi::FACTS,
        Dialect::Postgres => &postgres::FACTS,
        Dialect::MySql => &mysql::FACTS,
        Dialect::MariaDb => &mariadb::FACTS,
        Dialect::Sqlite => &sqlite::FACTS,
        Dialect::MsSql => &mssql::FACTS,
        Dialect::Oracle => &oracle::FACTS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_words_are_sorted_and_lower_case() {
        for dialect in Dialect::ALL {
            let words = facts(dialect).reserved;
            assert!(words.is_sorted(), "{dialect}");
            assert!(words.iter().all(|word| word.to_lowercase() == **word), "{dialect}");
        }
    }
}
