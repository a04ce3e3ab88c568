//! One relationship was declared anew: which answers change?

use rustc_hash::FxHashSet;

use super::answer::{Answer, Resolution};
use super::dependency::asks_of_order;
use super::facts::Change;
use super::writes::{Writings, written};
use super::{inverse, relationship};
use crate::base::{ColumnId, Id, RelationshipId};
use crate::entity::{Mapping, Relationship};
use crate::text::{Placed, Sources};

impl Resolution {
    /// Declares a relationship anew under its old name, and answers it and all that rests on its
    /// answer: that of its reverse, of those that name it as theirs, who writes the columns that it
    /// writes or wrote, and what the answers come to together.
    ///
    /// It has no backref, nor had it one: what a backref makes has an id of its own. `writings` are
    /// those of the answers as they were, and then as they are.
    pub(crate) fn renew(
        &mut self,
        mapping: &mut Mapping,
        id: RelationshipId,
        declared: Relationship,
        writings: &mut Writings,
    ) {
        let known = self.answer(id).map_or_else(Vec::new, |answer| answer.reverse().to_vec());
        let known: Vec<_> = known.into_iter().chain([id]).collect();
        let asked = |it: &Self, mapping: &Mapping| -> Vec<_> {
            known.iter().map(|id| asks_of_order(mapping, it, *id)).collect()
        };
        let before = asked(self, mapping);
        *mapping.relationship_mut(id) = declared;
        let new = relationship::answer(mapping, mapping.relationship(id));
        let Some(answer) = self.answers.get_mut(id.index()) else { return };
        writings.remove(id, answer);
        writings.add(id, &new);
        let old = std::mem::replace(answer, new);
        let mut columns: FxHashSet<ColumnId> = targets(&old).collect();
        let changed = inverse::relink(mapping, self, id, old.reverse());
        for changed in &changed {
            columns.extend(self.answer(*changed).into_iter().flat_map(targets));
        }
        let again = writings.conflicts(mapping, self, &columns);
        self.conflicts.retain(|conflict| !columns.contains(&conflict.column));
        self.conflicts.extend(again);
        self.conflicts.sort_by_key(|conflict| conflict.column);
        let is_order = before != asked(self, mapping);
        let change = Change { answers: &changed, columns: &columns, is_order };
        self.renew_facts(mapping, writings, id, &change);
    }

    /// Keeps up what was found out already.
    fn renew_facts(
        &mut self,
        mapping: &Mapping,
        writings: &Writings,
        id: RelationshipId,
        change: &Change<'_>,
    ) {
        if let Some(mut facts) = self.facts.take() {
            facts.renew(mapping, self, writings, change);
            self.facts = facts.into();
        }
        if let Some(ignoring) = self.ignoring.get_mut() {
            ignoring.renew(mapping, id);
        }
    }
}

fn targets(answer: &Answer) -> impl Iterator<Item = ColumnId> + '_ {
    written(answer).map(|(_, target)| target)
}

/// Only what backrefs make is declared here; answers have no places.
impl Placed for Resolution {
    fn settle(&mut self, sources: &Sources) {
        for (relationship, _) in &mut self.made {
            relationship.settle(sources);
        }
    }
}
