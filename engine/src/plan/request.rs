//! What is asked for, and why it may be refused.

use super::deferred::LoadOption;
use super::step::PathStep;
use crate::base::{EntityId, RelationshipId};
use crate::graph::OrderTerm;

/// How related rows are loaded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Strategy {
    /// The rows of the entity alone.
    Select,
    /// The related rows of one instance, by its columns.
    Lazy,
    /// The instances to which one related instance belongs.
    LazyReverse,
    /// The rows of the entity that have related rows.
    Join,
    /// The rows of the entity with and without related rows.
    OuterJoin,
    /// The rows of the entity and their related rows, in one SELECT.
    Joined,
    /// The related rows of several instances, by their keys.
    Selectin,
    /// The related rows of all instances that a query loads, by that query.
    Subquery,
    /// The rows of the entity for which some related row exists.
    Any,
    /// The same for a relationship that holds one.
    Has,
    /// The rows of the entity whose collection holds one given instance.
    Contains,
    /// The related rows of one instance, as a filter.
    WithParent,
    /// The first so many related rows of each of several instances, by their keys.
    TopN,
    /// The rows of the entity, each with its related rows as one JSON value.
    Json,
}

/// A request for a plan.
#[derive(Clone, PartialEq, Debug)]
pub struct Request {
    /// The entity to start from.
    pub entity: EntityId,
    /// The relationships to follow, one from another.
    pub path: Vec<PathStep>,
    /// How.
    pub load: Strategy,
    /// At most so many instances of the entity.
    pub limit: Option<u64>,
    /// Without the first so many.
    pub offset: Option<u64>,
    /// The order of the rows; where a strategy [finds related rows](Strategy::finds_related) alone,
    /// theirs.
    pub order_by: Ordering,
    /// Whether joined loads drop instances without related rows; if not given, each relationship
    /// says so itself.
    pub innerjoin: Option<bool>,
    /// Whether to join to an alias of the target even where none is needed.
    pub aliased: bool,
    /// Whether to ask for the opposite.
    pub negate: bool,
    /// Which attributes are loaded, where that is not left to themselves.
    pub options: Vec<LoadOption>,
}

/// The order of the rows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Ordering {
    /// That of the relationship or the entity, if it has one.
    #[default]
    Unordered,
    /// By the columns that identify an instance.
    PrimaryKey,
    /// By these terms.
    Terms(Vec<OrderTerm>),
}

/// Why there is no plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The relationship is not one of the entity that the path has come to.
    UnknownRelationship {
        /// The entity.
        entity: EntityId,
        /// The relationship asked for.
        relationship: RelationshipId,
    },
    /// The entity does not inherit from the target of the relationship, or keeps its rows in a table
    /// of its own that the relationship does not reach.
    NotOfType {
        /// The relationship.
        relationship: RelationshipId,
        /// The entity.
        entity: EntityId,
    },
    /// The relationship is not fully resolved; its evidence says why.
    IncompleteRelationship(RelationshipId),
    /// The strategy needs a relationship, and the path is empty.
    NoRelationship(Strategy),
    /// The strategy loads one relationship, and the path has several.
    PathTooLong(Strategy),
    /// The path has more relationships than the strategy nests: so many.
    PathTooDeep(Strategy, usize),
    /// `any` asks for a collection.
    AnyOnScalar(RelationshipId),
    /// `contains` asks for a collection.
    ContainsOnScalar(RelationshipId),
    /// `has` asks for a single value.
    HasOnCollection(RelationshipId),
    /// A whole load has more or fewer strategies than its path has steps.
    StepsAndLoads {
        /// The steps of the path.
        steps: usize,
        /// The strategies.
        loads: usize,
    },
    /// A whole load leaves the relationship alone, and its path leads on from it.
    NotLoaded(RelationshipId),
    /// A whole load follows more relationships than this.
    TooManySteps(usize),
    /// The strategy finds instances by their key, and the entity has none.
    NoPrimaryKey(EntityId),
    /// The strategy loads the first so many, and no limit says how many.
    NoLimit(Strategy),
}

impl Strategy {
    /// All strategies.
    pub const ALL: [Self; 14] = [
        Self::Select,
        Self::Lazy,
        Self::LazyReverse,
        Self::Join,
        Self::OuterJoin,
        Self::Joined,
        Self::Selectin,
        Self::Subquery,
        Self::Any,
        Self::Has,
        Self::Contains,
        Self::WithParent,
        Self::TopN,
        Self::Json,
    ];

    /// The name in requests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Select => "select",
            Self::Lazy => "lazy",
            Self::LazyReverse => "lazy_reverse",
            Self::Join => "join",
            Self::OuterJoin => "outerjoin",
            Self::Joined => "joined",
            Self::Selectin => "selectin",
            Self::Subquery => "subquery",
            Self::Any => "any",
            Self::Has => "has",
            Self::Contains => "contains",
            Self::WithParent => "with_parent",
            Self::TopN => "top_n",
            Self::Json => "json",
        }
    }

    /// The strategy of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|strategy| strategy.name() == name)
    }

    /// Whether the rows are those that a relationship leads to from given instances, so that the order
    /// that is asked for is theirs.
    pub fn finds_related(self) -> bool {
        matches!(self, Self::Lazy | Self::WithParent | Self::Selectin | Self::TopN)
    }

    /// Whether what a relationship leads to is loaded; else its rows only tell which to load.
    pub(super) fn loads_target(self) -> bool {
        match self {
            Self::Lazy
            | Self::Joined
            | Self::Selectin
            | Self::Subquery
            | Self::TopN
            | Self::Json => true,
            Self::Select
            | Self::LazyReverse
            | Self::Join
            | Self::OuterJoin
            | Self::Any
            | Self::Has
            | Self::Contains
            | Self::WithParent => false,
        }
    }

    /// Whether it can follow a path of this length in one statement.
    pub fn takes(self, steps: usize) -> bool {
        steps <= 1 || !self.takes_one()
    }

    /// Whether it follows one relationship and no further one.
    pub(super) fn takes_one(self) -> bool {
        !matches!(self, Self::Select | Self::Join | Self::OuterJoin | Self::Joined | Self::Json)
    }
}

impl Request {
    /// A request without options.
    pub fn new(entity: EntityId, path: Vec<RelationshipId>, load: Strategy) -> Self {
        Self {
            entity,
            path: path.into_iter().map(Into::into).collect(),
            load,
            limit: None,
            offset: None,
            order_by: Ordering::Unordered,
            innerjoin: None,
            aliased: false,
            negate: false,
            options: Vec::new(),
        }
    }

    /// Whether only a part of the rows is asked for.
    pub fn is_limited(&self) -> bool {
        self.limit.is_some() || self.offset.is_some()
    }
}
