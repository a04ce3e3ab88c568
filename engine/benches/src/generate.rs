//! Models of any size, the same at every run.
//!
//! An entity has about eight columns, three foreign keys and four relationships. In each eight
//! there is a tree, an entity with a key of two columns and one that refers to two such, one that
//! refers twice to the same table, and one end of a junction; the others are plain. Most refer to
//! near neighbours, one in five to a few hubs. The model is clean: nothing is to be said of it.

use crate::model::{Column, Entity, ForeignKey, Link, Model, Relationship, Table, Written};

const PERIOD: usize = 8;
const TREE: usize = 2;
const REGION: usize = 3;
const DOUBLE: usize = 4;
const COMPOSITE: usize = 5;
const JUNCTION: usize = 6;

const COLUMNS: usize = 8;
const NEIGHBOURS: usize = 40;

const TOPICS: [&str; 16] = [
    "archive", "berth", "cargo", "dock", "envoy", "ferry", "guild", "harbour", "inlet", "jetty",
    "keel", "lantern", "mooring", "net", "oar", "pier",
];

const DATA: [(&str, &str); 7] = [
    ("status", "varchar(20) NOT NULL DEFAULT 'new'"),
    ("title", "varchar(200) NOT NULL"),
    ("amount", "numeric(12, 2)"),
    ("changed_at", "timestamp with time zone NOT NULL DEFAULT now()"),
    ("remark", "text"),
    ("position", "integer NOT NULL DEFAULT 0"),
    ("code", "char(8)"),
];

impl Model {
    /// The model of `entities` entities.
    #[must_use]
    pub fn generate(entities: usize) -> Self {
        let mut model = Self::default();
        for place in 0..entities {
            Growth::new(&mut model, place).grow();
        }
        model
    }
}

/// One entity while it is added.
struct Growth<'m> {
    model: &'m mut Model,
    place: usize,
    table: Table,
    /// The entities that it refers to already.
    chosen: Vec<usize>,
    own: Vec<Relationship>,
}

impl<'m> Growth<'m> {
    fn new(model: &'m mut Model, place: usize) -> Self {
        let table = Table {
            name: format!("{}_{place}", topic(place)),
            columns: Vec::new(),
            primary_key: Vec::new(),
            foreign_keys: Vec::new(),
        };
        Self { model, place, table, chosen: Vec::new(), own: Vec::new() }
    }

    fn grow(mut self) {
        let shape = self.place % PERIOD;
        if matches!(shape, REGION | COMPOSITE) {
            self.table.add("region_id", "integer NOT NULL");
        }
        let id = self.table.add("id", "bigserial");
        self.table.primary_key = if shape == REGION { vec![0, id] } else { vec![id] };
        let junction = match shape {
            TREE => self.tree(),
            DOUBLE => self.double(),
            COMPOSITE => self.composite(),
            JUNCTION => self.junction(),
            _ => self.plain(),
        };
        let data = DATA.iter().take(COLUMNS.saturating_sub(self.table.columns.len()).max(1));
        self.table
            .columns
            .extend(data.map(|(name, type_name)| Column { name: (*name).to_owned(), type_name }));
        self.finish(junction);
    }

    fn finish(self, junction: Option<Table>) {
        let table = self.model.tables.len();
        let name = entity_name(self.place);
        self.model.tables.push(self.table);
        self.model.tables.extend(junction);
        // What leads back to this entity from itself was pushed among its own.
        self.model.entities.push(Entity { name, table, relationships: self.own });
    }

    fn plain(&mut self) -> Option<Table> {
        self.pair();
        self.pair();
        if self.place % PERIOD != REGION {
            self.key();
        }
        None
    }

    fn tree(&mut self) -> Option<Table> {
        let parent = self.table.add("parent_id", "bigint");
        let table = self.model.tables.len();
        let key = ForeignKey { columns: vec![parent], table, written: Written::InTable };
        self.table.foreign_keys.push(key);
        let name = |name: &str| Some(name.to_owned());
        let upwards = relationship("parent", self.place, Link::Upwards, name("children"));
        let down = relationship("children", self.place, Link::Inferred, name("parent"));
        self.own.extend([upwards, down]);
        self.pair();
        self.key();
        None
    }

    /// Two foreign keys to one table, and a view of the open rows behind one of them.
    fn double(&mut self) -> Option<Table> {
        let target = self.choose()?;
        let owner = self.model.table_of(target)?.name.clone();
        let sender = self.refer(target, format!("sender_{owner}_id"));
        let receiver = self.refer(target, format!("receiver_{owner}_id"));
        let table = self.model.tables.len();
        self.both(target, "sender", Link::Listed { table, column: sender }, &[]);
        self.both(target, "receiver", Link::Listed { table, column: receiver }, &[]);
        self.key();
        // The status is the first column behind the keys.
        let link = Link::Filtered { column: sender, status: self.table.columns.len() };
        let open = relationship(&format!("open_{}", self.table.name), self.place, link, None);
        self.add_to(target, open);
        None
    }

    /// Two foreign keys of two columns each that share one.
    fn composite(&mut self) -> Option<Table> {
        let near = self.place.checked_sub(COMPOSITE - REGION);
        let far = near.and_then(|near| near.checked_sub(PERIOD));
        let ends: Vec<_> = near.into_iter().chain(far).zip(["near", "far"]).collect();
        let mut overlaps = Vec::new();
        for (target, role) in &ends {
            overlaps.push(format!("{role}_{}", self.model.table_of(*target)?.name));
            overlaps.push(format!("{role}_{}_list", self.table.name));
        }
        for (target, role) in ends {
            let owner = self.model.entities.get(target)?.table;
            let name = &self.model.tables.get(owner)?.name;
            let column = self.table.add(format!("{role}_{name}_id"), "bigint NOT NULL");
            let written = Written::InTable;
            let key = ForeignKey { columns: vec![0, column], table: owner, written };
            self.table.foreign_keys.push(key);
            self.both(target, role, Link::Inferred, &overlaps);
        }
        self.key();
        None
    }

    fn junction(&mut self) -> Option<Table> {
        let target = self.choose()?;
        let (near, far) = (self.model.tables.len(), self.model.entities.get(target)?.table);
        let far_name = self.model.tables.get(far)?.name.clone();
        let (near_name, secondary) = (self.table.name.clone(), near + 1);
        let mut table = Table {
            name: format!("{near_name}_{far_name}"),
            columns: Vec::new(),
            primary_key: vec![0, 1],
            foreign_keys: Vec::new(),
        };
        for (name, referred) in [(&near_name, near), (&far_name, far)] {
            let columns = vec![table.add(format!("{name}_id"), "bigint NOT NULL")];
            let key = ForeignKey { columns, table: referred, written: Written::InTable };
            table.foreign_keys.push(key);
        }
        let (there, back) = (format!("{far_name}_links"), format!("{near_name}_links"));
        let link = Link::Secondary(secondary);
        let away = relationship(&there, target, link.clone(), Some(back.clone()));
        self.own.push(away);
        let home = relationship(&back, self.place, link, Some(there));
        self.add_to(target, home);
        self.pair();
        self.key();
        Some(table)
    }

    /// A foreign key that is mapped from both ends.
    fn pair(&mut self) {
        if let Some(target) = self.key() {
            self.both(target, "", Link::Inferred, &[]);
        }
    }

    /// A foreign key to an entity that is not referred to yet.
    fn key(&mut self) -> Option<usize> {
        let target = self.choose()?;
        let name = format!("{}_id", self.model.table_of(target)?.name);
        self.refer(target, name);
        Some(target)
    }

    fn refer(&mut self, target: usize, name: String) -> usize {
        const WRITTEN: [Written; 3] = [Written::Inline, Written::InTable, Written::Altered];
        let column = self.table.add(name, "bigint");
        let chance = self.chance(column);
        let written = WRITTEN.get(chance % WRITTEN.len()).copied().unwrap_or(Written::Inline);
        let table = self.model.entities.get(target).map_or(0, |entity| entity.table);
        self.table.foreign_keys.push(ForeignKey { columns: vec![column], table, written });
        column
    }

    /// The relationship to `target`, and its reverse.
    fn both(&mut self, target: usize, role: &str, link: Link, overlaps: &[String]) {
        let prefix = if role.is_empty() { String::new() } else { format!("{role}_") };
        let owner = self.model.table_of(target).map_or("", |table| &table.name);
        let there = format!("{prefix}{owner}");
        let back = format!("{prefix}{}_list", self.table.name);
        let chance = self.chance(self.own.len() + 100);
        let load = |often: usize, strategy| chance.is_multiple_of(often).then_some(strategy);
        let mut away = relationship(&there, target, link.clone(), Some(back.clone()));
        // Only one direction loads along: both together would lead in a circle.
        away.load = load(3, "joined").or(load(4, "selectin"));
        let mut home = relationship(&back, self.place, link, Some(there));
        away.overlaps = overlaps.to_vec();
        home.overlaps = overlaps.to_vec();
        self.own.push(away);
        self.add_to(target, home);
    }

    fn add_to(&mut self, entity: usize, relationship: Relationship) {
        if let Some(entity) = self.model.entities.get_mut(entity) {
            entity.relationships.push(relationship);
        }
    }

    /// An earlier entity with a key of one column that is not referred to yet.
    fn choose(&mut self) -> Option<usize> {
        let attempt = |attempt: usize| {
            let chance = self.chance(1000 + self.chosen.len() * 97 + attempt);
            let hubs = self.place / 100;
            let hub = hubs > 0 && chance.is_multiple_of(5);
            let (from, among) = match self.place.checked_sub(NEIGHBOURS) {
                _ if hub => (0, hubs),
                Some(from) => (from, NEIGHBOURS),
                None => (0, self.place),
            };
            let found = from + (chance / 5).checked_rem(among)?;
            let fits = found % PERIOD != REGION && !self.chosen.contains(&found);
            fits.then_some(found)
        };
        let found = (0..40).find_map(attempt)?;
        self.chosen.push(found);
        Some(found)
    }

    /// A number that depends on this entity and `salt` alone: the finalizer of `SplitMix64`
    /// (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
    fn chance(&self, salt: usize) -> usize {
        let mut bits = (self.place as u64) << 20 | salt as u64;
        bits = bits.wrapping_add(0x9E37_79B9_7F4A_7C15);
        bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((bits ^ bits >> 31) >> 33).unwrap_or(0)
    }
}

fn relationship(
    name: &str,
    target: usize,
    link: Link,
    back_populates: Option<String>,
) -> Relationship {
    let (name, overlaps, load) = (name.to_owned(), Vec::new(), None);
    Relationship { name, target, link, back_populates, overlaps, load }
}

fn topic(place: usize) -> &'static str {
    TOPICS.get(place % TOPICS.len()).copied().unwrap_or("")
}

fn entity_name(place: usize) -> String {
    let topic = topic(place);
    let (first, rest) = topic.split_at_checked(1).unwrap_or(("", topic));
    format!("{}{rest}{place}", first.to_uppercase())
}
