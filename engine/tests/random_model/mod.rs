//! Models by chance: a few tables that refer to each other in every way, entities over them, and
//! relationships with arguments that are right, wrong, or contradict each other.

use std::hash::{BuildHasher, BuildHasherDefault};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use rustc_hash::FxHasher;

/// The seed that leaves everything where it is.
pub(crate) const AS_MADE: u64 = 0;

/// Every table has these; few names, so that keys overlap.
const COLUMNS: [&str; 5] = ["id", "kind", "a_id", "b_id", "path"];
/// Neither alphabetical nor of the entities' order.
const TABLES: [&str; 4] = ["node", "item", "link", "box"];
const ENTITIES: [&str; 6] = ["Node", "Box", "Item", "Link", "Leaf", "Cell"];
const RELATIONSHIPS: [&str; 4] = ["parent", "items", "links", "boxes"];

/// A model as parts whose order means nothing.
#[derive(Clone)]
pub(crate) struct RandomModel {
    tables: Vec<RandomTable>,
    entities: Vec<Section>,
    relationships: Vec<Section>,
}

#[derive(Clone, Debug)]
struct RandomTable {
    name: &'static str,
    primary_key: &'static str,
    foreign_keys: Vec<String>,
}

/// A table of the document.
#[derive(Clone, Debug)]
struct Section {
    header: String,
    entries: Vec<String>,
}

impl RandomModel {
    /// The document, with its parts in an order of its own for each seed.
    pub(crate) fn document(&self, seed: u64) -> String {
        let tables = self.tables.iter().map(|table| table.statement(seed)).collect();
        let sections = self.entities.iter().chain(&self.relationships);
        let sections = sections.map(|section| section.text(seed)).collect();
        let (tables, sections) = (shuffled(tables, seed), shuffled(sections, seed));
        format!("ddl = '''\n{}'''\n{}", tables.concat(), sections.concat())
    }
}

impl std::fmt::Debug for RandomModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.document(AS_MADE))
    }
}

impl RandomTable {
    fn statement(&self, seed: u64) -> String {
        let columns = COLUMNS.map(|column| format!("{column} INTEGER"));
        let keys = shuffled(self.foreign_keys.clone(), seed);
        let parts = columns.into_iter().chain([format!("PRIMARY KEY ({})", self.primary_key)]);
        let parts: Vec<_> = parts.chain(keys).collect();
        format!("CREATE TABLE {} (\n  {}\n);\n", self.name, parts.join(",\n  "))
    }
}

impl Section {
    fn text(&self, seed: u64) -> String {
        format!("[{}]\n{}\n", self.header, shuffled(self.entries.clone(), seed).join("\n"))
    }
}

/// In an order that depends on the seed and the texts alone.
fn shuffled(mut texts: Vec<String>, seed: u64) -> Vec<String> {
    let hash = BuildHasherDefault::<FxHasher>::default();
    if seed != AS_MADE {
        texts.sort_by_key(|text| hash.hash_one((seed, text)));
    }
    texts
}

/// Any model.
pub(crate) fn models() -> impl Strategy<Value = RandomModel> {
    (1..=TABLES.len()).prop_flat_map(|size| {
        let tables: Vec<_> = TABLES.into_iter().take(size).map(table).collect();
        let entities = ENTITIES.map(|name| option::weighted(0.9, entity(name, size)));
        let names = ENTITIES.iter().flat_map(|entity| RELATIONSHIPS.map(|name| (*entity, name)));
        let relationships =
            proptest::sample::subsequence(names.collect::<Vec<_>>(), 1..=6).prop_flat_map(|names| {
                names.into_iter().map(|(entity, name)| relationship(entity, name)).collect::<Vec<_>>()
            });
        (tables, entities, relationships).prop_map(|(tables, entities, relationships)| RandomModel {
            tables,
            entities: entities.into_iter().flatten().collect(),
            relationships,
        })
    })
}

fn table(name: &'static str) -> impl Strategy<Value = RandomTable> {
    let primary_key = prop_oneof![3 => Just("id"), 1 => Just("id, kind"), 1 => Just("kind, id")];
    (primary_key, vec(foreign_key(), 0..=3))
        .prop_map(move |(primary_key, foreign_keys)| RandomTable { name, primary_key, foreign_keys })
}

fn foreign_key() -> impl Strategy<Value = String> {
    let single = (column(), select(vec!["id", "id", "kind"]))
        .prop_map(|(column, referred)| (column.to_owned(), referred));
    let double = (column(), column(), select(vec!["id, kind", "kind, id"]))
        .prop_filter("a column once", |(a, b, _)| a != b)
        .prop_map(|(a, b, referred)| (format!("{a}, {b}"), referred));
    let columns = prop_oneof![3 => single, 1 => double];
    (columns, select(&TABLES)).prop_map(|((columns, referred), table)| {
        format!("FOREIGN KEY ({columns}) REFERENCES {table} ({referred})")
    })
}

fn column() -> impl Strategy<Value = &'static str> {
    select(&COLUMNS)
}

/// An entity over a table; the fifth and sixth share one with another, or inherit.
fn entity(name: &'static str, tables: usize) -> impl Strategy<Value = Section> {
    let own = TABLES.into_iter().take(tables).find(|table| table.eq_ignore_ascii_case(name));
    let table = select(&TABLES[..tables]).prop_map(move |any| own.unwrap_or(any));
    let inherits = option::weighted(0.1, select(&ENTITIES));
    (table, inherits).prop_map(move |(table, inherits)| {
        let mut entries = Vec::from([format!("table = '{table}'")]);
        entries.extend(inherits.map(|base| format!("inherits = '{base}'")));
        Section { header: format!("entity.{name}"), entries }
    })
}

fn relationship(entity: &'static str, name: &'static str) -> impl Strategy<Value = Section> {
    let target = prop_oneof![19 => select(&ENTITIES), 1 => Just("Nodes")];
    let arguments = vec(argument(), 0..=4);
    (target, arguments).prop_map(move |(target, arguments)| {
        let mut entries = Vec::from([format!("target = '{target}'")]);
        for (key, value) in arguments {
            let known = |entry: &String| entry.split(" =").next() == Some(key);
            if !entries.iter().any(known) {
                entries.push(format!("{key} = {value}"));
            }
        }
        Section { header: format!("entity.{entity}.relationship.{name}"), entries }
    })
}

/// One argument of a relationship, and its value in TOML.
fn argument() -> impl Strategy<Value = (&'static str, String)> {
    prop_oneof![
        3 => columns().prop_map(|list| ("foreign_keys", list)),
        2 => columns().prop_map(|list| ("remote_side", list)),
        3 => condition().prop_map(|text| ("primaryjoin", quoted(text))),
        1 => condition().prop_map(|text| ("secondaryjoin", quoted(text))),
        2 => select(&TABLES).prop_map(|table| ("secondary", quoted(table))),
        2 => select(&RELATIONSHIPS).prop_map(|name| ("back_populates", quoted(name))),
        2 => select(vec!["back", "parent", "items"]).prop_map(|name| ("backref", quoted(name))),
        2 => any::<bool>().prop_map(|it| ("viewonly", it.to_string())),
        1 => any::<bool>().prop_map(|it| ("uselist", it.to_string())),
        1 => any::<bool>().prop_map(|it| ("sync_backref", it.to_string())),
        1 => select(&RELATIONSHIPS).prop_map(|name| ("overlaps", quoted(name))),
        1 => select(vec!["all", "all, delete-orphan", "delete", "merge, moult"])
            .prop_map(|cascade| ("cascade", quoted(cascade))),
    ]
}

fn quoted(text: impl std::fmt::Display) -> String {
    format!("\"{text}\"")
}

/// `table.column`, `Entity.attribute`, and now and then a name that means nothing.
fn name() -> impl Strategy<Value = String> {
    let owner = prop_oneof![8 => select(&TABLES), 8 => select(&ENTITIES), 1 => Just("nod")];
    let column = prop_oneof![16 => column(), 1 => Just("paht")];
    (owner, column).prop_map(|(owner, column)| format!("{owner}.{column}"))
}

fn columns() -> impl Strategy<Value = String> {
    let listed = |names: Vec<String>| names.iter().map(quoted).collect::<Vec<_>>().join(", ");
    vec(name(), 1..=2).prop_map(move |names| format!("[{}]", listed(names)))
}

fn condition() -> impl Strategy<Value = String> {
    let operator = select(vec!["=", "=", "=", "=", "<", "LIKE", "!="]);
    let right = prop_oneof![6 => marked(), 1 => Just("7".to_owned())];
    let comparison = (marked(), operator, right)
        .prop_map(|(left, operator, right)| format!("{left} {operator} {right}"));
    let word = select(vec![" AND ", " AND ", " OR "]);
    (vec(comparison, 1..=3), word).prop_map(|(comparisons, word)| comparisons.join(word))
}

fn marked() -> impl Strategy<Value = String> {
    let mark = select(vec!["{}", "{}", "foreign({})", "remote({})", "remote(foreign({}))"]);
    (name(), mark).prop_map(|(name, mark)| mark.replace("{}", &name))
}
