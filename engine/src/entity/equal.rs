//! Which columns of a hierarchy are kept equal.

use super::mapping::Mapping;
use crate::base::{ColumnId, EntityId};
use crate::graph::Condition;

/// The column itself, and then those that the joins of the entity's hierarchy hold equal to it;
/// `SQLAlchemy`'s `Mapper._equivalent_columns`.
pub(super) fn equal_columns(
    mapping: &Mapping,
    entity: EntityId,
    column: ColumnId,
) -> Vec<ColumnId> {
    let root = mapping.root_of(entity);
    let conditions = mapping.descendants(root).into_iter();
    let conditions = conditions.filter_map(|each| mapping.inherit_condition(each));
    let pairs: Vec<_> = conditions
        .flat_map(|on| {
            let condition = Condition::of_expression(&mapping.graph, on, []);
            condition.equal_columns().collect::<Vec<_>>()
        })
        .collect();
    let mut equal = vec![column];
    let mut next = 0;
    while let Some(known) = equal.get(next).copied() {
        next += 1;
        for (a, b) in &pairs {
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
        a == b || equal_columns(self, entity, a).contains(&b)
    }

    /// The column that an entity's instances read to know the value of a column: the first of the
    /// attribute that shows it.
    pub fn read_for(&self, entity: EntityId, column: ColumnId) -> ColumnId {
        let attribute = self.entity(entity).attribute_of(column);
        attribute.and_then(|it| it.columns().first().copied()).unwrap_or(column)
    }
}
