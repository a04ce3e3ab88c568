//! Which entity a row of a hierarchy is.
//!
//! Rule: `SQLAlchemy`'s `loading._decorate_polymorphic_switch`.

use super::model::Item;
use crate::base::{EntityId, Name};
use crate::entity::{Attribute, AttributeValue, Entity, Mapping};
use crate::graph::{Expr, Graph, Literal};

/// The item of the outermost SELECT that tells which entity of a hierarchy a row is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Discriminator {
    /// The level of the rows.
    pub level: usize,
    /// The entity that is loaded.
    pub entity: EntityId,
    /// The position of the item.
    pub item: usize,
    /// Each value, with the entity whose rows have it: the one loaded or one that inherits from it.
    pub identities: Vec<(Literal, EntityId)>,
}

/// The discriminators of what some items load. An entity that none inherits from has none.
pub(super) fn discriminators(mapping: &Mapping, items: &[Item]) -> Vec<Discriminator> {
    let mut found: Vec<Discriminator> = Vec::new();
    for (item, bound) in items.iter().enumerate().filter_map(|(i, it)| Some((i, it.feeds?))) {
        let hierarchy = &mapping.entity(bound.entity).hierarchy;
        let known = found.iter().any(|other| other.level == bound.level);
        if known || hierarchy.discriminator.is_none() || hierarchy.children.is_empty() {
            continue;
        }
        if shown_by(mapping, bound.entity) == Some(bound.attribute) {
            let identities = identities(mapping, bound.entity);
            found.push(Discriminator {
                level: bound.level,
                entity: bound.entity,
                item,
                identities,
            });
        }
    }
    found
}

/// The attribute that shows an entity's discriminator.
pub(super) fn shown_by(mapping: &Mapping, entity: EntityId) -> Option<Name> {
    let entity = mapping.entity(entity);
    let mut attributes = entity.attributes.iter();
    attributes.find(|it| is_shown_by(&mapping.graph, entity, it)).map(|it| it.name)
}

/// Whether an attribute shows its entity's discriminator.
pub(super) fn is_shown_by(graph: &Graph, entity: &Entity, attribute: &Attribute) -> bool {
    let Some(on) = entity.hierarchy.discriminator else { return false };
    match (&attribute.value, graph.expr(on)) {
        (AttributeValue::Columns(columns), Expr::Column(column)) => columns.contains(column),
        (AttributeValue::Expression(expr), _) => *expr == on,
        _ => false,
    }
}

fn identities(mapping: &Mapping, entity: EntityId) -> Vec<(Literal, EntityId)> {
    let identity = |id: EntityId| {
        let polymorphism = &mapping.entity(id).polymorphism;
        let own = polymorphism.identity.as_ref().filter(|_| !polymorphism.is_abstract)?;
        Some((own.value.clone(), id))
    };
    mapping.descendants(entity).into_iter().filter_map(identity).collect()
}
