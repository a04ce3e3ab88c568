//! What gives each of a relationship's conditions, and what it comes to.

use super::answer::{Join, Side, Sided};
use crate::base::{ColumnId, Few};
use crate::entity::{Argument, Arguments};
use crate::graph::{Condition, Roles};

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
    /// The condition of a side.
    pub fn side(&self, side: Side) -> Option<&Sided> {
        match side {
            Side::Primary => Some(&self.primary),
            Side::Secondary => self.secondary.as_deref(),
        }
    }

    /// Its conditions, the primary one first.
    pub fn sides(&self) -> impl Iterator<Item = &Sided> {
        std::iter::once(&self.primary).chain(self.secondary.as_deref())
    }

    /// The columns on the parent's side, each once.
    pub fn local_columns(&self) -> Few<ColumnId> {
        self.primary.condition.columns(&self.primary.local)
    }

    /// The columns on the far side, each once.
    pub fn remote_columns(&self) -> Few<ColumnId> {
        self.gathered(|sided| &sided.remote)
    }

    /// The columns that hold a reference, each once.
    pub fn foreign_columns(&self) -> Few<ColumnId> {
        self.gathered(|sided| &sided.foreign)
    }

    fn gathered(&self, roles: impl Fn(&Sided) -> &Roles) -> Few<ColumnId> {
        let Some(secondary) = self.secondary.as_deref() else {
            return self.primary.condition.columns(roles(&self.primary));
        };
        let both = [&self.primary, secondary].map(|it| it.condition.columns(roles(it)));
        Few::distinct(both.iter().flatten().copied())
    }
}
