//! Which relationship does a backref make?
//!
//! Rules: `SQLAlchemy`'s `RelationshipProperty._generate_backref`.

use rustc_hash::FxHashMap;

use super::answer::{BackrefConflict, Evidence, Join, Resolution};
use super::relationship::answer;
use super::sided::Sided;
use crate::base::{EntityId, Id, Name, RelationshipId};
use crate::entity::{Argument, Arguments, Backref, Inheritance, Mapping, Relationship};
use crate::graph::{Condition, Marks};

/// Makes the relationship of every backref whose own relationship joins.
pub(super) fn make(mapping: &Mapping, resolution: &mut Resolution) {
    let asking: Vec<_> = mapping
        .relationships()
        .filter_map(|(id, relationship)| Some((id, relationship, asked(relationship)?)))
        .collect();
    if asking.is_empty() {
        return;
    }
    let lands = Lands::of(mapping, &asking);
    let mut faults = Vec::new();
    for (id, relationship, backref) in asking {
        let Some(original) = resolution.answers.get(id.index()) else { continue };
        let Some(join) = original.join.as_ref().filter(|_| original.is_joined()) else {
            continue;
        };
        if let Some(fault) = fault(mapping, &lands, id, relationship, backref) {
            faults.push((id, fault));
            continue;
        }
        let made = reversed(mapping, relationship, backref, join);
        let answer = answer(mapping, &made);
        resolution.made.push((made, id));
        resolution.answers.push(answer);
    }
    for (id, fault) in faults {
        if let Some(answer) = resolution.answers.get_mut(id.index()) {
            answer.evidence.push(fault);
        }
    }
    name_makers(mapping, resolution);
}

/// A relationship with the backref that it asks for.
type Asking<'m> = (RelationshipId, &'m Relationship, &'m Backref);

fn asked(relationship: &Relationship) -> Option<&Backref> {
    let arguments = &relationship.arguments;
    arguments.backref.as_deref().filter(|_| arguments.back_populates.is_none())
}

/// Where backrefs land: what else could be there.
#[derive(Default)]
struct Lands {
    /// The backrefs by the place they want to take.
    rivals: FxHashMap<(EntityId, Name), Vec<RelationshipId>>,
    /// The entities that inherit from one, directly or not, by name.
    heirs: FxHashMap<EntityId, Vec<EntityId>>,
}

impl Lands {
    fn of(mapping: &Mapping, asking: &[Asking<'_>]) -> Self {
        let mut lands = Self::default();
        for (id, relationship, backref) in asking {
            let owner = mapping.primary_of(relationship.target);
            lands.rivals.entry((owner, backref.name.value)).or_default().push(*id);
        }
        let mut entities: Vec<_> = mapping.entities().map(|(id, _)| id).collect();
        entities.sort_unstable_by_key(|id| mapping.entity_name(*id));
        for id in entities {
            for ancestor in mapping.lineage(id).into_iter().filter(|ancestor| *ancestor != id) {
                lands.heirs.entry(ancestor).or_default().push(id);
            }
        }
        lands
    }

    /// The entity, those it inherits from, and those that inherit from it by name; what has tables
    /// of its own shares no names with others.
    fn family(&self, mapping: &Mapping, entity: EntityId) -> Vec<EntityId> {
        let alone = |id: &EntityId| mapping.inheritance(*id) == Some(Inheritance::Concrete);
        if alone(&entity) {
            return vec![entity];
        }
        let mut family = mapping.lineage(entity);
        family.extend(self.heirs.get(&entity).into_iter().flatten());
        family.retain(|id| !alone(id));
        family
    }
}

fn fault(
    mapping: &Mapping,
    lands: &Lands,
    id: RelationshipId,
    relationship: &Relationship,
    backref: &Backref,
) -> Option<Evidence> {
    let owner = mapping.primary_of(relationship.target);
    let name = backref.name.value;
    let family = lands.family(mapping, owner);
    let taken = family.iter().find_map(|entity| {
        let declared = mapping.find_relationship(*entity, name);
        let attribute = mapping.entity(*entity).attribute(&mapping.graph, name).is_some();
        let attribute = attribute.then_some(BackrefConflict::Attribute);
        declared.map(BackrefConflict::Relationship).or(attribute)
    });
    let rival = || {
        let others = family.iter().filter_map(|entity| lands.rivals.get(&(*entity, name)));
        let others = others.flatten().copied().filter(|other| *other != id);
        let path = |id: &RelationshipId| mapping.relationship_path(mapping.relationship(*id));
        others.min_by_key(path).map(BackrefConflict::Rival)
    };
    if let Some(conflict) = taken.or_else(rival) {
        return Some(Evidence::BackrefConflict(conflict));
    }
    let plain = relationship.arguments.secondary.is_none();
    (plain && backref.arguments.secondaryjoin.is_some())
        .then_some(Evidence::SecondaryjoinOnPlainBackref)
}

fn reversed(
    mapping: &Mapping,
    original: &Relationship,
    backref: &Backref,
    join: &Join,
) -> Relationship {
    let owner = mapping.primary_of(original.target);
    let target = mapping.primary_of(original.entity);
    let mut made = Relationship::new(owner, backref.name.value, target);
    made.span = backref.name.span;
    made.ignore.clone_from(&original.ignore);
    made.arguments = inherited(original, backref.arguments.clone());
    let given = |condition| Some(Box::new(Argument::from(condition)));
    let (primary, secondary) = match join.secondary() {
        Some(secondary) => (swapped(secondary), given(swapped(join.primary()))),
        None => (turned(join.primary()), None),
    };
    let arguments = &mut made.arguments;
    arguments.primaryjoin = arguments.primaryjoin.take().or(given(primary));
    arguments.secondaryjoin = arguments.secondaryjoin.take().or(secondary);
    made
}

/// What a backref takes from the relationship that makes it unless it says otherwise.
fn inherited(original: &Relationship, mut own: Arguments) -> Arguments {
    let from = &original.arguments;
    if own.foreign_keys.is_empty() {
        own.foreign_keys.clone_from(&from.foreign_keys);
    }
    own.back_populates = Some(Argument::from(original.name));
    own.secondary = from.secondary;
    own.viewonly = own.viewonly.or(from.viewonly);
    own.post_update = own.post_update.or(from.post_update);
    own.passive_updates = own.passive_updates.or(from.passive_updates);
    own.sync_backref = own.sync_backref.or(from.sync_backref);
    own
}

/// A condition on the way to or from a secondary, for the other way: the foreign columns stay, the
/// far side is told anew.
fn swapped(sided: &Sided) -> Condition {
    let foreign = sided.foreign().into_owned();
    sided.condition.clone().marked(Marks { foreign, ..Marks::default() })
}

/// A condition seen from the other end. What was marked by hand is turned around; what was told
/// from the tables is told anew.
fn turned(sided: &Sided) -> Condition {
    let condition = &sided.condition;
    let mut marks = Marks::default();
    if !condition.remote().is_empty() {
        (marks.remote, marks.local) = (sided.local().into_owned(), sided.remote().into_owned());
    }
    if !(condition.remote().is_empty() && condition.foreign().is_empty()) {
        marks.foreign = sided.foreign().into_owned();
    }
    condition.clone().marked(marks)
}

/// Sorts what was made by path, so that ids do not depend on the order of declaration alone.
fn name_makers(mapping: &Mapping, resolution: &mut Resolution) {
    let declared = mapping.relationships().len();
    let answers = resolution.answers.split_off(declared);
    let mut made: Vec<_> = resolution.made.drain(..).zip(answers).collect();
    made.sort_by_cached_key(|((relationship, _), _)| mapping.relationship_path(relationship));
    let (relationships, answers): (Vec<_>, Vec<_>) = made.into_iter().unzip();
    for ((made, _), index) in relationships.iter().zip(declared..) {
        let id = RelationshipId::from_index(u32::try_from(index).unwrap_or(u32::MAX));
        resolution.made_by_owner.entry((made.entity, made.name)).or_insert(id);
    }
    resolution.made = relationships;
    resolution.answers.extend(answers);
}
