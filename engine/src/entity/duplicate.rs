//! Entities of one name.

use super::defect::{Defect, DefectKind};
use super::mapping::Mapping;

/// The entities whose name another one took before. A document cannot have any: its reader tells
/// keys that stand twice.
pub fn duplicates(mapping: &Mapping) -> Vec<Defect> {
    let taken = mapping.entities().filter_map(|(id, entity)| {
        let first = mapping.find_entity_named(entity.name).filter(|first| *first != id)?;
        let name = mapping.names.text(entity.name).to_owned();
        let first = mapping.entity(first).span;
        Some(Defect {
            kind: DefectKind::DuplicateEntity { name, first },
            entity: Some(id),
            relationship: None,
            span: entity.span,
        })
    });
    taken.collect()
}
