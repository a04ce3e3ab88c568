//! Whole statements.

use std::fmt;

use rustc_hash::FxHashSet;

use super::dialect::SqlDialect;
use super::list::Expansion;
use super::naming::Subject;
use super::select::Columns;
use super::style::Style;
use super::writer::{Buffers, Given, Writer};
use crate::base::{ColumnId, Dialect, EntityId, Name};
use crate::entity::Mapping;
use crate::graph::Literal;
use crate::plan::{Bound, Discriminator, Match, Plan};

/// A statement with what it takes and gives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// The text.
    pub sql: String,
    /// The entity of the given instances, whose columns parameters and matches name; nothing where
    /// the statement is run by itself.
    pub given: Option<EntityId>,
    /// The parameters, in the order in which they appear.
    pub parameters: Vec<Parameter>,
    /// The row layout: what each result column feeds. Columns that the statement alone needs feed
    /// nothing and are not listed; one that several entities of a hierarchy share is listed for each
    /// that does not inherit the attribute of the one before.
    pub columns: Vec<ResultColumn>,
    /// What tells which entity of a hierarchy a row is, so that an instance of that one is made.
    pub discriminators: Vec<DiscriminatorColumn>,
    /// Of a statement that loads for several given instances at once: how its rows are matched to
    /// them. A row belongs to the instances that agree in all of these.
    pub matches: Vec<MatchColumn>,
    /// The relationships whose targets are among what the columns feed, parents first.
    pub steps: Vec<LoadedStep>,
    /// How each list of keys is written out, in the order in which they stand in the text.
    pub expansions: Vec<Expansion>,
}

/// A relationship whose target a statement loads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LoadedStep {
    /// The relationships that lead from the first entity to the target, this one the last.
    pub path: Vec<Name>,
    /// The target.
    pub entity: EntityId,
    /// Whether it holds a collection; else one instance or none.
    pub uselist: bool,
}

/// A parameter of a statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parameter {
    /// Its name; where the dialect's placeholders have none, its place in the text.
    pub name: String,
    /// The column of the given instance whose value it takes. A driver may have to be told its
    /// type: PostgreSQL finds none for `$1 IS NULL`.
    pub column: Option<ColumnId>,
    /// The columns whose values a list of rows takes, one row for each instance.
    pub columns: Vec<ColumnId>,
    /// Its value, where the request gives it.
    pub value: Option<Literal>,
    /// Of a list of rows: for how many instances it takes rows at most. A statement for more is run
    /// several times, each for a part of them.
    pub chunk: Option<usize>,
    /// Whether an instance that has NULL in the column, or in one of the columns, has no related
    /// row: the statement need not be run for it.
    pub skip_if_null: bool,
}

/// A column of the result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResultColumn {
    /// Its position in the result, from 0.
    pub position: usize,
    /// Its name in the result. Where the text does not say `AS`, a database may call it otherwise:
    /// `SQLite` numbers columns of nested joins that share a name. The position always holds.
    pub label: String,
    /// Where the column holds JSON: the key of this value in its objects. The path leads to them: a
    /// relationship that holds many is an array of objects, any other an object or null, and each
    /// but the first stands in the objects of the one before, under the relationship's name.
    /// Values come as JSON spells them: what JSON has no type for, such as a date, is a string;
    /// binary values each database spells in its own way, and `SQLite` in none.
    pub key: Option<Name>,
    /// The entity that it feeds.
    pub entity: EntityId,
    /// The attribute that it feeds.
    pub attribute: Name,
    /// The column that the attribute shows; nothing for an expression.
    pub column: Option<ColumnId>,
    /// The relationships that lead from the first entity to this one.
    pub path: Vec<Name>,
    /// Whether it is part of what identifies the instance.
    pub primary_key: bool,
}

/// A column of the result whose values tell which entity of a hierarchy a row is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DiscriminatorColumn {
    /// Its position in the result, from 0.
    pub position: usize,
    /// Its name in the result; see [`ResultColumn::label`].
    pub label: String,
    /// Where the column holds JSON: the key of the value in its objects; see [`ResultColumn::key`].
    pub key: Option<Name>,
    /// The entity that is loaded; a row whose value is not among the identities is its own.
    pub entity: EntityId,
    /// The relationships that lead from the first entity to this one.
    pub path: Vec<Name>,
    /// Each value, with the entity whose rows have it.
    pub identities: Vec<(Literal, EntityId)>,
}

/// A column of the result whose values tell to which given instances a row belongs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MatchColumn {
    /// Its position in the result, from 0.
    pub position: usize,
    /// Its name in the result; see [`ResultColumn::label`].
    pub label: String,
    /// The column of the given instances that has the same value.
    pub column: ColumnId,
}

/// Renders one statement after another, using its buffers again.
#[derive(Debug)]
pub struct Renderer<'m, D = Dialect> {
    mapping: &'m Mapping,
    style: Style<D>,
    buffers: Buffers,
    /// The text on its way to what is no `String`.
    text: String,
}

/// The statement of a plan.
pub fn statement(plan: &Plan<'_>, mapping: &Mapping, style: Style<impl SqlDialect>) -> Statement {
    Renderer::new(mapping, style).statement(plan)
}

impl<'m, D: SqlDialect> Renderer<'m, D> {
    /// A renderer for the plans of one mapping.
    pub fn new(mapping: &'m Mapping, style: Style<D>) -> Self {
        Self { mapping, style, buffers: Buffers::default(), text: String::new() }
    }

    /// Appends the text of a plan's statement to `out`.
    pub fn write(&mut self, plan: &Plan<'_>, out: &mut String) {
        let plan = self.form(plan);
        let Some(outermost) = plan.outermost() else { return };
        let (dialect, start) = (self.style.dialect.capabilities(), out.len());
        let subject = Subject { mapping: self.mapping, plan, dialect };
        self.buffers.naming.assign(subject, self.style.labels);
        let mut writer = Writer::new(out, self.mapping, &self.style, &mut self.buffers);
        writer.plan = Some(plan);
        (writer.inputs, writer.values) = (&plan.parameters, Some(plan.values()));
        writer.select(outermost, Columns::Result);
        writer.put_front(start);
    }

    /// The form of a plan that the dialect can say.
    fn form<'p>(&self, plan: &'p Plan<'p>) -> &'p Plan<'p> {
        let lateral = self.style.dialect.capabilities().lateral.is_some();
        plan.without_lateral.as_deref().filter(|_| !lateral).unwrap_or(plan)
    }

    /// Writes the text of a plan's statement to `out`, all at once: what comes in many small
    /// pieces goes into a buffer first, which is used again.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write_to(
        &mut self,
        plan: &Plan<'_>,
        out: &mut (impl fmt::Write + ?Sized),
    ) -> fmt::Result {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        self.write(plan, &mut text);
        let written = out.write_str(&text);
        self.text = text;
        written
    }

    /// A plan's statement.
    pub fn statement(&mut self, plan: &Plan<'_>) -> Statement {
        let plan = self.form(plan);
        let mut sql = String::new();
        self.write(plan, &mut sql);
        let parameters = self.buffers.given.iter().enumerate();
        let chunk = self.style.dialect.capabilities().chunk(plan.keys.len());
        let parameter = |(i, given): (_, &Given)| match given {
            Given::Keys => Parameter::of_keys(i, &plan.keys, chunk),
            _ => Parameter::of(i, *given, &plan.skip_if_null),
        };
        let parameters = parameters.map(parameter).collect();
        let (columns, matches) = (self.columns(plan), self.matches(plan));
        let steps = loaded_steps(plan, self.mapping);
        let expansions = self.expansions(&sql);
        let discriminators = self.discriminators(plan);
        Statement {
            sql,
            given: plan.given,
            parameters,
            columns,
            discriminators,
            matches,
            steps,
            expansions,
        }
    }

    fn expansions(&self, sql: &str) -> Vec<Expansion> {
        let Buffers { lists, compared, .. } = &self.buffers;
        let (rows, sign) = (self.style.dialect.capabilities().row_list, self.style.placeholder());
        lists.iter().map(|list| list.expansion(sql, compared, rows, sign)).collect()
    }

    fn discriminators(&self, plan: &Plan<'_>) -> Vec<DiscriminatorColumn> {
        let Some(outermost) = plan.outermost() else { return Vec::new() };
        let column = |told: &Discriminator| DiscriminatorColumn {
            position: told.item,
            key: told.key,
            label: self.buffers.naming.label(outermost, told.item).to_owned(),
            entity: told.entity,
            path: plan.path(told.level),
            identities: told.identities.clone(),
        };
        plan.discriminators.iter().map(column).collect()
    }

    fn matches(&self, plan: &Plan<'_>) -> Vec<MatchColumn> {
        let Some(outermost) = plan.outermost() else { return Vec::new() };
        let column = |matched: &Match| MatchColumn {
            position: matched.item,
            label: self.buffers.naming.label(outermost, matched.item).to_owned(),
            column: matched.column,
        };
        plan.matches.iter().map(column).collect()
    }

    fn columns(&self, plan: &Plan<'_>) -> Vec<ResultColumn> {
        let Some(outermost) = plan.outermost() else { return Vec::new() };
        let Some(select) = plan.select(outermost) else { return Vec::new() };
        let mut columns = Vec::new();
        for (position, item) in plan.items(self.mapping, select).enumerate() {
            let add = |bound: Bound, key| ResultColumn {
                position,
                label: self.buffers.naming.label(outermost, position).to_owned(),
                key,
                entity: bound.entity,
                attribute: bound.attribute,
                column: bound.column,
                path: plan.path(bound.level),
                primary_key: bound.primary_key,
            };
            if let Some(bound) = item.feeds {
                let shared = plan.shared.iter().filter(|(known, _)| *known == bound);
                let others = shared.map(|(_, other)| *other);
                columns.extend(std::iter::once(bound).chain(others).map(|bound| add(bound, None)));
            }
            let members = plan.members(self.mapping, item.value);
            columns.extend(members.into_iter().map(|(key, bound)| add(bound, key)));
        }
        columns
    }
}

fn loaded_steps(plan: &Plan<'_>, mapping: &Mapping) -> Vec<LoadedStep> {
    let items = || plan.selects().last().into_iter().flat_map(|it| plan.items(mapping, it));
    let inside = items().flat_map(|item| plan.members(mapping, item.value));
    let fed = items().filter_map(|item| item.feeds);
    let levels: FxHashSet<_> =
        inside.map(|(_, bound)| bound).chain(fed).map(|it| it.level).collect();
    let steps = plan.steps.iter().zip(1..).filter(|(_, level)| levels.contains(level));
    let loaded = steps.map(|(step, level)| LoadedStep {
        path: plan.path(level),
        entity: step.target,
        uselist: step.uselist,
    });
    loaded.collect()
}
