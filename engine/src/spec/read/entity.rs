//! `[entity.NAME]`

use super::{Choice, Reader};
use crate::spec::document::{EntitySource, EntitySpec, Text};
use crate::spec::value::Value;

pub(super) const KEYS: &[&str] = &[
    "table",
    "from",
    "select",
    "alias",
    "primary_key",
    "order_by",
    "inherits",
    "inherit_condition",
    "concrete",
    "polymorphic_on",
    "polymorphic_identity",
    "polymorphic_abstract",
    "polymorphic_from",
    "with_polymorphic",
    "polymorphic_load",
    "non_primary",
    "include",
    "exclude",
    "column_prefix",
    "version_id",
    "flat",
    "anonymous",
    "lateral",
    "ignore",
    "attribute",
    "relationship",
];
pub(super) const POLYMORPHIC_LOADS: &[&str] = &["selectin", "inline"];

impl Reader {
    pub(super) fn entities(&mut self, key: &Text, value: Value) -> Vec<EntitySpec> {
        let entries = self.named_tables(key, value);
        let mut specs = Vec::with_capacity(entries.len());
        specs.extend(entries.into_iter().filter_map(|(name, value)| self.entity(name, value)));
        specs
    }

    fn entity(&mut self, name: Text, value: Value) -> Option<EntitySpec> {
        let table = self.table(name.text(), value)?;
        if !table.has("inherits") {
            let owner = ("entity", name.text(), name.whole());
            self.require(&table, owner, &["table", "from", "select"]);
        }
        let mut spec = EntitySpec::new(name);
        let mut choice = Choice::default();
        for (key, value) in table.into_entries() {
            self.entity_key(&mut spec, &mut choice, &key, value);
        }
        Some(spec)
    }

    fn entity_key(&mut self, spec: &mut EntitySpec, choice: &mut Choice, key: &Text, value: Value) {
        match key.text() {
            "table" if choice.take(self, "table", key) => {
                spec.source = self.text(key, value).map(EntitySource::Table);
            }
            "from" if choice.take(self, "from", key) => {
                spec.source = self.text(key, value).map(EntitySource::From);
            }
            "select" if choice.take(self, "select", key) => {
                spec.source = self.text(key, value).map(EntitySource::Select);
            }
            "table" | "from" | "select" => {}
            "alias" => spec.alias = self.name(key, value),
            "primary_key" => spec.primary_key = self.texts(key, value),
            "order_by" => spec.order_by = self.terms(key, value),
            "include" => spec.include = Some(self.texts(key, value)),
            "exclude" => spec.exclude = self.texts(key, value),
            "column_prefix" => spec.column_prefix = self.text(key, value),
            "version_id" => spec.version_id = self.text(key, value),
            "flat" => spec.flat = self.flag(key, &value),
            "anonymous" => spec.anonymous = self.flag(key, &value),
            "lateral" => spec.lateral = self.flag(key, &value),
            "non_primary" => spec.non_primary = self.text(key, value),
            "ignore" => spec.ignore = self.texts(key, value),
            "attribute" => spec.attributes = self.attributes(key, value),
            "relationship" => spec.relationships = self.relationships(key, value),
            _ => self.inheritance_key(spec, key, value),
        }
    }

    fn inheritance_key(&mut self, spec: &mut EntitySpec, key: &Text, value: Value) {
        match key.text() {
            "inherits" => spec.inherits = self.text(key, value),
            "inherit_condition" => spec.inherit_condition = self.text(key, value),
            "concrete" => spec.concrete = self.flag(key, &value),
            "polymorphic_on" => spec.polymorphic_on = self.text(key, value),
            "polymorphic_identity" => spec.polymorphic_identity = self.scalar(key, value),
            "polymorphic_abstract" => spec.polymorphic_abstract = self.flag(key, &value),
            "polymorphic_from" => spec.polymorphic_from = self.text(key, value),
            "with_polymorphic" => spec.with_polymorphic = self.texts(key, value),
            "polymorphic_load" => {
                spec.polymorphic_load = self.word(key, value, POLYMORPHIC_LOADS);
            }
            _ => self.unknown_key(key, "entity", KEYS),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{DefectKind, Document};
    use crate::text::Sources;

    #[test]
    fn every_known_key_is_read() {
        for key in KEYS {
            let text =
                format!("{{\"entity\": {{\"A\": {{\"inherits\": \"B\", \"{key}\": null}}}}}}");
            let (_, defects) = Document::from_json(Sources::new().add("m", ""), &text);
            let unknown = |kind: &DefectKind| matches!(kind, DefectKind::UnknownKey { .. });
            assert!(!defects.iter().any(|defect| unknown(&defect.kind)), "{key}");
        }
    }
}
