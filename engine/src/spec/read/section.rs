//! A relationship that has a section of its own in a TOML document.

use super::Reader;
use crate::base::SourceId;
use crate::spec::defect::Defect;
use crate::spec::document::{RelationshipSpec, Text};
use crate::spec::section::sections;
use crate::spec::toml;
use crate::spec::value::{Table, Value};

/// What a section `[entity.E.relationship.NAME]` says.
#[derive(Debug)]
pub(crate) struct Declaration {
    pub(crate) entity: Text,
    pub(crate) relationship: RelationshipSpec,
    pub(crate) defects: Vec<Defect>,
}

/// Reads a section that begins at `start` in its source; nothing where it is anything else than one
/// relationship, or there is doubt about that.
pub(crate) fn declaration(source: SourceId, text: &str, start: usize) -> Option<Declaration> {
    let [_] = sections(source, text)?[..] else { return None };
    let mut reader = Reader::default();
    let (table, _) = toml::read_part(source, text, start, &mut reader.defects);
    let entities = below(table, "entity")?;
    let (entity, value) = only(entities)?;
    let (key, value) = only(value.into_table()?)?;
    if key.text() != "relationship" {
        return None;
    }
    let mut relationships = reader.relationships(&key, value).into_iter();
    let relationship = relationships.next()?;
    let defects = reader.finish();
    relationships.next().is_none().then_some(Declaration { entity, relationship, defects })
}

fn below(table: Table, key: &str) -> Option<Table> {
    let (found, value) = only(table)?;
    value.into_table().filter(|_| found.text() == key)
}

fn only(table: Table) -> Option<(Text, Value)> {
    let mut entries = table.into_entries();
    let first = entries.next()?;
    entries.next().is_none().then_some(first)
}
