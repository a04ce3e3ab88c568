//! A statement as JSON.

use serde::Serialize;
use serde_json::Value;

use crate::base::{ColumnId, EntityId, Name};
use crate::entity::Mapping;
use crate::graph::Literal;
use crate::render::{self, Expansion, Parameter, Statement};

/// A statement, or why there is none.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum StatementAnswer {
    /// A statement to run.
    Sql {
        /// The text.
        sql: String,
        /// Its parameters, in the driver's order.
        parameters: Vec<ParameterAnswer>,
        /// The entity of the given instances, for which the statement is run; null where it is run
        /// by itself.
        given: Option<String>,
        /// What each result column feeds.
        columns: Vec<ColumnAnswer>,
        /// Which result column tells which entity of a hierarchy a row is.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        discriminators: Vec<DiscriminatorAnswer>,
        /// How rows are matched to several given instances: a row belongs to those that agree in
        /// all of these.
        matches: Vec<MatchAnswer>,
        /// The relationships that the statement loads, parents first.
        steps: Vec<StepAnswer>,
        /// How each list of keys is written out.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        expansions: Vec<ExpansionAnswer>,
    },
    /// A whole load: several statements.
    Load(super::LoadAnswer),
    /// Why it cannot be made.
    Error {
        /// The finding.
        error: Box<super::DiagnosticAnswer>,
    },
}

/// A parameter and where its value comes from.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ParameterAnswer {
    /// Its name.
    pub name: String,
    /// The column of the parent whose value it takes.
    pub column: Option<String>,
    /// The value it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The columns whose values a list of it takes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// For how many instances a list takes rows at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chunk: Option<usize>,
    /// Whether an instance with a NULL there has no related row, so that nothing need be run.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub skip_if_null: bool,
}

/// A result column and what it feeds.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ColumnAnswer {
    /// Its position in the result, from 0.
    pub position: usize,
    /// Its label in the result.
    pub label: String,
    /// Where the column holds JSON: the key of the value in its objects; see
    /// [`render::ResultColumn::key`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The entity whose instance it feeds.
    pub entity: String,
    /// The attribute of that instance.
    pub attribute: String,
    /// The column that the attribute shows, as parameters and matches name it; null for an
    /// expression.
    pub column: Option<String>,
    /// The relationships that lead to the instance.
    pub path: Vec<String>,
    /// Whether it is part of the instance's identity.
    pub primary_key: bool,
}

/// A result column that tells which entity of a hierarchy a row is.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DiscriminatorAnswer {
    /// Its position in the result, from 0.
    pub position: usize,
    /// Its label in the result.
    pub label: String,
    /// Where the column holds JSON: the key of the value in its objects; see
    /// [`render::ResultColumn::key`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The entity that is loaded; a row whose value is not among the identities is its own.
    pub entity: String,
    /// The relationships that lead to the row's instance.
    pub path: Vec<String>,
    /// Each value, with the entity whose rows have it.
    pub identities: Vec<IdentityAnswer>,
}

/// A value of a discriminator.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IdentityAnswer {
    /// The value.
    pub value: Value,
    /// The entity whose rows have it.
    pub entity: String,
}

/// A result column that tells to which given instances a row belongs.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatchAnswer {
    /// Its position in the result, from 0.
    pub position: usize,
    /// Its label in the result.
    pub label: String,
    /// The column of the given instances that has the same value.
    pub column: String,
}

/// A relationship whose targets a statement loads.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepAnswer {
    /// The relationships that lead to the target, this one the last.
    pub path: Vec<String>,
    /// The target.
    pub entity: String,
    /// Whether it holds a collection.
    pub uselist: bool,
}

/// How a list of keys is written out; see [`render::Expansion`].
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExpansionAnswer {
    /// The name of the parameter that stands for the list.
    pub parameter: String,
    /// The first byte of the text that gives way.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What stands before the rows.
    pub before: &'static str,
    /// What stands around and between the placeholders of one row.
    pub row: Vec<String>,
    /// What stands between two rows.
    pub separator: &'static str,
    /// What stands after the rows.
    pub after: &'static str,
}

impl StatementAnswer {
    /// The JSON form of a statement.
    pub fn of(mapping: &Mapping, statement: &Statement) -> Self {
        let text = |name| mapping.names.text(name).to_owned();
        let path = |path: &[Name]| path.iter().copied().map(text).collect();
        let column = |column: &render::ResultColumn| ColumnAnswer {
            position: column.position,
            label: column.label.clone(),
            key: column.key.map(text),
            entity: mapping.entity_name(column.entity).to_owned(),
            attribute: text(column.attribute),
            column: column.column.map(|it| render::column_path(mapping, it)),
            path: path(&column.path),
            primary_key: column.primary_key,
        };
        let matched = |matched: &render::MatchColumn| MatchAnswer {
            position: matched.position,
            label: matched.label.clone(),
            column: render::column_path(mapping, matched.column),
        };
        let step = |step: &render::LoadedStep| StepAnswer {
            path: path(&step.path),
            entity: mapping.entity_name(step.entity).to_owned(),
            uselist: step.uselist,
        };
        Self::Sql {
            sql: statement.sql.clone(),
            parameters: statement.parameters.iter().map(|it| parameter(mapping, it)).collect(),
            given: statement.given.map(|given| mapping.entity_name(given).to_owned()),
            columns: statement.columns.iter().map(column).collect(),
            discriminators: statement
                .discriminators
                .iter()
                .map(|told| discriminator(mapping, told))
                .collect(),
            matches: statement.matches.iter().map(matched).collect(),
            steps: statement.steps.iter().map(step).collect(),
            expansions: statement.expansions.iter().map(|it| expansion(statement, it)).collect(),
        }
    }
}

fn discriminator(mapping: &Mapping, told: &render::DiscriminatorColumn) -> DiscriminatorAnswer {
    let entity = |id| mapping.entity_name(id).to_owned();
    DiscriminatorAnswer {
        position: told.position,
        label: told.label.clone(),
        key: told.key.map(|key| mapping.names.text(key).to_owned()),
        entity: entity(told.entity),
        path: told.path.iter().map(|name| mapping.names.text(*name).to_owned()).collect(),
        identities: told.identities.iter().map(|it| identity(mapping, it)).collect(),
    }
}

pub(super) fn identity(mapping: &Mapping, (literal, id): &(Literal, EntityId)) -> IdentityAnswer {
    IdentityAnswer { value: value(literal), entity: mapping.entity_name(*id).to_owned() }
}

fn expansion(statement: &Statement, expansion: &Expansion) -> ExpansionAnswer {
    let parameter = statement.parameters.get(expansion.parameter);
    ExpansionAnswer {
        parameter: parameter.map(|it| it.name.clone()).unwrap_or_default(),
        start: expansion.replaced.start,
        end: expansion.replaced.end,
        before: expansion.before,
        row: expansion.row.clone(),
        separator: expansion.separator,
        after: expansion.after,
    }
}

/// The JSON form of a parameter.
pub(super) fn parameter(mapping: &Mapping, parameter: &Parameter) -> ParameterAnswer {
    let path = |column: &ColumnId| render::column_path(mapping, *column);
    ParameterAnswer {
        name: parameter.name.clone(),
        column: parameter.column.as_ref().map(path),
        value: parameter.value.as_ref().map(value),
        columns: parameter.columns.iter().map(path).collect(),
        chunk: parameter.chunk,
        skip_if_null: parameter.skip_if_null,
    }
}

fn value(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Boolean(value) => Value::Bool(*value),
        Literal::Number(text) => serde_json::from_str(text).unwrap_or(Value::Null),
        Literal::String(text) => Value::String(text.to_string()),
    }
}
