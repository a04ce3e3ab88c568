//! The model as a document: JSON with the tables as data or as DDL, TOML with DDL.

use std::fmt::{self, Write};

use serde_json::{Map, Value, json};

use crate::model::{Link, Model, Relationship, Table};

impl Model {
    /// A JSON document that holds the tables as data.
    pub fn json_with_tables(&self) -> String {
        let mut document = self.document();
        let tables = self.tables.iter().map(|table| self.table(table)).collect();
        document.insert("tables".into(), Value::Array(tables));
        Value::Object(document).to_string()
    }

    /// A JSON document that holds the tables as DDL.
    pub fn json_with_ddl(&self) -> String {
        let mut document = self.document();
        document.insert("ddl".into(), self.ddl().into());
        Value::Object(document).to_string()
    }

    /// A JSON document that names a schema file.
    pub fn json(&self) -> String {
        let mut document = self.document();
        document.insert("schema".into(), json!(["schema.sql"]));
        Value::Object(document).to_string()
    }

    /// A TOML document that names a schema file.
    pub fn toml(&self) -> String {
        let mut text = String::from("dialect = \"postgres\"\nschema = [\"schema.sql\"]\n");
        // Writing into a string cannot fail.
        let _ = self.write_toml(&mut text);
        text
    }

    fn write_toml(&self, out: &mut String) -> fmt::Result {
        for entity in &self.entities {
            let table = self.tables.get(entity.table).map_or("", |table| &table.name);
            writeln!(out, "\n[entity.{}]\ntable = \"{table}\"", entity.name)?;
            for relationship in &entity.relationships {
                let (entity, name) = (&entity.name, &relationship.name);
                writeln!(out, "\n[entity.{entity}.relationship.{name}]")?;
                for (key, value) in self.arguments(relationship) {
                    // A string, a flag or a list of strings reads the same in JSON and in TOML.
                    writeln!(out, "{key} = {value}")?;
                }
            }
        }
        Ok(())
    }

    fn document(&self) -> Map<String, Value> {
        let entities = self.entities.iter().map(|entity| {
            let relationships = entity.relationships.iter();
            let relationships = relationships.map(|relationship| {
                (relationship.name.clone(), Value::Object(self.arguments(relationship)))
            });
            let table = self.tables.get(entity.table).map_or("", |table| &table.name);
            let relationships: Map<_, _> = relationships.collect();
            (entity.name.clone(), json!({"table": table, "relationship": relationships}))
        });
        let entities: Map<_, _> = entities.collect();
        Map::from_iter([
            ("dialect".to_owned(), "postgres".into()),
            ("entity".to_owned(), Value::Object(entities)),
        ])
    }

    fn table(&self, table: &Table) -> Value {
        let column = |(place, column): (usize, &crate::Column)| {
            let nullable = !table.is_key(place) && !column.type_name.contains("NOT NULL");
            let bare = column.type_name.split(" NOT NULL").next();
            json!({"name": column.name, "type": bare, "nullable": nullable})
        };
        let foreign_keys = table.foreign_keys.iter().map(|key| {
            let referred = self.tables.get(key.table);
            json!({
                "columns": table.names(&key.columns),
                "table": referred.map_or("", |table| &table.name),
                "referred": referred.map(|table| table.names(&table.primary_key)),
            })
        });
        json!({
            "name": table.name,
            "columns": table.columns.iter().enumerate().map(column).collect::<Vec<_>>(),
            "primary_key": table.names(&table.primary_key),
            "foreign_keys": foreign_keys.collect::<Vec<_>>(),
        })
    }

    fn arguments(&self, relationship: &Relationship) -> Map<String, Value> {
        let target = self.entities.get(relationship.target).map_or("", |entity| &entity.name);
        let table = self.entities.get(relationship.target).map_or(0, |entity| entity.table);
        let mut arguments = Map::from_iter([("target".to_owned(), Value::from(target))]);
        let mut add = |key: &str, value: Value| arguments.insert(key.to_owned(), value);
        match relationship.link {
            Link::Inferred => None,
            Link::Listed { table, column } => {
                add("foreign_keys", json!([self.path(table, column)]))
            }
            Link::Upwards => {
                let key = self.tables.get(table).and_then(|table| table.primary_key.first());
                add("remote_side", json!([self.path(table, key.copied().unwrap_or(0))]))
            }
            Link::Secondary(secondary) => {
                add("secondary", self.tables.get(secondary).map_or("", |table| &table.name).into())
            }
            Link::Filtered { column, status } => {
                add("viewonly", true.into());
                add("primaryjoin", self.filter(table, column, status).into())
            }
        };
        if let Some(reverse) = &relationship.back_populates {
            add("back_populates", reverse.as_str().into());
        }
        if !relationship.overlaps.is_empty() {
            add("overlaps", relationship.overlaps.join(",").into());
        }
        if let Some(load) = relationship.load {
            add("load", load.into());
        }
        arguments
    }

    /// The condition of [`Link::Filtered`] as text.
    fn filter(&self, table: usize, column: usize, status: usize) -> String {
        let key = self
            .tables
            .get(table)
            .and_then(|table| table.foreign_keys.iter().find(|key| key.columns == [column]));
        let referred = key.map_or(0, |key| key.table);
        let id = self.tables.get(referred).and_then(|table| table.primary_key.first());
        format!(
            "{} = foreign({}) AND {} = 'open'",
            self.path(referred, id.copied().unwrap_or(0)),
            self.path(table, column),
            self.path(table, status)
        )
    }
}
