//! Microsoft SQL Server.

use super::super::length::Length;
use super::super::reserved::Reserved;
use super::{Capabilities, Concat, Json, Limit, Placeholder, RowList, Template, With, ansi};

pub(super) const CAPABILITIES: Capabilities = Capabilities {
    filter: false,
    quotes: ('[', ']'),
    reserved: Reserved::of(RESERVED),
    marks: &['$'],
    longest_name: Some(Length::Characters(128)),
    placeholder: Placeholder::Named('@'),
    concat: Concat::Operator(" + "),
    distinct: Template { before: "NOT EXISTS (SELECT ", between: " INTERSECT SELECT ", after: ")" },
    not_distinct: Template { before: "EXISTS (SELECT ", between: " INTERSECT SELECT ", after: ")" },
    booleans: ("1", "0"),
    limit: Limit::TopOrRowNumber { column: "mssql_rn" },
    row_list: RowList::Comparisons,
    with_recursive: With::First("WITH "),
    lateral: Some(" CROSS APPLY "),
    json: Json::ForPath,
    parameter_right: true,
    parameters: 2_100,
    ..ansi::CAPABILITIES
};

#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "add", "all", "alter", "and", "any", "as", "asc", "authorization", "backup", "begin",
    "between", "break", "browse", "bulk", "by", "cascade", "case", "check", "checkpoint",
    "close", "clustered", "coalesce", "collate", "column", "commit", "compute", "constraint",
    "contains", "containstable", "continue", "convert", "create", "cross", "current",
    "current_date", "current_time", "current_timestamp", "current_user", "cursor", "database",
    "dbcc", "deallocate", "declare", "default", "delete", "deny", "desc", "disk", "distinct",
    "distributed", "double", "drop", "dump", "else", "end", "errlvl", "escape", "except",
    "exec", "execute", "exists", "exit", "external", "fetch", "file", "fillfactor", "for",
    "foreign", "freetext", "freetexttable", "from", "full", "function", "goto", "grant",
    "group", "having", "holdlock", "identity", "identity_insert", "identitycol", "if", "in",
    "index", "inner", "insert", "intersect", "into", "is", "join", "key", "kill", "left",
    "like", "lineno", "load", "merge", "national", "nocheck", "nonclustered", "not", "null",
    "nullif", "of", "off", "offsets", "on", "open", "opendatasource", "openquery", "openrowset",
    "openxml", "option", "or", "order", "outer", "over", "percent", "pivot", "plan",
    "precision", "primary", "print", "proc", "procedure", "public", "raiserror", "read",
    "readtext", "reconfigure", "references", "replication", "restore", "restrict", "return",
    "revert", "revoke", "right", "rollback", "rowcount", "rowguidcol", "rule", "save", "schema",
    "securityaudit", "select", "session_user", "set", "setuser", "shutdown", "some",
    "statistics", "system_user", "table", "tablesample", "textsize", "then", "to", "top",
    "tran", "transaction", "trigger", "truncate", "tsequal", "union", "unique", "unpivot",
    "update", "updatetext", "use", "user", "values", "varying", "view", "waitfor", "when",
    "where", "while", "with", "writetext",
];
