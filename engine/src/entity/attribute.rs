//! What an entity's instances show of its rows.

use crate::base::{ColumnId, ExprId, Few, Name};
use crate::text::Span;

/// A named value of an entity's instances.
#[derive(Clone, PartialEq, Debug)]
pub struct Attribute {
    /// Its name.
    pub name: Name,
    /// What it shows.
    pub value: AttributeValue,
    /// Whether it is left out of loads until it is asked for.
    pub deferred: bool,
    /// The group that it is asked for with.
    pub group: Option<Name>,
    /// The label of an expression in a select list, where one was given.
    pub label: Option<Name>,
    /// Where it is declared; attributes that follow from a column have no place.
    pub span: Option<Span>,
}

/// What an attribute shows.
#[derive(Clone, PartialEq, Debug)]
pub enum AttributeValue {
    /// Columns that are kept equal; the first is the one read.
    Columns(Few<ColumnId>),
    /// An expression, read-only.
    Expression(ExprId),
    /// Several attributes as one value.
    Composite(Vec<Name>),
    /// Another attribute.
    Synonym(Name),
}

impl Attribute {
    /// An attribute that shows one column.
    pub fn of_column(name: Name, column: ColumnId) -> Self {
        let value = AttributeValue::Columns(Few::from(column));
        Self { name, value, deferred: false, group: None, label: None, span: None }
    }

    /// Its columns, where it shows columns.
    pub fn columns(&self) -> &[ColumnId] {
        match &self.value {
            AttributeValue::Columns(columns) => columns,
            _ => &[],
        }
    }
}
