//! `[entity.E.attribute.NAME]`

use super::{Choice, Reader};
use crate::spec::document::{AttributeSpec, AttributeValue, Text};
use crate::spec::value::{Kind, Value};

pub(super) const KEYS: &[&str] =
    &["columns", "expression", "composite", "synonym", "label", "deferred", "group"];

impl Reader {
    pub(super) fn attributes(&mut self, key: &Text, value: Value) -> Vec<AttributeSpec> {
        let entries = self.named_tables(key, value);
        entries.into_iter().filter_map(|(name, value)| self.attribute(name, value)).collect()
    }

    /// An attribute's table, or its columns alone.
    fn attribute(&mut self, name: Text, value: Value) -> Option<AttributeSpec> {
        if matches!(value.kind, Kind::Array(_) | Kind::String(_)) {
            let columns = self.texts(&name, value);
            return Some(AttributeSpec {
                value: Some(AttributeValue::Columns(columns)),
                ..AttributeSpec::new(name)
            });
        }
        let table = self.table(name.text(), value)?;
        let mut spec = AttributeSpec::new(name);
        let mut choice = Choice::default();
        for (key, value) in table.into_entries() {
            self.attribute_key(&mut spec, &mut choice, &key, value);
        }
        Some(spec)
    }

    fn attribute_key(
        &mut self,
        spec: &mut AttributeSpec,
        choice: &mut Choice,
        key: &Text,
        value: Value,
    ) {
        match key.text() {
            "columns" if choice.take(self, "columns", key) => {
                spec.value = Some(AttributeValue::Columns(self.texts(key, value)));
            }
            "expression" if choice.take(self, "expression", key) => {
                spec.value = self.text(key, value).map(AttributeValue::Expression);
            }
            "composite" if choice.take(self, "composite", key) => {
                spec.value = Some(AttributeValue::Composite(self.texts(key, value)));
            }
            "synonym" if choice.take(self, "synonym", key) => {
                spec.value = self.text(key, value).map(AttributeValue::Synonym);
            }
            "columns" | "expression" | "composite" | "synonym" => {}
            "label" => spec.label = self.name(key, value),
            "deferred" => spec.deferred = self.flag(key, &value),
            "group" => spec.group = self.text(key, value),
            _ => self.unknown_key(key, "attribute", KEYS),
        }
    }
}
