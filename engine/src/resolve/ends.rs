//! How many rows may stand at each end of a relationship?
//!
//! At most one where the keys prove it ([`unique`](super::unique)) or the relationship holds one; at
//! least one where a foreign key that cannot be NULL promises the row it refers to.

use super::answer::{Answer, Direction};
use super::eager::Dropped;
use super::setting::Setting;
use super::unique;
use crate::base::ColumnId;
use crate::entity::{Mapping, Relationship};

/// How many rows stand at one end for each row at the other.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Count {
    /// There is always one.
    pub at_least_one: bool,
    /// There are never two.
    pub at_most_one: bool,
}

/// How many rows stand at the two ends of a relationship.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Ends {
    /// Of the parent, for each row of the target.
    pub parents: Count,
    /// Of the target, for each row of the parent.
    pub targets: Count,
}

impl Count {
    /// What is known where both counts are of the same rows.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            at_least_one: self.at_least_one || other.at_least_one,
            at_most_one: self.at_most_one || other.at_most_one,
        }
    }
}

/// How many rows stand at the two ends of a relationship, as far as the keys and the relationship
/// itself tell. Nothing is known of one that could not be resolved.
pub fn ends(mapping: &Mapping, relationship: &Relationship, answer: &Answer) -> Ends {
    let Some(join) = answer.join.as_ref().filter(|_| answer.is_complete()) else {
        return Ends::default();
    };
    let promised = |direction| {
        answer.direction == Some(direction) && why_missing(mapping, relationship, answer).is_none()
    };
    Ends {
        parents: Count {
            at_least_one: promised(Direction::OneToMany),
            at_most_one: unique::is_one_parent(&Setting::new(mapping, relationship), join),
        },
        targets: Count {
            at_least_one: promised(Direction::ManyToOne),
            at_most_one: !answer.uselist
                || unique::at_most_one(mapping, relationship, answer).is_some(),
        },
    }
}

/// Why the row that a referring row refers to may be missing; none where it is always there.
pub(super) fn why_missing(
    mapping: &Mapping,
    relationship: &Relationship,
    answer: &Answer,
) -> Option<Dropped> {
    let (graph, catalog) = (&mapping.graph, mapping.catalog());
    let referring = answer.copied().map(|(_, column)| column);
    let nullable = |column: &ColumnId| {
        graph.declared(*column).is_none_or(|column| catalog.column(column).nullable)
    };
    let nullable: Vec<_> = referring.filter(nullable).collect();
    if !nullable.is_empty() {
        return Some(Dropped::Nullable(nullable));
    }
    (!is_promised(mapping, relationship, answer)).then_some(Dropped::Unpromised)
}

/// Whether the join is exactly that of a foreign key to the whole of what the referred entity maps.
fn is_promised(mapping: &Mapping, relationship: &Relationship, answer: &Answer) -> bool {
    let (graph, catalog) = (&mapping.graph, mapping.catalog());
    let referred = match answer.direction {
        Some(Direction::ManyToOne) => mapping.entity(relationship.target),
        Some(Direction::OneToMany) => mapping.entity(relationship.entity),
        Some(Direction::ManyToMany) | None => return false,
    };
    let Some(table) = graph.base_table(referred.selectable) else { return false };
    let declared =
        |(to, from): &(ColumnId, ColumnId)| Some((graph.declared(*from)?, graph.declared(*to)?));
    let pairs: Option<Vec<_>> = answer.synchronize().iter().map(declared).collect();
    let Some(pairs) = pairs else { return false };
    let only =
        |join: &super::answer::Join| join.primary().condition.binaries().count() == pairs.len();
    let owner = pairs.first().map(|(from, _)| catalog.column(*from).table);
    let keys = owner.into_iter().flat_map(|owner| &catalog.table(owner).foreign_keys);
    let exact = keys.map(|key| catalog.foreign_key(key)).any(|key| {
        key.referred_table == table
            && key.pairs.len() == pairs.len()
            && key.pairs.iter().all(|pair| pairs.contains(pair))
    });
    exact && referred.inherits.is_none() && answer.join.as_ref().is_some_and(only)
}
