//! The clauses that find the rows of given instances, each made once: they are the same for every
//! request of one relationship and entity.

use rustc_hash::FxHashMap;

use super::adapt::Enclosed;
use super::bind::LazyClause;
use super::model::Value;
use super::step::Step;
use crate::base::{Arena, ColumnId, EntityId, RelationshipId, id_types};
use crate::entity::Mapping;
use crate::graph::Graph;

/// On which side of a relationship the instances are given.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Given {
    Parent,
    Target,
}

/// A clause, and what follows from it.
#[derive(Debug)]
pub(super) struct Asked<'m> {
    pub(super) clause: LazyClause<'m>,
    /// The occurrences that are a column of some place: the position of each among all values of the
    /// clause, and the column.
    pub(super) open: Vec<(usize, ColumnId)>,
    /// Those of its parameters that find nothing when they are NULL.
    pub(super) skip: Vec<ColumnId>,
    /// Where it finds the target's row by its key: the [`key_parameters`].
    pub(super) key: Option<Vec<(ColumnId, usize)>>,
}

id_types! {
    /// A clause that was asked for.
    pub(super) AskedId;
}

/// The clauses that were asked for so far.
#[derive(Debug, Default)]
pub(super) struct Clauses<'m> {
    known: FxHashMap<(RelationshipId, EntityId, Given), AskedId>,
    all: Arena<AskedId, Asked<'m>>,
}

impl<'m> Clauses<'m> {
    /// Where the clause is for instances of an entity that a step leads on from, or leads to.
    pub(super) fn find(
        &mut self,
        mapping: &Mapping,
        entity: EntityId,
        step: &Step<'m>,
        given: Given,
    ) -> AskedId {
        *self
            .known
            .entry((step.id, entity, given))
            .or_insert_with(|| self.all.push(Asked::new(mapping, entity, step, given)))
    }

    /// A clause.
    pub(super) fn get(&self, id: AskedId) -> &Asked<'m> {
        &self.all[id]
    }
}

impl<'m> Asked<'m> {
    fn new(mapping: &Mapping, entity: EntityId, step: &Step<'m>, given: Given) -> Self {
        let (mut clause, mut skip) = (LazyClause::default(), Vec::new());
        match given {
            Given::Parent => {
                clause.fill(mapping, step.answer, step.join, false);
                for column in &mut clause.parameters {
                    *column = mapping.read_for(entity, *column);
                }
            }
            Given::Target => clause.fill_reversed(mapping, step.answer, step.join),
        }
        clause.add_skipped(&mapping.graph, &mut skip);
        let key = match given {
            Given::Parent => key_parameters(&clause, mapping, step),
            Given::Target => None,
        };
        Self { open: open(&mapping.graph, &clause), clause, skip, key }
    }
}

/// The occurrences that are not given, nor a subquery's own, by their position among all.
fn open(graph: &Graph, clause: &LazyClause<'_>) -> Vec<(usize, ColumnId)> {
    let all = clause.uses.iter().flat_map(|used| {
        let enclosed = Enclosed::of(graph, used.condition);
        let values = clause.values.get(used.values);
        let occurrences = used.condition.occurrences().zip(values);
        occurrences.map(move |(it, value)| {
            (*value == Value::InScope && !enclosed.has(it)).then_some(it.column)
        })
    });
    all.enumerate().filter_map(|(at, column)| Some((at, column?))).collect()
}

/// The columns of the key of a step's target, each with the parameter that a clause equates it with,
/// where the clause finds the row by its key.
pub(super) fn key_parameters(
    clause: &LazyClause<'_>,
    mapping: &Mapping,
    step: &Step<'_>,
) -> Option<Vec<(ColumnId, usize)>> {
    let target = step.relationship.target;
    let key = identity(mapping, target)?;
    if step.answer.uselist || !clause.is_get(mapping, target) {
        return None;
    }
    let parameter = |column: &ColumnId| clause.key_parameter(mapping, target, *column);
    key.iter().map(|column| Some((*column, parameter(column)?))).collect()
}

/// The key by which an entity's instances can be had one by one; those of an alternate mapping are
/// another's.
fn identity(mapping: &Mapping, entity: EntityId) -> Option<&[ColumnId]> {
    let entity = mapping.entity(entity);
    entity.non_primary.is_none().then_some(&*entity.primary_key)
}
