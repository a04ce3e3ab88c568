//! Another name for an entity, attribute, relationship or alias, everywhere at once.

use std::fmt;

use super::{Editor, Place, Thing};
use crate::base::{EntityId, Name, SourceId};
use crate::report::Edit;
use crate::text::Span;

/// Why a thing cannot be renamed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Nothing that has a name stands there.
    NoName,
    /// The name is that of a table or column, which the database has.
    OfTheDatabase {
        /// The name.
        name: String,
    },
    /// The name is that of a file or a diagnostic, which the model only mentions.
    OnlyMentioned {
        /// The name.
        name: String,
    },
    /// The new name would need quotes.
    NotPlain {
        /// The new name.
        name: String,
    },
    /// Something else is called so.
    Taken {
        /// The new name.
        name: String,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoName => f.write_str("there is no name here"),
            Self::OfTheDatabase { name } => {
                write!(f, "`{name}` is not declared by the model: rename it in the database")
            }
            Self::OnlyMentioned { name } => {
                write!(f, "`{name}` is not declared by the model: it has its name elsewhere")
            }
            Self::NotPlain { name } => write!(
                f,
                "`{name}` is no plain name: begin with a letter from a to z or `_`, go on with \
                 letters, digits and `_`"
            ),
            Self::Taken { name } => write!(f, "the name `{name}` is taken"),
        }
    }
}

impl std::error::Error for Refusal {}

impl Editor<'_> {
    /// The name at an offset, if it can be changed.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn renamed(&self, source: SourceId, offset: u32) -> Result<Span, Refusal> {
        self.renameable(source, offset).map(|place| place.span)
    }

    /// The edits that give the thing at an offset another name: in headers, values and SQL. A name
    /// that SQL has a use of its own for is not refused; [`Model::with_fix`](crate::Model::with_fix)
    /// tells what comes of it.
    ///
    /// # Errors
    /// Why it cannot have that name.
    pub fn rename(&self, source: SourceId, offset: u32, name: &str) -> Result<Vec<Edit>, Refusal> {
        let place = self.renameable(source, offset)?;
        if !is_plain(name) {
            return Err(Refusal::NotPlain { name: name.to_owned() });
        }
        if self.subject.sources.slice(place.span) != name && self.is_taken(place.thing, name) {
            return Err(Refusal::Taken { name: name.to_owned() });
        }
        let edit = |place: Place| {
            // `overlaps` may mean another relationship of the old name as well.
            let other = self
                .places
                .of(place.span.source)
                .iter()
                .find(|other| other.span == place.span && other.thing != place.thing);
            let old = other.map(|other| self.subject.sources.slice(other.span));
            let insert = old.map_or_else(|| name.to_owned(), |old| format!("{name}, {old}"));
            Edit { span: place.span, insert }
        };
        Ok(self.places.named(place.thing).map(edit).collect())
    }

    fn renameable(&self, source: SourceId, offset: u32) -> Result<Place, Refusal> {
        let place = self.places.at(source, offset).ok_or(Refusal::NoName)?;
        let name = || self.subject.sources.slice(place.span).to_owned();
        match place.thing {
            Thing::Entity(_) | Thing::Attribute(..) | Thing::Relationship(_) | Thing::Alias(_) => {
                Ok(place)
            }
            Thing::Table(_) | Thing::Column(_) => Err(Refusal::OfTheDatabase { name: name() }),
            Thing::Code(_) | Thing::File(_) => Err(Refusal::OnlyMentioned { name: name() }),
        }
    }

    /// Whether a name means something where the thing's name is written. Entities, tables and
    /// aliases share one space, attributes and relationships of an entity another.
    fn is_taken(&self, thing: Thing, name: &str) -> bool {
        let (mapping, resolution) = (self.subject.mapping, self.subject.resolution);
        match thing {
            Thing::Attribute(entity, _) => self.is_member(entity, name),
            Thing::Relationship(id) => {
                self.is_member(resolution.relationship(mapping, id).entity, name)
            }
            _ => {
                let part = crate::parse::Part { text: name, quoted: false };
                let given =
                    |place: &Place| matches!(place.thing, Thing::Alias(_)) && place.declares;
                let alias = |place: &Place| {
                    given(place)
                        && self.subject.sources.slice(place.span).eq_ignore_ascii_case(name)
                };
                !mapping.owners(&[], &[part]).is_empty()
                    || self.places.of(self.places.document).iter().any(alias)
            }
        }
    }

    fn is_member(&self, entity: EntityId, name: &str) -> bool {
        let (mapping, resolution) = (self.subject.mapping, self.subject.resolution);
        let Some(name): Option<Name> = mapping.names.find(name) else { return false };
        mapping.entity(entity).attribute(name).is_some()
            || resolution.find(mapping, entity, name).is_some()
    }
}

/// Whether a name needs quotes neither in a header nor in SQL.
pub(super) fn is_plain(name: &str) -> bool {
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    starts && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
