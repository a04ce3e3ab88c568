//! The table of capabilities that each dialect is.

use super::super::length::Length;
use super::super::literal::write_number;
use super::super::reserved::Reserved;
use super::{ansi, mariadb, mssql, mysql, oracle, postgres, sqlite};

/// What one database's SQL can and cannot say.
///
/// A dialect of a host's own begins with one of the seven and says what differs, so that it goes on
/// compiling where a capability is added:
///
/// ```
/// use joinwright::render::{Capabilities, Limit, Reserved};
/// const COCKROACH: Capabilities = Capabilities { reserved: Reserved::of(WORDS), ..Capabilities::POSTGRES };
/// const FIREBIRD: Capabilities = Capabilities { limit: Limit::Fetch, ..Capabilities::ANSI };
/// # const WORDS: &[&str] = &["all", "select"];
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Capabilities {
    /// What stands around a quoted name; the closing one is doubled inside.
    pub quotes: (char, char),
    /// The words that are no names unless quoted: lower case, sorted.
    pub reserved: Reserved,
    /// Characters, digits apart, that an unquoted name may have but not begin with.
    pub never_first: &'static [char],
    /// Characters, lower-case letters, digits and `_` apart, that an unquoted name may have.
    pub marks: &'static [char],
    /// How long a name may be, if there is a limit: longer ones that are made up, of aliases and
    /// result columns, are shortened.
    pub longest_name: Option<Length>,
    /// How many parameters a statement may have, or a list of them where that is less.
    pub parameters: usize,
    /// How parameters are written.
    pub placeholder: Placeholder,
    /// What joins inner joins.
    pub inner_join: &'static str,
    /// What stands between a table and its alias.
    pub alias: &'static str,
    /// How strings are put together.
    pub concat: Concat,
    /// Functions that are called without brackets: lower case.
    pub niladic: &'static [&'static str],
    /// `IS DISTINCT FROM`
    pub distinct: Template,
    /// `IS NOT DISTINCT FROM`
    pub not_distinct: Template,
    /// Whether there is `ILIKE`.
    pub ilike: bool,
    /// Whether an aggregate may have a `FILTER`.
    pub filter: bool,
    /// True and false.
    pub booleans: (&'static str, &'static str),
    /// What a backslash in a string does.
    pub backslash: Backslash,
    /// How a part of the rows is asked for.
    pub limit: Limit,
    /// How rows of keys are listed; see [`Expansion`](crate::render::Expansion).
    pub row_list: RowList,
    /// What recursive queries stand behind, and where.
    pub with_recursive: With,
    /// What stands between an element and a sub-SELECT that is run for each of its rows, spaces
    /// included; `None` where a sub-SELECT cannot name what stands before it.
    pub lateral: Option<&'static str>,
    /// How rows become JSON.
    pub json: Json,
    /// Whether `parameter = column` is written the other way round.
    pub parameter_right: bool,
    /// Types that `CAST` calls by another name; sorted.
    pub cast_types: &'static [(&'static str, &'static str)],
    /// What stands behind the length of such a type.
    pub length_unit: &'static str,
    /// The length of such a type that is given none, in its brackets; empty where it needs none.
    pub default_length: &'static str,
}

/// How parameters are written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Placeholder {
    /// This sign and a name.
    Named(char),
    /// This sign and a number.
    Numbered(char),
    /// `?`, each for itself.
    Question,
}

/// How strings are put together.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Concat {
    /// By an operator.
    Operator(&'static str),
    /// By a function, up to its opening parenthesis.
    Function(&'static str),
}

/// An operator that is not always written between its operands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Template {
    /// Before the first operand.
    pub before: &'static str,
    /// Between the two.
    pub between: &'static str,
    /// After the second.
    pub after: &'static str,
}

/// What a backslash in a string does.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Backslash {
    /// It stands for itself.
    Plain,
    /// It escapes the next character.
    Escapes,
}

/// How a part of the rows is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Limit {
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

/// How the rows of a sub-SELECT become one JSON value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Json {
    /// By functions that make objects and arrays.
    Functions(&'static JsonFunctions),
    /// By `FOR JSON PATH` at the end of the sub-SELECT. It takes a full stop in a label for the
    /// beginning of an object inside the object.
    ForPath,
}

/// Functions that make JSON.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct JsonFunctions {
    /// What stands around the members of an object.
    pub object: (&'static str, &'static str),
    /// What stands before a member's key, and between key and value.
    pub member: (&'static str, &'static str),
    /// How an object with many members is put together; `None` where there may be any number.
    pub wide: Option<WideObject>,
    /// What stands around the objects, and their order, of an array: an aggregate of all rows.
    pub array: (&'static str, &'static str),
    /// Where the order of an array's objects stands.
    pub order: JsonOrder,
    /// What stands around an array, to make an empty one of NULL.
    pub or_empty: (&'static str, &'static str),
    /// What stands around a JSON value in an object, lest it be taken for a string.
    pub nested: (&'static str, &'static str),
}

/// How an object with more members than a function takes is put together.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct WideObject {
    /// How many members one call takes.
    pub members: usize,
    /// What opens a call in place of what opens that of a small object.
    pub object: &'static str,
    /// What stands between two calls.
    pub between: &'static str,
}

/// Where the order of an array's objects stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum JsonOrder {
    /// In the aggregate, after the objects.
    Aggregate,
    /// In a window over all rows, for the aggregate has none of its own.
    Window,
}

/// What recursive queries stand behind, and where.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum With {
    /// These words, before the query that selects from them.
    Inside(&'static str),
    /// These words, at the beginning of the statement and nowhere else.
    First(&'static str),
}

/// How rows of keys are listed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RowList {
    /// `(a, b) IN ((?, ?), (?, ?))`
    Rows,
    /// `(a, b) IN (VALUES (?, ?), (?, ?))`
    Values,
    /// `(a = ? AND b = ? OR a = ? AND b = ?)`, where no row is a value.
    Comparisons,
}

impl Placeholder {
    /// Writes the placeholder of a parameter with this number, from 1.
    pub(in crate::render) fn write(self, number: u64, out: &mut String) {
        match self {
            Self::Question => out.push('?'),
            Self::Numbered(sign) => {
                out.push(sign);
                write_number(number, out);
            }
            Self::Named(sign) => {
                out.push(sign);
                out.push('p');
                write_number(number, out);
            }
        }
    }
}

impl Template {
    /// An operator that is written between its operands, spaces included.
    pub const fn between(between: &'static str) -> Self {
        Self { before: "", between, after: "" }
    }
}

/// How many instances a list of keys takes where the database would take more: `SQLAlchemy`'s
/// `SelectInLoader._chunksize`.
const CHUNK: usize = 500;

impl Capabilities {
    /// Standard SQL.
    pub const ANSI: Self = ansi::CAPABILITIES;
    /// PostgreSQL.
    pub const POSTGRES: Self = postgres::CAPABILITIES;
    /// `MySQL`.
    pub const MYSQL: Self = mysql::CAPABILITIES;
    /// `MariaDB`.
    pub const MARIADB: Self = mariadb::CAPABILITIES;
    /// `SQLite`.
    pub const SQLITE: Self = sqlite::CAPABILITIES;
    /// Microsoft SQL Server.
    pub const MSSQL: Self = mssql::CAPABILITIES;
    /// Oracle Database.
    pub const ORACLE: Self = oracle::CAPABILITIES;

    /// How many rows of keys one statement takes.
    pub(in crate::render) fn chunk(&self, width: usize) -> usize {
        (self.parameters / width.max(1)).clamp(1, CHUNK)
    }

    /// What `CAST` calls a type, and where in the type's name its length begins; `None` for a type
    /// that keeps its name.
    pub(in crate::render) fn cast_type(
        &self,
        type_name: &str,
    ) -> (Option<&'static str>, Option<usize>) {
        let length = type_name.find('(');
        let base = type_name.get(..length.unwrap_or(type_name.len())).unwrap_or_default().trim();
        let known = self.cast_types.iter().find(|(name, _)| name.eq_ignore_ascii_case(base));
        (known.map(|(_, other)| *other), length)
    }
}
