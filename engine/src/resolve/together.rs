//! What does a flush write for an entity that is made of several tables?

use super::answer::Pair;
use crate::base::TableId;
use crate::entity::{Entity, Mapping};
use crate::graph::{Condition, SelectableKind};

/// The tables of one entity, and what a flush copies among them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrittenTogether {
    /// The tables in the order of insertion.
    pub tables: Vec<TableId>,
    /// (source, target) columns that the conditions of its joins hold equal.
    pub copies: Vec<Pair>,
}

/// What a flush writes for an entity, given the order of all tables.
pub fn written_together(mapping: &Mapping, entity: &Entity, order: &[TableId]) -> WrittenTogether {
    let graph = &mapping.graph;
    let own: Vec<_> =
        graph.leaves(entity.selectable).filter_map(|leaf| graph.base_table(leaf)).collect();
    let tables: Vec<_> = order.iter().copied().filter(|table| own.contains(table)).collect();
    let place = |pair: &Pair| {
        let table = |column| Some(mapping.catalog().column(graph.declared(column)?).table);
        let at = |column| tables.iter().position(|it| Some(*it) == table(column));
        Some((at(pair.0)?, at(pair.1)?))
    };
    let copies = equated(mapping, entity).into_iter().filter_map(|pair| {
        let (left, right) = place(&pair)?;
        // What is inserted first has the value first.
        (left != right).then_some(if left < right { pair } else { (pair.1, pair.0) })
    });
    let copies = copies.collect();
    WrittenTogether { tables, copies }
}

/// The columns that the joins of an entity hold equal.
fn equated(mapping: &Mapping, entity: &Entity) -> Vec<Pair> {
    let graph = &mapping.graph;
    let (mut pairs, mut open) = (Vec::new(), vec![entity.selectable]);
    while let Some(next) = open.pop() {
        if let SelectableKind::Join { left, right, on, .. } = graph.selectable(next).kind {
            open.extend([right, left]);
            let on = on.map(|on| Condition::of_expression(graph, on, []));
            pairs.extend(on.iter().flat_map(Condition::equal_columns));
        }
    }
    pairs
}
