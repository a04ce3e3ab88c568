//! What do the answers of a model come to, taken together?

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use super::answer::Resolution;
use super::dependency::{TableCycle, table_cycles};
use super::eager::EagerFaults;
use super::redundant::{RedundantJoin, redundant};
use super::unlinked::{self, Unlinked};
use super::writes::Writings;
use crate::base::{ColumnId, Id, RelationshipId};
use crate::entity::Mapping;

/// What no answer rests on, and findings do.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The relationships whose answers have evidence.
    pub doubtful: BTreeSet<RelationshipId>,
    /// The relationships with conditions that need not be given.
    pub redundant: BTreeMap<RelationshipId, RedundantJoin>,
    /// The two ends of links that do not say so.
    pub unlinked: BTreeSet<Unlinked>,
    /// The circles in which tables refer to one another.
    pub cycles: Vec<TableCycle>,
    /// What is doubtful about eager loads.
    pub eager: EagerFaults,
}

/// What changed with a relationship that was declared anew.
#[derive(Debug)]
pub(super) struct Change<'c> {
    /// The relationships whose answers may differ.
    pub(super) answers: &'c [RelationshipId],
    /// The columns that those write, or wrote.
    pub(super) columns: &'c FxHashSet<ColumnId>,
    /// Whether the order in which tables are written may differ.
    pub(super) is_order: bool,
}

impl Facts {
    pub(super) fn of(mapping: &Mapping, resolution: &Resolution) -> Self {
        let mut facts = Self {
            doubtful: BTreeSet::new(),
            redundant: BTreeMap::new(),
            unlinked: unlinked::unlinked(mapping, resolution),
            cycles: table_cycles(mapping, resolution),
            eager: EagerFaults::of(mapping, resolution),
        };
        for index in (0..).take(resolution.answers.len()) {
            facts.look_at(mapping, resolution, RelationshipId::from_index(index));
        }
        facts
    }

    /// Looks again at what a change concerns.
    pub(super) fn renew(
        &mut self,
        mapping: &Mapping,
        resolution: &Resolution,
        writings: &Writings,
        change: &Change<'_>,
    ) {
        for id in change.answers {
            self.look_at(mapping, resolution, *id);
            self.eager.renew(mapping, resolution, *id);
        }
        unlinked::renew(&mut self.unlinked, mapping, resolution, writings, change.columns);
        if change.is_order {
            self.cycles = table_cycles(mapping, resolution);
        }
    }

    /// Finds out what a relationship comes to by itself.
    fn look_at(&mut self, mapping: &Mapping, resolution: &Resolution, id: RelationshipId) {
        let Some(answer) = resolution.answer(id) else { return };
        if answer.evidence.is_empty() {
            self.doubtful.remove(&id);
        } else {
            self.doubtful.insert(id);
        }
        match redundant(mapping, resolution, id) {
            Some(join) => {
                self.redundant.insert(id, join);
            }
            None => {
                self.redundant.remove(&id);
            }
        }
    }
}
