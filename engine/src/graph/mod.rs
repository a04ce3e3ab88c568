//! Selectables, their columns, and expressions over them.
//!
//! Everything is appended and nothing is changed, so an id stays true for the life of a graph.
//! Columns are shared, occurrences are not: each time an expression names a column it gets a node
//! of its own, because two occurrences of one column may play different roles.
//!
//! Knows nothing of entities or relationships.

mod behind;
mod build;
mod composed;
mod condition;
mod copy;
mod declared;
mod equality;
mod expr;
mod expression;
mod flat;
mod named;
mod negate;
mod operand;
mod order;
mod query;
mod roles;
mod selectable;
mod walk;
mod window;

pub(crate) use composed::Composed;
pub use condition::{
    Binary, Condition, Mark, Marks, Occurrence, OccurrenceIndex, Operand, Product,
};
pub use declared::Columns;
pub use equality::EqualColumns;
pub use expr::{BinaryOperator, Expr, IsTest, Literal, OrderTerm, Quantifier, UnaryOperator, When};
pub use order::{DependencyOrder, dependency_order};
pub use query::{Query, Recursion, SelectItem, SetOperator};
pub use roles::{Roles, RolesIter};
pub use selectable::{Column, ColumnSource, JoinKind, Leaves, Selectable, SelectableKind};
pub use window::{Frame, FrameBound, FrameUnit, Window};

use rustc_hash::FxHashMap;

use behind::Behind;
use selectable::Made;

use crate::base::{Arena, ColumnId, ExprId, Id, Name, QueryId, SelectableId, TableColumnId};
use crate::catalog::Catalog;
use crate::text::{Placed, Sources, Span};

/// The arena of selectables, columns, queries and expressions of one model.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    catalog: Catalog,
    /// Those behind the tables.
    selectables: Behind<SelectableId, Made>,
    /// Those behind the columns that the tables had at first.
    columns: Behind<ColumnId, Column>,
    queries: Arena<QueryId, Query>,
    expressions: Arena<ExprId, Expr>,
    /// Where each expression stands; apart from the expressions, because place is not identity.
    spans: Vec<Option<Span>>,
    /// The columns of tables that came when there were others behind those that they had.
    later: FxHashMap<TableColumnId, ColumnId>,
}

impl Placed for Graph {
    fn settle(&mut self, sources: &Sources) {
        self.catalog.settle(sources);
        self.spans.settle(sources);
    }
}

impl Graph {
    /// A graph that holds each table of `catalog` as a selectable.
    pub fn of(catalog: Catalog) -> Self {
        let selectables = Behind::new(catalog.tables().len());
        let columns = Behind::new(catalog.columns().len());
        Self { catalog, selectables, columns, ..Self::default() }
    }

    /// Gives back the room that was made for what did not come.
    pub fn shrink(&mut self) {
        self.catalog.shrink();
        self.selectables.shrink();
        self.columns.shrink();
        self.expressions.shrink();
        self.spans.shrink_to_fit();
    }

    /// A query.
    pub fn query(&self, id: QueryId) -> &Query {
        &self.queries[id]
    }

    /// An expression.
    pub fn expr(&self, id: ExprId) -> &Expr {
        &self.expressions[id]
    }

    /// Every expression.
    pub fn exprs(&self) -> impl Iterator<Item = (ExprId, &Expr)> {
        self.expressions.iter()
    }

    /// Where an expression stands, if it was written anywhere.
    pub fn span(&self, id: ExprId) -> Option<Span> {
        self.spans.get(id.index()).copied().flatten()
    }

    /// Appends an expression.
    pub fn add(&mut self, expr: Expr, span: impl Into<Option<Span>>) -> ExprId {
        self.spans.push(span.into());
        self.expressions.push(expr)
    }

    /// Appends a query.
    pub fn add_query(&mut self, query: Query) -> QueryId {
        self.queries.push(query)
    }

    /// Whether no two columns of a selectable have the same name.
    pub(crate) fn has_distinct_names(&self, selectable: SelectableId) -> bool {
        let names = self.columns(selectable).map(|id| self.column(id).name);
        let mut names: Vec<_> = names.collect();
        names.sort_unstable();
        names.windows(2).all(|pair| !matches!(pair, [one, other] if one == other))
    }

    /// The column of this name in a selectable; of several in a join, the first.
    pub fn find_column(&self, selectable: SelectableId, name: Name) -> Option<ColumnId> {
        self.columns(selectable).find(|id| self.column(*id).name == name)
    }
}
