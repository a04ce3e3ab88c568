//! Why a statement cannot be made, in words.
//!
//! These findings are about a request, not about a model, so their codes are declared here.

use super::Subject;
use super::unknown::{self, write_one_of};
use super::unplanned::unplanned;
use crate::base::EntityId;
use crate::check;
use crate::plan::{Refusal, Strategy};
use crate::report::{Code, Diagnostic, Severity};
use crate::spec::StatementSpec;
use crate::spec::document::Text;

macro_rules! codes {
    ($($name:ident = $code:literal;)*) => {
        $(pub(super) static $name: Code = Code {
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
        Asked::UnknownEntity(written) => unknown::entity(subject, written),
        Asked::UnknownRelationship { entity, name } => {
            unknown::relationship(subject, *entity, name)
        }
        Asked::UnknownSubclass { entity, name } => unknown::subclass(subject, *entity, name),
        Asked::UnknownAttribute { entity, name } => unknown::attribute(subject, *entity, name),
        Asked::UnknownGroup { entity, name } => unknown::group(subject, *entity, name),
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
        Asked::Refused(refused) => unplanned(subject, *refused),
    })
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
