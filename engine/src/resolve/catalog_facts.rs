//! What do the tables come to by themselves, whatever is mapped to them?

use super::dependency::is_acyclic;
use super::keys::{KeyFault, key_faults};
use crate::entity::Mapping;

/// What needs no answer to be known.
#[derive(Clone, Debug)]
pub struct CatalogFacts {
    /// What is doubtful about foreign keys, but for [missing indexes](super::unindexed_keys).
    pub key_faults: Vec<KeyFault>,
    /// Whether no tables refer to one another in a circle.
    pub is_acyclic: bool,
}

impl CatalogFacts {
    pub(super) fn of(mapping: &Mapping) -> Self {
        Self { key_faults: key_faults(mapping), is_acyclic: is_acyclic(mapping.catalog()) }
    }
}
