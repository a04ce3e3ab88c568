//! What is found out only when findings are asked for.

use super::context::Context;
use super::unindexed_foreign_key;
use crate::resolve::{
    EagerFault, KeyFault, RedundantJoin, TableCycle, Unlinked, eager_faults, redundant_joins,
    table_cycles, unindexed_keys, unlinked,
};

/// Facts that no answer rests on.
#[derive(Debug)]
pub(super) struct Facts {
    /// The foreign keys that no index serves, where that is to be told.
    pub(super) unindexed: Vec<KeyFault>,
    /// Conditions that need not be given.
    pub(super) redundant: Vec<RedundantJoin>,
    /// The two ends of links that do not say so.
    pub(super) unlinked: Vec<Unlinked>,
    /// The circles in which tables refer to one another.
    pub(super) cycles: Vec<TableCycle>,
    /// What is doubtful about eager loads.
    pub(super) eager: Vec<EagerFault>,
}

impl Facts {
    pub(super) fn of(context: &Context<'_>) -> Self {
        let Context { mapping, resolution, policy, .. } = *context;
        let is_asked = policy.level(&unindexed_foreign_key::CODE).is_some();
        Self {
            unindexed: if is_asked { unindexed_keys(mapping) } else { Vec::new() },
            redundant: redundant_joins(mapping, resolution),
            unlinked: unlinked(mapping, resolution),
            cycles: table_cycles(mapping, resolution),
            eager: eager_faults(mapping, resolution),
        }
    }
}
