//! The document itself.

use super::Reader;
use crate::base::Dialect;
use crate::spec::document::{ComparisonFunction, Document, SeveritySpec, Text};
use crate::spec::value::{Kind, Table, Value};

pub(super) const KEYS: &[&str] = &[
    "dialect",
    "schema",
    "ddl",
    "tables",
    "comparison_operators",
    "comparison_functions",
    "ignore",
    "diagnostics",
    "entity",
];

/// What a code can be set to under `[diagnostics]`.
const SEVERITIES: &[&str] = &["error", "warning", "note", "off"];

impl Reader {
    pub(super) fn model(&mut self, table: Table) -> Document {
        let mut document = Document::default();
        for (key, value) in table.into_entries() {
            match key.text() {
                "dialect" => document.dialect = self.word(&key, value, Dialect::NAMES),
                "schema" => document.schema = self.texts(&key, value),
                "ddl" => document.ddl = self.text(&key, value),
                "tables" => document.tables = self.tables(&key, value),
                "comparison_operators" => document.comparison_operators = self.texts(&key, value),
                "comparison_functions" => {
                    document.comparison_functions = self.comparison_functions(&key, value);
                }
                "diagnostics" => document.diagnostics = self.severities(&key, value),
                "ignore" => document.ignore = self.texts(&key, value),
                "entity" => document.entities = self.entities(&key, value),
                _ => self.unknown_key(&key, "model", KEYS),
            }
        }
        document
    }

    /// `{code = "severity"}`
    fn severities(&mut self, key: &Text, value: Value) -> Vec<SeveritySpec> {
        let entries = self.named_tables(key, value).into_iter();
        let read = entries.filter_map(|(code, value)| {
            let severity = self.word(&code, value, SEVERITIES)?;
            Some(SeveritySpec { code, severity })
        });
        read.collect()
    }

    /// `{name = [left, right]}`
    pub(super) fn comparison_functions(
        &mut self,
        key: &Text,
        value: Value,
    ) -> Vec<ComparisonFunction> {
        let entries = self.named_tables(key, value);
        entries.into_iter().filter_map(|(name, value)| self.function(name, &value)).collect()
    }

    fn function(&mut self, name: Text, value: &Value) -> Option<ComparisonFunction> {
        let places = match &value.kind {
            Kind::Array(items) => items.iter().map(argument).collect::<Option<Vec<_>>>(),
            _ => None,
        };
        if let Some([left, right]) = places.as_deref() {
            return Some(ComparisonFunction { name, left: *left, right: *right });
        }
        self.wrong_type(name.text(), value, "a list of two argument numbers");
        None
    }
}

/// An argument's number, counted from one.
fn argument(value: &Value) -> Option<u8> {
    match &value.kind {
        Kind::Integer(text) => text.text().parse().ok().filter(|number| *number > 0),
        _ => None,
    }
}
