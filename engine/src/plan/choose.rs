//! Which strategy serves a step that leaves it to the engine.
//!
//! What leads to one instance is joined: it adds no row. A collection is loaded by the keys of its
//! parents, because joined it would repeat each parent, and two of them side by side would multiply
//! each other. A join is inner only where the tables promise that it drops no row.

use super::bind::is_equalities;
use super::step::Step;
use crate::base::{ColumnId, EntityId, Name, TableColumnId};
use crate::catalog::ForeignKey;
use crate::entity::{Load, Mapping};
use crate::graph::ColumnSource;
use crate::resolve::Direction;

/// What was chosen for a step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// The relationships that lead to the end of the step.
    pub path: Vec<Name>,
    /// How it is loaded.
    pub load: Load,
    /// Whether it is joined by an inner join.
    pub inner: bool,
    /// Why.
    pub why: Vec<Why>,
}

/// A reason for a choice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// It leads to one instance, so joining it repeats no row.
    One,
    /// It leads to many, so joining it would repeat the parent's row.
    Many,
    /// It leads to many, and the parent has no primary key to find them by.
    ManyWithoutKey,
    /// The columns are NOT NULL and a declared foreign key, so an inner join drops no row.
    AlwaysThere(Vec<ColumnId>),
}

/// The strategy for a step from an entity.
pub(super) fn strategy(mapping: &Mapping, entity: EntityId, step: &Step<'_>) -> (Load, Vec<Why>) {
    if !step.answer.uselist {
        return (Load::Joined, vec![Why::One]);
    }
    if mapping.entity(entity).primary_key.is_empty() {
        return (Load::Subquery, vec![Why::ManyWithoutKey]);
    }
    (Load::Selectin, vec![Why::Many])
}

/// Why an inner join of a step drops no row of its parent; nothing where it may. The step must
/// follow a declared foreign key from columns that are never NULL to a whole table, under no
/// further condition.
pub(super) fn drops_none(mapping: &Mapping, step: &Step<'_>) -> Option<Why> {
    let target = mapping.entity(step.target);
    let plain = step.answer.direction == Some(Direction::ManyToOne)
        && step.join.secondary().is_none()
        && target.inherits.is_none()
        && target.non_primary.is_none();
    let condition = &step.join.primary().condition;
    if !plain || !is_equalities(&mapping.graph, condition) {
        return None;
    }
    let declared = |column: &ColumnId| own(mapping, *column);
    let pairs = step.join.local_remote();
    let columns: Vec<_> = pairs
        .iter()
        .map(|(local, remote)| Some((declared(local)?, declared(remote)?)))
        .collect::<Option<_>>()?;
    let (first, referred) = columns.first()?;
    let (from, to) =
        (mapping.catalog().column(*first).table, mapping.catalog().column(*referred).table);
    let covers = |key: &ForeignKey| {
        key.pairs.len() == columns.len()
            && condition.products().count() == columns.len()
            && key.pairs.iter().all(|pair| columns.contains(pair))
    };
    let promised = mapping.graph.table(to) == Some(target.selectable)
        && mapping.catalog().foreign_keys_between(from, to).any(|(_, key)| covers(key))
        && columns.iter().all(|(local, _)| !mapping.catalog().column(*local).nullable);
    promised.then(|| Why::AlwaysThere(pairs.iter().map(|(local, _)| *local).collect()))
}

/// The column that a table declares; nothing for one of an alias or subquery, which may leave rows
/// out.
fn own(mapping: &Mapping, column: ColumnId) -> Option<TableColumnId> {
    match mapping.graph.column(column).source {
        ColumnSource::Table(declared) => Some(declared),
        ColumnSource::Alias(_) | ColumnSource::Expr(_) => None,
    }
}
