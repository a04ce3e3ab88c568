//! A relationship under judgement.

use super::mend;
use super::scene::Scene;
use crate::base::{ColumnId, RelationshipId};
use crate::entity::Relationship;
use crate::graph::Condition;
use crate::report::{Applicability, Code, Diagnostic, Fix};
use crate::resolve::{Answer, Ledger, Side};
use crate::text::Span;

/// A relationship, with what is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) id: RelationshipId,
    pub(super) relationship: &'a Relationship,
    pub(super) answer: &'a Answer,
}

impl<'a> Case<'a> {
    /// Another relationship of the same model.
    pub(super) fn of(scene: &'a Scene<'a>, id: RelationshipId) -> Option<Self> {
        let answer = scene.resolution.answer(id)?;
        Some(Self { scene, id, relationship: scene.relationship(id), answer })
    }

    /// A finding about this relationship, without place.
    pub(super) fn finding(self, code: &'static Code, message: String) -> Diagnostic {
        Diagnostic::new(code, message).about(self.entity(), Some(self.name()))
    }

    /// `Entity.relationship`
    pub(super) fn path(self) -> String {
        self.scene.mapping.relationship_path(self.relationship)
    }

    pub(super) fn name(self) -> &'a str {
        self.scene.name(self.relationship)
    }

    pub(super) fn entity(self) -> &'a str {
        self.scene.entity(self.relationship.entity)
    }

    pub(super) fn target(self) -> &'a str {
        self.scene.entity(self.relationship.target)
    }

    pub(super) fn ledger(self, side: Side) -> Option<&'a Ledger> {
        self.answer.searches.iter().find(|ledger| ledger.side == side)
    }

    /// The condition of a side: as it was resolved, else as it was given.
    pub(super) fn condition(self, side: Side) -> Option<&'a Condition> {
        let resolved = self.answer.join.as_ref().and_then(|join| join.side(side));
        let given = || side.given(&self.relationship.arguments);
        resolved.map(|sided| &sided.condition).or_else(|| Some(&given()?.value))
    }

    /// The columns of a side's condition, each once.
    pub(super) fn condition_columns(self, side: Side) -> Vec<ColumnId> {
        let occurrences = self.condition(side).into_iter().flat_map(Condition::occurrences);
        let mut columns: Vec<_> = occurrences.map(|o| o.column).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// Where a side's condition is given, else where the relationship is declared.
    pub(super) fn join_span(self, side: Side) -> Option<Span> {
        let given = side.given(&self.relationship.arguments);
        given.and_then(|argument| argument.span).or(self.relationship.span)
    }

    /// Whether parent and target are, or inherit from, one entity.
    pub(super) fn is_self_referential(self) -> bool {
        let Relationship { entity, target, .. } = *self.relationship;
        self.scene.mapping.share_lineage(entity, target)
    }

    /// Whether a relationship names this one as its reverse.
    pub(super) fn is_named_as_reverse(self) -> bool {
        let targets = self.scene.index().naming.get(&self.relationship.name);
        let own = self.relationship.entity;
        targets.is_some_and(|targets| {
            targets.iter().any(|target| self.scene.mapping.share_lineage(*target, own))
        })
    }

    /// The names of the target's declared relationships that lead back.
    pub(super) fn facing(self) -> Vec<String> {
        let Relationship { entity, target, .. } = *self.relationship;
        let facing = self.scene.index().leading.get(&(target, entity)).into_iter().flatten();
        let others = facing.filter(|id| **id != self.id);
        let names = others.map(|id| self.scene.name(self.scene.relationship(*id)).to_owned());
        let mut names: Vec<_> = names.collect();
        names.sort_unstable();
        names
    }

    /// What to write for a reverse of this name.
    pub(super) fn declare_reverse(self, name: &str) -> String {
        let target = mend::text("target", self.entity());
        let reverse = mend::text("back_populates", self.name());
        format!(
            "add `[entity.{}.relationship.{name}]` with `{target}` and `{reverse}`",
            self.target()
        )
    }

    /// Where its load strategy is given, else where it is declared.
    pub(super) fn load_span(self) -> Option<Span> {
        let load = self.relationship.arguments.load;
        load.and_then(|load| load.span).or(self.relationship.span)
    }

    /// Where it names its reverse.
    pub(super) fn reverse_span(self) -> Option<Span> {
        self.relationship.arguments.back_populates.and_then(|argument| argument.span)
    }

    /// Where its cascades are given, else where it is declared.
    pub(super) fn cascade_span(self) -> Option<Span> {
        let cascade = self.relationship.arguments.cascade.as_ref();
        cascade.and_then(|argument| argument.span).or(self.relationship.span)
    }

    /// Whether any other relationship writes one of these columns.
    pub(super) fn others_write(self, columns: &[ColumnId]) -> bool {
        let writers = &self.scene.index().writers;
        let mut all = columns.iter().filter_map(|column| writers.get(column)).flatten();
        all.any(|id| *id != self.id)
    }

    /// The fix that gives the relationship a further argument.
    pub(super) fn insert(self, argument: &str, applicability: Applicability) -> Option<Fix> {
        let title = format!("add `{argument}` to `{}`", self.path());
        mend::insert(self.relationship, title, argument, applicability)
    }

    /// The same for an argument that lists columns. Names that would need quotes are not offered.
    pub(super) fn insert_columns(
        self,
        key: &str,
        columns: &[String],
        applicability: Applicability,
    ) -> Option<Fix> {
        let plain = columns.iter().all(|column| mend::is_plain(column));
        plain.then(|| self.insert(&mend::columns(key, columns), applicability)).flatten()
    }
}
