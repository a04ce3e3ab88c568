//! What gives each of a relationship's conditions, and what it comes to.

use super::answer::{Join, Pair, Side};
use super::sided::Sided;
use crate::base::{ColumnId, Few};
use crate::entity::{Argument, Arguments};
use crate::graph::{Condition, OccurrenceIndex};

impl Side {
    /// The key of the argument that gives the condition.
    pub fn argument(self) -> &'static str {
        match self {
            Self::Primary => "primaryjoin",
            Self::Secondary => "secondaryjoin",
        }
    }

    /// The condition that arguments give.
    pub fn given(self, arguments: &Arguments) -> Option<&Argument<Condition>> {
        match self {
            Self::Primary => arguments.primaryjoin.as_deref(),
            Self::Secondary => arguments.secondaryjoin.as_deref(),
        }
    }
}

impl Join {
    /// A join by these conditions.
    pub fn new(primary: Sided, secondary: Option<Sided>) -> Self {
        match secondary {
            Some(secondary) => Self::Over(Box::new([primary, secondary])),
            None => Self::Direct(primary),
        }
    }

    /// `primaryjoin`
    pub fn primary(&self) -> &Sided {
        match self {
            Self::Direct(primary) => primary,
            Self::Over(both) => {
                let [primary, _] = &**both;
                primary
            }
        }
    }

    /// `secondaryjoin`, where there is a secondary.
    pub fn secondary(&self) -> Option<&Sided> {
        match self {
            Self::Direct(_) => None,
            Self::Over(both) => {
                let [_, secondary] = &**both;
                Some(secondary)
            }
        }
    }

    /// The condition of a side.
    pub fn side(&self, side: Side) -> Option<&Sided> {
        match side {
            Side::Primary => Some(self.primary()),
            Side::Secondary => self.secondary(),
        }
    }

    /// Its conditions, the primary one first.
    pub fn sides(&self) -> &[Sided] {
        match self {
            Self::Direct(primary) => std::slice::from_ref(primary),
            Self::Over(both) => &**both,
        }
    }

    /// The columns on the parent's side, each once.
    pub fn local_columns(&self) -> Few<ColumnId> {
        self.primary().condition.columns(&self.primary().local())
    }

    /// The columns on the far side, each once.
    pub fn remote_columns(&self) -> Few<ColumnId> {
        self.columns(Sided::is_remote)
    }

    /// The columns that hold a reference, each once.
    pub fn foreign_columns(&self) -> Few<ColumnId> {
        self.columns(Sided::is_foreign)
    }

    fn columns(&self, is_meant: fn(&Sided, OccurrenceIndex) -> bool) -> Few<ColumnId> {
        Few::distinct(self.sides().iter().flat_map(|sided| {
            let meant = sided.condition.indexed().filter(move |(index, _)| is_meant(sided, *index));
            meant.map(|(_, occurrence)| occurrence.column)
        }))
    }

    /// (local, remote) columns that a comparison holds against each other.
    pub fn local_remote(&self) -> Few<Pair> {
        Few::distinct(self.facing())
    }

    pub(super) fn facing(&self) -> impl Iterator<Item = Pair> + '_ {
        self.sides().iter().flat_map(Sided::facing)
    }
}
