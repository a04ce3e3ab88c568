//! Why a statement cannot be made, in words.
//!
//! These findings are about a request, not about a model, so their codes are declared here.

use super::Subject;
use crate::base::{EntityId, RelationshipId};
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
    CONTAINS_ON_SCALAR = "contains_on_scalar";
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
    /// No such entity inherits from the one that a step leads to, or that is loaded.
    UnknownSubclass {
        /// The entity that the step leads to.
        entity: EntityId,
        /// The name as written.
        name: String,
    },
    /// The entity has no such attribute.
    UnknownAttribute {
        /// The entity.
        entity: EntityId,
        /// The name as written.
        name: String,
    },
    /// No attribute of the entity is of such a group.
    UnknownGroup {
        /// The entity.
        entity: EntityId,
        /// The name as written.
        name: String,
    },
    /// An attribute of an entity that the statement's path does not lead to.
    OffPath {
        /// The attribute as written.
        written: String,
    },
    /// There is no such strategy.
    UnknownStrategy(String),
    /// No step of a whole load can be loaded so.
    UnknownStep(String),
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

/// The finding that answers a request for a statement which cannot be met.
pub fn refusal(subject: Subject<'_>, spec: &StatementSpec, asked: &Asked) -> Box<Diagnostic> {
    let diagnostic = refused(subject, asked);
    match &spec.entity {
        Some(entity) if diagnostic.subject.entity.is_none() => {
            Box::new(diagnostic.about(entity.text(), spec.path.first().map(Text::text)))
        }
        _ => diagnostic,
    }
}

/// The finding that answers a question which cannot be met.
pub fn refused(subject: Subject<'_>, asked: &Asked) -> Box<Diagnostic> {
    Box::new(match asked {
        Asked::Missing(key) => {
            Diagnostic::new(&check::MISSING_KEY, format!("statement has no `{key}`"))
                .help(format!("add `{key}`"))
        }
        Asked::UnknownEntity(written) => unknown_entity(subject, written),
        Asked::UnknownRelationship { entity, name } => unknown_relationship(subject, *entity, name),
        Asked::UnknownSubclass { entity, name } => unknown_subclass(subject, *entity, name),
        Asked::UnknownAttribute { entity, name } => unknown_attribute(subject, *entity, name),
        Asked::UnknownGroup { entity, name } => unknown_group(subject, *entity, name),
        Asked::OffPath { written } => {
            let message = format!("the path does not lead to `{written}`");
            Diagnostic::new(&UNFIT_PATH, message)
                .help("begin it with the relationships of `path`, in their order")
        }
        Asked::UnknownStrategy(written) => {
            unknown_value("load", written, &Strategy::ALL.map(Strategy::name))
        }
        Asked::UnknownStep(written) => {
            let message = format!("`{written}` cannot load a step of a whole load");
            let diagnostic = Diagnostic::new(&check::UNKNOWN_VALUE, message);
            write_one_of(diagnostic, written, super::load::STEPS.to_vec())
        }
        Asked::UnknownValue { key, written } => unknown_value(key, written, known_values(key)),
        Asked::Refused(refused) => refused_plan(subject, *refused),
    })
}

fn unknown_entity(subject: Subject<'_>, written: &str) -> Diagnostic {
    let names = subject.mapping.entities().map(|(id, _)| subject.mapping.entity_name(id));
    let diagnostic = Diagnostic::new(&check::UNKNOWN_ENTITY, format!("unknown entity `{written}`"));
    write_one_of(diagnostic, written, names.collect())
}

fn unknown_relationship(subject: Subject<'_>, owner: EntityId, written: &str) -> Diagnostic {
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

fn unknown_subclass(subject: Subject<'_>, parent: EntityId, written: &str) -> Diagnostic {
    let message = format!("`{}` has no subclass `{written}`", subject.mapping.entity_name(parent));
    let diagnostic = Diagnostic::new(&check::UNKNOWN_ENTITY, message);
    write_one_of(diagnostic, written, subclasses(subject, parent))
}

fn subclasses(subject: Subject<'_>, parent: EntityId) -> Vec<&str> {
    let Subject { mapping, .. } = subject;
    let descendants = mapping.descendants(parent).into_iter().skip(1);
    descendants.map(|entity| mapping.entity_name(entity)).collect()
}

fn not_of_type(subject: Subject<'_>, relationship: RelationshipId, entity: EntityId) -> Diagnostic {
    let Subject { mapping, resolution, .. } = subject;
    let relationship = resolution.relationship(mapping, relationship);
    let (path, target) = (mapping.relationship_path(relationship), relationship.target);
    let name = mapping.entity_name(entity);
    if mapping.lineage(entity).contains(&target) {
        let message = format!("`{name}` is concrete, and `{path}` does not reach its table");
        return Diagnostic::new(&UNFIT_PATH, message)
            .help(format!("declare a relationship to `{name}`"));
    }
    let message = format!("`{name}` does not inherit from `{}`", mapping.entity_name(target));
    write_one_of(Diagnostic::new(&UNFIT_PATH, message), name, subclasses(subject, target))
}

fn unknown_attribute(subject: Subject<'_>, owner: EntityId, written: &str) -> Diagnostic {
    let Subject { mapping, .. } = subject;
    let known = mapping.entity(owner).attributes.iter().map(|it| mapping.names.text(it.name));
    let entity = mapping.entity_name(owner);
    let message = format!("`{entity}` has no attribute `{written}`");
    let diagnostic = Diagnostic::new(&check::UNKNOWN_ATTRIBUTE, message).about(entity, None);
    write_one_of(diagnostic, written, known.collect())
}

fn unknown_group(subject: Subject<'_>, owner: EntityId, written: &str) -> Diagnostic {
    let Subject { mapping, .. } = subject;
    let groups = mapping.entity(owner).attributes.iter().filter_map(|attribute| attribute.group);
    let mut known: Vec<_> = groups.map(|group| mapping.names.text(group)).collect();
    known.sort_unstable();
    known.dedup();
    let entity = mapping.entity_name(owner);
    let message = format!("`{entity}` has no group `{written}`");
    let diagnostic = Diagnostic::new(&check::UNKNOWN_ATTRIBUTE, message).about(entity, None);
    write_one_of(diagnostic, written, known)
}

fn unknown_value(key: &str, written: &str, known: &[&str]) -> Diagnostic {
    let message = format!("`{key}` cannot be `{written}`");
    write_one_of(Diagnostic::new(&check::UNKNOWN_VALUE, message), written, known.to_vec())
}

fn known_values(key: &str) -> &'static [&'static str] {
    match key {
        "dialect" => crate::base::Dialect::NAMES,
        "labels" => &["table_column", "disambiguate"],
        "placeholders" => &["dialect", "named"],
        "profile" => crate::render::Profile::NAMES,
        _ => &[],
    }
}

fn refused_plan(subject: Subject<'_>, refused: Refusal) -> Diagnostic {
    let Subject { mapping, resolution, .. } = subject;
    let path = |id| mapping.relationship_path(resolution.relationship(mapping, id));
    match refused {
        Refusal::UnknownRelationship { entity, relationship } => {
            let relationship = resolution.relationship(mapping, relationship);
            unknown_relationship(subject, entity, mapping.names.text(relationship.name))
        }
        Refusal::NotOfType { relationship, entity } => not_of_type(subject, relationship, entity),
        Refusal::IncompleteRelationship(id) => told(
            &INCOMPLETE_RELATIONSHIP,
            format!("`{}` is not resolved, so it cannot be loaded", path(id)),
            "mend the errors that `joinwright check` shows for it",
        ),
        Refusal::AnyOnScalar(id) => {
            told(&ANY_ON_SCALAR, holds_one("any", &path(id)), "write `has`")
        }
        Refusal::ContainsOnScalar(id) => {
            told(&CONTAINS_ON_SCALAR, holds_one("contains", &path(id)), "write `lazy_reverse`")
        }
        Refusal::HasOnCollection(id) => {
            let message = format!("`has` asks for one, and `{}` holds a collection", path(id));
            told(&HAS_ON_COLLECTION, message, "write `any`")
        }
        Refusal::NoLimit(load) => {
            let message =
                format!("`{}` loads the first so many, and no limit is given", load.name());
            told(&check::MISSING_KEY, message, "add `limit`")
        }
        Refusal::NoPrimaryKey(entity) => {
            let message =
                format!("`{}` has no primary key to load by", mapping.entity_name(entity));
            told(&MISSING_PRIMARY_KEY, message, "add `primary_key = […]` to the entity")
        }
        Refusal::NoRelationship(load) => unfit(
            format!("`{}` loads a relationship, and none is named", load.name()),
            "name one, as in `Entity.relationship`",
        ),
        Refusal::PathTooLong(load) => unfit(
            format!("`{}` loads one relationship, not a path", load.name()),
            "load it from the entity that has the last relationship of the path",
        ),
        Refusal::PathTooDeep(load, deepest) => unfit(
            format!("`{}` nests at most {deepest} relationships", load.name()),
            "load the rest of the path by itself",
        ),
        Refusal::StepsAndLoads { steps, loads } => unfit(
            format!("`load` lists {loads} strategies for a path of {steps}"),
            "list one strategy for each step",
        ),
        Refusal::NotLoaded(id) => unfit(
            format!("`{}` is not loaded, so no step can follow it", path(id)),
            "end the path there, or load it",
        ),
        Refusal::TooManySteps(most) => unfit(
            format!("the load follows more than {most} relationships"),
            "shorten the path, or lower a `join_depth`",
        ),
    }
}

fn holds_one(load: &str, path: &str) -> String {
    format!("`{load}` asks for a collection, and `{path}` holds one")
}

fn told(code: &'static Code, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(code, message).help(help)
}

fn unfit(message: String, help: &str) -> Diagnostic {
    told(&UNFIT_PATH, message, help)
}

/// Says to write the near name, else which names there are, as long as the list helps.
fn write_one_of(diagnostic: Diagnostic, written: &str, mut known: Vec<&str>) -> Diagnostic {
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
