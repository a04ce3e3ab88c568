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
    UnknownEntity {
        /// As written.
        written: String,
        /// The nearest name that exists.
        nearest: Option<String>,
    },
    /// The table an entity maps is not there.
    UnknownTable {
        /// As written.
        written: String,
        /// The nearest name that exists.
        nearest: Option<String>,
    },
    /// A column that the mapped selectable does not have.
    ColumnNotInSelectable {
        /// As written.
        written: String,
        /// The nearest name that exists.
        nearest: Option<String>,
    },
    /// A column name that means nothing.
    UnknownColumn {
        /// As written.
        written: String,
        /// The table or entity that lacks it.
        owner: String,
        /// The nearest name that exists.
        nearest: Option<String>,
    },
    /// A column written without its table.
    UnqualifiedColumn {
        /// As written.
        written: String,
        /// What could be meant.
        candidates: Vec<String>,
    },
    /// An attribute, named by a composite or synonym, that is not there.
    UnknownAttribute {
        /// As written.
        written: String,
        /// The nearest name that exists.
        nearest: Option<String>,
    },
    /// Columns of one name, not known to be equal, became one attribute.
    CombinedColumns {
        /// The attribute.
        attribute: String,
        /// Its columns.
        columns: Vec<String>,
        /// Whether the entity inherits some of them.
        inherited: bool,
    },
    /// A synonym of itself, through these attributes.
    SynonymCycle {
        /// The attributes, by name.
        path: Vec<String>,
    },
    /// Two entities of one name.
    DuplicateEntity {
        /// The name they share.
        name: String,
        /// Where the first one is.
        first: Option<Span>,
    },
    /// An entity inherits from itself, through these entities.
    InheritanceCycle {
        /// The entities, by name.
        path: Vec<String>,
    },
    /// The mapped selectable has no primary key and none is given.
    NoPrimaryKey {
        /// What it maps, where that has a name.
        selectable: Option<String>,
        /// What could be meant.
        candidates: Vec<String>,
    },
    /// `secondary` names an entity.
    SecondaryIsEntity {
        /// As written.
        written: String,
        /// The table that the entity maps.
        table: Option<String>,
    },
    /// The table of a subclass is linked to its parent's by no foreign key, or by several.
    InheritCondition {
        /// The entity it inherits from.
        parent: String,
        /// What could be meant.
        candidates: Vec<(String, Option<Span>)>,
    },
    /// An entity inherits, rows of its hierarchy are told apart by a value, and it has none.
    MissingIdentity {
        /// The entity at the top.
        root: String,
    },
    /// Entities of one hierarchy have the same value in their rows.
    DuplicateIdentity {
        /// The value.
        identity: String,
        /// The entities, by name, and where each says so.
        entities: Vec<(String, Option<Span>)>,
    },
    /// An entity has no rows of its own, but nothing tells the rows of its hierarchy apart.
    AbstractWithoutDiscriminator {
        /// The entity at the top.
        root: String,
    },
    /// `with_polymorphic` names an entity that does not inherit.
    NotInHierarchy {
        /// As written.
        written: String,
    },
    /// `with_polymorphic` means entities with tables of their own, and nothing unites those.
    ConcreteWithoutSelectable {
        /// The entities, by name.
        entities: Vec<String>,
    },
    /// `polymorphic_load` where no row of the parent is one of the entity.
    PolymorphicLoadOfConcrete,
    /// A cascade option that does not exist.
    UnknownCascade {
        /// As written.
        written: String,
        /// The nearest name that exists.
        nearest: Option<String>,
    },
}
