//! Tables given as data.

use super::Reader;
use crate::spec::document::{ColumnSpec, ForeignKeySpec, TableSpec, Text};
use crate::spec::value::{Kind, Table, Value};
use crate::text::{Fragment, Span};

const TABLE_KEYS: &[&str] = &["name", "schema", "columns", "primary_key", "unique", "foreign_keys"];
const COLUMN_KEYS: &[&str] = &["name", "type", "nullable"];
const FOREIGN_KEY_KEYS: &[&str] = &["name", "columns", "table", "referred"];

impl Reader {
    pub(super) fn tables(&mut self, key: &Text, value: Value) -> Vec<TableSpec> {
        let tables = self.data_tables(key, value, "a list of tables");
        tables.into_iter().filter_map(|(table, span)| self.table_spec(table, span)).collect()
    }

    /// The tables of a list, each with its place.
    fn data_tables(
        &mut self,
        key: &Text,
        value: Value,
        expected: &'static str,
    ) -> Vec<(Table, Span)> {
        let items = self.list(key.text(), value, expected).into_iter();
        let table = |item: Value| {
            let span = item.span;
            self.table(key.text(), item).map(|table| (table, span))
        };
        items.filter_map(table).collect()
    }

    fn table_spec(&mut self, table: Table, span: Span) -> Option<TableSpec> {
        self.require(&table, ("table", "", span), &["name"]);
        let mut spec = TableSpec::new(Fragment::empty(span.source, span.start as usize));
        let mut name = None;
        for (key, value) in table.into_entries() {
            match key.text() {
                "name" => name = self.text(&key, value),
                "schema" => spec.schema = self.text(&key, value),
                "columns" => spec.columns = self.columns(&key, value),
                "primary_key" => spec.primary_key = self.texts(&key, value),
                "unique" => spec.unique = self.unique(&key, value),
                "foreign_keys" => spec.foreign_keys = self.foreign_keys(&key, value),
                _ => self.unknown_key(&key, "table", TABLE_KEYS),
            }
        }
        Some(TableSpec { name: name?, ..spec })
    }

    fn columns(&mut self, key: &Text, value: Value) -> Vec<ColumnSpec> {
        let items = self.list(key.text(), value, "a list of columns").into_iter();
        items.filter_map(|item| self.column(key, item)).collect()
    }

    /// A column's table, or its bare name.
    fn column(&mut self, key: &Text, value: Value) -> Option<ColumnSpec> {
        let span = value.span;
        if let Kind::String(name) = value.kind {
            return Some(ColumnSpec::new(name));
        }
        let table = self.table(key.text(), value)?;
        self.require(&table, ("column", "", span), &["name"]);
        let mut spec = ColumnSpec::new(Fragment::empty(span.source, span.start as usize));
        let mut name = None;
        for (key, value) in table.into_entries() {
            match key.text() {
                "name" => name = self.text(&key, value),
                "type" => spec.type_name = self.text(&key, value),
                "nullable" => spec.nullable = self.flag(&key, &value).map(|flag| flag.value),
                _ => self.unknown_key(&key, "column", COLUMN_KEYS),
            }
        }
        Some(ColumnSpec { name: name?, ..spec })
    }

    /// A list of keys, each a list of columns.
    fn unique(&mut self, key: &Text, value: Value) -> Vec<Vec<Text>> {
        let items = self.list(key.text(), value, "a list of lists of columns").into_iter();
        items.map(|columns| self.texts(key, columns)).filter(|key| !key.is_empty()).collect()
    }

    fn foreign_keys(&mut self, key: &Text, value: Value) -> Vec<ForeignKeySpec> {
        let tables = self.data_tables(key, value, "a list of foreign keys");
        tables.into_iter().filter_map(|(table, span)| self.foreign_key(table, span)).collect()
    }

    fn foreign_key(&mut self, data: Table, span: Span) -> Option<ForeignKeySpec> {
        self.require(&data, ("foreign key", "", span), &["columns"]);
        self.require(&data, ("foreign key", "", span), &["table"]);
        let (mut name, mut table) = (None, None);
        let (mut columns, mut referred) = (Vec::new(), Vec::new());
        for (key, value) in data.into_entries() {
            match key.text() {
                "name" => name = self.text(&key, value),
                "columns" => columns = self.texts(&key, value),
                "table" => table = self.text(&key, value),
                "referred" => referred = self.texts(&key, value),
                _ => self.unknown_key(&key, "foreign key", FOREIGN_KEY_KEYS),
            }
        }
        Some(ForeignKeySpec { name, columns, table: table?, referred, span })
    }
}
