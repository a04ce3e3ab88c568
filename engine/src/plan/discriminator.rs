//! Which entity a row of a hierarchy is.
//!
//! Rule: `SQLAlchemy`'s `loading._decorate_polymorphic_switch`.

use super::list::List;
use super::model::Plan;
use super::row::{Bound, Item, Scalar, Shows};
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
    /// Where the item is JSON: the key of the value in the objects of the rows.
    pub key: Option<Name>,
    /// Each value, with the entity whose rows have it: the one loaded or one that inherits from it.
    pub identities: Vec<(Literal, EntityId)>,
}

/// Adds the discriminators of what a SELECT shows, and of the JSON in it. An entity that none
/// inherits from has none.
pub(super) fn add_discriminators(
    mapping: &Mapping,
    plan: &Plan<'_>,
    items: List<Shows>,
    found: &mut Vec<Discriminator>,
) {
    let mut position = 0;
    for shows in plan.shown.get(items) {
        if shows.entity().is_some_and(|entity| heads_others(mapping, entity)) {
            for (i, item) in shows.items(mapping).enumerate() {
                found.extend(
                    item.feeds.and_then(|bound| told(mapping, bound, position + i, None, found)),
                );
            }
        }
        if let Shows::Item(Item { value: value @ Scalar::Json(_), .. }) = shows {
            for (key, bound) in plan.members(mapping, *value) {
                if heads_others(mapping, bound.entity) {
                    found.extend(told(mapping, bound, position, key, found));
                }
            }
        }
        position += shows.count();
    }
}

/// Whether what a SELECT shows has a discriminator in it, perhaps.
pub(super) fn may_tell(mapping: &Mapping, shows: &Shows) -> bool {
    matches!(shows, Shows::Item(Item { value: Scalar::Json(_), .. }))
        || shows.entity().is_some_and(|entity| heads_others(mapping, entity))
}

/// Whether rows of an entity can be those of others.
fn heads_others(mapping: &Mapping, entity: EntityId) -> bool {
    let hierarchy = &mapping.entity(entity).hierarchy;
    hierarchy.discriminator.is_some() && !hierarchy.children.is_empty()
}

/// The discriminator that an item is, unless its level has one.
fn told(
    mapping: &Mapping,
    bound: Bound,
    item: usize,
    key: Option<Name>,
    found: &[Discriminator],
) -> Option<Discriminator> {
    let Bound { entity, level, attribute, .. } = bound;
    let known = found.iter().any(|other| other.level == level);
    let tells = !known && shown_by(mapping, entity) == Some(attribute);
    let identities = || identities(mapping, entity);
    tells.then(|| Discriminator { level, entity, item, key, identities: identities() })
}

/// The attribute that shows an entity's discriminator.
pub(super) fn shown_by(mapping: &Mapping, entity: EntityId) -> Option<Name> {
    let entity = mapping.entity(entity);
    let mut attributes = entity.attributes(&mapping.graph);
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
