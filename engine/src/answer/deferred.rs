//! `defer`, `undefer`, `undefer_group` and `selectin_polymorphic` of a statement.

use super::Subject;
use super::refusal::Asked;
use crate::base::{EntityId, Name};
use crate::entity::AttributeValue;
use crate::plan::{Attributes, LoadOption, LoadSubclass, PathStep};
use crate::spec::StatementSpec;

/// What a statement says of the attributes that it loads.
pub(super) fn options(
    subject: Subject<'_>,
    spec: &StatementSpec,
    entity: EntityId,
    path: &[PathStep],
) -> Result<Vec<LoadOption>, Asked> {
    let way = Way { subject, spec, entity, path };
    let mut options = Vec::new();
    for (texts, loaded) in [(&spec.defer, false), (&spec.undefer, true)] {
        for text in texts {
            way.attributes(text.text(), loaded, &mut options)?;
        }
    }
    for text in &spec.undefer_group {
        options.push(way.group(text.text())?);
    }
    Ok(options)
}

/// The subclasses that a statement asks to complete.
pub(super) fn subclasses(
    subject: Subject<'_>,
    spec: &StatementSpec,
    entity: EntityId,
    path: &[PathStep],
) -> Result<Vec<LoadSubclass>, Asked> {
    let way = Way { subject, spec, entity, path };
    spec.selectin_polymorphic.iter().map(|text| way.subclass(text.text())).collect()
}

/// The way that a statement takes.
struct Way<'a> {
    subject: Subject<'a>,
    spec: &'a StatementSpec,
    entity: EntityId,
    path: &'a [PathStep],
}

impl Way<'_> {
    /// How far the relationships before the last dot lead, the entity there, and what is behind.
    fn place<'t>(&self, text: &'t str) -> Result<(usize, EntityId, &'t str), Asked> {
        let (steps, last) = text.rsplit_once('.').unwrap_or(("", text));
        let (mut depth, mut entity) = (0, self.entity);
        for step in steps.split('.').filter(|step| !step.is_empty()) {
            let next = self.spec.path.get(depth).filter(|next| next.text() == step);
            let off = || Asked::OffPath { written: text.to_owned() };
            let next = *self.path.get(depth).filter(|_| next.is_some()).ok_or_else(off)?;
            entity = super::path::end_of(self.subject, next);
            depth += 1;
        }
        Ok((depth, entity, last))
    }

    fn attributes(
        &self,
        text: &str,
        loaded: bool,
        options: &mut Vec<LoadOption>,
    ) -> Result<(), Asked> {
        let (depth, entity, last) = self.place(text)?;
        if last == "*" {
            options.push(LoadOption { depth, attributes: Attributes::All, loaded });
            return Ok(());
        }
        let unknown = || Asked::UnknownAttribute { entity, name: last.to_owned() };
        let name = self.subject.mapping.names.find(last).ok_or_else(unknown)?;
        let named = self.selected(entity, name).ok_or_else(unknown)?;
        options.extend(named.into_iter().map(|name| LoadOption {
            depth,
            attributes: Attributes::Named(name),
            loaded,
        }));
        Ok(())
    }

    /// The attributes that are selected for one: itself, what it is a synonym of, or its parts.
    fn selected(&self, entity: EntityId, name: Name) -> Option<Vec<Name>> {
        let Subject { mapping, .. } = self.subject;
        let entity = mapping.entity(entity);
        let attribute = entity.attribute_meant(&mapping.graph, name)?;
        Some(match &attribute.value {
            AttributeValue::Composite(parts) => parts.to_vec(),
            _ => vec![attribute.name],
        })
    }

    fn subclass(&self, text: &str) -> Result<LoadSubclass, Asked> {
        let (depth, entity, last) = self.place(text)?;
        let mapping = self.subject.mapping;
        let inherits = |it: &EntityId| *it != entity && mapping.lineage(*it).contains(&entity);
        let found = mapping.find_entity(last).filter(inherits);
        let unknown = || Asked::UnknownSubclass { entity, name: last.to_owned() };
        Ok(LoadSubclass { depth, entity: found.ok_or_else(unknown)? })
    }

    fn group(&self, text: &str) -> Result<LoadOption, Asked> {
        let (depth, entity, last) = self.place(text)?;
        let of = self.subject.mapping.entity(entity);
        let group = self.subject.mapping.names.find(last);
        let found =
            group.filter(|group| of.listed.iter().flatten().any(|it| it.group == Some(*group)));
        let unknown = || Asked::UnknownGroup { entity, name: last.to_owned() };
        let attributes = Attributes::Group(found.ok_or_else(unknown)?);
        Ok(LoadOption { depth, attributes, loaded: true })
    }
}
