//! Answers: how each relationship joins, in which direction, and what it writes.
//!
//! One file per question. An answer that cannot be given leaves [`Evidence`] of why; nothing here
//! fails, and nothing here is worded for people.

mod answer;
mod backref;
mod cartesian;
mod cascade;
mod catalog_facts;
mod column_type;
mod dependency;
mod direction;
mod eager;
mod eager_cycle;
mod ends;
mod facts;
mod feedback;
mod foreign;
mod ignoring;
mod implied;
mod inverse;
mod join;
mod keys;
mod loads;
mod local;
mod reason;
mod reasons;
mod redundant;
mod relationship;
mod remote;
mod renew;
mod setting;
mod side;
mod sided;
mod together;
mod unique;
mod unlinked;
mod writes;

pub use answer::{
    Answer, BackrefConflict, Direction, Evidence, Join, Pair, Resolution, Side, Trouble,
};
pub use cascade::Cascade;
pub use catalog_facts::CatalogFacts;
pub use dependency::{Break, TableCycle, WayOut, WriteOrder, table_cycles, write_order};
pub use eager::{Dropped, EagerFault, EagerFaults};
pub use ends::{Count, Ends, ends};
pub use facts::Facts;
pub use ignoring::Ignoring;
pub use inverse::{InverseFault, InverseFaultKind};
pub use join::{Candidate, Ledger, Rejection};
pub use keys::{KeyFault, KeyFaultKind, unindexed_keys};
pub use reason::{Reason, Step};
pub use reasons::reasons;
pub use redundant::RedundantJoin;
pub use relationship::searches;
pub use sided::{Sided, SidedRoles};
pub use together::{WrittenTogether, written_together};
pub use unique::{Proof, at_most_one};
pub use unlinked::Unlinked;
pub(crate) use writes::Writings;
pub use writes::{ColumnUse, Conflict, Overlap, Writer, uses};

use crate::entity::Mapping;

/// Answers for every relationship of a mapping, and for those its backrefs make.
pub fn resolve(mapping: &Mapping) -> Resolution {
    let declared = mapping.relationships().map(|(_, it)| relationship::answer(mapping, it));
    let mut resolution = Resolution::from_answers(declared.collect());
    backref::make(mapping, &mut resolution);
    inverse::link(mapping, &mut resolution);
    resolution.conflicts = writes::conflicts(mapping, &resolution);
    resolution
}
