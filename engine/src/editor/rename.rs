//! Another name for an entity, attribute, relationship or alias, everywhere at once.

use std::fmt;

use super::place::ClauseKind;
use super::{Editor, Place, Thing};
use crate::base::{EntityId, Name, SourceId};
use crate::parse::Part;
use crate::report::Edit;
use crate::spec::{Site, fits_list};
use crate::text::Span;

/// A name that can be changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// Where it stands.
    pub span: Span,
    /// The name, without quotes and escapes.
    pub name: String,
}

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
    /// The new name is empty, or has a null character.
    NotAName {
        /// The new name.
        name: String,
    },
    /// A key of the document names the thing, and would read the new name otherwise.
    Misread {
        /// The new name.
        name: String,
        /// The key.
        key: String,
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
            Self::NotAName { name } if name.is_empty() => {
                f.write_str("a name has at least one character")
            }
            Self::NotAName { .. } => f.write_str("a name has no null character"),
            Self::Misread { name, key } => {
                write!(f, "`{name}` would be read otherwise where `{key}` names it")
            }
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
    pub fn renamed(&self, source: SourceId, offset: u32) -> Result<Named, Refusal> {
        let place = self.renameable(source, offset)?;
        Ok(Named { span: place.span, name: self.name_at(place).into_owned() })
    }

    /// The edits that give the thing at an offset another name: in headers, values and SQL, in quotes
    /// where it needs them there.
    ///
    /// # Errors
    /// Why it cannot have that name.
    pub fn rename(&self, source: SourceId, offset: u32, name: &str) -> Result<Vec<Edit>, Refusal> {
        let place = self.renameable(source, offset)?;
        if name.is_empty() || name.contains('\0') {
            return Err(Refusal::NotAName { name: name.to_owned() });
        }
        if self.name_at(place) != name && self.is_taken(place.thing, name) {
            return Err(Refusal::Taken { name: name.to_owned() });
        }
        let mut places: Vec<_> = self.places.named(place.thing).collect();
        places.dedup_by_key(|place| place.span);
        let in_sql = self.sql_name(place.thing, name);
        let said = |place: Place| Ok((place.span, self.said(place, name, in_sql.as_deref())?));
        let texts = places.into_iter().map(said);
        Ok(self.respelled(&texts.collect::<Result<Vec<_>, _>>()?))
    }

    /// What a place says once its thing has another name.
    fn said(&self, place: Place, name: &str, in_sql: Option<&str>) -> Result<String, Refusal> {
        let Place { span, thing, .. } = place;
        let misread = |key: &str| Refusal::Misread { name: name.to_owned(), key: key.to_owned() };
        let spot = self.places.spot(span.source, span.start);
        let value = spot.filter(|spot| spot.site == Site::Text);
        let key = value.and_then(|spot| spot.path.last()).map_or("", String::as_str);
        // The name of a table may be written without the quotes that SQL wants.
        let clause = self.places.clause(span.source, span.start);
        if clause.is_some_and(|clause| clause.kind != ClauseKind::Table) {
            return in_sql.map(str::to_owned).ok_or_else(|| misread(key));
        }
        let read_otherwise = match key {
            "overlaps" => !fits_list(name),
            "with_polymorphic" => name == "*",
            _ => false,
        };
        if read_otherwise {
            return Err(misread(key));
        }
        // `overlaps` may mean another relationship of the old name as well.
        let all = self.places.of(span.source).iter();
        let mut others = all.filter(|other| other.span == span && other.thing != thing);
        Ok(match others.next() {
            Some(other) => format!("{name}, {}", self.name_at(*other)),
            None => name.to_owned(),
        })
    }

    fn renameable(&self, source: SourceId, offset: u32) -> Result<Place, Refusal> {
        let place = self.places.at(source, offset).ok_or(Refusal::NoName)?;
        let name = || self.name_at(place).into_owned();
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
            Thing::Attribute(entity, old) => self.is_member(entity, Some(old), name),
            Thing::Relationship(id) => {
                self.is_member(resolution.relationship(mapping, id).entity, None, name)
            }
            _ => {
                let part = Part { text: name, quoted: false };
                let given =
                    |place: &Place| matches!(place.thing, Thing::Alias(_)) && place.declares;
                let alias = |place: &Place| {
                    given(place) && self.name_at(*place).to_lowercase() == name.to_lowercase()
                };
                !mapping.owners(&[], &[part]).is_empty()
                    || self.places.of(self.places.document).iter().any(alias)
            }
        }
    }

    /// Whether a name means something of an entity, or of one that inherits from it; but for the
    /// columns of an attribute, which SQL can name by their own names too.
    fn is_member(&self, entity: EntityId, attribute: Option<Name>, name: &str) -> bool {
        let heirs = self.subject.mapping.descendants(entity);
        heirs.into_iter().any(|heir| {
            self.is_attribute(heir, name) || self.is_other_column(heir, attribute, name)
        })
    }

    fn is_attribute(&self, entity: EntityId, name: &str) -> bool {
        let (mapping, resolution) = (self.subject.mapping, self.subject.resolution);
        let Some(name): Option<Name> = mapping.names.find(name) else { return false };
        mapping.entity(entity).attribute(&mapping.graph, name).is_some()
            || resolution.find(mapping, entity, name).is_some()
    }

    fn is_other_column(&self, entity: EntityId, attribute: Option<Name>, name: &str) -> bool {
        let mapping = self.subject.mapping;
        let entity = mapping.entity(entity);
        let attribute = attribute.and_then(|name| entity.attribute(&mapping.graph, name));
        let own = attribute.as_ref().map_or(&[][..], |attribute| attribute.columns());
        let part = Part { text: name, quoted: false };
        let column = mapping.column_of(entity.selectable, part);
        column.is_some_and(|column| !own.contains(&column))
    }
}

/// Whether a name needs quotes neither in a header nor in SQL.
pub(super) fn is_plain(name: &str) -> bool {
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    starts && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
