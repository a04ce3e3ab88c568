//! A model as data: what the document says, and the rows that are in the tables.

use std::fmt;

use joinwright::base::Dialect;
use joinwright_execution::{Column, Row, Value};

/// A foreign key; it refers to the whole primary key of its target.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ForeignKey {
    pub(crate) columns: Vec<usize>,
    pub(crate) target: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
    /// Empty for a junction that allows duplicates.
    pub(crate) primary_key: Vec<usize>,
    pub(crate) foreign_keys: Vec<ForeignKey>,
    /// The entity's order; `true` for descending.
    pub(crate) order_by: Vec<(usize, bool)>,
    /// Whether an entity maps it: `E0` for the first table, and so on.
    pub(crate) mapped: bool,
    pub(crate) rows: Vec<Row>,
}

/// Whose row a column of a condition is looked up in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Side {
    Source,
    Secondary,
    Target,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Operand {
    Column { side: Side, column: usize, foreign: bool },
    Literal(Value),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Less,
    GreaterOrEqual,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Condition {
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    Compare(Operand, Operator, Operand),
    IsNull(Operand),
}

/// How much of the condition the document says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Written {
    /// Nothing: it follows from the foreign keys.
    Inferred,
    /// `foreign_keys`: columns of the table on that side.
    ForeignKeys(Side, Vec<usize>),
    /// `primaryjoin` and perhaps `secondaryjoin`.
    Conditions { marked: bool },
}

/// What stands between source and target.
#[derive(Clone, Debug)]
pub(crate) struct Secondary {
    /// Whose rows stand side by side: the columns of a later table come after those of an earlier.
    pub(crate) tables: Vec<usize>,
    /// What joins them, where they are several.
    pub(crate) on: Option<Condition>,
}

#[derive(Clone, Debug)]
pub(crate) struct Relationship {
    pub(crate) name: String,
    pub(crate) source: usize,
    pub(crate) target: usize,
    pub(crate) secondary: Option<Secondary>,
    pub(crate) primary: Condition,
    /// Between the secondary and the target.
    pub(crate) second: Option<Condition>,
    pub(crate) written: Written,
    /// Columns of the target.
    pub(crate) remote_side: Vec<usize>,
    /// Columns of the target; `true` for descending. Where empty, the target's own order counts.
    pub(crate) order_by: Vec<(usize, bool)>,
    pub(crate) uselist: Option<bool>,
    pub(crate) viewonly: bool,
    pub(crate) innerjoin: bool,
}

#[derive(Clone)]
pub(crate) struct Model {
    /// Whose SQL the document is in.
    pub(crate) dialect: Dialect,
    pub(crate) tables: Vec<Table>,
    pub(crate) relationships: Vec<Relationship>,
}

impl Relationship {
    /// The tables on a side.
    pub(crate) fn tables(&self, side: Side) -> &[usize] {
        match side {
            Side::Source => std::slice::from_ref(&self.source),
            Side::Secondary => self.secondary.as_ref().map_or(&[], |it| &it.tables),
            Side::Target => std::slice::from_ref(&self.target),
        }
    }
}

impl Model {
    /// The tables and columns on a side of a relationship.
    pub(crate) fn columns(&self, relationship: &Relationship, side: Side) -> Vec<(usize, usize)> {
        let tables = relationship.tables(side).iter().map(|table| (*table, &self.tables[*table]));
        let of = |(id, table): (usize, &Table)| (0..table.columns.len()).map(move |it| (id, it));
        tables.flat_map(of).collect()
    }

    /// The order of a relationship's rows.
    pub(crate) fn order<'m>(&'m self, relationship: &'m Relationship) -> &'m [(usize, bool)] {
        let (own, target) = (&relationship.order_by, &self.tables[relationship.target].order_by);
        if own.is_empty() { target } else { own }
    }
}

/// What a failing test shows: the document and the rows.
impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n{}", super::document::document(self))?;
        let mut tables = self.tables.iter();
        tables.try_for_each(|table| writeln!(f, "{}: {:?}", table.name, table.rows))
    }
}
