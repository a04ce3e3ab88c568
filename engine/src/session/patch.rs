//! An edit of one relationship, in the section of the document that declares it.

use super::change::Change;
use super::{MOST_EDITS, Session};
use crate::base::{EntityId, RelationshipId};
use crate::entity;
use crate::model::{Evidence, Model};
use crate::resolve::Writings;
use crate::spec::{self, Declaration, Section};
use crate::text::{Placed, Sources, Span};

/// A relationship that is declared anew under its old name.
#[derive(Debug)]
pub(super) struct Patch {
    section: Edited,
    /// The section as it is written now.
    written: String,
    /// The place that it gets.
    place: usize,
    declaration: Declaration,
    entity: EntityId,
    relationship: RelationshipId,
}

/// The section of a relationship in which a change lies.
#[derive(Debug)]
struct Edited {
    index: usize,
    span: Span,
    /// Where it begins in the text.
    offset: usize,
    /// Whether the text ends with it.
    is_last: bool,
}

impl Session {
    /// What comes of a change of the document, where that is an edit of one relationship.
    pub(super) fn patch(&mut self, change: &Change<'_>) -> Option<Patch> {
        let sources = &self.model.sources;
        let (document, source) = sources.iter().next()?;
        // Tables as data may stand behind a relationship; those in DDL stand in front.
        if change.source != document || self.edits >= MOST_EDITS || !self.declared.tables.is_empty()
        {
            return None;
        }
        let sections = self.sections.get_or_insert_with(|| {
            let sections = self.is_sound.then(|| spec::sections(document, &source.text)).flatten();
            sections.unwrap_or_default()
        });
        let section = edited(sections, sources, change)?;
        let before = sources.slice(section.span);
        let header = before.split_inclusive('\n').next()?;
        if change.inside(section.offset)?.start < header.len() {
            return None;
        }
        let written = change.within(before, section.offset)?;
        let is_closed = section.is_last || written.ends_with('\n');
        let place = sources.next(document, &written)?;
        let declaration = spec::declaration(document, &written, place).filter(|_| is_closed)?;
        let (entity, relationship) = redeclared(&self.model, &declaration)?;
        Some(Patch { section, written, place, declaration, entity, relationship })
    }

    /// Puts the relationship in its old one's place.
    pub(super) fn apply(&mut self, patch: Patch) {
        let Patch { section, written, place, declaration, entity, relationship } = patch;
        let Declaration { relationship: spec, defects, .. } = declaration;
        let Model { sources, mapping, resolution, evidence, .. } = &mut self.model;
        let writings = self.writings.get_or_insert_with(|| Writings::of(resolution));
        evidence.forget(entity, spec.name.text(), &section);
        sources.replace(section.span, &written);
        if let Some(declarations) = &mut self.declarations {
            declarations.hear(&written);
        }
        let known = self.sections.as_mut().and_then(|known| known.get_mut(section.index));
        if let Some(known) = known {
            known.start = place;
        }
        evidence.document.extend(defects);
        evidence.document.sort_by_key(|defect| {
            let Span { start, end, .. } = sources.settled(defect.span);
            (start, end)
        });
        let lent = std::mem::take(mapping);
        let (lent, read, found) = entity::read_relationship(&self.around, lent, entity, &spec);
        *mapping = lent;
        evidence.mapping.extend(found);
        if let Some(read) = read {
            resolution.renew(mapping, relationship, read, writings);
        }
    }
}

/// The section of a relationship in which a change lies, as the text was.
fn edited(sections: &[Section], sources: &Sources, change: &Change<'_>) -> Option<Edited> {
    let source = change.source;
    let offset = |section: &Section| sources.offset(source, section.start);
    let next = sections.partition_point(|section| offset(section) < change.old.start);
    let index = next.checked_sub(1)?;
    let section = sections.get(index).filter(|section| section.is_relationship)?;
    let (length, _) = sources.length(source);
    let (start, end) = (offset(section), sections.get(next).map_or(length, offset));
    let span = Span::new(source, section.start, section.start + (end - start));
    (change.old.end <= end).then_some(Edited { index, span, offset: start, is_last: end == length })
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
    fn forget(&mut self, entity: EntityId, name: &str, section: &Edited) {
        let Edited { span, is_last, .. } = section;
        self.document.retain(|defect| {
            let start = defect.span.start;
            // What is missed at the end of the text stands behind its last byte.
            let is_within =
                (span.start..span.end).contains(&start) || *is_last && start == span.end;
            defect.span.source != span.source || !is_within
        });
        self.mapping.retain(|defect| {
            defect.entity != Some(entity) || defect.relationship.as_deref() != Some(name)
        });
    }
}

impl Placed for Evidence {
    fn settle(&mut self, sources: &Sources) {
        let Self { document, sql, mapping, unread, policy } = self;
        document.settle(sources);
        sql.settle(sources);
        mapping.settle(sources);
        policy.settle(sources);
        for unread in unread {
            unread.span.settle(sources);
        }
    }
}
