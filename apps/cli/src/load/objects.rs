//! Objects: one for each entity and primary key, however often and by whichever way it is reached.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::value::Value;

/// An object's place among all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct ObjectId(usize);

/// What was loaded.
#[derive(Debug, Default)]
pub(super) struct Objects<'a> {
    all: Vec<Object<'a>>,
    by_key: BTreeMap<(&'a str, Vec<Value>), ObjectId>,
    /// Those of the entity that was asked for, in order.
    pub(super) roots: Related,
}

/// One object.
#[derive(Debug)]
pub(super) struct Object<'a> {
    pub(super) entity: &'a str,
    pub(super) attributes: Vec<Attribute<'a>>,
    pub(super) relationships: BTreeMap<&'a str, Relationship<'a>>,
}

/// What an attribute of an object holds.
#[derive(Debug)]
pub(super) struct Attribute<'a> {
    pub(super) name: &'a str,
    /// What parameters and matches call it by.
    pub(super) column: Option<&'a str>,
    pub(super) primary_key: bool,
    pub(super) value: Value,
}

/// What a relationship of an object holds.
#[derive(Debug)]
pub(super) enum Relationship<'a> {
    Many(Related),
    One(Option<ObjectId>),
    /// It is not loaded, by this strategy.
    Unloaded(&'a str),
}

/// Different objects in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Related {
    objects: Vec<ObjectId>,
    known: BTreeSet<ObjectId>,
}

impl Related {
    pub(super) fn add(&mut self, object: ObjectId) {
        if self.known.insert(object) {
            self.objects.push(object);
        }
    }

    pub(super) fn all(&self) -> &[ObjectId] {
        &self.objects
    }
}

impl Relationship<'_> {
    /// A relationship that holds nothing yet.
    fn new(uselist: bool) -> Self {
        if uselist { Self::Many(Related::default()) } else { Self::One(None) }
    }

    pub(super) fn objects(&self) -> &[ObjectId] {
        match self {
            Self::Many(related) => related.all(),
            Self::One(object) => object.as_slice(),
            Self::Unloaded(_) => &[],
        }
    }
}

impl Object<'_> {
    /// The attributes that tell it from others; all of them where none is said to.
    pub(super) fn key(&self) -> impl Iterator<Item = &Attribute<'_>> {
        let keyless = self.is_keyless();
        self.attributes.iter().filter(move |it| it.primary_key || keyless)
    }

    /// The attributes beside its key, each once also where it shows several columns.
    pub(super) fn others(&self) -> impl Iterator<Item = &Attribute<'_>> {
        let keyless = self.is_keyless();
        let all = self.attributes.iter().enumerate().filter(move |_| !keyless);
        let told = |at: usize, it: &Attribute<'_>| {
            let mut before = self.attributes.iter().take(at);
            before.any(|other| other.name == it.name) || self.key().any(|key| key.name == it.name)
        };
        all.filter(move |(at, it)| !told(*at, it)).map(|(_, it)| it)
    }

    fn is_keyless(&self) -> bool {
        !self.attributes.iter().any(|it| it.primary_key)
    }

    /// The value of a column, if it was loaded.
    pub(super) fn column(&self, column: &str) -> Option<&Value> {
        let found = self.attributes.iter().find(|it| it.column == Some(column));
        found.map(|it| &it.value)
    }
}

impl<'a> Objects<'a> {
    pub(super) fn get(&self, id: ObjectId) -> Option<&Object<'a>> {
        self.all.get(id.0)
    }

    /// The object that has these attributes: a known one with the same key, or a new one. None where
    /// the key is NULL.
    pub(super) fn meet(
        &mut self,
        entity: &'a str,
        attributes: Vec<Attribute<'a>>,
    ) -> Option<ObjectId> {
        let object = Object { entity, attributes, relationships: BTreeMap::new() };
        let key: Vec<_> = object.key().map(|it| it.value.compared()).collect();
        let is_null = |value: &Value| *value == Value::Null;
        let keyless = object.is_keyless();
        if key.iter().all(is_null) || (!keyless && key.iter().any(is_null)) {
            return None;
        }
        if let Some(known) = self.by_key.get(&(entity, key.clone())).copied() {
            self.complete(known, object.attributes);
            return Some(known);
        }
        let id = ObjectId(self.all.len());
        self.by_key.insert((entity, key), id);
        self.all.push(object);
        Some(id)
    }

    /// Adds attributes that another statement left out.
    fn complete(&mut self, id: ObjectId, attributes: Vec<Attribute<'a>>) {
        let Some(object) = self.all.get_mut(id.0) else { return };
        for attribute in attributes {
            let same =
                |it: &Attribute<'_>| (it.name, it.column) == (attribute.name, attribute.column);
            if !object.attributes.iter().any(same) {
                object.attributes.push(attribute);
            }
        }
    }

    /// Notes that a relationship of an object is loaded, and perhaps holds nothing.
    pub(super) fn begin(&mut self, id: ObjectId, name: &'a str, uselist: bool) {
        let Some(object) = self.all.get_mut(id.0) else { return };
        object.relationships.entry(name).or_insert_with(|| Relationship::new(uselist));
    }

    /// Notes that a relationship of an object is not loaded.
    pub(super) fn leave(&mut self, id: ObjectId, name: &'a str, load: &'a str) {
        let Some(object) = self.all.get_mut(id.0) else { return };
        object.relationships.entry(name).or_insert(Relationship::Unloaded(load));
    }

    /// Puts an object into a relationship that is loaded. One that holds one object keeps the first.
    pub(super) fn link(&mut self, id: ObjectId, name: &str, related: ObjectId) {
        let object = self.all.get_mut(id.0);
        match object.and_then(|object| object.relationships.get_mut(name)) {
            Some(Relationship::Many(all)) => all.add(related),
            Some(Relationship::One(one)) => _ = one.get_or_insert(related),
            Some(Relationship::Unloaded(_)) | None => {}
        }
    }

    /// Puts the attributes of each object in an order that no strategy has a say in.
    pub(super) fn arrange(&mut self, position: impl Fn(&str, &str) -> Option<usize>) {
        for object in &mut self.all {
            let place = |it: &Attribute<'_>| position(object.entity, it.name).unwrap_or(usize::MAX);
            object.attributes.sort_by_cached_key(place);
        }
    }

    /// All that can be reached from the roots, with the object and the relationship by which each
    /// is reached first: in the fewest steps.
    pub(super) fn reached(&self) -> Vec<(ObjectId, Option<(ObjectId, &'a str)>)> {
        let mut known = self.roots.known.clone();
        let mut reached: Vec<_> = self.roots.all().iter().map(|root| (*root, None)).collect();
        let mut waiting: VecDeque<_> = self.roots.all().iter().copied().collect();
        while let Some(id) = waiting.pop_front() {
            let relationships = self.get(id).map(|object| &object.relationships);
            for (name, relationship) in relationships.into_iter().flatten() {
                for related in relationship.objects() {
                    if known.insert(*related) {
                        reached.push((*related, Some((id, *name))));
                        waiting.push_back(*related);
                    }
                }
            }
        }
        reached
    }
}
