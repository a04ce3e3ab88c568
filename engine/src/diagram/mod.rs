//! A model as a diagram: entities and their relationships, or tables and their foreign keys.
//!
//! [`Diagram`] is plain data, sorted by content; [`mermaid`], [`dot`] and [`svg`] write it down. Knows
//! nothing of files, and draws only what was resolved: it judges nothing.

mod cycle;
mod dot;
mod entities;
mod layout;
mod mermaid;
mod svg;
mod tables;

pub use dot::dot;
pub use mermaid::mermaid;
pub use svg::svg;

#[cfg(feature = "json")]
use serde::Serialize;

use crate::entity::Mapping;
use crate::resolve::{Count, Resolution};

/// Boxes and the lines between them.
///
/// ```
/// use joinwright::Model;
/// use joinwright::diagram::{Diagram, mermaid};
/// let model = Model::from_toml("model.toml", r#"
///     ddl = """
///         CREATE TABLE address (id INTEGER PRIMARY KEY);
///         CREATE TABLE customer (
///             id INTEGER PRIMARY KEY,
///             address_id INTEGER NOT NULL REFERENCES address (id)
///         );
///     """
///     [entity.Address]
///     table = "address"
///     [entity.Customer]
///     table = "customer"
///     [entity.Customer.relationship.address]
///     target = "Address"
/// "#);
/// let diagram = Diagram::of_entities(model.mapping(), model.resolution());
/// assert!(mermaid(&diagram).contains(r#""Customer" }o--|| "Address" : "address""#));
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "json", derive(Serialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Diagram {
    /// The boxes, by name, each name once.
    pub nodes: Vec<Node>,
    /// The lines, by their ends and labels.
    pub edges: Vec<Edge>,
}

/// An entity or a table.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[cfg_attr(feature = "json", derive(Serialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Node {
    /// The entity, or the table with its schema.
    pub name: String,
    /// The table or alias that an entity maps; none for a join or a nameless subquery, and for tables.
    pub table: Option<String>,
    /// Whether it is in a circle of foreign keys; an entity is in none that `post_update` opens.
    pub cycle: bool,
}

/// A line between two boxes, which may be one and the same.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[cfg_attr(feature = "json", derive(Serialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Edge {
    /// The parent; the inheriting entity; the referring table.
    pub from: String,
    /// The target; the entity inherited from; the table referred to.
    pub to: String,
    /// What it stands for.
    pub kind: EdgeKind,
    /// The relationship, or the columns of the foreign key.
    pub name: String,
    /// The relationships that are its reverse: the same line seen from the other end.
    pub reverse: Vec<String>,
    /// The direction seen from `from`; none where it could not be told.
    pub direction: Option<Direction>,
    /// How many of `from` stand against one of `to`.
    pub from_end: Cardinality,
    /// How many of `to` stand against one of `from`.
    pub to_end: Cardinality,
    /// The secondary it leads over, by name.
    pub secondary: Option<String>,
    /// Whether nothing is ever written through it, in either direction.
    pub viewonly: bool,
    /// The columns it writes that another line writes too, from somewhere else.
    pub overlaps: Vec<String>,
    /// Whether it is part of such a circle.
    pub cycle: bool,
    /// Whether all that is needed to load it was found; diagnostics say what is missing.
    pub resolved: bool,
}

/// What a line stands for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "json", derive(Serialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum EdgeKind {
    /// A relationship with its reverse.
    Relationship,
    /// A foreign key.
    ForeignKey,
    /// An entity inherits from another.
    Inheritance,
    /// An entity is an alternate, load-only mapping of another.
    Alternate,
}

/// The direction of a relationship.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "json", derive(Serialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Direction {
    /// The target refers to the parent.
    OneToMany,
    /// The parent refers to the target.
    ManyToOne,
    /// A secondary refers to both.
    ManyToMany,
}

/// How many rows stand at an end, as far as it is proven.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "json", derive(Serialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Cardinality {
    /// Always one.
    ExactlyOne,
    /// One at most.
    ZeroOrOne,
    /// One at least.
    OneOrMore,
    /// Any number, or nothing is known.
    ZeroOrMore,
}

impl Diagram {
    /// The entities of a model, with their relationships and what they inherit from. Where several
    /// entities have one name, the first keeps it.
    pub fn of_entities(mapping: &Mapping, resolution: &Resolution) -> Self {
        Self::sorted(entities::diagram(mapping, resolution))
    }

    /// The tables of a model, with their foreign keys.
    pub fn of_tables(mapping: &Mapping) -> Self {
        Self::sorted(tables::diagram(mapping))
    }

    fn sorted((mut nodes, mut edges): (Vec<Node>, Vec<Edge>)) -> Self {
        // Stable, so that of one name the first stays.
        nodes.sort_by(|a, b| a.name.cmp(&b.name));
        nodes.dedup_by(|later, first| later.name == first.name);
        edges.sort();
        Self { nodes, edges }
    }
}

impl Edge {
    fn new(kind: EdgeKind, from: &str, to: &str, name: &str) -> Self {
        Self {
            from: from.to_owned(),
            to: to.to_owned(),
            kind,
            name: name.to_owned(),
            reverse: Vec::new(),
            direction: None,
            from_end: Cardinality::ZeroOrMore,
            to_end: Cardinality::ZeroOrMore,
            secondary: None,
            viewonly: false,
            overlaps: Vec::new(),
            cycle: false,
            resolved: true,
        }
    }

    /// An entity that stands for some of another's rows.
    fn of_part(kind: EdgeKind, part: &str, whole: &str, name: &str) -> Self {
        let (from_end, to_end) = (Cardinality::ZeroOrOne, Cardinality::ExactlyOne);
        Self { from_end, to_end, ..Self::new(kind, part, whole, name) }
    }

    /// What else is to be said of it, in the order of importance.
    fn marks(&self) -> Vec<String> {
        let via = self.secondary.as_ref().map(|secondary| format!("via {secondary}"));
        let said = |is: bool, word: &str| is.then(|| word.to_owned());
        let overlaps = (!self.overlaps.is_empty())
            .then(|| format!("overlaps on {}", self.overlaps.join(", ")));
        let marks = [
            said(!self.resolved, "unresolved"),
            via,
            said(self.viewonly, "viewonly"),
            overlaps,
            said(self.cycle, "cycle"),
        ];
        marks.into_iter().flatten().collect()
    }

    /// Its names from both ends, then its marks in parentheses.
    fn label(&self) -> String {
        let names = std::iter::once(&self.name).chain(&self.reverse);
        let names = names.map(String::as_str).collect::<Vec<_>>().join(" / ");
        match self.marks() {
            marks if marks.is_empty() => names,
            marks => format!("{names} ({})", marks.join("; ")),
        }
    }
}

impl From<crate::resolve::Direction> for Direction {
    fn from(direction: crate::resolve::Direction) -> Self {
        match direction {
            crate::resolve::Direction::OneToMany => Self::OneToMany,
            crate::resolve::Direction::ManyToOne => Self::ManyToOne,
            crate::resolve::Direction::ManyToMany => Self::ManyToMany,
        }
    }
}

impl From<Count> for Cardinality {
    fn from(count: Count) -> Self {
        match (count.at_least_one, count.at_most_one) {
            (true, true) => Self::ExactlyOne,
            (false, true) => Self::ZeroOrOne,
            (true, false) => Self::OneOrMore,
            (false, false) => Self::ZeroOrMore,
        }
    }
}
