//! Which columns of a hierarchy are kept equal.

use super::attribute::Attribute;
use super::mapping::Mapping;
use crate::base::{ColumnId, EntityId};
use crate::graph::{Condition, EqualColumns};

/// The pairs of columns that the joins of an entity's hierarchy hold equal; `SQLAlchemy`'s
/// `Mapper._equivalent_columns`.
pub(super) fn equal_pairs(mapping: &Mapping, entity: EntityId) -> Vec<(ColumnId, ColumnId)> {
    let family = mapping.descendants(mapping.root_of(entity)).into_iter();
    let conditions = family.filter_map(|each| mapping.inherit_condition(each));
    let conditions = conditions.map(|on| Condition::of_expression(&mapping.graph, on, []));
    conditions.flat_map(|condition| condition.equal_columns().collect::<Vec<_>>()).collect()
}

/// The column itself, and then those that the pairs hold equal to it, those nearer to it first.
pub(super) fn nearest_equal(pairs: &[(ColumnId, ColumnId)], column: ColumnId) -> Vec<ColumnId> {
    let mut equal = vec![column];
    let mut next = 0;
    while let Some(known) = equal.get(next).copied() {
        next += 1;
        for (a, b) in pairs {
            let other = match known {
                known if known == *a => *b,
                known if known == *b => *a,
                _ => continue,
            };
            if !equal.contains(&other) {
                equal.push(other);
            }
        }
    }
    equal
}

impl Mapping {
    /// Whether the joins of an entity's hierarchy hold two columns equal.
    pub fn are_equal(&self, entity: EntityId, a: ColumnId, b: ColumnId) -> bool {
        let mut equal = EqualColumns::default();
        if a != b {
            equal.extend(equal_pairs(self, entity));
        }
        equal.same(a, b)
    }

    /// The column that an entity's instances read to know the value of a column: the first of the
    /// attribute that shows it.
    pub fn read_for(&self, entity: EntityId, column: ColumnId) -> ColumnId {
        let mut listed = self.entity(entity).listed.iter().flatten().map(Attribute::columns);
        let shown = listed.find(|columns| columns.contains(&column));
        shown.and_then(|columns| columns.first().copied()).unwrap_or(column)
    }
}
