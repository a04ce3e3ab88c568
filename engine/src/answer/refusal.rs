//! Why a statement cannot be made, in words.
//!
//! These findings are about a request, not about a model, so their codes are declared here.

use super::Subject;
use crate::base::EntityId;
use crate::check;
use crate::plan::{Refusal, Strategy};
use crate::report::{Code, Diagnostic, Severity, nearest};
use crate::spec::StatementSpec;
use crate::spec::document::Text;

macro_rules! codes {
    ($($name:ident = $code:literal;)*) => {
        $(static $name: Code = Code {
            name: $code,
            severity: Severity::Error,
            page: include_str!(concat!("../../rules/", $code, ".md")),
        };)*

        /// The codes of findings about a request, alphabetically.
        pub static REQUEST_CODES: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    ANY_ON_SCALAR = "any_on_scalar";
    HAS_ON_COLLECTION = "has_on_collection";
    INCOMPLETE_RELATIONSHIP = "incomplete_relationship";
    MISSING_PRIMARY_KEY = "missing_primary_key";
    UNFIT_PATH = "unfit_path";
    UNKNOWN_RELATIONSHIP = "unknown_relationship";
}

/// What is wrong with a request for a statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Asked {
    /// It lacks a key.
    Missing(&'static str),
    /// There is no such entity.
    UnknownEntity(String),
    /// The entity has no such relationship.
    UnknownRelationship {
        /// The entity the path has come to.
        entity: EntityId,
        /// The name as written.
        name: String,
    },
    /// There is no such strategy.
    UnknownStrategy(String),
    /// A key has a value it cannot have.
    UnknownValue {
        /// The key.
        key: &'static str,
        /// The value as written.
        written: String,
    },
    /// It is well-formed, but cannot be planned.
    Refused(Refusal),
}

/// The finding that answers a request which cannot be met.
pub fn refusal(subject: Subject<'_>, spec: &StatementSpec, asked: &Asked) -> Box<Diagnostic> {
    let diagnostic = match asked {
        Asked::Missing(key) => {
            Diagnostic::new(&check::MISSING_KEY, format!("statement without `{key}`"))
                .help(format!("add `{key}`"))
        }
        Asked::UnknownEntity(written) => unknown_entity(subject, written),
        Asked::UnknownRelationship { entity, name } => unknown_relationship(subject, *entity, name),
        Asked::UnknownStrategy(written) => unknown_value("load", written, Strategy::NAMES),
        Asked::UnknownValue { key, written } => unknown_value(key, written, known_values(key)),
        Asked::Refused(refused) => refused_plan(subject, *refused),
    };
    let diagnostic = match &spec.entity {
        Some(entity) if diagnostic.subject.entity.is_none() => {
            diagnostic.about(entity.text(), spec.path.first().map(Text::text))
        }
        _ => diagnostic,
    };
    Box::new(diagnostic)
}

fn unknown_entity(subject: Subject<'_>, written: &str) -> Diagnostic {
    let names = subject.mapping.entities().map(|(id, _)| subject.mapping.entity_name(id));
    let diagnostic =
        Diagnostic::new(&check::UNKNOWN_ENTITY, format!("no entity is called `{written}`"));
    write_nearest(diagnostic, nearest(written, names))
}

fn unknown_relationship(subject: Subject<'_>, owner: EntityId, written: &str) -> Diagnostic {
    let Subject { mapping, resolution, .. } = subject;
    let lineage = mapping.lineage(owner);
    let own = resolution
        .relationships(mapping)
        .filter(|(_, relationship, _)| lineage.contains(&relationship.entity))
        .map(|(_, relationship, _)| mapping.names.text(relationship.name));
    let entity = mapping.entity_name(owner);
    let message = format!("`{entity}` has no relationship `{written}`");
    write_nearest(Diagnostic::new(&UNKNOWN_RELATIONSHIP, message), nearest(written, own))
}

fn unknown_value(key: &str, written: &str, known: &[&str]) -> Diagnostic {
    let message = format!("`{written}` is no value of `{key}`");
    let diagnostic = Diagnostic::new(&check::UNKNOWN_VALUE, message);
    match nearest(written, known.iter().copied()) {
        Some(near) => diagnostic.help(format!("write `{near}`")),
        None => diagnostic.help(format!("write one of `{}`", known.join("`, `"))),
    }
}

fn known_values(key: &str) -> &'static [&'static str] {
    match key {
        "dialect" => crate::base::Dialect::NAMES,
        "labels" => &["table_column", "disambiguate"],
        "placeholders" => &["dialect", "named"],
        "order_by" => &["primary_key"],
        _ => &[],
    }
}

fn refused_plan(subject: Subject<'_>, refused: Refusal) -> Diagnostic {
    let path = |id| {
        let relationship = subject.resolution.relationship(subject.mapping, id);
        subject.mapping.relationship_path(relationship)
    };
    match refused {
        Refusal::UnknownRelationship { entity, relationship } => {
            let relationship = subject.resolution.relationship(subject.mapping, relationship);
            unknown_relationship(subject, entity, subject.mapping.names.text(relationship.name))
        }
        Refusal::IncompleteRelationship(id) => {
            let message = format!("`{}` is not resolved, so it cannot be loaded", path(id));
            Diagnostic::new(&INCOMPLETE_RELATIONSHIP, message)
                .help("mend the errors that `joinwright check` shows for it")
        }
        Refusal::NoRelationship(load) => {
            let message = format!("`{}` loads a relationship, and none is named", load.name());
            Diagnostic::new(&UNFIT_PATH, message).help("name one, as in `Entity.relationship`")
        }
        Refusal::PathTooLong(load) => {
            let message = format!("`{}` loads one relationship, not a path", load.name());
            Diagnostic::new(&UNFIT_PATH, message)
                .help("load it from the entity that has the last relationship of the path")
        }
        Refusal::AnyOnScalar(id) => {
            let message = format!("`any` asks for a collection, and `{}` holds one", path(id));
            Diagnostic::new(&ANY_ON_SCALAR, message).help("write `has`")
        }
        Refusal::HasOnCollection(id) => {
            let message = format!("`has` asks for one, and `{}` holds a collection", path(id));
            Diagnostic::new(&HAS_ON_COLLECTION, message).help("write `any`")
        }
        Refusal::NoPrimaryKey(entity) => {
            let entity = subject.mapping.entity_name(entity);
            let message = format!("`{entity}` has no primary key to load by");
            Diagnostic::new(&MISSING_PRIMARY_KEY, message)
                .help(format!("add `primary_key = […]` to `[entity.{entity}]`"))
        }
    }
}

fn write_nearest(diagnostic: Diagnostic, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => diagnostic.help(format!("write `{near}`")),
        None => diagnostic,
    }
}
