//! Answers: how each relationship joins, in which direction, and what it writes.
//!
//! One file per question. An answer that cannot be given leaves [`Evidence`] of why; nothing here
//! fails, and nothing here is worded for people.

mod answer;
mod cascade;
mod inverse;
mod join;
mod reason;
mod writes;

pub use answer::{
    Answer, BackrefConflict, ColumnUse, Direction, Evidence, Join, Pair, Pairs, Resolution, Side,
    Sided,
};
pub use cascade::Cascade;
pub use inverse::{InverseFault, InverseFaultKind};
pub use join::{Candidate, Ledger, Rejection};
pub use reason::{Reason, Step};
pub use writes::{Conflict, Writer};
