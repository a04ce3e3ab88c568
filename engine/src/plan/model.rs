//! What a plan consists of.

use super::discriminator::Discriminator;
use super::list::{List, Lists};
use super::place::{Place, PlaceId, Placement, Scope};
use super::row::{Bound, Scalar, Shows};
use super::step::Followed;
use crate::base::{ColumnId, EntityId, ExprId, Name};
use crate::graph::{Condition, JoinKind};

/// A FROM element of a plan.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FromId(pub(super) u32);

/// A SELECT of a plan.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SelectId(pub(super) u32);

/// A window of a plan.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct WindowId(pub(super) u32);

/// What becomes of one occurrence of a column in a condition.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Value {
    /// It names this column of this place.
    Column(PlaceId, ColumnId),
    /// It gives way to the parameter with this index.
    Parameter(usize),
    /// It is what the scope makes of it: it belongs to a subquery inside the condition, or to no
    /// place of its own.
    InScope,
}

/// A condition with what becomes of each of its occurrences.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Use<'m> {
    /// The condition.
    pub condition: &'m Condition,
    /// A value for each occurrence, in order.
    pub values: List<Value>,
    /// For the occurrences without a value of their own, and what subqueries select from.
    pub scope: Scope,
}

/// Something a SELECT's rows have to meet, or a join's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Predicate<'m> {
    /// A relationship's condition.
    Condition(Use<'m>),
    /// The ON condition of a mapped join.
    Expr(ExprId, Scope),
    /// The column equals the parameter with this index.
    Equals(PlaceId, ColumnId, usize),
    /// The columns together are one of [`Plan::keys`].
    KeyIn(List<(PlaceId, ColumnId)>),
    /// The number is above `offset`, and at most `limit` above it.
    Numbered {
        /// The number of a row.
        number: Scalar,
        /// How many rows are left out first.
        offset: u64,
        /// How many are kept then.
        limit: u64,
    },
    /// The sub-SELECT finds some row; negated, it finds none.
    Exists {
        /// The sub-SELECT.
        select: SelectId,
        /// Whether it must find none.
        negated: bool,
    },
}

/// A FROM element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum From<'m> {
    /// A place.
    Place(PlaceId),
    /// A sub-SELECT.
    Select(SelectId),
    /// Each row of an element beside each row that a sub-SELECT finds for it: the sub-SELECT may name
    /// the columns of the element.
    Lateral {
        /// What stands first.
        left: FromId,
        /// What is run for each of its rows.
        select: SelectId,
    },
    /// Two elements side by side; the conditions hold together.
    Join {
        /// What stands first.
        left: FromId,
        /// What is joined to it.
        right: FromId,
        /// Which rows survive without a partner.
        kind: JoinKind,
        /// The ON condition; nothing for a cross join.
        on: List<Predicate<'m>>,
    },
}

/// A term of an ORDER BY.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Order {
    /// What to order by.
    pub value: Scalar,
    /// `ASC` or `DESC`, where asked for.
    pub descending: Option<bool>,
    /// `NULLS FIRST` or `NULLS LAST`, where asked for.
    pub nulls_first: Option<bool>,
}

/// The rows of a SELECT that count together, in an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Window {
    /// Rows that agree in all of these count together.
    pub partition: List<(PlaceId, ColumnId)>,
    /// Their order.
    pub order_by: List<Order>,
}

/// How the rows of a SELECT are one JSON value, with its items as the members of objects.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum JsonShape {
    /// An array of objects, in the order of the rows; an empty one for no row.
    Array,
    /// The object of the only row; NULL for no row.
    Object,
}

/// A SELECT.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Select<'m> {
    /// Whether its labels are made of table and column whatever the style asks for.
    pub qualified: bool,
    /// Whether equal rows count once.
    pub distinct: bool,
    /// Its columns.
    pub items: List<Shows>,
    /// What it selects from, comma by comma.
    pub from: List<FromId>,
    /// What its rows have to meet, all together.
    pub filter: List<Predicate<'m>>,
    /// Their order.
    pub order_by: List<Order>,
    /// At most so many rows.
    pub limit: Option<u64>,
    /// Without the first so many.
    pub offset: Option<u64>,
    /// Where its rows are one value: how.
    pub json: Option<JsonShape>,
}

/// A row belongs to those given instances that have the item's value in the column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Match {
    /// The position of an item of the outermost SELECT.
    pub item: usize,
    /// A column of the given instances.
    pub column: ColumnId,
}

/// A statement that loads rows, in terms of the graph.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Plan<'m> {
    /// The relationships that lead to the entity that the plan starts from, where that is a level
    /// of another plan.
    pub origin: Vec<Name>,
    /// The relationships followed; the end of each is a level.
    pub steps: Vec<Followed>,
    /// The entity of the given instances: those whose columns parameters name, and matches, unless
    /// the plan repeats one that is run for others.
    pub given: Option<EntityId>,
    /// The column whose value each parameter takes.
    pub parameters: Vec<ColumnId>,
    /// Those of the parameters without which nothing can be found: where one is NULL, no row meets
    /// the filter.
    pub skip_if_null: Vec<ColumnId>,
    /// The columns whose values, of each given instance, a list of keys takes.
    pub keys: Vec<ColumnId>,
    /// Of a statement that loads for several given instances at once: how its rows are matched to
    /// them.
    pub matches: Vec<Match>,
    /// What feeds the first feeds the second too: an attribute of another entity of the hierarchy,
    /// which does not inherit it.
    pub shared: Vec<(Bound, Bound)>,
    /// What tells which entity of a hierarchy a row is.
    pub discriminators: Vec<Discriminator>,
    /// Whether labels are made of table and column whatever the style asks for.
    pub qualified: bool,
    /// The same for dialects in which no sub-SELECT of a FROM clause names what stands before it.
    pub without_lateral: Option<Box<Self>>,
    /// Where the entity of each level is placed.
    pub(super) placed: Vec<Placement>,
    pub(super) windows: Vec<Window>,
    pub(super) places: Vec<Place>,
    pub(super) froms: Vec<From<'m>>,
    pub(super) selects: Vec<Select<'m>>,
    pub(super) shown: Lists<Shows>,
    pub(super) sources: Lists<FromId>,
    pub(super) predicates: Lists<Predicate<'m>>,
    pub(super) values: Lists<Value>,
    pub(super) placed_columns: Lists<(PlaceId, ColumnId)>,
    pub(super) orders: Lists<Order>,
}

impl SelectId {
    /// Its position in [`Plan::selects`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl<'m> Plan<'m> {
    /// Forgets everything, and keeps the room that it took.
    pub(super) fn clear(&mut self) {
        let Self { origin, steps, given, parameters, skip_if_null, keys, matches, .. } = self;
        origin.clear();
        steps.clear();
        *given = None;
        parameters.clear();
        skip_if_null.clear();
        keys.clear();
        matches.clear();
        let Self { shared, discriminators, qualified, without_lateral, placed, windows, .. } = self;
        shared.clear();
        discriminators.clear();
        *qualified = false;
        *without_lateral = None;
        placed.clear();
        windows.clear();
        let Self { places, froms, selects, shown, sources, predicates, .. } = self;
        places.clear();
        froms.clear();
        selects.clear();
        shown.clear();
        sources.clear();
        predicates.clear();
        let Self { values, placed_columns, orders, .. } = self;
        values.clear();
        placed_columns.clear();
        orders.clear();
    }

    /// What a SELECT selects from, comma by comma.
    pub fn sources(&self, list: List<FromId>) -> &[FromId] {
        self.sources.get(list)
    }

    /// Predicates that hold together.
    pub fn predicates(&self, list: List<Predicate<'m>>) -> &[Predicate<'m>] {
        self.predicates.get(list)
    }

    /// What becomes of the occurrences of conditions.
    pub fn values(&self) -> &Lists<Value> {
        &self.values
    }

    /// Columns of places.
    pub fn placed_columns(&self, list: List<(PlaceId, ColumnId)>) -> &[(PlaceId, ColumnId)] {
        self.placed_columns.get(list)
    }

    /// The terms of an ORDER BY.
    pub fn orders(&self, list: List<Order>) -> &[Order] {
        self.orders.get(list)
    }

    /// All places.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The entity that a step leads to.
    pub fn entity(&self, level: usize) -> Option<EntityId> {
        self.steps.get(level.checked_sub(1)?).map(|step| step.target)
    }

    /// The relationships that lead to a level, by name.
    pub fn path(&self, level: usize) -> Vec<Name> {
        let (mut path, mut level) = (Vec::new(), level);
        while let Some(step) = level.checked_sub(1).and_then(|last| self.steps.get(last)) {
            path.push(step.name);
            level = step.from.min(level - 1);
        }
        path.extend(self.origin.iter().rev());
        path.reverse();
        path
    }

    /// All SELECTs, inner ones before those around them: the last is the statement.
    pub fn selects(&self) -> &[Select<'m>] {
        &self.selects
    }

    /// The SELECT that is the statement.
    pub fn outermost(&self) -> Option<SelectId> {
        let last = self.selects.len().checked_sub(1)?;
        u32::try_from(last).ok().map(SelectId)
    }

    /// A place.
    pub fn place(&self, id: PlaceId) -> Option<Place> {
        self.places.get(id.index()).copied()
    }

    /// A window.
    pub fn window(&self, id: WindowId) -> Option<Window> {
        self.windows.get(id.0 as usize).copied()
    }

    /// A FROM element.
    pub fn from(&self, id: FromId) -> Option<From<'m>> {
        self.froms.get(id.0 as usize).copied()
    }

    /// A SELECT.
    pub fn select(&self, id: SelectId) -> Option<&Select<'m>> {
        self.selects.get(id.index())
    }
}
