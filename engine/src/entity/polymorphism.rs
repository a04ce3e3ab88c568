//! How an entity takes part in a hierarchy, as declared.

use super::relationship::Argument;
use crate::base::{Blank, EntityId, ExprId, SelectableId};
use crate::graph::Literal;

/// What an entity says of the hierarchy that it heads or belongs to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Polymorphism {
    /// What tells its rows from those of the entities that inherit from it.
    pub on: Option<ExprId>,
    /// The value of that for its own rows.
    pub identity: Option<Argument<Literal>>,
    /// Whether it has no rows of its own.
    pub is_abstract: bool,
    /// Which of the entities that inherit from it are loaded along.
    pub with: Option<WithPolymorphic>,
    /// What to load them from; if not given, their tables are joined.
    pub from: Option<SelectableId>,
    /// How its own columns are loaded where its parent is.
    pub load: Option<Argument<PolymorphicLoad>>,
}

impl Blank for Polymorphism {
    const BLANK: &'static Self =
        &Self { on: None, identity: None, is_abstract: false, with: None, from: None, load: None };
}

/// Which of the entities that inherit from one are loaded along with it.
#[derive(Clone, PartialEq, Debug)]
pub enum WithPolymorphic {
    /// All.
    All,
    /// These.
    Entities(Vec<Argument<EntityId>>),
}

/// How the columns of an inheriting entity are loaded where its parent is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PolymorphicLoad {
    /// In the statement that loads the parent.
    Inline,
    /// In a further statement, by the keys of those found.
    Selectin,
}

/// Where the rows of an inheriting entity stand.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Inheritance {
    /// In the tables of its parent.
    Single,
    /// In a table of its own and those of its parent, row by row.
    Joined,
    /// In a table of its own alone.
    Concrete,
}
