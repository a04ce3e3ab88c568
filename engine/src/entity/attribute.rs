//! What an entity's instances show of its rows.

use std::borrow::Cow;

use super::mapping::Entity;
use crate::base::{Blank, ColumnId, ExprId, Few, Name, Seldom, reads_as};
use crate::graph::{Columns, Graph};
use crate::text::Span;

/// A named value of an entity's instances.
#[derive(Clone, PartialEq, Debug)]
pub struct Attribute {
    /// Its name.
    pub name: Name,
    /// What it shows.
    pub value: AttributeValue,
    /// What few attributes are told; it reads as fields of its own.
    pub options: Seldom<AttributeOptions>,
}

/// What few attributes are told.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct AttributeOptions {
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
    Composite(Box<[Name]>),
    /// Another attribute.
    Synonym(Name),
}

impl Attribute {
    /// An attribute that shows one column.
    pub fn of_column(name: Name, column: ColumnId) -> Self {
        Self::new(name, AttributeValue::Columns(Few::from(column)))
    }

    /// An attribute that is told no more than what it shows.
    pub fn new(name: Name, value: AttributeValue) -> Self {
        Self { name, value, options: Seldom::default() }
    }

    /// Its columns, where it shows columns.
    pub fn columns(&self) -> &[ColumnId] {
        match &self.value {
            AttributeValue::Columns(columns) => columns,
            _ => &[],
        }
    }
}

impl Entity {
    /// Its attributes, in the order in which they are selected.
    pub fn attributes<'e>(
        &'e self,
        graph: &'e Graph,
    ) -> impl DoubleEndedIterator<Item = Cow<'e, Attribute>> + Clone {
        let implied = self.implied(graph).map(|column| implied_by(graph, column));
        self.listed.iter().flatten().map(Cow::Borrowed).chain(implied)
    }

    /// How many attributes it has.
    pub fn attribute_count(&self, graph: &Graph) -> usize {
        self.listed.as_ref().map_or_else(|| self.implied(graph).len(), Vec::len)
    }

    /// The attribute at a position in the order in which they are selected.
    pub fn attribute_at<'e>(&'e self, graph: &'e Graph, at: usize) -> Option<Cow<'e, Attribute>> {
        match &self.listed {
            Some(listed) => listed.get(at).map(Cow::Borrowed),
            None => self.implied(graph).nth(at).map(|column| implied_by(graph, column)),
        }
    }

    /// The attribute of this name.
    pub fn attribute<'e>(&'e self, graph: &'e Graph, name: Name) -> Option<Cow<'e, Attribute>> {
        match &self.listed {
            Some(listed) => listed.iter().find(|it| it.name == name).map(Cow::Borrowed),
            None => {
                graph.find_column(self.selectable, name).map(|column| implied_by(graph, column))
            }
        }
    }

    /// The attribute of this name, or what it is a synonym of. Synonyms in a circle mean nothing.
    pub fn attribute_meant<'e>(
        &'e self,
        graph: &'e Graph,
        name: Name,
    ) -> Option<Cow<'e, Attribute>> {
        let mut attribute = self.attribute(graph, name)?;
        for _ in 0..self.attribute_count(graph) {
            let AttributeValue::Synonym(of) = attribute.value else { return Some(attribute) };
            attribute = self.attribute(graph, of)?;
        }
        None
    }

    /// The attribute that shows this column.
    pub fn attribute_of<'e>(
        &'e self,
        graph: &'e Graph,
        column: ColumnId,
    ) -> Option<Cow<'e, Attribute>> {
        match &self.listed {
            Some(listed) => {
                listed.iter().find(|it| it.columns().contains(&column)).map(Cow::Borrowed)
            }
            None => self.implied(graph).any(|it| it == column).then(|| implied_by(graph, column)),
        }
    }

    /// Every column that an attribute shows.
    pub fn shown_columns<'e>(&'e self, graph: &'e Graph) -> impl Iterator<Item = ColumnId> {
        let listed = self.listed.iter().flatten().flat_map(Attribute::columns);
        listed.copied().chain(self.implied(graph))
    }

    /// The columns that have an attribute each, where none are listed.
    fn implied<'g>(&self, graph: &'g Graph) -> Columns<'g> {
        match self.listed {
            Some(_) => Columns::default(),
            None => graph.columns(self.selectable),
        }
    }
}

/// The attribute that shows a column under its name.
fn implied_by(graph: &Graph, column: ColumnId) -> Cow<'static, Attribute> {
    Cow::Owned(Attribute::of_column(graph.column(column).name, column))
}

impl Blank for AttributeOptions {
    const BLANK: &'static Self = &Self { deferred: false, group: None, label: None, span: None };
}

reads_as!(Attribute.options: AttributeOptions);
