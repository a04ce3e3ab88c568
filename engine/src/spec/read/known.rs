//! What the reader knows, for those who ask before it is written.

use super::{attribute, entity, model, relationship};
use crate::base::Dialect;

/// The keys of the table that these keys lead to; none where each name is the writer's own.
///
/// ```
/// use joinwright::spec::keys;
/// assert!(keys(&["entity", "Customer"]).contains(&"table"));
/// assert!(keys(&["entity"]).is_empty());
/// ```
pub fn keys(path: &[impl AsRef<str>]) -> &'static [&'static str] {
    let path: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
    match path.as_slice() {
        [] => model::KEYS,
        ["entity", _] => entity::KEYS,
        ["entity", _, "attribute", _] => attribute::KEYS,
        ["entity", _, "relationship", _] => relationship::KEYS,
        ["entity", _, "relationship", _, "backref"] => relationship::BACKREF_KEYS,
        _ => &[],
    }
}

/// The strings that a key takes, where there are only a few.
///
/// ```
/// use joinwright::spec::words;
/// assert!(words("load").contains(&"selectin"));
/// ```
pub fn words(key: &str) -> &'static [&'static str] {
    match key {
        "dialect" => Dialect::NAMES,
        "load" => relationship::LOADS,
        "innerjoin" => &["nested", "unnested"],
        "polymorphic_load" => entity::POLYMORPHIC_LOADS,
        "passive_deletes" => &["all"],
        "distinct_target_key" => &["auto"],
        _ => &[],
    }
}

/// Whether a key takes `true` and `false`.
pub fn is_flag(key: &str) -> bool {
    FLAGS.contains(&key)
}

const FLAGS: [&str; 18] = [
    "active_history",
    "anonymous",
    "concrete",
    "deferred",
    "distinct_target_key",
    "enable_typechecks",
    "flat",
    "innerjoin",
    "lateral",
    "omit_join",
    "passive_deletes",
    "passive_updates",
    "polymorphic_abstract",
    "post_update",
    "single_parent",
    "sync_backref",
    "uselist",
    "viewonly",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{DefectKind, Document};
    use crate::text::Sources;

    /// Whether the reader takes this value for a key of the table that has it.
    fn takes(key: &str, value: &str) -> bool {
        let tables = [
            &["entity", "E"][..],
            &["entity", "E", "attribute", "a"],
            &["entity", "E", "relationship", "r"],
        ];
        let table = tables.into_iter().find(|table| keys(table).contains(&key));
        let text = format!("[{}]\n{key} = {value}\n", table.unwrap_or_default().join("."));
        let (_, defects) = Document::from_toml(Sources::new().add("m", ""), &text);
        let refused = |kind: &DefectKind| {
            matches!(kind, DefectKind::WrongType { .. } | DefectKind::UnknownValue { .. })
        };
        !defects.iter().any(|defect| refused(&defect.kind))
    }

    #[test]
    fn the_reader_takes_what_is_offered() {
        assert!(FLAGS.iter().all(|key| takes(key, "true") && takes(key, "false")));
        for key in ["load", "innerjoin", "polymorphic_load", "passive_deletes"] {
            assert!(words(key).iter().all(|word| takes(key, &format!("'{word}'"))), "{key}");
        }
        assert!(!takes("table", "true") && !takes("load", "'never'"));
    }
}
