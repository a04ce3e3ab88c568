//! Which relationship is the reverse of which, and do the two agree?

use crate::base::{EntityId, Name, RelationshipId};

/// Something wrong between a relationship and the one it names as its reverse.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InverseFault {
    /// The reverse, where it exists.
    pub other: Option<RelationshipId>,
    /// What is wrong.
    pub kind: InverseFaultKind,
}

/// The ways in which a relationship and its reverse can disagree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum InverseFaultKind {
    /// The target has nothing of that name.
    Unknown { name: Name, nearest: Option<String> },
    /// The target has something of that name, but no relationship.
    NotARelationship { name: Name },
    /// The reverse leads to another entity than the one the relationship is on.
    WrongTarget { leads_to: EntityId },
    /// Both run in the same direction.
    SameDirection,
    /// One is viewonly, the other asks for `sync_backref`.
    ViewonlySyncBackref,
}
