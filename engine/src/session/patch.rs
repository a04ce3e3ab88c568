//! An edit of one relationship, in the section of the document that declares it.

use std::ops::Range;

use super::change::Change;
use super::{MOST_EDITS, Session};
use crate::base::{EntityId, RelationshipId, SourceId};
use crate::entity;
use crate::model::{Evidence, Model};
use crate::resolve::Writings;
use crate::spec::{self, Declaration, Section};
use crate::text::{Placed, Shift, Source, Span};

/// A relationship that is declared anew under its old name.
#[derive(Debug)]
pub(super) struct Patch {
    /// Where its section was in the text before.
    old: Range<usize>,
    /// Where it is in the text now.
    new: Range<usize>,
    /// What happens to the places behind it.
    shift: Shift,
    declaration: Declaration,
    entity: EntityId,
    relationship: RelationshipId,
}

impl Session {
    /// What comes of giving the document this text, where that is an edit of one relationship.
    pub(super) fn patch(&mut self, source: SourceId, text: &str) -> Option<Patch> {
        let (document, Source { text: before, .. }) = self.model.sources.iter().next()?;
        // Tables as data may stand behind a relationship; those in DDL stand in front.
        if source != document || self.edits >= MOST_EDITS || !self.declared.tables.is_empty() {
            return None;
        }
        let change = Change::between(before, text)?;
        let sections = self.sections.get_or_insert_with(|| {
            let sections = self.is_sound.then(|| spec::sections(source, before)).flatten();
            sections.unwrap_or_default()
        });
        let old = edited(sections, &change, before.len())?;
        let header = before.get(old.clone())?.split_inclusive('\n').next()?;
        if change.old.start < old.start + header.len() {
            return None;
        }
        let shift = change.shift(source, old.end)?;
        let end = old.end.checked_add_signed(change.by)?;
        let written = text.get(old.start..end)?;
        let is_closed = end == text.len() || written.ends_with('\n');
        let declaration = spec::declaration(source, written, old.start).filter(|_| is_closed)?;
        let (entity, relationship) = redeclared(&self.model, &declaration)?;
        let new = old.start..end;
        Some(Patch { old, new, shift, declaration, entity, relationship })
    }

    /// Puts the relationship in its old one's place, and moves what stands behind it.
    pub(super) fn apply(&mut self, patch: Patch, text: &str) {
        let Patch { old, new, shift, declaration, entity, relationship } = patch;
        let Declaration { relationship: spec, defects, .. } = declaration;
        let Model { sources, mapping, resolution, evidence, .. } = &mut self.model;
        let writings = self.writings.get_or_insert_with(|| Writings::of(resolution));
        // What is missed at the end of the text stands behind its last byte.
        let ends_text = old.end == sources.get(shift.source).text.len();
        let is_within = |at: usize| old.contains(&at) || ends_text && at == old.end;
        evidence.forget(entity, spec.name.text(), |span| {
            span.source == shift.source && is_within(span.start as usize)
        });
        sources.replace(shift.source, text);
        if let Some(declarations) = &mut self.declarations {
            declarations.hear(text.get(new.clone()).unwrap_or(text));
        }
        if shift.by != 0 {
            evidence.shift(shift);
            mapping.shift(shift);
            resolution.shift(shift);
        }
        for section in self.sections.iter_mut().flatten().filter(|it| it.start >= old.end) {
            section.start = section.start - old.end + new.end;
        }
        evidence.document.extend(defects);
        evidence.document.sort_by_key(|defect| (defect.span.start, defect.span.end));
        let lent = std::mem::take(mapping);
        let (lent, read, found) = entity::read_relationship(&self.around, lent, entity, &spec);
        *mapping = lent;
        evidence.mapping.extend(found);
        if let Some(read) = read {
            resolution.renew(mapping, relationship, read, writings);
        }
    }
}

/// The section of a relationship in which a change lies.
fn edited(sections: &[Section], change: &Change, end: usize) -> Option<Range<usize>> {
    let next = sections.partition_point(|section| section.start < change.old.start);
    let section = sections.get(next.checked_sub(1)?)?;
    let end = sections.get(next).map_or(end, |section| section.start);
    (section.is_relationship && change.old.end <= end).then_some(section.start..end)
}

/// The relationship that is declared again, and its entity. Neither declaration may have a backref,
/// and the target must be an entity.
fn redeclared(model: &Model, declaration: &Declaration) -> Option<(EntityId, RelationshipId)> {
    let (mapping, spec) = (&model.mapping, &declaration.relationship);
    let entity = mapping.find_entity(declaration.entity.text())?;
    let id = mapping.find_relationship(entity, mapping.names.find(spec.name.text())?)?;
    mapping.find_entity(spec.target.as_ref()?.text())?;
    let plain = spec.backref.is_none() && mapping.relationship(id).arguments.backref.is_none();
    plain.then_some((entity, id))
}

impl Evidence {
    /// Drops what is wrong with a relationship, and with the form of the section that declares it.
    fn forget(&mut self, entity: EntityId, name: &str, is_within: impl Fn(Span) -> bool) {
        self.document.retain(|defect| !is_within(defect.span));
        self.mapping.retain(|defect| {
            defect.entity != Some(entity) || defect.relationship.as_deref() != Some(name)
        });
    }
}

/// What is wrong with DDL stands in front of every relationship, or in another source.
impl Placed for Evidence {
    fn shift(&mut self, shift: Shift) {
        let Self { document, sql: _, mapping, unread, policy } = self;
        document.shift(shift);
        mapping.shift(shift);
        policy.shift(shift);
        for unread in unread {
            unread.span.shift(shift);
        }
    }
}
