//! A relationship as JSON.

use serde::Serialize;

use super::because::because;
use super::statement::{ParameterAnswer, parameter};
use crate::base::{ColumnId, Dialect, RelationshipId};
use crate::catalog::Key;
use crate::entity::Mapping;
use crate::plan;
use crate::render::{self, Placeholders, Style};
use crate::resolve::{
    Answer, Direction, Join, Pair, Proof, Reason, Resolution, at_most_one, reasons, uses,
};

/// What is known of one relationship.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RelationshipAnswer {
    /// The entity it is on.
    pub entity: String,
    /// Its name.
    pub name: String,
    /// The entity it leads to.
    pub target: String,
    /// `one-to-many`, `many-to-one`, `many-to-many`; null where it cannot be told.
    pub direction: Option<&'static str>,
    /// Whether it holds many.
    pub uselist: bool,
    /// The keys that prove that at most one row stands on the other side; null where none do.
    pub at_most_one: Option<Vec<KeyAnswer>>,
    /// Whether it is never written.
    pub viewonly: bool,
    /// How the parent joins the target, or the secondary.
    pub primaryjoin: Option<String>,
    /// How the secondary joins the target.
    pub secondaryjoin: Option<String>,
    /// (local, remote) columns.
    pub local_remote_pairs: Vec<[String; 2]>,
    /// (source, target) columns that a flush copies.
    pub synchronize_pairs: Vec<[String; 2]>,
    /// (source, target) columns that a flush copies for the secondaryjoin.
    pub secondary_synchronize_pairs: Vec<[String; 2]>,
    /// The columns on the parent's side.
    pub local_columns: Vec<String>,
    /// The columns on the far side.
    pub remote_columns: Vec<String>,
    /// The columns that hold a reference.
    pub foreign_columns: Vec<String>,
    /// The relationships that are its reverse.
    pub reverse: Vec<String>,
    /// What a flush touches.
    pub writes: WritesAnswer,
    /// The WHERE of a lazy load.
    pub lazy: Option<LazyAnswer>,
    /// The WHERE of a lazy load from the target back.
    pub lazy_reverse: Option<LazyAnswer>,
    /// Why each decision fell as it did.
    pub reasons: Vec<ReasonAnswer>,
}

/// A key that makes rows unique.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeyAnswer {
    /// `primary key`, `unique key` or `partial unique index`.
    pub kind: &'static str,
    /// Its columns.
    pub columns: Vec<String>,
}

/// What a flush touches.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WritesAnswer {
    /// Columns copied from.
    pub reads: Vec<String>,
    /// Columns copied to.
    pub writes: Vec<String>,
    /// Columns set to NULL when a link is taken away.
    pub nulls: Vec<String>,
}

/// The WHERE of a lazy load.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LazyAnswer {
    /// The condition, with `:p1`, `:p2` … for the parameters.
    #[serde(rename = "where")]
    pub condition: String,
    /// The parameters in order.
    pub parameters: Vec<ParameterAnswer>,
}

/// One decision.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReasonAnswer {
    /// Which decision.
    pub step: &'static str,
    /// What it rests on.
    pub because: String,
}

impl RelationshipAnswer {
    /// The JSON form of a relationship's answer.
    pub fn of(mapping: &Mapping, resolution: &Resolution, id: RelationshipId) -> Self {
        let relationship = resolution.relationship(mapping, id);
        let none = Answer::default();
        let answer = resolution.answer(id).unwrap_or(&none);
        let (join, uses) = (answer.join.as_ref(), uses(mapping, relationship, answer));
        let condition = |condition| render::condition(mapping, condition, Dialect::Ansi);
        let secondary = join.and_then(Join::secondary);
        let columns = |columns: &[ColumnId]| sorted(paths(mapping, columns));
        Self {
            entity: mapping.entity_name(relationship.entity).to_owned(),
            name: mapping.names.text(relationship.name).to_owned(),
            target: mapping.entity_name(relationship.target).to_owned(),
            direction: answer.direction.map(Direction::as_str),
            uselist: answer.uselist,
            at_most_one: at_most_one(mapping, relationship, answer).map(|it| keys(mapping, &it)),
            viewonly: relationship.is_viewonly(),
            primaryjoin: join.map(|join| condition(&join.primary().condition)),
            secondaryjoin: secondary.map(|secondary| condition(&secondary.condition)),
            local_remote_pairs: pairs(mapping, &answer.local_remote()),
            synchronize_pairs: pairs(mapping, &answer.synchronize()),
            secondary_synchronize_pairs: pairs(mapping, &answer.secondary_synchronize()),
            local_columns: columns(&answer.local_columns()),
            remote_columns: columns(&answer.remote_columns()),
            foreign_columns: columns(&answer.foreign_columns()),
            reverse: reverse(mapping, resolution, answer),
            writes: WritesAnswer {
                reads: columns(&uses.reads),
                writes: columns(&uses.writes),
                nulls: columns(&uses.nulls),
            },
            lazy: lazy(mapping, answer, false),
            lazy_reverse: lazy(mapping, answer, true),
            reasons: told(mapping, resolution, id),
        }
    }
}

fn keys(mapping: &Mapping, proof: &Proof) -> Vec<KeyAnswer> {
    let columns = |key: &Key| {
        let columns = key.columns.iter();
        let columns = columns.filter_map(|column| mapping.graph.table_column(*column));
        columns.map(|column| mapping.column_path(column)).collect()
    };
    let key = |key: &Key| KeyAnswer { kind: key.as_str(), columns: columns(key) };
    proof.keys.iter().map(|id| key(mapping.catalog().key(*id))).collect()
}

fn paths(mapping: &Mapping, columns: &[ColumnId]) -> Vec<String> {
    columns.iter().map(|column| render::column_path(mapping, *column)).collect()
}

fn sorted(mut paths: Vec<String>) -> Vec<String> {
    paths.sort();
    paths
}

fn pairs(mapping: &Mapping, pairs: &[Pair]) -> Vec<[String; 2]> {
    let path = |column| render::column_path(mapping, column);
    pairs.iter().map(|(a, b)| [path(*a), path(*b)]).collect()
}

fn reverse(mapping: &Mapping, resolution: &Resolution, answer: &Answer) -> Vec<String> {
    let path =
        |id: &RelationshipId| mapping.relationship_path(resolution.relationship(mapping, *id));
    sorted(answer.reverse().iter().map(path).collect())
}

fn lazy(mapping: &Mapping, answer: &Answer, reverse: bool) -> Option<LazyAnswer> {
    let clause = plan::lazy_clause(mapping, answer, reverse)?;
    let style = Style { placeholders: Placeholders::Named, ..Style::of(Dialect::Ansi) };
    let (condition, parameters) = render::lazy(mapping, &clause, style);
    let parameters = parameters.iter().map(|it| parameter(mapping, it)).collect();
    Some(LazyAnswer { condition, parameters })
}

fn told(mapping: &Mapping, resolution: &Resolution, id: RelationshipId) -> Vec<ReasonAnswer> {
    let told = |reason: &Reason| ReasonAnswer {
        step: reason.step().as_str(),
        because: because(mapping, resolution, reason),
    };
    reasons(mapping, resolution, id).iter().map(told).collect()
}
