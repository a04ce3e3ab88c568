//! One relationship was declared anew: which answers change?

use rustc_hash::FxHashSet;

use super::answer::{Answer, Resolution};
use super::writes::{Writings, written};
use super::{inverse, relationship};
use crate::base::{ColumnId, Id, RelationshipId};
use crate::entity::Mapping;
use crate::text::{Placed, Shift};

impl Resolution {
    /// Answers a relationship that was declared anew under its old name, and all that rests on its
    /// answer: that of its reverse, of those that name it as theirs, and who writes the columns that
    /// it writes or wrote.
    ///
    /// It has no backref, nor had it one: what a backref makes has an id of its own. `writings` are
    /// those of the answers as they were, and then as they are.
    pub(crate) fn renew(&mut self, mapping: &Mapping, id: RelationshipId, writings: &mut Writings) {
        let new = relationship::answer(mapping, mapping.relationship(id));
        let Some(answer) = self.answers.get_mut(id.index()) else { return };
        writings.remove(id, answer);
        writings.add(id, &new);
        let old = std::mem::replace(answer, new);
        let mut columns: FxHashSet<ColumnId> = targets(&old).collect();
        inverse::relink(mapping, self, id, &old.reverse);
        for changed in old.reverse.iter().chain([&id]) {
            columns.extend(self.answer(*changed).into_iter().flat_map(targets));
        }
        let again = writings.conflicts(mapping, self, &columns);
        self.conflicts.retain(|conflict| !columns.contains(&conflict.column));
        self.conflicts.extend(again);
        self.conflicts.sort_by_key(|conflict| conflict.column);
    }
}

fn targets(answer: &Answer) -> impl Iterator<Item = ColumnId> + '_ {
    written(answer).map(|(_, target)| target)
}

/// Only what backrefs make is declared here; answers have no places.
impl Placed for Resolution {
    fn shift(&mut self, shift: Shift) {
        for (relationship, _) in &mut self.made {
            relationship.shift(shift);
        }
    }
}
