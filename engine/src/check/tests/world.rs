//! A small model made by hand.

use crate::base::{
    ColumnId, Dialect, EntityId, Few, ForeignKeyId, Names, RelationshipId, Seldom, TableId,
};
use crate::catalog::{Catalog, ForeignKey, Key, KeyKind, Table, TableColumn};
use crate::check::{Context, Policy, check};
use crate::entity::{self, Entity, Mapping, Relationship};
use crate::report::Diagnostic;
use crate::resolve::{Answer, Candidate, Conflict, Evidence, Ledger, Resolution, Side, Trouble};
use crate::text::{Sources, Span};
use crate::{parse, spec};

/// Two tables with two foreign keys between them, an entity each, and room for relationships. The
/// text that spans point into is a list of words; a word's place stands for its declaration.
pub(super) struct World {
    pub(super) mapping: Mapping,
    pub(super) sources: Sources,
    pub(super) answers: Vec<Answer>,
    pub(super) conflicts: Vec<Conflict>,
    pub(super) policy: Policy,
    pub(super) document: Vec<spec::Defect>,
    pub(super) sql: Vec<parse::Defect>,
    pub(super) entities: Vec<entity::Defect>,
}

const TEXT: &str = "billing_key shipping_key billing_address customers custmer true end";

pub(super) const CUSTOMER: usize = 0;
pub(super) const ADDRESS: usize = 1;

impl World {
    /// `swapped` declares the foreign keys the other way around.
    pub(super) fn new(swapped: bool) -> Self {
        let mut sources = Sources::new();
        sources.add("model.toml", TEXT);
        let (mut names, mut catalog) = (Names::new(), Catalog::new());
        let customer = catalog.add_table(Table::new(names.intern("customer")), &names);
        let address = catalog.add_table(Table::new(names.intern("address")), &names);
        let id = |table, names: &mut Names, catalog: &mut Catalog| {
            let id = catalog.add_column(table, TableColumn::new(names.intern("id")));
            catalog.add_key(table, Key::new(KeyKind::Primary, vec![id]));
            id
        };
        id(customer, &mut names, &mut catalog);
        let referred = id(address, &mut names, &mut catalog);
        let mut columns = ["billing_address_id", "shipping_address_id"].map(|name| {
            let column = catalog.add_column(customer, TableColumn::new(names.intern(name)));
            (column, if name.starts_with('b') { "billing_key" } else { "shipping_key" })
        });
        if swapped {
            columns.reverse();
        }
        for (column, place) in columns {
            let key = ForeignKey::new(customer, [column], address, [referred]);
            let key = catalog.add_foreign_key(key);
            catalog.places.foreign_keys.set(key, span(&sources, place));
        }
        let mut mapping = Mapping::new(Dialect::Ansi, names, catalog);
        add_entity(&mut mapping, "Customer", customer);
        add_entity(&mut mapping, "Address", address);
        let empty = (Vec::new(), Vec::new(), Vec::new());
        let (document, sql, entities) = empty;
        let (answers, conflicts, policy) = (Vec::new(), Vec::new(), Policy::default());
        Self { mapping, sources, answers, conflicts, policy, document, sql, entities }
    }

    pub(super) fn relate(
        &mut self,
        from: usize,
        name: &str,
        to: usize,
        answer: Answer,
    ) -> RelationshipId {
        let name_id = self.mapping.names.intern(name);
        let mut relationship = Relationship::new(self.entity(from), name_id, self.entity(to));
        if TEXT.contains(name) {
            relationship.span = Some(span(&self.sources, name));
        }
        let end = span(&self.sources, "end");
        relationship.insert_at = Some(Span { start: end.end, ..end });
        self.answers.push(answer);
        self.mapping.add_relationship(relationship)
    }

    pub(super) fn entity(&self, index: usize) -> EntityId {
        self.mapping.entities().nth(index).unwrap().0
    }

    pub(super) fn column(&self, path: &str) -> ColumnId {
        let all = self.mapping.entities();
        let mut columns = all.flat_map(|(_, e)| self.mapping.graph.columns(e.selectable));
        columns.find(|column| self.mapping.column_path(*column) == path).unwrap()
    }

    /// The ledger that both foreign keys fit.
    pub(super) fn ledger(&self) -> Ledger {
        let selectable = |index| self.mapping.entity(self.entity(index)).selectable;
        let keys = self.keys().into_iter().map(|key| {
            let (referring, _) = self.mapping.catalog().foreign_key(key).pairs[0];
            let graph = &self.mapping.graph;
            let referring = graph.table_column(referring).unwrap();
            let pairs = Few::from((self.column("address.id"), referring));
            Candidate { key, pairs, rejected: None }
        });
        let candidates = keys.collect();
        let (left, right) = (selectable(CUSTOMER), selectable(ADDRESS));
        Ledger { side: Side::Primary, left, right, candidates, chosen: None }
    }

    pub(super) fn keys(&self) -> Vec<ForeignKeyId> {
        let tables = self.mapping.catalog().tables();
        tables.flat_map(|(_, table)| &table.foreign_keys).collect()
    }

    pub(super) fn check(&self) -> Vec<Diagnostic> {
        let mut resolution = Resolution::from_answers(self.answers.clone());
        resolution.conflicts.clone_from(&self.conflicts);
        check(&Context {
            mapping: &self.mapping,
            resolution: &resolution,
            sources: &self.sources,
            document: &self.document,
            sql: &self.sql,
            entities: &self.entities,
            unread: &[],
            policy: &self.policy,
        })
    }

    pub(super) fn only(&self) -> Diagnostic {
        let mut found = self.check();
        assert_eq!(found.len(), 1, "{found:#?}");
        found.remove(0)
    }

    pub(super) fn labelled(&self, finding: &Diagnostic) -> Vec<&str> {
        finding.labels.iter().map(|label| self.sources.slice(label.span)).collect()
    }
}

fn add_entity(mapping: &mut Mapping, name: &str, table: TableId) {
    let selectable = mapping.graph.table(table).unwrap();
    let entity = Entity::new(mapping.names.intern(name), selectable);
    mapping.add_entity(entity);
}

pub(super) fn span(sources: &Sources, word: &str) -> Span {
    let start = TEXT.find(word).unwrap();
    Span::new(sources.iter().next().unwrap().0, start, start + word.len())
}

pub(super) fn evidence(evidence: Evidence) -> Answer {
    let trouble = Trouble { evidence: vec![evidence], ..Trouble::default() };
    Answer { trouble: Seldom::new(trouble), ..Answer::default() }
}
