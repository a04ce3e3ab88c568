//! PostgreSQL.

use super::super::length::Length;
use super::super::reserved::Reserved;
use super::{Capabilities, Concat, Json, JsonFunctions, Limit, Placeholder, WideObject, ansi};

pub(super) const CAPABILITIES: Capabilities = Capabilities {
    reserved: Reserved::of(RESERVED),
    marks: &['$'],
    longest_name: Some(Length::Bytes(63)),
    placeholder: Placeholder::Numbered('$'),
    concat: Concat::Operator(" || "),
    ilike: true,
    limit: Limit::ThenOffset { unlimited: None, offset_always: false },
    json: Json::Functions(&JSON),
    ..ansi::CAPABILITIES
};

/// A function takes 100 arguments; `||` puts objects together, and only `jsonb` has it.
const JSON: JsonFunctions = JsonFunctions {
    object: ("json_build_object(", ")"),
    member: ("", ", "),
    wide: Some(WideObject { members: 50, object: "jsonb_build_object(", between: " || " }),
    array: ("json_agg(", ")"),
    or_empty: ("coalesce(", ", '[]')"),
    nested: ("", ""),
    ..ansi::JSON
};

#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric",
    "authorization", "between", "binary", "both", "case", "cast", "check", "collate", "column",
    "constraint", "create", "cross", "current_catalog", "current_date", "current_role",
    "current_schema", "current_time", "current_timestamp", "current_user", "default",
    "deferrable", "desc", "distinct", "do", "else", "end", "except", "false", "fetch", "for",
    "foreign", "freeze", "from", "full", "grant", "group", "having", "ilike", "in", "initially",
    "inner", "intersect", "into", "is", "isnull", "join", "leading", "left", "like", "limit",
    "localtime", "localtimestamp", "natural", "new", "not", "notnull", "null", "of", "off",
    "offset", "old", "on", "only", "or", "order", "outer", "over", "overlaps", "placing",
    "primary", "references", "returning", "right", "select", "session_user", "similar", "some",
    "symmetric", "table", "then", "to", "trailing", "true", "union", "unique", "user", "using",
    "variadic", "verbose", "when", "where", "window", "with",
];
