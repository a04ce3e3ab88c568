//! What can be wrong with the names that hold a mapping together.

use crate::base::EntityId;
use crate::parse;
use crate::text::Span;

/// A mistake in a mapping, as evidence; `check` words it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Defect {
    /// What is wrong.
    pub kind: DefectKind,
    /// The entity it is about.
    pub entity: Option<EntityId>,
    /// The relationship of that entity it is about.
    pub relationship: Option<String>,
    /// Where.
    pub span: Option<Span>,
}

/// The ways in which a mapping can be wrong before any relationship is looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DefectKind {
    /// A mistake in the SQL of a condition, expression or FROM clause.
    Sql(parse::Defect),
    /// A name of an entity that is not there: a target, a parent, a base.
    UnknownEntity { written: String, nearest: Option<String> },
    /// The table an entity maps is not there.
    UnknownTable { written: String, nearest: Option<String> },
    /// A column that the mapped selectable does not have.
    ColumnNotInSelectable { written: String, nearest: Option<String> },
    /// A column name that means nothing.
    UnknownColumn { written: String, owner: String, nearest: Option<String> },
    /// A column written without its table.
    UnqualifiedColumn { written: String, candidates: Vec<String> },
    /// An attribute, named by a composite or synonym, that is not there.
    UnknownAttribute { written: String, nearest: Option<String> },
    /// Two entities of one name.
    DuplicateEntity { name: String, first: Option<Span> },
    /// An entity inherits from itself, through these entities.
    InheritanceCycle { path: Vec<String> },
    /// The mapped selectable has no primary key and none is given.
    NoPrimaryKey { selectable: String, candidates: Vec<String> },
    /// `secondary` names an entity.
    SecondaryIsEntity { written: String, table: Option<String> },
    /// The table of a subclass is linked to its parent's by no foreign key, or by several.
    InheritCondition { parent: String, candidates: Vec<(String, Option<Span>)> },
    /// A cascade option that does not exist.
    UnknownCascade { written: String, nearest: Option<String> },
}
