//! What is in a circle of foreign keys that a flush meets.

use rustc_hash::FxHashSet;

use crate::base::{ForeignKeyId, SelectableId, TableId};
use crate::entity::Mapping;
use crate::resolve::{Pair, Resolution, table_cycles};

/// The tables and foreign keys of all circles.
pub(super) struct Cycles<'m> {
    mapping: &'m Mapping,
    tables: FxHashSet<TableId>,
    keys: Vec<ForeignKeyId>,
}

impl<'m> Cycles<'m> {
    pub(super) fn new(mapping: &'m Mapping, resolution: &Resolution) -> Self {
        let cycles = table_cycles(mapping, resolution);
        let tables = cycles.iter().flat_map(|cycle| cycle.tables.iter().copied()).collect();
        let keys = cycles.into_iter().flat_map(|cycle| cycle.keys).collect();
        Self { mapping, tables, keys }
    }

    /// Whether a selectable reads a table of a circle.
    pub(super) fn has_selectable(&self, selectable: SelectableId) -> bool {
        let graph = &self.mapping.graph;
        let mut tables = graph.leaves(selectable).filter_map(|leaf| graph.base_table(leaf));
        tables.any(|table| self.tables.contains(&table))
    }

    /// Whether what a flush copies sets a foreign key of a circle.
    pub(super) fn has_copies(&self, copies: &[Pair]) -> bool {
        let (graph, catalog) = (&self.mapping.graph, self.mapping.catalog());
        let sets = |from, to| {
            let mut pairs = copies.iter();
            pairs.any(|(source, target)| {
                graph.declared(*target) == Some(from) && graph.declared(*source) == Some(to)
            })
        };
        let mut keys = self.keys.iter().map(|key| catalog.foreign_key(*key));
        keys.any(|key| key.pairs.iter().all(|(from, to)| sets(*from, *to)))
    }
}
