//! What a request names and the model does not have, in words.

use super::Subject;
use super::refusal::UNKNOWN_RELATIONSHIP;
use crate::base::EntityId;
use crate::check;
use crate::report::{Diagnostic, nearest};

pub(super) fn entity(subject: Subject<'_>, written: &str) -> Diagnostic {
    let names = subject.mapping.entities().map(|(id, _)| subject.mapping.entity_name(id));
    let diagnostic = Diagnostic::new(&check::UNKNOWN_ENTITY, format!("unknown entity `{written}`"));
    write_one_of(diagnostic, written, names.collect())
}

pub(super) fn relationship(subject: Subject<'_>, owner: EntityId, written: &str) -> Diagnostic {
    let Subject { mapping, resolution, .. } = subject;
    let lineage = mapping.lineage(owner);
    let own = resolution
        .relationships(mapping)
        .filter(|(_, relationship, _)| lineage.contains(&relationship.entity))
        .map(|(_, relationship, _)| mapping.names.text(relationship.name));
    let entity = mapping.entity_name(owner);
    let message = match written {
        "" => format!("no relationship of `{entity}` is named"),
        _ => format!("`{entity}` has no relationship `{written}`"),
    };
    let diagnostic = Diagnostic::new(&UNKNOWN_RELATIONSHIP, message);
    write_one_of(diagnostic.about(entity, None), written, own.collect())
}

pub(super) fn subclass(subject: Subject<'_>, parent: EntityId, written: &str) -> Diagnostic {
    let message = format!("`{}` has no subclass `{written}`", subject.mapping.entity_name(parent));
    let diagnostic = Diagnostic::new(&check::UNKNOWN_ENTITY, message);
    write_one_of(diagnostic, written, subclasses(subject, parent))
}

pub(super) fn subclasses(subject: Subject<'_>, parent: EntityId) -> Vec<&str> {
    let Subject { mapping, .. } = subject;
    let descendants = mapping.descendants(parent).into_iter().skip(1);
    descendants.map(|entity| mapping.entity_name(entity)).collect()
}

pub(super) fn attribute(subject: Subject<'_>, owner: EntityId, written: &str) -> Diagnostic {
    let Subject { mapping, .. } = subject;
    let known = mapping.entity(owner).attributes(&mapping.graph);
    let known = known.map(|it| mapping.names.text(it.name));
    lacking(mapping.entity_name(owner), ("attribute", written), known.collect())
}

pub(super) fn group(subject: Subject<'_>, owner: EntityId, written: &str) -> Diagnostic {
    let Subject { mapping, .. } = subject;
    let groups = mapping.entity(owner).listed.iter().flatten().filter_map(|it| it.group);
    let mut known: Vec<_> = groups.map(|group| mapping.names.text(group)).collect();
    known.sort_unstable();
    known.dedup();
    lacking(mapping.entity_name(owner), ("group", written), known)
}

fn lacking(entity: &str, (what, written): (&str, &str), known: Vec<&str>) -> Diagnostic {
    let message = format!("`{entity}` has no {what} `{written}`");
    let diagnostic = Diagnostic::new(&check::UNKNOWN_ATTRIBUTE, message).about(entity, None);
    write_one_of(diagnostic, written, known)
}

/// Says to write the near name, else which names there are, as long as the list helps.
pub(super) fn write_one_of(
    diagnostic: Diagnostic,
    written: &str,
    mut known: Vec<&str>,
) -> Diagnostic {
    const LISTED: usize = 12;
    if let Some(near) = nearest(written, known.iter().copied()) {
        return diagnostic.help(format!("write `{near}`"));
    }
    known.sort_unstable();
    match known.as_slice() {
        [] => diagnostic,
        [only] => diagnostic.help(format!("write `{only}`")),
        several if several.len() > LISTED => diagnostic,
        several => diagnostic.help(format!("write one of `{}`", several.join("`, `"))),
    }
}
