//! From a name to where its thing is declared, and to all places that name it.

use super::{Editor, Thing};
use crate::base::SourceId;
use crate::text::Span;

impl Editor<'_> {
    /// Where the thing at an offset is declared: across model and DDL.
    pub fn definition(&self, source: SourceId, offset: u32) -> Vec<Span> {
        let place = self.places.at(source, offset);
        place.and_then(|place| self.declaration(place.thing)).into_iter().collect()
    }

    /// Every place that names the thing at an offset, its declaration only where it is asked for.
    pub fn references(&self, source: SourceId, offset: u32, declaration: bool) -> Vec<Span> {
        let Some(place) = self.places.at(source, offset) else { return Vec::new() };
        let named = self.places.named(place.thing);
        named.filter(|place| declaration || !place.declares).map(|place| place.span).collect()
    }

    /// The table or entity that an alias stands for: what is named right before it.
    pub(super) fn aliased(&self, alias: Span) -> Option<Thing> {
        let own = self.places.of(alias.source);
        let before = own.partition_point(|place| place.span < alias);
        let last = before.checked_sub(1).and_then(|last| own.get(last))?;
        let between = Span { start: last.span.end, end: alias.start, ..alias };
        let between = self.subject.sources.slice(between).trim();
        let names = matches!(last.thing, Thing::Table(_) | Thing::Entity(_));
        (names && (between.is_empty() || between.eq_ignore_ascii_case("as"))).then_some(last.thing)
    }

    pub(super) fn declaration(&self, thing: Thing) -> Option<Span> {
        let mapping = self.subject.mapping;
        let declared = match thing {
            Thing::Entity(id) => mapping.entity(id).span,
            Thing::Table(id) => mapping.catalog().places.tables.get(id),
            Thing::Column(id) => mapping.catalog().places.columns.get(id),
            Thing::Relationship(id) => self.subject.resolution.relationship(mapping, id).span,
            Thing::File(source) => Some(Span::new(source, 0, 0)),
            Thing::Attribute(..) | Thing::Alias(_) | Thing::Code(_) => None,
        };
        self.places.declaration(thing).or(declared)
    }
}
