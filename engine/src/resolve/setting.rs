//! What a relationship stands between.

use super::answer::Side;
use crate::base::{ColumnId, SelectableId};
use crate::entity::{Mapping, Relationship};
use crate::graph::{Condition, OccurrenceIndex, Operand, Roles};

/// The selectables of a relationship, looked up once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting<'m> {
    pub(super) mapping: &'m Mapping,
    /// What the parent maps, with all it inherits.
    pub(super) parent: SelectableId,
    /// The parent's own table.
    pub(super) parent_own: SelectableId,
    /// What the target maps, with all it inherits.
    pub(super) target: SelectableId,
    /// The target's own table.
    pub(super) target_own: SelectableId,
    pub(super) secondary: Option<SelectableId>,
}

impl<'m> Setting<'m> {
    pub(super) fn new(mapping: &'m Mapping, relationship: &Relationship) -> Self {
        let (parent, target) =
            (mapping.entity(relationship.entity), mapping.entity(relationship.target));
        Self {
            mapping,
            parent: parent.selectable,
            parent_own: parent.local,
            target: target.selectable,
            target_own: target.local,
            secondary: relationship.arguments.secondary.map(|secondary| secondary.value),
        }
    }

    /// The conditions it joins by.
    pub(super) fn sides(&self) -> impl Iterator<Item = Side> + use<> {
        std::iter::once(Side::Primary).chain(self.secondary.map(|_| Side::Secondary))
    }

    pub(super) fn is_parent(&self, column: ColumnId) -> bool {
        self.mapping.graph.contains(self.parent, column)
    }

    pub(super) fn is_target(&self, column: ColumnId) -> bool {
        self.mapping.graph.contains(self.target, column)
    }

    pub(super) fn is_secondary(&self, column: ColumnId) -> bool {
        self.secondary.is_some_and(|secondary| self.mapping.graph.contains(secondary, column))
    }

    /// Whether a flush can reach the column.
    fn is_mapped(&self, column: ColumnId) -> bool {
        self.is_secondary(column) || self.is_parent(column) || self.is_target(column)
    }

    /// The occurrences of a condition that it cannot reach.
    pub(super) fn apart(&self, condition: &Condition) -> Roles {
        let apart = condition.indexed().filter(|(_, it)| !self.is_mapped(it.column));
        apart.map(|(index, _)| index).collect()
    }

    /// Whether some comparison has a column on both sides whose tables both parent and target map.
    pub(super) fn compares_shared_columns(&self, condition: &Condition) -> bool {
        let shared = |operand| match operand {
            Operand::Column(index) => self.is_shared(condition, index),
            Operand::Other => false,
        };
        condition.binaries().any(|binary| shared(binary.left) && shared(binary.right))
    }

    fn is_shared(&self, condition: &Condition, index: OccurrenceIndex) -> bool {
        let graph = &self.mapping.graph;
        condition.column(index).is_some_and(|column| {
            let of = graph.column(column).selectable;
            graph.is_derived_from(self.parent, of) && graph.is_derived_from(self.target, of)
        })
    }

    /// Whether parent and target map a table in common.
    pub(super) fn overlaps(&self) -> bool {
        let graph = &self.mapping.graph;
        graph.leaves(self.parent).any(|leaf| graph.is_leaf_of(leaf, self.target))
    }
}
