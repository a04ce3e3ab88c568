//! In which order does a flush write the tables, and what stands in its way?
//!
//! A row is inserted behind the rows it refers to and deleted before them. Where tables refer to one
//! another in a circle, some foreign keys have to wait; the cheapest set of them is chosen. Asked
//! when it is wanted, not while relationships are resolved. The order is that of `SQLAlchemy`'s
//! `sort_tables_and_constraints`, but for ties, which go by name.

use petgraph::algo::{kosaraju_scc, toposort};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeFiltered;

use rustc_hash::{FxHashMap, FxHashSet};

use super::answer::{Answer, Pair, Resolution};
use super::feedback::{self, Edge};
use crate::base::{ColumnId, Few, ForeignKeyId, Id, RelationshipId, TableColumnId, TableId};
use crate::catalog::{Catalog, ForeignKey};
use crate::entity::{Mapping, Relationship};

/// The order in which a flush writes the mapped tables.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WriteOrder {
    /// In order of insertion; rows are deleted in the opposite order.
    pub tables: Vec<TableId>,
    /// The circles in which tables refer to one another, by the names of their keys.
    pub cycles: Vec<TableCycle>,
    /// Foreign keys of a table to itself: no matter for the order of tables, but within such a table
    /// rows are written behind those they refer to.
    pub rows: Vec<ForeignKeyId>,
}

/// Tables that refer to one another in a circle.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableCycle {
    /// The tables, by name.
    pub tables: Vec<TableId>,
    /// The foreign keys among them, by name.
    pub keys: Vec<ForeignKeyId>,
    /// The cheapest set of keys without which there is no circle.
    pub breaks: Vec<Break>,
}

/// A foreign key that has to wait, and how it can.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Break {
    /// The foreign key.
    pub key: ForeignKeyId,
    /// How it can wait.
    pub way: WayOut,
}

/// How a foreign key can wait until the row it refers to is there; the cheapest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum WayOut {
    /// It may be NULL at first: `post_update` on this relationship, which writes it, sets it in a
    /// statement of its own. Where no relationship writes it, it is NULL until the host sets it.
    PostUpdate(Option<RelationshipId>),
    /// The database looks only when the transaction ends.
    Deferrable,
    /// Only by leaving the constraint out (`use_alter`, or none) until the rows are there.
    UseAlter,
}

impl WayOut {
    /// What it costs. No number of keys that can wait outweighs one that cannot.
    fn cost(self) -> u32 {
        match self {
            Self::PostUpdate(None) => 1,
            Self::PostUpdate(Some(_)) => 2,
            Self::Deferrable => 3,
            Self::UseAlter => 10_000,
        }
    }
}

type Tables = DiGraph<TableId, ForeignKeyId>;

/// The order in which a flush writes the tables that entities and secondaries are made of.
pub fn write_order(mapping: &Mapping, resolution: &Resolution) -> WriteOrder {
    let writers = Writers::new(mapping, resolution);
    let (graph, rows) = graph(&writers);
    let mut cycles: Vec<TableCycle> = Vec::new();
    for component in kosaraju_scc(&graph).into_iter().filter(|members| members.len() > 1) {
        cycles.push(cycle(&writers, &graph, &component));
    }
    cycles.sort_by_cached_key(|cycle| {
        let keys = cycle.keys.iter().map(|key| mapping.catalog().spelled(*key, &mapping.names));
        keys.collect::<Vec<_>>()
    });
    let broken: FxHashSet<_> = cycles.iter().flat_map(|it| &it.breaks).map(|it| it.key).collect();
    let unbroken = EdgeFiltered::from_fn(&graph, |edge| !broken.contains(edge.weight()));
    let order = toposort(&unbroken, None).unwrap_or_default();
    let tables = order.into_iter().filter_map(|node| graph.node_weight(node).copied());
    WriteOrder { tables: tables.collect(), cycles, rows }
}

/// The circles of [`write_order`] alone. Nothing is put in order where no tables refer to one another
/// in a circle.
pub fn table_cycles(mapping: &Mapping, resolution: &Resolution) -> Vec<TableCycle> {
    let is_acyclic = resolution.catalog_facts(mapping).is_acyclic;
    if is_acyclic { Vec::new() } else { write_order(mapping, resolution).cycles }
}

pub(super) fn is_acyclic(catalog: &Catalog) -> bool {
    let keys = catalog.tables().flat_map(|(_, table)| &table.foreign_keys);
    let keys = keys.map(|key| catalog.foreign_key(key));
    let keys = keys.filter(|key| key.table != key.referred_table);
    let edges = keys.map(|key| (key.table.index(), key.referred_table.index()));
    toposort(&DiGraph::<(), (), usize>::from_edges(edges), None).is_ok()
}

/// The tables, with an edge to each from those it refers to; and the keys of tables to themselves.
/// Keys that a `post_update` sets do not count.
fn graph(writers: &Writers<'_>) -> (Tables, Vec<ForeignKeyId>) {
    let Writers { mapping, resolution, .. } = *writers;
    let catalog = mapping.catalog();
    let mut graph = Tables::default();
    let tables = written_tables(mapping, resolution);
    let mut nodes: Vec<_> =
        tables.into_iter().map(|table| (table, graph.add_node(table))).collect();
    let all = nodes.iter().flat_map(|(table, _)| &catalog.table(*table).foreign_keys);
    let mut keys: Vec<_> = all.collect();
    keys.sort_by_cached_key(|key| catalog.spelled(*key, &mapping.names));
    nodes.sort_unstable_by_key(|(table, _)| *table);
    let node = |table: TableId| -> Option<NodeIndex> {
        let at = nodes.binary_search_by_key(&table, |(table, _)| *table).ok()?;
        nodes.get(at).map(|(_, node)| *node)
    };
    let mut rows = Vec::new();
    for id in keys {
        let key = catalog.foreign_key(id);
        if key.table == key.referred_table {
            rows.push(id);
        } else if !writers.post_update(key)
            && let (Some(from), Some(to)) = (node(key.referred_table), node(key.table))
        {
            graph.add_edge(from, to, id);
        }
    }
    (graph, rows)
}

/// The tables of all entities and secondaries, by name.
fn written_tables(mapping: &Mapping, resolution: &Resolution) -> Vec<TableId> {
    let graph = &mapping.graph;
    let entities = mapping.entities().map(|(_, entity)| entity.selectable);
    let relationships = resolution.relationships(mapping).map(|(_, relationship, _)| relationship);
    let secondaries = relationships.filter_map(|it| it.arguments.secondary.map(|it| it.value));
    let leaves = entities.chain(secondaries).flat_map(|selectable| graph.leaves(selectable));
    let mut tables: Vec<_> = leaves.filter_map(|leaf| graph.base_table(leaf)).collect();
    let name = |table: &TableId| {
        let table = mapping.catalog().table(*table);
        (table.schema.map(|it| mapping.names.text(it)), mapping.names.text(table.name))
    };
    tables.sort_unstable();
    tables.dedup();
    tables.sort_by_key(name);
    tables
}

/// What the order of tables rests on of a relationship: its secondary's tables, what a flush copies,
/// and whether in a statement of its own.
pub(super) fn asks_of_order(
    mapping: &Mapping,
    resolution: &Resolution,
    id: RelationshipId,
) -> (Vec<TableId>, Few<Pair>, bool) {
    let relationship = resolution.relationship(mapping, id);
    let (graph, arguments) = (&mapping.graph, &relationship.arguments);
    let leaves = arguments.secondary.into_iter().flat_map(|it| graph.leaves(it.value));
    let tables = leaves.filter_map(|leaf| graph.base_table(leaf)).collect();
    let answer = resolution.answer(id).filter(|answer| is_writer(relationship, answer));
    let copies = answer.map(Answer::synchronize).unwrap_or_default();
    (tables, copies, arguments.post_update.is_some_and(|it| it.value))
}

fn is_writer(relationship: &Relationship, answer: &Answer) -> bool {
    !relationship.is_viewonly() && answer.is_complete()
}

/// The relationships by the columns they copy to.
struct Writers<'m> {
    mapping: &'m Mapping,
    resolution: &'m Resolution,
    by_target: FxHashMap<TableColumnId, Vec<RelationshipId>>,
}

impl<'m> Writers<'m> {
    fn new(mapping: &'m Mapping, resolution: &'m Resolution) -> Self {
        let mut by_target: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for (id, relationship, answer) in resolution.relationships(mapping) {
            let targets = answer.copied().filter_map(|(_, target)| mapping.graph.declared(target));
            for target in targets.filter(|_| is_writer(relationship, answer)) {
                by_target.entry(target).or_default().push(id);
            }
        }
        Self { mapping, resolution, by_target }
    }

    /// The relationships that write the columns of a foreign key from those it refers to.
    fn of(&self, key: &ForeignKey) -> impl Iterator<Item = RelationshipId> {
        let first = key.columns().next().and_then(|column| self.by_target.get(&column));
        first.into_iter().flatten().copied().filter(|id| self.writes(*id, key))
    }

    fn writes(&self, id: RelationshipId, key: &ForeignKey) -> bool {
        let shows = |column: ColumnId| self.mapping.graph.declared(column);
        let pairs = || self.resolution.answer(id).into_iter().flat_map(Answer::copied);
        key.pairs.iter().all(|(from, to)| {
            pairs()
                .any(|(source, target)| shows(source) == Some(*to) && shows(target) == Some(*from))
        })
    }

    fn relationship(&self, id: RelationshipId) -> &'m Relationship {
        self.resolution.relationship(self.mapping, id)
    }

    fn post_update(&self, key: &ForeignKey) -> bool {
        let told = |id| self.relationship(id).arguments.post_update.is_some_and(|it| it.value);
        self.of(key).any(told)
    }
}

fn cycle(writers: &Writers<'_>, graph: &Tables, members: &[NodeIndex]) -> TableCycle {
    let mut members = members.to_vec();
    members.sort_unstable();
    let own: FxHashSet<_> = members.iter().copied().collect();
    let inside = |edge: &petgraph::graph::EdgeIndex| {
        let ends = graph.edge_endpoints(*edge);
        ends.is_some_and(|(a, b)| own.contains(&a) && own.contains(&b))
    };
    let keys: Vec<_> = graph
        .edge_indices()
        .filter(inside)
        .filter_map(|edge| graph.edge_weight(edge).copied())
        .collect();
    let breaks: Vec<_> =
        keys.iter().map(|key| Break { key: *key, way: way_out(writers, *key) }).collect();
    let tables = members.iter().filter_map(|node| graph.node_weight(*node).copied());
    let tables: Vec<_> = tables.collect();
    let cheapest = feedback::cheapest(&edges(writers.mapping, &tables, &breaks)).into_iter();
    let breaks = cheapest.filter_map(|at| breaks.get(at).copied()).collect();
    TableCycle { tables, keys, breaks }
}

/// Each key as the tables it links, by their places, and what it costs to let it wait.
fn edges(mapping: &Mapping, tables: &[TableId], breaks: &[Break]) -> Vec<Edge> {
    let places: FxHashMap<TableId, u32> = tables.iter().copied().zip(0..).collect();
    let edge = |it: &Break| {
        let key = mapping.catalog().foreign_key(it.key);
        let place = |table| places.get(&table).copied().unwrap_or_default();
        Edge { from: place(key.table), to: place(key.referred_table), cost: it.way.cost() }
    };
    breaks.iter().map(edge).collect()
}

fn way_out(writers: &Writers<'_>, id: ForeignKeyId) -> WayOut {
    let Writers { mapping, resolution, .. } = *writers;
    let key = mapping.catalog().foreign_key(id);
    if key.columns().any(|column| mapping.catalog().column(column).nullable) {
        let path = |id: &RelationshipId| mapping.relationship_path(writers.relationship(*id));
        // One that was made by a backref has no place for an argument of its own.
        let declared = |id: &RelationshipId| resolution.made_by(mapping, *id).is_none();
        return WayOut::PostUpdate(writers.of(key).filter(declared).min_by_key(path));
    }
    if key.deferrable { WayOut::Deferrable } else { WayOut::UseAlter }
}
