//! Why what a request asks for cannot be planned, in words.

use super::Subject;
use super::refusal::{
    ANY_ON_SCALAR, CONTAINS_ON_SCALAR, HAS_ON_COLLECTION, INCOMPLETE_RELATIONSHIP,
    MISSING_PRIMARY_KEY, UNFIT_PATH,
};
use super::unknown::{self, subclasses, write_one_of};
use crate::base::{EntityId, RelationshipId};
use crate::check;
use crate::plan::Refusal;
use crate::report::{Code, Diagnostic};

pub(super) fn unplanned(subject: Subject<'_>, refused: Refusal) -> Diagnostic {
    let Subject { mapping, resolution, .. } = subject;
    let path = |id| mapping.relationship_path(resolution.relationship(mapping, id));
    match refused {
        Refusal::UnknownRelationship { entity, relationship } => {
            let relationship = resolution.relationship(mapping, relationship);
            unknown::relationship(subject, entity, mapping.names.text(relationship.name))
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
