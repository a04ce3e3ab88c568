//! The order that a request asks for.

use super::Subject;
use crate::base::EntityId;
use crate::check::{self, Context, Policy};
use crate::entity::{self, Mapping};
use crate::plan::{Ordering, PathStep};
use crate::report::Diagnostic;
use crate::spec::StatementSpec;

/// The entity that a step leads to.
pub(super) fn target(subject: Subject<'_>, step: PathStep) -> EntityId {
    let relationship = subject.resolution.relationship(subject.mapping, step.relationship);
    step.of_type.unwrap_or(relationship.target)
}

/// Reads the order that is asked for. Where it is SQL, a copy of the mapping gets its expressions: a
/// request changes no model.
pub(super) fn ordered(
    subject: Subject<'_>,
    spec: &StatementSpec,
    entity: EntityId,
) -> Result<(Option<Mapping>, Ordering), Box<Diagnostic>> {
    let text = match &spec.order_by {
        None => return Ok((None, Ordering::Unordered)),
        Some(text) if text.text() == PRIMARY_KEY => return Ok((None, Ordering::PrimaryKey)),
        Some(text) => text,
    };
    let (mapping, terms, defects) = entity::order_terms(subject.mapping.clone(), entity, text);
    let context = Context {
        mapping: &mapping,
        resolution: subject.resolution,
        sources: subject.sources,
        document: &[],
        sql: &[],
        entities: &defects,
        unread: &[],
        policy: &Policy::default(),
    };
    match check::check_entities(&context).into_iter().next() {
        Some(wrong) => Err(Box::new(wrong)),
        None => Ok((Some(mapping), Ordering::Terms(terms))),
    }
}

/// What `order_by` says to mean no SQL.
const PRIMARY_KEY: &str = "primary_key";
