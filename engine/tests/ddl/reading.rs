//! Reads scripts and describes what came of it in a few words.

use joinwright::base::{Dialect, Names, TableColumnId};
use joinwright::catalog::{Catalog, ForeignKey, Key, KeyKind, Table};
use joinwright::parse::{self, Defect};
use joinwright::text::{Fragment, Sources};

/// What was read, with the texts that spans point into.
pub(crate) struct Read {
    pub(crate) sources: Sources,
    pub(crate) names: Names,
    pub(crate) catalog: Catalog,
    pub(crate) defects: Vec<Defect>,
}

pub(crate) fn read_files(dialect: Dialect, texts: &[&str]) -> Read {
    let mut sources = Sources::new();
    let mut names = Names::new();
    let mut catalog = Catalog::new();
    let fragments: Vec<_> = texts
        .iter()
        .map(|text| Fragment::verbatim(sources.add("schema.sql", *text), *text, 0))
        .collect();
    let defects = parse::ddl(&fragments, dialect, &mut names, &mut catalog);
    Read { sources, names, catalog, defects }
}

pub(crate) fn read(dialect: Dialect, text: &str) -> Read {
    read_files(dialect, &[text])
}

/// Describes a text that must hold no mistake.
pub(crate) fn clean(dialect: Dialect, text: &str) -> String {
    let read = read(dialect, text);
    assert_eq!(read.defects, [], "in {text}");
    read.describe()
}

impl Read {
    /// A line for each table, with its keys: `film(id INT!) pk(id)`; `!` stands for NOT NULL.
    pub(crate) fn describe(&self) -> String {
        self.lines().join("\n")
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.catalog.tables().map(|(_, table)| self.table(table)).collect()
    }

    /// Each defect as its kind and the text it points at.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let complaint = |defect: &Defect| {
            let kind = format!("{:?}", defect.kind);
            let kind = kind.split(' ').next().unwrap_or("").to_owned();
            format!("{kind}: {}", self.sources.slice(defect.span))
        };
        self.defects.iter().map(complaint).collect()
    }

    /// Where the foreign keys stand.
    pub(crate) fn foreign_key_texts(&self) -> Vec<&str> {
        let keys = self.catalog.tables().flat_map(|(_, table)| &table.foreign_keys);
        let spans = keys.filter_map(|id| self.catalog.places.foreign_keys.get(id));
        spans.map(|span| self.sources.slice(span)).collect()
    }

    fn table(&self, table: &Table) -> String {
        let schema = table.schema.map(|schema| format!("{}.", self.names.text(schema)));
        let columns: Vec<_> = table.columns.iter().map(|column| self.column(column)).collect();
        let name = self.names.text(table.name);
        let head = format!("{}{name}({})", schema.unwrap_or_default(), columns.join(", "));
        let keys = table.keys.iter().map(|key| self.key(self.catalog.key(key)));
        let foreign_keys = table.foreign_keys.iter().map(|id| {
            let key = self.catalog.foreign_key(id);
            format!("fk({} -> {})", self.list(key.columns()), self.referred(key))
        });
        std::iter::once(head).chain(keys).chain(foreign_keys).collect::<Vec<_>>().join(" ")
    }

    fn key(&self, key: &Key) -> String {
        let kind = match key.kind {
            KeyKind::Primary => "pk",
            KeyKind::Unique => "unique",
            KeyKind::Partial | KeyKind::Index => "index",
        };
        format!("{kind}({})", self.list(key.columns.iter().copied()))
    }

    fn referred(&self, key: &ForeignKey) -> String {
        let table = self.names.text(self.catalog.table(key.referred_table).name);
        format!("{table}.{}", self.list(key.referred()))
    }

    fn column(&self, id: TableColumnId) -> String {
        let column = self.catalog.column(id);
        let type_name = column.type_name.map(|name| format!(" {}", self.names.text(name)));
        let name = self.names.text(column.name);
        format!("{name}{}{}", type_name.unwrap_or_default(), if column.nullable { "" } else { "!" })
    }

    fn list(&self, columns: impl Iterator<Item = TableColumnId>) -> String {
        let name = |id| self.names.text(self.catalog.column(id).name);
        columns.map(name).collect::<Vec<_>>().join(" ")
    }
}
