//! Oracle Database.

use super::super::length::Length;
use super::super::reserved::Reserved;
use super::{Capabilities, Json, JsonFunctions, Limit, Template, With, ansi};

pub(super) const CAPABILITIES: Capabilities = Capabilities {
    filter: false,
    reserved: Reserved::of(RESERVED),
    marks: &['$'],
    longest_name: Some(Length::Bytes(128)),
    never_first: &['$', '_'],
    alias: " ",
    distinct: Template { before: "DECODE(", between: ", ", after: ", 0, 1) = 1" },
    not_distinct: Template { before: "DECODE(", between: ", ", after: ", 0, 1) = 0" },
    booleans: ("1", "0"),
    limit: Limit::Fetch,
    with_recursive: With::Inside("WITH "),
    json: Json::Functions(&JSON),
    parameters: 1_000,
    cast_types: &[("VARCHAR", "VARCHAR2")],
    length_unit: " CHAR",
    // As long as it can be, unless the database is set up for more.
    default_length: "(4000)",
    ..ansi::CAPABILITIES
};

/// Without `RETURNING`, JSON ends at 4,000 bytes.
const JSON: JsonFunctions = JsonFunctions {
    object: ("JSON_OBJECT(", " RETURNING CLOB)"),
    array: ("JSON_ARRAYAGG(", " RETURNING CLOB)"),
    or_empty: ("COALESCE(", ", TO_CLOB('[]'))"),
    ..ansi::JSON
};

#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "all", "alter", "and", "any", "as", "asc", "between", "by", "char", "check", "cluster",
    "comment", "compress", "connect", "create", "current", "date", "decimal", "default",
    "delete", "desc", "distinct", "drop", "else", "exclusive", "exists", "float", "for", "from",
    "grant", "group", "having", "identified", "in", "index", "insert", "integer", "intersect",
    "into", "is", "level", "like", "lock", "long", "minus", "mode", "nocompress", "not",
    "nowait", "null", "number", "of", "on", "option", "or", "order", "pctfree", "prior",
    "public", "raw", "rename", "resource", "revoke", "select", "set", "share", "size",
    "smallint", "start", "synonym", "table", "then", "to", "trigger", "uid", "union", "unique",
    "update", "user", "values", "varchar", "varchar2", "view", "where", "with",
];
