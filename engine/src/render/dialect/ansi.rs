//! Standard SQL, in the form that `SQLAlchemy`'s default dialect prints.

use super::super::reserved::Reserved;
use super::{
    Backslash, Capabilities, Concat, Json, JsonFunctions, JsonOrder, Limit, Placeholder, RowList,
    Template, With,
};

pub(super) const CAPABILITIES: Capabilities = Capabilities {
    quotes: ('"', '"'),
    reserved: Reserved::of(RESERVED),
    marks: &[],
    never_first: &['$'],
    longest_name: None,
    placeholder: Placeholder::Named(':'),
    inner_join: " JOIN ",
    alias: " AS ",
    concat: Concat::Operator(" || "),
    niladic: NILADIC,
    distinct: Template::between(" IS DISTINCT FROM "),
    not_distinct: Template::between(" IS NOT DISTINCT FROM "),
    ilike: false,
    filter: true,
    booleans: ("true", "false"),
    backslash: Backslash::Plain,
    limit: Limit::ThenOffset { unlimited: Some("-1"), offset_always: false },
    row_list: RowList::Rows,
    with_recursive: With::Inside("WITH RECURSIVE "),
    lateral: Some(" CROSS JOIN LATERAL "),
    json: Json::Functions(&JSON),
    parameter_right: false,
    // What PostgreSQL and MySQL number parameters with has 16 bits.
    parameters: 65_535,
    cast_types: &[],
    length_unit: "",
    default_length: "",
};

/// SQL:2016, part 2, 6.4 and 6.35.
const NILADIC: &[&str] = &[
    "current_catalog",
    "current_date",
    "current_path",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "localtime",
    "localtimestamp",
    "session_user",
    "system_user",
    "user",
];

/// The constructors of SQL:2016, part 2, 6.33 and 10.9.
pub(super) const JSON: JsonFunctions = JsonFunctions {
    object: ("JSON_OBJECT(", ")"),
    member: ("", " VALUE "),
    wide: None,
    array: ("JSON_ARRAYAGG(", ")"),
    order: JsonOrder::Aggregate,
    or_empty: ("COALESCE(", ", '[]')"),
    nested: ("", " FORMAT JSON"),
};

#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric",
    "authorization", "between", "binary", "both", "case", "cast", "check", "collate", "column",
    "constraint", "create", "cross", "current_date", "current_role", "current_time",
    "current_timestamp", "current_user", "default", "deferrable", "desc", "distinct", "do",
    "else", "end", "except", "false", "for", "foreign", "freeze", "from", "full", "grant",
    "group", "having", "ilike", "in", "initially", "inner", "intersect", "into", "is", "isnull",
    "join", "leading", "left", "like", "limit", "localtime", "localtimestamp", "natural", "new",
    "not", "notnull", "null", "off", "offset", "old", "on", "only", "or", "order", "outer",
    "overlaps", "placing", "primary", "references", "right", "select", "session_user", "set",
    "similar", "some", "symmetric", "table", "then", "to", "trailing", "true", "union",
    "unique", "user", "using", "verbose", "when", "where",
];
