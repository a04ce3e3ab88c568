//! The evidence, piece by piece, as the rules are shown it.

use super::case::Case;
use super::context::Unread;
use super::scene::Scene;
use crate::base::{EntityId, ForeignKeyId, RelationshipId};
use crate::entity::Argument;
use crate::report::Diagnostic;
use crate::resolve::{
    Conflict, EagerFault, Evidence, InverseFault, KeyFault, KeyFaultKind, RedundantJoin,
    TableCycle, Unlinked,
};
use crate::text::Span;
use crate::{entity, parse, spec};

/// One piece of evidence. Each is claimed by at most one rule.
#[derive(Clone, Copy, Debug)]
pub(super) enum Clue<'a> {
    /// The document's form is wrong.
    Document(&'a spec::Defect),
    /// A file is missing.
    Unread(&'a Unread),
    /// Some SQL is wrong; where it stands in an entity, with that entity's defect.
    Sql(&'a parse::Defect, Option<&'a entity::Defect>),
    /// An entity is wrong.
    Entity(&'a entity::Defect),
    /// A relationship's answer is missing or doubtful.
    Relationship(Case<'a>, &'a Evidence),
    /// Several relationships write one column.
    Conflict(&'a Conflict),
    /// A foreign key is doubtful.
    Key(&'a KeyFault),
    /// Two relationships are each other's reverse and do not say so.
    Unlinked(&'a Unlinked),
    /// Tables refer to one another in a circle.
    Cycle(&'a TableCycle),
    /// Something is doubtful about eager loads.
    Eager(&'a EagerFault),
    /// A condition need not be given.
    Redundant(&'a RedundantJoin),
    /// A code stands in a list of ignored ones.
    Ignored(Ignored<'a>),
    /// A code in such a list that silenced nothing.
    Idle(Ignored<'a>),
    /// A code whose severity is set.
    Level(&'a Argument<String>),
}

/// A code in a list of ignored ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ignored<'a> {
    /// As written.
    pub(super) code: &'a Argument<String>,
    /// The entity that has the list, or whose relationship has it; else it is the document's.
    pub(super) entity: Option<EntityId>,
    /// The relationship that has the list.
    pub(super) relationship: Option<RelationshipId>,
}

impl Ignored<'_> {
    /// Names the entity and relationship that have the list.
    pub(super) fn about(self, scene: &Scene<'_>, finding: Diagnostic) -> Diagnostic {
        let Some(entity) = self.entity else { return finding };
        let relationship = self.relationship.map(|id| scene.name(scene.relationship(id)));
        finding.about(scene.entity(entity), relationship)
    }
}

/// What is said of a name that means nothing, the nearest one that does, and the place.
pub(super) type Misnamed<'a> = (String, &'a Option<String>, Option<Span>);

impl<'a> Clue<'a> {
    /// All evidence of a model.
    pub(super) fn all(scene: &'a Scene<'a>) -> impl Iterator<Item = Self> {
        let document = scene.context.document.iter().map(Clue::Document);
        let unread = scene.context.unread.iter().map(Clue::Unread);
        let sql = scene.context.sql.iter().map(|defect| Clue::Sql(defect, None));
        let entities = Self::of_entities(scene);
        let conflicts = scene.resolution.conflicts.iter().map(Clue::Conflict);
        let texts = document.chain(unread).chain(sql);
        let model = entities.chain(evidence(scene)).chain(conflicts);
        let facts = scene.facts();
        let keys = &scene.resolution.catalog_facts(scene.mapping).key_faults;
        let keys = keys.iter().chain(scene.unindexed()).map(Clue::Key);
        let redundant = facts.redundant.values().map(Clue::Redundant);
        let cycles = facts.cycles.iter().map(Clue::Cycle);
        let model = model.chain(cycles);
        let eager = facts.eager.all().map(Clue::Eager);
        let model = model.chain(eager);
        let unlinked = facts.unlinked.iter().map(Clue::Unlinked);
        let model = model.chain(keys).chain(redundant).chain(unlinked);
        let levels = scene.context.policy.levels.iter().map(|level| Clue::Level(&level.code));
        texts.chain(model).chain(ignored(scene).map(Clue::Ignored)).chain(levels)
    }

    /// What is wrong with entities, or with SQL that stands in one.
    pub(super) fn of_entities(scene: &'a Scene<'a>) -> impl Iterator<Item = Self> {
        scene.context.entities.iter().map(|defect| match &defect.kind {
            entity::DefectKind::Sql(sql) => Clue::Sql(sql, Some(defect)),
            _ => Clue::Entity(defect),
        })
    }

    /// Whether it is a table that may well be declared in a file which could not be read.
    pub(super) fn follows_from_unread(self, scene: &Scene<'_>) -> bool {
        let unknown_table = match self {
            Self::Entity(defect) => {
                matches!(defect.kind, entity::DefectKind::UnknownTable { .. })
            }
            Self::Sql(defect, _) => match &defect.kind {
                parse::DefectKind::Name { error, .. } => {
                    *error == parse::ScopeErrorKind::UnknownTable
                }
                parse::DefectKind::DanglingKey { table_missing, .. } => *table_missing,
                _ => false,
            },
            _ => false,
        };
        unknown_table && !scene.context.unread.is_empty()
    }

    pub(super) fn entity(self) -> Option<&'a entity::Defect> {
        match self {
            Self::Entity(defect) => Some(defect),
            _ => None,
        }
    }

    pub(super) fn document(self) -> Option<&'a spec::Defect> {
        match self {
            Self::Document(defect) => Some(defect),
            _ => None,
        }
    }

    pub(super) fn sql(self) -> Option<&'a parse::Defect> {
        match self {
            Self::Sql(defect, _) => Some(defect),
            _ => None,
        }
    }

    pub(super) fn relationship(self) -> Option<(Case<'a>, &'a Evidence)> {
        match self {
            Self::Relationship(case, evidence) => Some((case, evidence)),
            _ => None,
        }
    }

    pub(super) fn inverse(self) -> Option<(Case<'a>, &'a InverseFault)> {
        match self {
            Self::Relationship(case, Evidence::Inverse(fault)) => Some((case, fault)),
            _ => None,
        }
    }

    /// The relationships that take part: a list of ignored codes on any of them counts.
    pub(super) fn relationships(self, scene: &Scene<'_>) -> Vec<RelationshipId> {
        let mut ids: Vec<RelationshipId> = match self {
            Self::Relationship(case, Evidence::Inverse(fault)) => {
                std::iter::once(case.id).chain(fault.other).collect()
            }
            Self::Relationship(case, _) => vec![case.id],
            Self::Conflict(conflict) => conflict.writers.iter().map(|w| w.relationship).collect(),
            Self::Entity(defect) | Self::Sql(_, Some(defect)) => {
                declared(scene, defect).into_iter().collect()
            }
            Self::Ignored(list) | Self::Idle(list) => list.relationship.into_iter().collect(),
            Self::Unlinked((a, b)) => vec![*a, *b],
            Self::Eager(fault) => fault.relationships().to_vec(),
            Self::Redundant(join) => vec![join.relationship],
            Self::Cycle(_)
            | Self::Key(_)
            | Self::Document(_)
            | Self::Unread(_)
            | Self::Sql(_, None)
            | Self::Level(_) => Vec::new(),
        };
        let makers = ids.iter().filter_map(|id| scene.resolution.made_by(scene.mapping, *id));
        let makers: Vec<_> = makers.collect();
        ids.extend(makers);
        ids
    }

    /// Names the entity, and the relationship as written, that a defect is about.
    pub(super) fn about(self, scene: &Scene<'_>, finding: Diagnostic) -> Diagnostic {
        let (Self::Entity(defect) | Self::Sql(_, Some(defect))) = self else { return finding };
        let Some(entity) = defect.entity else { return finding };
        finding.about(scene.entity(entity), defect.relationship.as_deref())
    }

    /// The doubtful foreign key, and what is doubtful.
    pub(super) fn key(self) -> Option<(ForeignKeyId, &'a KeyFaultKind)> {
        match self {
            Self::Key(fault) => Some((fault.key, &fault.kind)),
            _ => None,
        }
    }

    /// The entity it is about, where it is about no relationship.
    pub(super) fn owner(self) -> Option<EntityId> {
        match self {
            Self::Entity(defect) | Self::Sql(_, Some(defect)) => defect.entity,
            Self::Ignored(list) | Self::Idle(list) => list.entity,
            Self::Eager(EagerFault::Cartesian(entity, _)) => Some(*entity),
            _ => None,
        }
    }

    /// The entities that take part, those of its relationships included.
    pub(super) fn entities(self, scene: &Scene<'_>) -> Vec<EntityId> {
        let own = self.owner();
        let relationships = self.relationships(scene).into_iter();
        own.into_iter().chain(relationships.map(|id| scene.relationship(id).entity)).collect()
    }
}

fn declared(scene: &Scene<'_>, defect: &entity::Defect) -> Option<RelationshipId> {
    let name = scene.mapping.names.find(defect.relationship.as_deref()?)?;
    scene.mapping.find_relationship(defect.entity?, name)
}

fn evidence<'a>(scene: &'a Scene<'a>) -> impl Iterator<Item = Clue<'a>> {
    let doubtful = scene.facts().doubtful.iter().filter_map(|id| Case::of(scene, *id));
    doubtful.flat_map(|case| {
        case.answer.evidence.iter().map(move |evidence| Clue::Relationship(case, evidence))
    })
}

/// Every entry of the lists of ignored codes.
pub(super) fn ignored<'a>(scene: &'a Scene<'a>) -> impl Iterator<Item = Ignored<'a>> {
    let list = |codes: &'a [Argument<String>], entity, relationship| {
        codes.iter().map(move |code| Ignored { code, entity, relationship })
    };
    let ignoring = scene.resolution.ignoring(scene.mapping);
    let entities = ignoring.entities.iter().map(|id| (*id, scene.mapping.entity(*id)));
    let of_entities = entities.flat_map(move |(id, entity)| list(&entity.ignore, Some(id), None));
    let relationships = ignoring.relationships.iter();
    let relationships = relationships.map(|id| (*id, scene.mapping.relationship(*id)));
    let of_relationships = relationships.flat_map(move |(id, relationship)| {
        list(&relationship.ignore, Some(relationship.entity), Some(id))
    });
    list(&scene.context.policy.ignore, None, None).chain(of_entities).chain(of_relationships)
}
