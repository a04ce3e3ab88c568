//! Conditions, clauses and columns in the words of the model: no statement, no aliases.

use super::dialect::SqlDialect;
use super::operator::AND;
use super::statement::Parameter;
use super::style::Style;
use super::writer::{Buffers, Frame, Given, Writer};
use crate::base::{ColumnId, Dialect};
use crate::entity::Mapping;
use crate::graph::{Condition, Expr, Literal};
use crate::plan::{LazyClause, List, Scope, Use, Value};

/// A condition as text: `address.id = customer.billing_address_id`.
pub fn condition(mapping: &Mapping, condition: &Condition, dialect: Dialect) -> String {
    let (mut out, mut buffers) = (String::new(), Buffers::default());
    let style = Style::of(dialect);
    let used = Use { condition, values: List::EMPTY, scope: Scope::NONE };
    Writer::new(&mut out, mapping, &style, &mut buffers).used(&used, false);
    out
}

/// The clause of a lazy load as text, and its parameters.
pub fn lazy(
    mapping: &Mapping,
    clause: &LazyClause<'_>,
    style: Style<impl SqlDialect + Copy>,
) -> (String, Vec<Parameter>) {
    let (mut out, mut buffers) = (String::new(), Buffers::default());
    let mut writer = Writer::new(&mut out, mapping, &style, &mut buffers);
    (writer.inputs, writer.values) = (&clause.parameters, Some(&clause.values));
    let several = clause.uses.len() > 1;
    for (i, used) in clause.uses.iter().enumerate() {
        if i > 0 {
            writer.push(" AND ");
        }
        writer.used(used, several);
    }
    let skip = clause.skip_if_null(&mapping.graph);
    let parameters = buffers.given.iter().enumerate();
    (out, parameters.map(|(i, given)| Parameter::of(i, *given, &skip)).collect())
}

/// How a column is called: `table.column`, `schema.table.column`, or `Entity.attribute` for a
/// column of an anonymous selectable. Table and column are quoted where the ANSI dialect must.
pub fn column_path(mapping: &Mapping, column: ColumnId) -> String {
    let (mut out, mut buffers) = (String::new(), Buffers::default());
    let style = Style::default();
    let mut writer = Writer::new(&mut out, mapping, &style, &mut buffers);
    writer.occurrence(Value::InScope, column);
    out
}

impl<'a> Writer<'a> {
    /// A condition with what becomes of its occurrences; as one of several it is kept apart.
    pub(super) fn used(&mut self, used: &'a Use<'a>, several: bool) {
        let Some(root) = used.condition.root() else { return self.equalities(used) };
        let frame = Frame { used: Some(used), scope: used.scope, next: 0 };
        let expr = self.mapping.graph.expr(root);
        let brackets = several && !matches!(expr, Expr::And(_)) && super::operator::of(expr) <= AND;
        self.push(if brackets { "(" } else { "" });
        self.expression(root, frame);
        self.push(if brackets { ")" } else { "" });
    }

    /// A condition that has no expression: its equalities.
    fn equalities(&mut self, used: &'a Use<'a>) {
        let frame = Frame { used: Some(used), scope: used.scope, next: 0 };
        let outer = std::mem::replace(&mut self.frame, frame);
        let values = self.values_of(used);
        let value = |at: usize| values.get(at).copied().unwrap_or(Value::InScope);
        for (i, (left, right)) in used.condition.equalities().iter().enumerate() {
            if i > 0 {
                self.push(" AND ");
            }
            let (left, right) = self.turned((value(2 * i), *left), (value(2 * i + 1), *right));
            self.occurrence(left.0, left.1);
            self.push(" = ");
            self.occurrence(right.0, right.1);
        }
        self.frame = outer;
    }

    fn turned(&self, left: Side, right: Side) -> (Side, Side) {
        let given = |side: Side| matches!(side.0, Value::Parameter(_));
        let turns = self.dialect.parameter_right && given(left) && !given(right);
        if turns { (right, left) } else { (left, right) }
    }
}

type Side = (Value, ColumnId);

impl Parameter {
    /// The parameter written at a position, for which one of `skip` must not be NULL.
    pub(super) fn of(index: usize, given: Given, skip: &[ColumnId]) -> Self {
        let mut parameter = Self::named(index);
        match given {
            Given::Column(column) => {
                parameter.column = Some(column);
                parameter.skip_if_null = skip.contains(&column);
            }
            Given::Number(number) => {
                parameter.value = Some(Literal::Number(number.to_string().into()));
            }
            Given::Keys => {}
        }
        parameter
    }

    /// The list of rows of keys written at a position.
    pub(super) fn of_keys(index: usize, keys: &[ColumnId], chunk: usize) -> Self {
        let (columns, chunk) = (keys.to_vec(), Some(chunk));
        Self { columns, chunk, skip_if_null: true, ..Self::named(index) }
    }

    fn named(index: usize) -> Self {
        Self {
            name: format!("p{}", index + 1),
            column: None,
            columns: Vec::new(),
            value: None,
            chunk: None,
            skip_if_null: false,
        }
    }
}
