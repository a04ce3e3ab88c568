//! Entities: what maps a selectable.

use std::borrow::Cow;

use super::attribute::{Attribute, AttributeValue};
use super::hierarchy::Hierarchy;
use super::polymorphism::Polymorphism;
use super::relationship::Argument;
use crate::base::{Blank, ColumnId, EntityId, Few, Name, Seldom, SelectableId, reads_as};
use crate::graph::{Columns, Graph, OrderTerm};
use crate::text::Span;

/// A mapping of a selectable.
#[derive(Clone, PartialEq, Debug)]
pub struct Entity {
    /// Its name.
    pub name: Name,
    /// What it maps; with joined-table inheritance a join of its own table to its parent's.
    pub selectable: SelectableId,
    /// Its own table where it inherits, else the same as `selectable`.
    pub local: SelectableId,
    /// The columns that identify an instance.
    pub primary_key: Few<ColumnId>,
    /// Its place in its hierarchy, which
    /// [`Mapping::settle_hierarchies`](super::Mapping::settle_hierarchies) works out.
    pub hierarchy: Seldom<Hierarchy>,
    /// The default order of its rows.
    pub order_by: Seldom<Vec<OrderTerm>>,
    /// What few entities are told; it reads as fields of its own.
    pub options: Seldom<EntityOptions>,
    /// Where it is declared.
    pub span: Option<Span>,
}

/// What few entities are told.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct EntityOptions {
    /// Its attributes in the order in which they are selected, where they are more or less than the
    /// columns of what it maps, each under its name. [`Entity::attributes`] reads both.
    pub listed: Option<Vec<Attribute>>,
    /// The column that a flush checks and counts up.
    pub version_id: Option<ColumnId>,
    /// The entity it inherits from.
    pub inherits: Option<EntityId>,
    /// What it says of the hierarchy that it heads or belongs to.
    pub polymorphism: Seldom<Polymorphism>,
    /// The entity of which it is an alternate, load-only mapping.
    pub non_primary: Option<EntityId>,
    /// The codes it asks not to be told about.
    pub ignore: Seldom<Vec<Argument<String>>>,
}

impl Entity {
    /// An entity with an attribute for each column of what it maps.
    pub fn new(name: Name, selectable: SelectableId) -> Self {
        Self {
            name,
            selectable,
            local: selectable,
            primary_key: Few::new(),
            hierarchy: Seldom::default(),
            order_by: Seldom::default(),
            options: Seldom::default(),
            span: None,
        }
    }

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

impl Blank for EntityOptions {
    const BLANK: &'static Self = &Self {
        listed: None,
        version_id: None,
        inherits: None,
        polymorphism: Seldom::BLANK,
        non_primary: None,
        ignore: Seldom::BLANK,
    };
}

reads_as!(Entity.options: EntityOptions);
