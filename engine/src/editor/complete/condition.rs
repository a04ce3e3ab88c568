//! Whole join conditions, and the columns of foreign keys that fit.

use super::{Choice, CompletionKind};
use crate::base::{ForeignKeyId, TableId};
use crate::catalog::ForeignKey;
use crate::editor::Editor;
use crate::editor::rename::is_plain;

impl Editor<'_> {
    /// The conditions that foreign keys suggest for the `primaryjoin` or `secondaryjoin` at `path`.
    pub(super) fn conditions(&self, path: &[String]) -> Vec<Choice> {
        let is_join = path.last().is_some_and(|it| it == "primaryjoin" || it == "secondaryjoin");
        if !is_join {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (a, b) in self.joined(path) {
            for (_, key) in self.links(a, b) {
                found.extend(self.condition(key));
            }
        }
        found
    }

    /// The columns of the foreign keys that link what a relationship joins.
    pub(super) fn fitting_columns(&self, path: &[String]) -> Vec<Choice> {
        let mut found = Vec::new();
        let remote = match path.last().map(String::as_str) {
            Some("foreign_keys") => false,
            Some("remote_side") => true,
            _ => return found,
        };
        for (a, b) in self.joined(path) {
            for (_, key) in self.links(a, b) {
                for (from, to) in &key.pairs {
                    let (from, to) = (self.declared_path(*from), self.declared_path(*to));
                    let choice = |text: &str| {
                        let choice = Choice::new(CompletionKind::Column, text).ranked(0);
                        choice.saying(format!("foreign key: {from} → {to}"))
                    };
                    found.push(choice(&from));
                    found.extend(remote.then(|| choice(&to)));
                }
            }
        }
        found.retain(|choice| choice.text.split('.').all(is_plain));
        found
    }

    /// The pairs of tables that the conditions of the relationship at `path` hold together.
    fn joined(&self, path: &[String]) -> Vec<(TableId, TableId)> {
        let mapping = self.subject.mapping;
        let owner = path.get(1).and_then(|name| mapping.find_entity(name));
        let tables = |entity| self.tables_of(entity);
        let own = owner.map(tables).unwrap_or_default();
        let far = self.target_of(path).map(tables).unwrap_or_default();
        let key = path.last().map_or("", String::as_str);
        let between = self.secondary_of(path);
        let (one, other) = match (key, between) {
            ("secondaryjoin", Some(between)) => (vec![between], far),
            ("primaryjoin", Some(between)) => (own, vec![between]),
            (_, Some(between)) => ([own, far].concat(), vec![between]),
            (_, None) => (own, far),
        };
        let pairs = one.iter().flat_map(|a| other.iter().map(|b| (*a, *b)));
        pairs.collect()
    }

    /// The table that the relationship around `path` names as its secondary.
    fn secondary_of(&self, path: &[String]) -> Option<TableId> {
        let mapping = self.subject.mapping;
        let owner = mapping.find_entity(path.get(1)?)?;
        let name = mapping.names.find(path.get(3)?)?;
        let relationship = mapping.relationship(mapping.find_relationship(owner, name)?);
        mapping.graph.base_table(relationship.arguments.secondary.as_ref()?.value)
    }

    /// The foreign keys between two tables, either way.
    pub(super) fn links(
        &self,
        a: TableId,
        b: TableId,
    ) -> impl Iterator<Item = (ForeignKeyId, &ForeignKey)> {
        let catalog = self.subject.mapping.catalog();
        let back = (a != b).then(|| catalog.foreign_keys_between(b, a));
        catalog.foreign_keys_between(a, b).chain(back.into_iter().flatten())
    }

    /// What a foreign key says as a condition. Within one table the remote side must be marked, and
    /// either may be.
    fn condition(&self, key: &ForeignKey) -> Vec<Choice> {
        let pairs: Vec<_> = key
            .pairs
            .iter()
            .map(|(from, to)| (self.declared_path(*from), self.declared_path(*to)))
            .collect();
        let paths = || pairs.iter().flat_map(|(from, to)| [from, to]);
        if !paths().all(|path| path.split('.').all(is_plain)) {
            return Vec::new();
        }
        let joined = |mark: fn(&str, &str) -> String| {
            let parts: Vec<_> = pairs.iter().map(|(from, to)| mark(from, to)).collect();
            parts.join(" AND ")
        };
        let text = |text: String, detail: &str| {
            Choice::new(CompletionKind::Condition, text).saying(detail).ranked(0)
        };
        if key.table == key.referred_table {
            return vec![
                text(joined(|from, to| format!("remote({to}) = {from}")), "to the one referred to"),
                text(joined(|from, to| format!("{to} = remote({from})")), "to those that refer"),
            ];
        }
        vec![text(joined(|from, to| format!("{to} = {from}")), "by its foreign key")]
    }
}
