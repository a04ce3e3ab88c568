//! What an editor shows behind a relationship's target: the direction, and how many there may be.

use super::{Editor, Thing};
use crate::base::RelationshipId;
use crate::resolve::{Answer, Direction};
use crate::text::Span;

/// A remark between the words of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hint {
    /// Where it stands: an empty span.
    pub at: Span,
    /// What it says.
    pub text: String,
}

impl Editor<'_> {
    /// The hints of the document within `span`: direction and cardinality behind each target.
    ///
    /// `1` is said where the foreign columns may not be null, `0..1` and `0..*` otherwise.
    pub fn hints(&self, span: Span) -> Vec<Hint> {
        let mut hints = Vec::new();
        for spot in self.places.spots.iter().filter(|_| span.source == self.places.document) {
            let inside = span.start <= spot.span.end && spot.span.start <= span.end;
            let ["entity", entity, "relationship", name, key @ ..] = &*path(&spot.path) else {
                continue;
            };
            let found = match *key {
                ["target"] => self.relationship_at(entity, name),
                ["backref"] | ["backref", "name"] => self.made_at(spot.text.whole()),
                _ => None,
            };
            let at = Span { start: spot.span.end, ..spot.span };
            let said = found.filter(|_| inside && spot.site == crate::spec::Site::Text);
            hints.extend(said.and_then(|id| self.hint(id)).map(|text| Hint { at, text }));
        }
        hints
    }

    fn relationship_at(&self, entity: &str, name: &str) -> Option<RelationshipId> {
        let mapping = self.subject.mapping;
        mapping.find_relationship(mapping.find_entity(entity)?, mapping.names.find(name)?)
    }

    fn made_at(&self, span: Span) -> Option<RelationshipId> {
        let place = self.places.of(span.source).iter().find(|place| place.span == span)?;
        match place.thing {
            Thing::Relationship(id) => Some(id),
            _ => None,
        }
    }

    fn hint(&self, id: RelationshipId) -> Option<String> {
        let answer = self.subject.resolution.answer(id)?;
        let direction = answer.direction?;
        Some(format!("{}, {}", direction.as_str(), self.cardinality(answer, direction)))
    }

    /// How many targets one instance may have.
    fn cardinality(&self, answer: &Answer, direction: Direction) -> &'static str {
        let mapping = self.subject.mapping;
        let required = |column: &crate::base::ColumnId| {
            let declared = mapping.graph.declared(*column);
            declared.is_some_and(|column| !mapping.catalog().column(column).nullable)
        };
        let foreign = answer.foreign_columns();
        let holds_key = direction == Direction::ManyToOne && !foreign.is_empty();
        match answer.uselist {
            true => "0..*",
            false if holds_key && foreign.iter().all(required) => "1",
            false => "0..1",
        }
    }
}

fn path(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}
