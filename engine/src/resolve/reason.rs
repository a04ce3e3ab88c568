//! Why a decision fell as it did.

use super::answer::{Direction, Side};
use crate::base::{ColumnId, Few, ForeignKeyId, RelationshipId};

/// One decision of a relationship's analysis, with what it rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// The condition was given.
    JoinGiven(Side),
    /// The condition follows from a foreign key.
    JoinInferred(Side, ForeignKeyId),
    /// The condition was taken from the relationship that made this one, turned around.
    JoinReversed(Side, RelationshipId),
    /// Columns are foreign because the condition marks them.
    ForeignMarked(Few<ColumnId>),
    /// Columns are foreign because `foreign_keys` lists them.
    ForeignListed(Few<ColumnId>),
    /// Columns are foreign because a foreign key makes them refer to what they are compared with.
    ForeignDeclared(Few<ColumnId>),
    /// Columns are foreign because the secondary has them.
    ForeignOfSecondary(Few<ColumnId>),
    /// Columns are foreign because they are so in the relationship that made this one.
    ForeignReversed(Few<ColumnId>, RelationshipId),
    /// Columns are remote because they are local in the relationship that made this one.
    RemoteReversed(Few<ColumnId>, RelationshipId),
    /// Columns are remote because the condition marks them.
    RemoteMarked(Few<ColumnId>),
    /// Columns are remote because `remote_side` lists them.
    RemoteListed(Few<ColumnId>),
    /// Columns are remote because the secondary has them.
    RemoteOfSecondary(Few<ColumnId>),
    /// Columns are remote because they are foreign and parent and target share their table.
    RemoteForeign(Few<ColumnId>),
    /// Columns are remote because the target has them.
    RemoteOfTarget(Few<ColumnId>),
    /// There is a secondary.
    DirectionOfSecondary,
    /// The direction follows from which side has the foreign columns.
    DirectionOfForeign(Direction, Few<ColumnId>),
    /// Both sides have foreign columns; the direction follows from whether they are remote too.
    DirectionOfRoles(Direction, Few<ColumnId>),
    /// `uselist` was given.
    UselistGiven(bool),
    /// `uselist` follows from the direction.
    UselistOfDirection(bool),
    /// The reverse was named by `back_populates` or made by `backref`.
    Reverse(RelationshipId),
}

/// Which decision a [`Reason`] is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Step {
    /// Which condition joins.
    Join,
    /// Which columns are foreign.
    Foreign,
    /// Which columns are remote.
    Remote,
    /// Who refers to whom.
    Direction,
    /// Whether it holds many.
    Uselist,
    /// Which relationship is the reverse.
    Reverse,
}

impl Reason {
    /// The decision it is about.
    pub fn step(&self) -> Step {
        match self {
            Self::JoinGiven(_) | Self::JoinInferred(..) | Self::JoinReversed(..) => Step::Join,
            Self::ForeignMarked(_)
            | Self::ForeignListed(_)
            | Self::ForeignDeclared(_)
            | Self::ForeignReversed(..)
            | Self::ForeignOfSecondary(_) => Step::Foreign,
            Self::RemoteMarked(_)
            | Self::RemoteReversed(..)
            | Self::RemoteListed(_)
            | Self::RemoteOfSecondary(_)
            | Self::RemoteForeign(_)
            | Self::RemoteOfTarget(_) => Step::Remote,
            Self::DirectionOfSecondary
            | Self::DirectionOfForeign(..)
            | Self::DirectionOfRoles(..) => Step::Direction,
            Self::UselistGiven(_) | Self::UselistOfDirection(_) => Step::Uselist,
            Self::Reverse(_) => Step::Reverse,
        }
    }
}

impl Step {
    /// How many steps there are; a relationship has a reason for each, seldom more.
    pub(super) const COUNT: usize = 6;

    /// The word for the decision in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Foreign => "foreign",
            Self::Remote => "remote",
            Self::Direction => "direction",
            Self::Uselist => "uselist",
            Self::Reverse => "reverse",
        }
    }
}
