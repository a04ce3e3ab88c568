//! Which given conditions say no more than what would be inferred?
//!
//! The relationship is answered once more without them; nothing may change. Asked when findings are,
//! not while relationships are resolved.

use super::answer::{Answer, Join, Pair, Resolution, Side};
use super::relationship::answer;
use crate::base::{ColumnId, RelationshipId};
use crate::entity::{Mapping, Relationship};
use crate::graph::{Condition, Expr};

/// A relationship with given conditions that it would have without them too.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RedundantJoin {
    /// The relationship.
    pub relationship: RelationshipId,
    /// Its conditions that need not be given.
    pub sides: Vec<Side>,
}

/// The conditions of a declared relationship that need not be given: the most that can be left out
/// at once.
pub(super) fn redundant(
    mapping: &Mapping,
    resolution: &Resolution,
    id: RelationshipId,
) -> Option<RedundantJoin> {
    let relationship = resolution.relationship(mapping, id);
    let arguments = &relationship.arguments;
    let is_given = arguments.primaryjoin.is_some() || arguments.secondaryjoin.is_some();
    if !is_given || resolution.made_by(mapping, id).is_some() {
        return None;
    }
    let given =
        [(Side::Primary, &arguments.primaryjoin), (Side::Secondary, &arguments.secondaryjoin)];
    let given = given.into_iter().filter_map(|(side, it)| Some((side, &it.as_ref()?.value)));
    let plain = given.filter(|(_, condition)| is_plain(mapping, condition));
    let sides: Vec<Side> = plain.map(|(side, _)| side).collect();
    let single = || sides.iter().map(|side| vec![*side]);
    let mut choices = std::iter::once(sides.clone()).chain(single());
    let answer = resolution.answer(id)?;
    let same =
        |sides: &Vec<Side>| !sides.is_empty() && is_same(mapping, relationship, sides, answer);
    Some(RedundantJoin { relationship: id, sides: choices.find(same)? })
}

/// Whether a condition holds columns equal and does nothing else.
fn is_plain(mapping: &Mapping, condition: &Condition) -> bool {
    let graph = &mapping.graph;
    let parts = condition.root().into_iter().flat_map(|root| graph.walk(root));
    let simple =
        |expr| matches!(graph.expr(expr), Expr::And(_) | Expr::Binary { .. } | Expr::Column(_));
    let equal = condition.products().filter(|product| product.equality).count();
    parts.into_iter().all(simple) && equal == condition.binaries().count()
}

fn is_same(
    mapping: &Mapping,
    relationship: &Relationship,
    sides: &[Side],
    before: &Answer,
) -> bool {
    let mut without = relationship.clone();
    for side in sides {
        match side {
            Side::Primary => without.arguments.primaryjoin = None,
            Side::Secondary => without.arguments.secondaryjoin = None,
        }
    }
    let after = answer(mapping, &without);
    before.is_complete()
        && before.evidence == after.evidence
        && before.direction == after.direction
        && facts(before) == facts(&after)
}

type Facts = [Vec<Pair>; 3];

/// What a join comes to, in an order of its own.
fn facts(answer: &Answer) -> (Facts, [Vec<ColumnId>; 3], usize) {
    let compared = |side: &super::sided::Sided| side.condition.binaries().count();
    let join = answer.join.as_ref();
    let sides = join.into_iter().flat_map(Join::sides);
    (
        [answer.local_remote(), answer.synchronize(), answer.secondary_synchronize()]
            .map(|it| sorted(&it)),
        [answer.local_columns(), answer.remote_columns(), answer.foreign_columns()]
            .map(|it| sorted(&it)),
        sides.map(compared).sum(),
    )
}

fn sorted<T: Copy + Ord>(list: &[T]) -> Vec<T> {
    let mut list = list.to_vec();
    list.sort_unstable();
    list
}
