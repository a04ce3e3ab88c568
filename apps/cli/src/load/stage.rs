//! One statement of a load: its text and values for so many given instances.

use joinwright::answer::{
    ExpansionAnswer, IdentityAnswer, LevelAnswer, LoadedAnswer, MatchAnswer, ParameterAnswer,
    StatementAnswer,
};

use super::kinds::Kinds;
use super::layout::{Group, groups};
use super::objects::Object;
use super::value::Value;

/// One statement with its row layout.
pub(super) struct Stage<'a> {
    pub(super) number: usize,
    sql: &'a str,
    parameters: &'a [ParameterAnswer],
    expansions: &'a [ExpansionAnswer],
    pub(super) matches: &'a [MatchAnswer],
    pub(super) groups: Vec<Group<'a>>,
    together: bool,
    pub(super) parents: Option<&'a LevelAnswer>,
    pub(super) given: Option<&'a LevelAnswer>,
    /// The entity of the instances that the statement is run for.
    entity: Option<&'a str>,
    /// Where its rows are further attributes of the parents themselves: of which of them.
    identities: &'a [IdentityAnswer],
}

impl<'a> Stage<'a> {
    pub(super) fn new(number: usize, loaded: &'a LoadedAnswer) -> Option<Self> {
        let StatementAnswer::Sql {
            sql,
            parameters,
            given,
            columns,
            discriminators,
            matches,
            steps,
            expansions,
        } = &loaded.statement
        else {
            return None;
        };
        Some(Self {
            number,
            sql,
            parameters,
            expansions,
            matches,
            groups: groups(columns, steps, discriminators),
            together: loaded.run == "together",
            parents: loaded.parents.as_ref(),
            given: loaded.parameters_from.as_ref(),
            entity: given.as_deref(),
            identities: &loaded.identities,
        })
    }

    /// Whether its rows are further attributes of the parents themselves.
    pub(super) fn completes(&self) -> bool {
        !self.identities.is_empty()
    }

    /// Whether it is run for an instance of this entity.
    pub(super) fn is_for(&self, kinds: Kinds<'_>, entity: &str) -> bool {
        match self.identities {
            [] => self.entity.is_none_or(|given| kinds.is(entity, given)),
            identities => identities.iter().any(|it| it.entity == entity),
        }
    }

    /// For how many given instances it is run at once.
    pub(super) fn chunk(&self) -> usize {
        let chunk = self.parameters.iter().filter_map(|it| it.chunk).min().unwrap_or(usize::MAX);
        if self.together { chunk.max(1) } else { 1 }
    }

    /// Whether it can find anything for an instance.
    pub(super) fn finds(&self, given: &Object<'_>) -> bool {
        let needed = self.parameters.iter().filter(|it| it.skip_if_null);
        let mut columns = needed.flat_map(|it| it.column.iter().chain(&it.columns));
        columns.all(|column| given.column(column) != Some(&Value::Null))
    }

    /// The text for so many given instances: a list has a placeholder for each of its values.
    pub(super) fn text(&self, instances: usize) -> String {
        let (mut text, mut end) = (String::new(), 0);
        for list in self.expansions {
            text.push_str(self.sql.get(end..list.start).unwrap_or_default());
            let rows = vec![list.row.join("?"); instances];
            text.extend([list.before, &rows.join(list.separator), list.after]);
            end = list.end;
        }
        text.push_str(self.sql.get(end..).unwrap_or_default());
        text
    }

    /// The values for the placeholders of [`Self::text`].
    pub(super) fn values(&self, given: &[&Object<'_>]) -> Vec<Value> {
        let of = |object: &Object<'_>, column: &str| {
            object.column(column).cloned().unwrap_or(Value::Null)
        };
        let values = |parameter: &ParameterAnswer| -> Vec<Value> {
            if let Some(value) = &parameter.value {
                return vec![Value::of_json(value)];
            }
            if let Some(column) = &parameter.column {
                return given.iter().take(1).map(|object| of(object, column)).collect();
            }
            let row = |object| parameter.columns.iter().map(move |column| of(object, column));
            given.iter().copied().flat_map(row).collect()
        };
        self.parameters.iter().flat_map(values).collect()
    }
}
