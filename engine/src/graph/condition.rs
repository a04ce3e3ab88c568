//! A join condition, laid out for the questions that are asked about it.

use std::sync::Arc;

use super::Graph;
use super::expression::Expression;
use super::roles::Roles;
use crate::base::{ColumnId, ExprId, Few};

/// The place of an occurrence in its condition, in reading order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OccurrenceIndex(pub u32);

/// A role written into a condition: `foreign(x)`, `remote(x)`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mark {
    /// `foreign(x)`
    Foreign,
    /// `remote(x)`
    Remote,
}

/// A join condition: its column occurrences, and which of them it holds against each other.
///
/// A condition that was inferred from a foreign key has no expression; its equalities say it all,
/// and one is only written out when SQL is.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Condition(Form);

/// What says more than one equality is `Other`, so that equal conditions have equal forms.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Form {
    /// `left = right`
    Equality((ColumnId, ColumnId)),
    Other(Box<Other>),
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Other {
    stated: Stated,
    /// Absent where nothing is marked.
    marks: Option<Box<Marks>>,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Stated {
    /// All `left = right`, from left to right.
    Equalities(Box<[(ColumnId, ColumnId)]>),
    /// Shared by what is declared and what is answered.
    Expression(Arc<Expression>),
}

/// The roles that occurrences of a condition are given beforehand.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Marks {
    /// The occurrences marked `foreign(…)`.
    pub foreign: Roles,
    /// The occurrences marked `remote(…)`.
    pub remote: Roles,
    /// The occurrences known to be local; only a condition that was turned around knows any.
    pub local: Roles,
}

/// One place in a condition that names a column.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Occurrence {
    /// The column.
    pub column: ColumnId,
    /// The node; `None` in an inferred condition.
    pub expr: Option<ExprId>,
}

/// An operator with two sides: a comparison, arithmetic, or a custom operator.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Binary {
    /// What stands on its left.
    pub left: Operand,
    /// What stands on its right.
    pub right: Operand,
}

/// One side of a [`Binary`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Operand {
    /// A column and nothing else.
    Column(OccurrenceIndex),
    /// Anything else: a literal, a function, a list.
    Other,
}

/// Two occurrences on the two sides of one comparison. `a + b = c` has two: (a, c) and (b, c).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Product {
    /// The occurrence on the left.
    pub left: OccurrenceIndex,
    /// The occurrence on the right.
    pub right: OccurrenceIndex,
    /// Whether the comparison is `=`.
    pub equality: bool,
}

impl Marks {
    const NONE: Self = Self { foreign: Roles::none(), remote: Roles::none(), local: Roles::none() };
}

impl Stated {
    fn occurrence(&self, index: OccurrenceIndex) -> Option<Occurrence> {
        let at = index.0 as usize;
        match self {
            Self::Equalities(pairs) => side(pairs.get(at / 2), index.0 % 2),
            Self::Expression(expression) => expression.occurrences.get(at).copied(),
        }
    }
}

/// The left (0) or right (1) column of an equality.
fn side(pair: Option<&(ColumnId, ColumnId)>, side: u32) -> Option<Occurrence> {
    let (left, right) = *pair?;
    let column = match side {
        0 => left,
        1 => right,
        _ => return None,
    };
    Some(Occurrence { column, expr: None })
}

impl Condition {
    /// The conjunction of `left = right` over `pairs`.
    pub fn of_equalities(pairs: impl IntoIterator<Item = (ColumnId, ColumnId)>) -> Self {
        let mut pairs = pairs.into_iter();
        match (pairs.next(), pairs.next()) {
            (Some(only), None) => Self(Form::Equality(only)),
            (first, second) => {
                let all = first.into_iter().chain(second).chain(pairs);
                Self::new(Stated::Equalities(all.collect()), Marks::default())
            }
        }
    }

    /// The condition that `root` states, with the roles written into it.
    pub fn of_expression(
        graph: &Graph,
        root: ExprId,
        marks: impl IntoIterator<Item = (ExprId, Mark)>,
    ) -> Self {
        let (expression, index) = Expression::new(graph, root);
        let mut roles = Marks::default();
        for (expr, mark) in marks {
            let Some(occurrence) = index.get(&expr) else { continue };
            match mark {
                Mark::Foreign => roles.foreign.insert(*occurrence),
                Mark::Remote => roles.remote.insert(*occurrence),
            }
        }
        Self::new(Stated::Expression(Arc::new(expression)), roles)
    }

    fn new(stated: Stated, marks: Marks) -> Self {
        let marks = (marks != Marks::NONE).then(|| Box::new(marks));
        if let (Stated::Equalities(pairs), None) = (&stated, &marks)
            && let [only] = **pairs
        {
            return Self(Form::Equality(only));
        }
        Self(Form::Other(Box::new(Other { stated, marks })))
    }

    /// The same condition with these roles, and no others, given beforehand.
    #[must_use]
    pub fn marked(self, marks: Marks) -> Self {
        match self.0 {
            Form::Equality(only) => Self::new(Stated::Equalities(Box::new([only])), marks),
            Form::Other(other) => Self::new(other.stated, marks),
        }
    }

    /// The expression; `None` for a conjunction of equalities, [`Self::products`].
    pub fn root(&self) -> Option<ExprId> {
        self.expression().map(|expression| expression.root)
    }

    fn expression(&self) -> Option<&Expression> {
        match &self.0 {
            Form::Equality(_) => None,
            Form::Other(other) => match &other.stated {
                Stated::Equalities(_) => None,
                Stated::Expression(expression) => Some(expression),
            },
        }
    }

    fn marks(&self) -> &Marks {
        let marks = match &self.0 {
            Form::Equality(_) => None,
            Form::Other(other) => other.marks.as_deref(),
        };
        marks.unwrap_or(const { &Marks::NONE })
    }

    /// The occurrences marked `foreign(…)`.
    pub fn foreign(&self) -> &Roles {
        &self.marks().foreign
    }

    /// The occurrences marked `remote(…)`.
    pub fn remote(&self) -> &Roles {
        &self.marks().remote
    }

    /// The occurrences known to be local; only a condition that was turned around knows any.
    pub fn local(&self) -> &Roles {
        &self.marks().local
    }

    /// What occurs at `index`.
    pub fn occurrence(&self, index: OccurrenceIndex) -> Option<Occurrence> {
        match &self.0 {
            Form::Equality(only) => side(Some(only), index.0),
            Form::Other(other) => other.stated.occurrence(index),
        }
    }

    /// How many occurrences there are.
    pub fn occurrence_count(&self) -> usize {
        match self.expression() {
            None => self.equalities().len() * 2,
            Some(expression) => expression.occurrences.len(),
        }
    }

    /// The column that occurs at `index`.
    pub fn column(&self, index: OccurrenceIndex) -> Option<ColumnId> {
        self.occurrence(index).map(|occurrence| occurrence.column)
    }

    /// Each occurrence of a column, in reading order.
    pub fn occurrences(&self) -> impl Iterator<Item = Occurrence> + Clone + '_ {
        self.indexed().map(|(_, occurrence)| occurrence)
    }

    /// Each occurrence with its index.
    pub fn indexed(&self) -> impl Iterator<Item = (OccurrenceIndex, Occurrence)> + Clone + '_ {
        let indices = (0..).map(OccurrenceIndex);
        indices.map_while(|index| Some((index, self.occurrence(index)?)))
    }

    /// Each operator with two sides, in reading order.
    pub fn binaries(&self) -> impl Iterator<Item = Binary> + Clone + '_ {
        (0..).map_while(|at: u32| match self.expression() {
            None => self.equality(at).map(|Product { left, right, .. }| Binary {
                left: Operand::Column(left),
                right: Operand::Column(right),
            }),
            Some(expression) => expression.binaries.get(at as usize).copied(),
        })
    }

    /// Each pair of occurrences that some comparison holds against each other.
    pub fn products(&self) -> impl Iterator<Item = Product> + Clone + '_ {
        (0..).map_while(|at: u32| match self.expression() {
            None => self.equality(at),
            Some(expression) => expression.products.get(at as usize).copied(),
        })
    }

    /// The pairs of columns that it holds equal, where that is all it says and it has no expression.
    pub(crate) fn equalities(&self) -> &[(ColumnId, ColumnId)] {
        match &self.0 {
            Form::Equality(only) => std::slice::from_ref(only),
            Form::Other(other) => match &other.stated {
                Stated::Equalities(pairs) => pairs,
                Stated::Expression(_) => &[],
            },
        }
    }

    /// An equality, where there is no expression.
    fn equality(&self, at: u32) -> Option<Product> {
        let left = at.checked_mul(2).filter(|_| (at as usize) < self.equalities().len())?;
        let (left, right) = (OccurrenceIndex(left), OccurrenceIndex(left + 1));
        Some(Product { left, right, equality: true })
    }

    /// The columns of a set of occurrences, each once, in reading order.
    pub fn columns(&self, roles: &Roles) -> Few<ColumnId> {
        Few::distinct(roles.iter().filter_map(|index| self.column(index)))
    }

    /// The pairs of columns that it holds equal.
    pub fn equal_columns(&self) -> impl Iterator<Item = (ColumnId, ColumnId)> + '_ {
        let equal = self.products().filter(|product| product.equality);
        equal.filter_map(|product| Some((self.column(product.left)?, self.column(product.right)?)))
    }
}
