//! What does each relationship write, and do two of them write the same column?
//!
//! Judged over the whole model at once, so that no order of declaration shows.

use crate::base::{ColumnId, RelationshipId};

/// A column that relationships write which do not know of each other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conflict {
    /// The column.
    pub column: ColumnId,
    /// The relationships that write it, and from where; at least two.
    pub writers: Vec<Writer>,
}

/// A relationship that writes a column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Writer {
    /// The relationship.
    pub relationship: RelationshipId,
    /// The column it copies.
    pub source: ColumnId,
}
