//! Models by chance: a few tables that refer to each other in every way, entities over them, and
//! relationships with arguments that are right, wrong, or contradict each other.

use std::hash::{BuildHasher, BuildHasherDefault};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use rustc_hash::FxHasher;

/// The seed that leaves everything where it is.
pub(crate) const AS_MADE: u64 = 0;

/// Every table has these; few names, so that keys overlap.
const COLUMNS: [&str; 5] = ["id", "kind", "a_id", "b_id", "path"];
/// Neither alphabetical nor of the entities' order.
const TABLES: [&str; 4] = ["node", "item", "link", "box"];
/// Each with the table it is most often over.
const ENTITIES: [(&str, &str); 6] = [
    ("Node", "node"),
    ("Box", "box"),
    ("Item", "item"),
    ("Link", "link"),
    ("Leaf", "node"),
    ("Cell", "box"),
];
const RELATIONSHIPS: [&str; 3] = ["parent", "items", "links"];

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
    let tables = TABLES.map(|name| option::weighted(0.95, table(name)));
    let entities = ENTITIES.map(|(name, table)| option::weighted(0.95, entity(name, table)));
    (tables, entities, relationships()).prop_map(|(tables, entities, relationships)| RandomModel {
        tables: tables.into_iter().flatten().collect(),
        entities: entities.into_iter().flatten().collect(),
        relationships,
    })
}

fn table(name: &'static str) -> impl Strategy<Value = RandomTable> {
    let primary_key = prop_oneof![3 => Just("id"), 1 => Just("id, kind"), 1 => Just("kind, id")];
    (primary_key, vec(foreign_key(), 0..=4)).prop_map(move |(primary_key, foreign_keys)| {
        RandomTable { name, primary_key, foreign_keys }
    })
}

fn foreign_key() -> impl Strategy<Value = String> {
    let single = (column(), select(vec!["id", "id", "kind"]))
        .prop_map(|(column, referred)| (column.to_owned(), referred));
    let double = (subsequence(COLUMNS.to_vec(), 2), select(vec!["id, kind", "kind, id"]))
        .prop_map(|(columns, referred)| (columns.join(", "), referred));
    let columns = prop_oneof![3 => single, 1 => double];
    (columns, select(&TABLES)).prop_map(|((columns, referred), table)| {
        format!("FOREIGN KEY ({columns}) REFERENCES {table} ({referred})")
    })
}

fn column() -> impl Strategy<Value = &'static str> {
    select(&COLUMNS)
}

/// An entity over its table, or now and then another; it may inherit.
fn entity(name: &'static str, table: &'static str) -> impl Strategy<Value = Section> {
    let table = prop_oneof![9 => Just(table), 1 => select(&TABLES)];
    let inherits = option::weighted(0.1, any_entity());
    (table, inherits).prop_map(move |(table, inherits)| {
        let mut entries = Vec::from([format!("table = '{table}'")]);
        entries.extend(inherits.map(|base| format!("inherits = '{base}'")));
        Section { header: format!("entity.{name}"), entries }
    })
}

fn any_entity() -> impl Strategy<Value = &'static str> {
    select(&ENTITIES).prop_map(|(name, _)| name)
}

fn relationships() -> impl Strategy<Value = Vec<Section>> {
    let all = ENTITIES.iter().flat_map(|(entity, _)| RELATIONSHIPS.map(|name| (*entity, name)));
    subsequence(all.collect::<Vec<_>>(), 1..=6).prop_flat_map(|chosen| {
        chosen.into_iter().map(|(entity, name)| relationship(entity, name)).collect::<Vec<_>>()
    })
}

fn relationship(entity: &'static str, name: &'static str) -> impl Strategy<Value = Section> {
    let target = prop_oneof![30 => any_entity(), 1 => Just("Nodes")];
    target.prop_flat_map(move |target| {
        vec(argument(entity, target), 0..=3).prop_map(move |arguments| {
            let mut entries = Vec::from([format!("target = '{target}'")]);
            for (key, value) in arguments {
                let known = |entry: &String| entry.split(" =").next() == Some(key);
                if !entries.iter().any(known) {
                    entries.push(format!("{key} = {value}"));
                }
            }
            Section { header: format!("entity.{entity}.relationship.{name}"), entries }
        })
    })
}

/// One argument of a relationship, and its value in TOML.
fn argument(
    entity: &'static str,
    target: &'static str,
) -> impl Strategy<Value = (&'static str, String)> {
    let columns = || columns(entity, target);
    let condition = || condition(entity, target).prop_map(quoted);
    let flag = || any::<bool>().prop_map(|it| it.to_string());
    let name = || select(&RELATIONSHIPS).prop_map(quoted);
    let cascade = select(vec!["all", "all, delete-orphan", "delete", "merge, moult"]);
    prop_oneof![
        3 => columns().prop_map(|list| ("foreign_keys", list)),
        2 => columns().prop_map(|list| ("remote_side", list)),
        14 => condition().prop_map(|text| ("primaryjoin", text)),
        1 => condition().prop_map(|text| ("secondaryjoin", text)),
        2 => select(&TABLES).prop_map(|table| ("secondary", quoted(table))),
        2 => name().prop_map(|name| ("back_populates", name)),
        2 => prop_oneof![Just("back"), Just("items")].prop_map(|name| ("backref", quoted(name))),
        2 => flag().prop_map(|flag| ("viewonly", flag)),
        1 => flag().prop_map(|flag| ("uselist", flag)),
        1 => flag().prop_map(|flag| ("sync_backref", flag)),
        1 => name().prop_map(|name| ("overlaps", name)),
        1 => cascade.prop_map(|cascade| ("cascade", quoted(cascade))),
    ]
}

fn quoted(text: impl std::fmt::Display) -> String {
    format!("\"{text}\"")
}

/// A column of one of the two entities, or now and then of another, or of nothing.
fn name(entity: &'static str, target: &'static str) -> impl Strategy<Value = String> {
    let owner = prop_oneof![
        20 => prop_oneof![Just(entity), Just(target)],
        3 => select(&TABLES),
        1 => Just("nod")
    ];
    let column = prop_oneof![30 => column(), 1 => Just("paht")];
    (owner, column).prop_map(|(owner, column)| format!("{owner}.{column}"))
}

fn columns(entity: &'static str, target: &'static str) -> impl Strategy<Value = String> {
    let listed = |names: Vec<String>| names.iter().map(quoted).collect::<Vec<_>>().join(", ");
    vec(name(entity, target), 1..=2).prop_map(move |names| format!("[{}]", listed(names)))
}

fn condition(entity: &'static str, target: &'static str) -> impl Strategy<Value = String> {
    let side = move || marked(entity, target);
    let operator = select(vec!["=", "=", "=", "=", "=", "=", "<", "LIKE", "!="]);
    let right = prop_oneof![9 => side(), 1 => Just("7".to_owned())];
    let comparison = (side(), operator, right)
        .prop_map(|(left, operator, right)| format!("{left} {operator} {right}"));
    let word = select(vec![" AND ", " AND ", " OR "]);
    (vec(comparison, 1..=2), word).prop_map(|(comparisons, word)| comparisons.join(word))
}

fn marked(entity: &'static str, target: &'static str) -> impl Strategy<Value = String> {
    let marks = ["{}", "{}", "foreign({})", "foreign({})", "remote({})", "remote(foreign({}))"];
    (name(entity, target), select(marks.to_vec()))
        .prop_map(|(name, mark)| mark.replace("{}", &name))
}
