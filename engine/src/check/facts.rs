//! What is found out only when findings are asked for.

use super::context::Context;
use super::unindexed_foreign_key;
use crate::resolve::{
    EagerFault, KeyFault, RedundantJoin, Unlinked, WriteOrder, eager_faults, key_faults,
    redundant_joins, unlinked, write_order,
};

/// Facts that no answer rests on.
#[derive(Debug)]
pub(super) struct Facts {
    /// What is doubtful about foreign keys.
    pub(super) keys: Vec<KeyFault>,
    /// Conditions that need not be given.
    pub(super) redundant: Vec<RedundantJoin>,
    /// The two ends of links that do not say so.
    pub(super) unlinked: Vec<Unlinked>,
    /// In which order tables are written, and what stands in its way.
    pub(super) order: WriteOrder,
    /// What is doubtful about eager loads.
    pub(super) eager: Vec<EagerFault>,
}

impl Facts {
    pub(super) fn of(context: &Context<'_>) -> Self {
        let Context { mapping, resolution, policy, .. } = *context;
        let indexes = policy.level(&unindexed_foreign_key::CODE).is_some();
        Self {
            keys: key_faults(mapping, indexes),
            redundant: redundant_joins(mapping, resolution),
            unlinked: unlinked(mapping, resolution),
            order: write_order(mapping, resolution),
            eager: eager_faults(mapping, resolution),
        }
    }
}
