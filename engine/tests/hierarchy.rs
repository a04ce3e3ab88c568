//! A hierarchy that a host declares without text.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use joinwright::Model;
use joinwright::base::{Dialect, EntityId, Names, Seldom, TableId};
use joinwright::catalog::{Catalog, Key, KeyKind, Table, TableColumn};
use joinwright::entity::{Argument, Entity, Inheritance, Mapping, WithPolymorphic};
use joinwright::graph::{JoinKind, Literal};
use joinwright::plan::{self, Request, Strategy};
use joinwright::render::{self, Style};
use joinwright::text::Sources;

/// A stable of animals, some with a table of their own.
struct Stable {
    mapping: Mapping,
    animal: EntityId,
}

impl Stable {
    fn new() -> Self {
        let (mut names, mut catalog) = (Names::new(), Catalog::new());
        for (name, columns) in [("animal", ["id", "kind"]), ("horse", ["id", "gait"])] {
            let table = catalog.add_table(Table::new(names.intern(name)), &names);
            let columns = columns.map(|column| TableColumn::new(names.intern(column)));
            let columns = columns.map(|column| catalog.add_column(table, column));
            catalog.add_key(table, Key::new(KeyKind::Primary, columns[0]));
        }
        let mut mapping = Mapping::new(Dialect::Ansi, names, catalog);
        let table = mapping.catalog().tables().next().map(|(id, _)| id).unwrap();
        let animal = mapping.add_table_entity("Animal", table).unwrap();
        let mut stable = Self { mapping, animal };
        let kind = stable.column(animal, "kind");
        let on = stable.mapping.graph.occurrence(kind, None);
        stable.mapping.entity_mut(animal).polymorphism.on = Some(on);
        stable.identify(animal, "animal");
        stable
    }

    fn identify(&mut self, entity: EntityId, identity: &str) {
        let identity = Argument::from(Literal::String(identity.into()));
        self.mapping.entity_mut(entity).polymorphism.identity = Some(identity);
    }

    fn column(&self, entity: EntityId, name: &str) -> joinwright::base::ColumnId {
        let name = self.mapping.names.find(name).unwrap();
        let entity = self.mapping.entity(entity);
        self.mapping.graph.find_column(entity.selectable, name).unwrap()
    }

    /// An entity on the table of the animals.
    fn add_single(&mut self, name: &str) -> EntityId {
        let animal = self.mapping.entity(self.animal).clone();
        let name = self.mapping.names.intern(name);
        let mut entity = Entity { name, options: Seldom::default(), ..animal };
        entity.inherits = Some(self.animal);
        self.mapping.add_entity(entity)
    }

    /// An entity on a table of its own that is joined to that of the animals.
    fn add_joined(&mut self, name: &str, table: TableId) -> EntityId {
        let local = self.mapping.graph.table(table).unwrap();
        let id = self.mapping.add_table_entity(name, table).unwrap();
        let (own, parent) = (self.column(id, "id"), self.column(self.animal, "id"));
        let own = self.mapping.graph.occurrence(own, None);
        let parent = self.mapping.graph.occurrence(parent, None);
        let on = self.mapping.graph.equal(parent, own);
        let animal = self.mapping.entity(self.animal).clone();
        let graph = &mut self.mapping.graph;
        let joined = graph.add_join(animal.selectable, local, JoinKind::Inner, Some(on));
        let entity = self.mapping.entity_mut(id);
        (entity.inherits, entity.selectable) = (Some(self.animal), joined);
        entity.primary_key = animal.primary_key;
        id
    }

    fn model(self) -> Model {
        Model::from_mapping(Sources::new(), self.mapping)
    }
}

fn sql(model: &Model, entity: EntityId) -> String {
    let request = Request::new(entity, Vec::new(), Strategy::Select);
    let plan = plan::plan(model.mapping(), model.resolution(), &request).unwrap();
    render::statement(&plan, model.mapping(), Style::default()).sql
}

#[test]
fn rows_of_one_table_are_told_apart() {
    let mut stable = Stable::new();
    let dog = stable.add_single("Dog");
    stable.identify(dog, "dog");
    let model = stable.model();
    assert!(model.diagnostics().is_empty());
    assert_eq!(model.mapping().inheritance(dog), Some(Inheritance::Single));
    assert_eq!(
        sql(&model, dog),
        "SELECT animal.id AS animal_id, animal.kind AS animal_kind FROM animal \
         WHERE animal.kind IN ('dog')"
    );
}

#[test]
fn tables_are_loaded_together() {
    let mut stable = Stable::new();
    let animal = stable.animal;
    let table = stable.mapping.catalog().tables().nth(1).map(|(id, _)| id).unwrap();
    let horse = stable.add_joined("Horse", table);
    stable.identify(horse, "horse");
    stable.mapping.entity_mut(animal).polymorphism.with = Some(WithPolymorphic::All);
    let model = stable.model();
    assert!(model.diagnostics().is_empty());
    assert_eq!(model.mapping().inheritance(horse), Some(Inheritance::Joined));
    assert_eq!(
        sql(&model, animal),
        "SELECT animal.id AS animal_id, animal.kind AS animal_kind, horse.id AS horse_id, \
         horse.gait AS horse_gait FROM animal LEFT OUTER JOIN horse ON animal.id = horse.id"
    );
}

#[test]
fn an_entity_without_identity_is_told() {
    let mut stable = Stable::new();
    stable.add_single("Dog");
    let found = stable.model().diagnostics();
    let codes: Vec<&str> = found.iter().map(|found| found.code.name).collect();
    assert_eq!(codes, ["missing_polymorphic_identity"]);
}

/// A long chain of entities is settled in a moment, and so is one that a host ties into a ring.
#[test]
fn long_chains_and_rings_end() {
    let mut stable = Stable::new();
    let mut last = stable.animal;
    for number in 0..500 {
        let next = stable.add_single(&format!("Animal{number}"));
        stable.identify(next, &number.to_string());
        stable.mapping.entity_mut(next).inherits = Some(last);
        last = next;
    }
    let animal = stable.animal;
    let mut ring = stable.mapping.clone();
    let model = stable.model();
    assert_eq!(model.mapping().descendants(animal).len(), 501);
    assert!(sql(&model, last).ends_with("IN ('499')"));

    ring.entity_mut(animal).inherits = Some(last);
    let model = Model::from_mapping(Sources::new(), ring);
    assert!(!sql(&model, last).is_empty());
}
