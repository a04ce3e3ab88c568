//! A table: its columns and keys; a column: its type, its keys, and who refers to it.

use std::fmt::Write as _;

use super::listed;
use crate::base::{ForeignKeyId, TableColumnId, TableId};
use crate::catalog::{ForeignKey, KeyKind};
use crate::editor::Editor;

impl Editor<'_> {
    pub(super) fn table_text(&self, id: TableId) -> String {
        let mapping = self.subject.mapping;
        let table = mapping.catalog().table(id);
        let mut text = format!("table **{}**\n\n```sql\n", self.table_path(id));
        for column in &table.columns {
            let _ = writeln!(text, "{}", self.column_line(column));
        }
        text.push_str("```\n");
        let keys = mapping.catalog().keys(id).map(|(_, key)| key);
        for key in keys.filter(|key| key.columns.len() > 1 || !key.is_unique()) {
            let columns = self.short(key.columns.iter().copied());
            let _ = writeln!(text, "- {} {}", kind(key.kind), listed(&columns));
        }
        for (_, key) in self.referring(|key| key.table == id) {
            let to = self.end_text(key.referred_table, key.referred());
            let _ = writeln!(text, "- {} refers to {to}", listed(&self.short(key.columns())));
        }
        for (_, key) in self.referring(|key| key.referred_table == id) {
            let from = self.end_text(key.table, key.columns());
            let _ = writeln!(text, "- referred to by {from}");
        }
        let mapped = mapping.entities().filter(|(_, entity)| {
            let leaves = mapping.graph.leaves(entity.selectable);
            leaves.into_iter().any(|leaf| mapping.graph.base_table(leaf) == Some(id))
        });
        let mut entities: Vec<_> =
            mapped.map(|(id, _)| mapping.entity_name(id).to_owned()).collect();
        entities.sort();
        if !entities.is_empty() {
            let _ = writeln!(text, "- mapped by {}", listed(&entities));
        }
        text
    }

    pub(super) fn column_text(&self, id: TableColumnId) -> String {
        let mapping = self.subject.mapping;
        let column = mapping.catalog().column(id);
        let head = format!("{}.{}", self.table_path(column.table), self.column_line(id));
        let mut text = format!("```sql\n{head}\n```\n");
        let keys = mapping.catalog().keys(column.table).map(|(_, key)| key);
        for key in keys.filter(|key| key.columns.contains(&id)) {
            let columns = self.short(key.columns.iter().copied());
            let _ = match columns.as_slice() {
                [_] => writeln!(text, "- {}", kind(key.kind)),
                _ => writeln!(text, "- {} with {}", kind(key.kind), listed(&columns)),
            };
        }
        for (_, key) in self.referring(|key| key.has(id)) {
            let referred = key.pairs.iter().filter(|(from, _)| *from == id);
            let paths: Vec<_> = referred.map(|(_, to)| self.declared_path(*to)).collect();
            let _ = writeln!(text, "- refers to {}", listed(&paths));
        }
        let mut referring: Vec<_> = self
            .referring(|key| key.referred().any(|to| to == id))
            .flat_map(|(_, key)| key.pairs.iter().filter(|(_, to)| *to == id))
            .map(|(from, _)| self.declared_path(*from))
            .collect();
        referring.sort();
        referring.dedup();
        if !referring.is_empty() {
            let _ = writeln!(text, "- referred to by {}", listed(&referring));
        }
        text
    }

    /// `id INTEGER NOT NULL`
    fn column_line(&self, id: TableColumnId) -> String {
        let mapping = self.subject.mapping;
        let column = mapping.catalog().column(id);
        let mut line = mapping.names.text(column.name).to_owned();
        if let Some(type_name) = column.type_name {
            let _ = write!(line, " {}", mapping.names.text(type_name));
        }
        if !column.nullable {
            line.push_str(" NOT NULL");
        }
        line
    }

    pub(in crate::editor) fn table_path(&self, id: TableId) -> String {
        let mapping = self.subject.mapping;
        let table = mapping.catalog().table(id);
        let name = mapping.names.text(table.name);
        match table.schema {
            Some(schema) => format!("{}.{name}", mapping.names.text(schema)),
            None => name.to_owned(),
        }
    }

    pub(in crate::editor) fn declared_path(&self, id: TableColumnId) -> String {
        let mapping = self.subject.mapping;
        let column = mapping.catalog().column(id);
        format!("{}.{}", self.table_path(column.table), mapping.names.text(column.name))
    }

    fn short(&self, columns: impl Iterator<Item = TableColumnId>) -> Vec<String> {
        let mapping = self.subject.mapping;
        let name = |column| mapping.names.text(mapping.catalog().column(column).name);
        columns.map(|column| name(column).to_owned()).collect()
    }

    /// `` `address (id)` ``
    fn end_text(&self, table: TableId, columns: impl Iterator<Item = TableColumnId>) -> String {
        format!("`{} ({})`", self.table_path(table), self.short(columns).join(", "))
    }

    /// The foreign keys of all tables that `fit`, in the order of names.
    fn referring(
        &self,
        fit: impl Fn(&ForeignKey) -> bool,
    ) -> impl Iterator<Item = (ForeignKeyId, &ForeignKey)> {
        let mapping = self.subject.mapping;
        let keys = mapping.catalog().tables().flat_map(|(_, table)| &table.foreign_keys);
        let mut keys: Vec<_> = keys
            .map(|id| (id, mapping.catalog().foreign_key(id)))
            .filter(|(_, key)| fit(key))
            .collect();
        keys.sort_by_cached_key(|(id, _)| mapping.catalog().spelled(*id, &mapping.names));
        keys.into_iter()
    }
}

fn kind(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Primary => "primary key",
        KeyKind::Unique => "unique",
        KeyKind::Partial | KeyKind::Index => "index",
    }
}
