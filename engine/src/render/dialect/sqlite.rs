//! `SQLite`.

use super::super::reserved::Reserved;
use super::{Capabilities, Json, JsonFunctions, Limit, Placeholder, RowList, Template, ansi};

pub(super) const CAPABILITIES: Capabilities = Capabilities {
    reserved: Reserved::of(RESERVED),
    marks: &['$'],
    placeholder: Placeholder::Question,
    distinct: Template::between(" IS NOT "),
    not_distinct: Template::between(" IS "),
    booleans: ("1", "0"),
    limit: Limit::ThenOffset { unlimited: Some("-1"), offset_always: true },
    row_list: RowList::Values,
    lateral: None,
    json: Json::Functions(&JSON),
    parameters: 32_766,
    ..ansi::CAPABILITIES
};

/// What a sub-SELECT or `coalesce` gives is text, until `json()` reads it. An aggregate has an order
/// since 3.44. A function takes 1,000 arguments (`SQLITE_MAX_FUNCTION_ARG`; once 127), so an object
/// has 500 members at most; a statement with more is refused when it is prepared.
const JSON: JsonFunctions = JsonFunctions {
    object: ("json_object(", ")"),
    member: ("", ", "),
    array: ("json_group_array(", ")"),
    or_empty: ("coalesce(", ", '[]')"),
    nested: ("json(", ")"),
    ..ansi::JSON
};

#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "add", "after", "all", "alter", "analyze", "and", "as", "asc", "attach", "autoincrement",
    "before", "begin", "between", "by", "cascade", "case", "cast", "check", "collate", "column",
    "commit", "conflict", "constraint", "create", "cross", "current_date", "current_time",
    "current_timestamp", "database", "default", "deferrable", "deferred", "delete", "desc",
    "detach", "distinct", "drop", "each", "else", "end", "escape", "except", "exclusive",
    "exists", "explain", "fail", "false", "for", "foreign", "from", "full", "glob", "group",
    "having", "if", "ignore", "immediate", "in", "index", "indexed", "initially", "inner",
    "insert", "instead", "intersect", "into", "is", "isnull", "join", "key", "left", "like",
    "limit", "match", "natural", "not", "notnull", "null", "of", "offset", "on", "or", "order",
    "outer", "plan", "pragma", "primary", "query", "raise", "references", "reindex", "rename",
    "replace", "restrict", "right", "rollback", "row", "select", "set", "table", "temp",
    "temporary", "then", "to", "transaction", "trigger", "true", "union", "unique", "update",
    "using", "vacuum", "values", "view", "virtual", "when", "where",
];
