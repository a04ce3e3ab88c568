//! A condition with the roles of its occurrences.

use std::borrow::Cow;

use super::answer::Pair;
use crate::base::Few;
use crate::graph::{Condition, OccurrenceIndex, Product, Roles};

/// A condition with the roles of its occurrences.
///
/// ```
/// use joinwright::base::{ColumnId, Id};
/// use joinwright::graph::{Condition, OccurrenceIndex, Roles};
/// use joinwright::resolve::{Sided, SidedRoles};
/// let (id, billing_id) = (ColumnId::from_index(0), ColumnId::from_index(1));
/// let [left, right] = [0, 1].map(|index| Roles::from_iter([OccurrenceIndex(index)]));
/// let roles = SidedRoles { foreign: right, remote: left, ..SidedRoles::default() };
/// let sided = Sided::new(Condition::of_equalities([(id, billing_id)]), roles);
/// assert!(sided.is_remote(OccurrenceIndex(0)) && !sided.is_local(OccurrenceIndex(1)));
/// assert_eq!(*sided.local_remote(), [(billing_id, id)]);
/// assert_eq!(*sided.synchronize(), [(id, billing_id)]);
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sided {
    /// The condition.
    pub condition: Condition,
    assigned: Assigned,
}

/// The roles of a condition's occurrences.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SidedRoles {
    /// The occurrences that hold a reference.
    pub foreign: Roles,
    /// The occurrences on the far side.
    pub remote: Roles,
    /// The occurrences on the parent's side.
    pub local: Roles,
    /// The occurrences of columns that neither the parent nor the target nor the secondary has, so
    /// that nothing can be copied to or from them.
    pub apart: Roles,
}

/// Which occurrences have the roles. Those of a foreign key's join stand all on one side, so that
/// equal assignments have equal forms.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Assigned {
    /// None is apart.
    Sides {
        foreign: Option<Side>,
        remote: Option<Side>,
        local: Option<Side>,
    },
    Each(Box<SidedRoles>),
}

/// A side of each comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Left,
    Right,
}

impl Assigned {
    fn new(condition: &Condition, roles: SidedRoles) -> Self {
        let count = condition.occurrence_count();
        let (left, right) = (Side::Left.roles(count), Side::Right.roles(count));
        let side = |roles: &Roles| match roles {
            _ if roles.is_empty() => Some(None),
            _ if *roles == left => Some(Some(Side::Left)),
            _ if *roles == right => Some(Some(Side::Right)),
            _ => None,
        };
        match (side(&roles.foreign), side(&roles.remote), side(&roles.local)) {
            (Some(foreign), Some(remote), Some(local)) if roles.apart.is_empty() => {
                Self::Sides { foreign, remote, local }
            }
            _ => Self::Each(Box::new(roles)),
        }
    }
}

impl Side {
    fn roles(self, count: usize) -> Roles {
        Roles::alternate(OccurrenceIndex(u32::from(self == Self::Right)), count)
    }

    fn has(self, index: OccurrenceIndex) -> bool {
        index.0.is_multiple_of(2) == (self == Self::Left)
    }
}

impl Sided {
    /// A condition whose occurrences have these roles.
    pub fn new(condition: Condition, roles: SidedRoles) -> Self {
        Self { assigned: Assigned::new(&condition, roles), condition }
    }

    /// The occurrences that hold a reference.
    pub fn foreign(&self) -> Cow<'_, Roles> {
        match &self.assigned {
            Assigned::Sides { foreign, .. } => Cow::Owned(self.of(*foreign)),
            Assigned::Each(roles) => Cow::Borrowed(&roles.foreign),
        }
    }

    /// The occurrences on the far side.
    pub fn remote(&self) -> Cow<'_, Roles> {
        match &self.assigned {
            Assigned::Sides { remote, .. } => Cow::Owned(self.of(*remote)),
            Assigned::Each(roles) => Cow::Borrowed(&roles.remote),
        }
    }

    /// The occurrences on the parent's side.
    pub fn local(&self) -> Cow<'_, Roles> {
        match &self.assigned {
            Assigned::Sides { local, .. } => Cow::Owned(self.of(*local)),
            Assigned::Each(roles) => Cow::Borrowed(&roles.local),
        }
    }

    fn of(&self, side: Option<Side>) -> Roles {
        side.map_or(Roles::none(), |side| side.roles(self.condition.occurrence_count()))
    }

    /// Whether an occurrence holds a reference.
    pub fn is_foreign(&self, index: OccurrenceIndex) -> bool {
        match &self.assigned {
            Assigned::Sides { foreign, .. } => foreign.is_some_and(|side| side.has(index)),
            Assigned::Each(roles) => roles.foreign.contains(index),
        }
    }

    /// Whether an occurrence stands on the far side.
    pub fn is_remote(&self, index: OccurrenceIndex) -> bool {
        match &self.assigned {
            Assigned::Sides { remote, .. } => remote.is_some_and(|side| side.has(index)),
            Assigned::Each(roles) => roles.remote.contains(index),
        }
    }

    /// Whether an occurrence stands on the parent's side.
    pub fn is_local(&self, index: OccurrenceIndex) -> bool {
        match &self.assigned {
            Assigned::Sides { local, .. } => local.is_some_and(|side| side.has(index)),
            Assigned::Each(roles) => roles.local.contains(index),
        }
    }

    fn is_apart(&self, index: OccurrenceIndex) -> bool {
        match &self.assigned {
            Assigned::Sides { .. } => false,
            Assigned::Each(roles) => roles.apart.contains(index),
        }
    }

    /// (local, remote) columns that a comparison holds against each other.
    ///
    /// Rule: `SQLAlchemy`'s `_JoinCondition._setup_pairs`.
    pub fn local_remote(&self) -> Few<Pair> {
        Few::distinct(self.facing())
    }

    /// The same, one for each comparison.
    pub(super) fn facing(&self) -> impl Iterator<Item = Pair> + '_ {
        self.condition.products().filter_map(|Product { left, right, .. }| {
            let (near, far) = match (self.is_remote(left), self.is_remote(right)) {
                (false, true) => (left, right),
                (true, false) => (right, left),
                _ => return None,
            };
            let (local, remote) = (self.condition.column(near)?, self.condition.column(far)?);
            (!self.is_apart(near)).then_some((local, remote))
        })
    }

    /// (source, target) columns: what a flush copies.
    ///
    /// Rule: `SQLAlchemy`'s `_JoinCondition._setup_pairs`.
    pub fn synchronize(&self) -> Few<Pair> {
        Few::distinct(self.copied())
    }

    /// The same, one for each comparison.
    pub(super) fn copied(&self) -> impl Iterator<Item = Pair> + '_ {
        let equal = self.condition.products().filter(|product| product.equality);
        equal.filter_map(|Product { left, right, .. }| {
            let (source, target) = match (self.is_foreign(left), self.is_foreign(right)) {
                (_, true) => (left, right),
                (true, false) => (right, left),
                (false, false) => return None,
            };
            let reachable = !self.is_apart(source) && !self.is_apart(target);
            let columns = (self.condition.column(source)?, self.condition.column(target)?);
            reachable.then_some(columns)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::{ColumnId, Id};

    fn column(index: u32) -> ColumnId {
        ColumnId::from_index(index)
    }

    proptest! {
        /// However the roles are kept, they are those that were given.
        #[test]
        fn occurrences_keep_their_roles(
            pairs in 0_u32..40,
            sides in prop::array::uniform4(0_u8..4),
            odd in prop::option::of(0_u32..80),
        ) {
            let condition = Condition::of_equalities((0..pairs).map(|i| (column(i), column(i + 1))));
            let roles = |of: u8| -> Roles {
                let has = |index: u32| of & (1 << (index % 2)) != 0;
                (0..pairs * 2).filter(|i| has(*i) != (odd == Some(*i))).map(OccurrenceIndex).collect()
            };
            let [foreign, remote, local, apart] = sides.map(roles);
            let given = SidedRoles { foreign, remote, local, apart };
            let sided = Sided::new(condition, given.clone());
            prop_assert_eq!(&*sided.foreign(), &given.foreign);
            prop_assert_eq!(&*sided.remote(), &given.remote);
            prop_assert_eq!(&*sided.local(), &given.local);
            for index in (0..pairs * 2).map(OccurrenceIndex) {
                prop_assert_eq!(sided.is_foreign(index), given.foreign.contains(index));
                prop_assert_eq!(sided.is_remote(index), given.remote.contains(index));
                prop_assert_eq!(sided.is_local(index), given.local.contains(index));
                prop_assert_eq!(sided.is_apart(index), given.apart.contains(index));
            }
        }
    }

    #[test]
    fn the_join_of_a_foreign_key_takes_four_words() {
        assert_eq!(size_of::<Sided>(), 4 * size_of::<usize>());
    }
}
