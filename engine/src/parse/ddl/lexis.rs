//! How a database's scripts quote, comment and cut: a row for each dialect.

use crate::base::Dialect;

/// The lexical habits of one dialect, as far as they decide where statements end.
#[expect(clippy::struct_excessive_bools, reason = "a row of yes-or-no questions about a dialect")]
#[derive(Clone, Copy, Debug)]
pub(super) struct Lexis {
    /// `\'` does not end a string.
    pub(super) backslash_escapes: bool,
    /// `E'…\'…'` does not end at the escaped quote.
    pub(super) escape_strings: bool,
    /// `` `name` ``
    pub(super) backticks: bool,
    /// `[name]`
    pub(super) brackets: bool,
    /// `$tag$ … $tag$`
    pub(super) dollar_quotes: bool,
    /// `/* /* */ */`
    pub(super) nested_comments: bool,
    /// `# comment`, `/*!50100 code */`, and `--` only before white space.
    pub(super) mysql_comments: bool,
    /// `DELIMITER //`
    pub(super) delimiter_command: bool,
    /// `COPY … FROM stdin;` is followed by data up to a line `\.`.
    pub(super) copy_data: bool,
    /// A line that holds only this word ends a statement.
    pub(super) terminator_line: Option<&'static str>,
    /// Statements need nothing between them.
    pub(super) bare_boundaries: bool,
    /// The commands of `sqlplus` take a line each.
    pub(super) sqlplus: bool,
    /// `BEGIN … END` and `DECLARE … END` stand alone as statements.
    pub(super) anonymous_blocks: bool,
    /// Bodies of routines may declare variables, each with a semicolon, before their `BEGIN`.
    pub(super) declarations_before_begin: bool,
}

const PLAIN: Lexis = Lexis {
    backslash_escapes: false,
    escape_strings: false,
    backticks: false,
    brackets: false,
    dollar_quotes: false,
    nested_comments: false,
    mysql_comments: false,
    delimiter_command: false,
    copy_data: false,
    terminator_line: None,
    bare_boundaries: false,
    sqlplus: false,
    anonymous_blocks: false,
    declarations_before_begin: false,
};

const ANSI: Lexis =
    Lexis { backticks: true, nested_comments: true, dollar_quotes: true, copy_data: true, ..PLAIN };

const POSTGRES: Lexis = Lexis {
    escape_strings: true,
    dollar_quotes: true,
    nested_comments: true,
    copy_data: true,
    ..PLAIN
};

const MYSQL: Lexis = Lexis {
    backslash_escapes: true,
    backticks: true,
    mysql_comments: true,
    delimiter_command: true,
    ..PLAIN
};

const SQLITE: Lexis = Lexis { backticks: true, brackets: true, ..PLAIN };

const MSSQL: Lexis = Lexis {
    brackets: true,
    nested_comments: true,
    terminator_line: Some("GO"),
    bare_boundaries: true,
    ..PLAIN
};

const ORACLE: Lexis = Lexis {
    terminator_line: Some("/"),
    sqlplus: true,
    anonymous_blocks: true,
    declarations_before_begin: true,
    ..PLAIN
};

impl Lexis {
    pub(super) fn of(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Ansi => ANSI,
            Dialect::Postgres => POSTGRES,
            Dialect::MySql | Dialect::MariaDb => MYSQL,
            Dialect::Sqlite => SQLITE,
            Dialect::MsSql => MSSQL,
            Dialect::Oracle => ORACLE,
        }
    }
}
