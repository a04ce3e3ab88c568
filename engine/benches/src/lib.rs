//! Models of any size, and the clock they are measured with.
//!
//! [`Model::generate`] makes one model; its writers say the same model as DDL, as a document, and
//! through the host API. The benchmarks, the test of allocations and the table of ratios all read
//! it from here, so that their figures are about the same thing.

mod clock;
mod ddl;
mod document;
mod edit;
mod generate;
mod host;
pub mod library;
mod model;
#[cfg(feature = "rivals")]
pub mod rivals;

pub use clock::{Spent, cpu_time, in_turns};
pub use edit::Edit;
pub use model::{Column, Entity, ForeignKey, Link, Model, Relationship, Table, Written};
