//! Selectables, their columns, and expressions over them.
//!
//! Everything is appended and nothing is changed, so an id stays true for the life of a graph.
//! Columns are shared, occurrences are not: each time an expression names a column it gets a node
//! of its own, because two occurrences of one column may play different roles.
//!
//! Knows nothing of entities or relationships.

mod build;
mod condition;
mod copy;
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

pub use condition::{
    Binary, Condition, Mark, Marks, Occurrence, OccurrenceIndex, Operand, Product,
};
pub use equality::EqualColumns;
pub use expr::{BinaryOperator, Expr, IsTest, Literal, OrderTerm, Quantifier, UnaryOperator, When};
pub use order::{DependencyOrder, dependency_order};
pub use query::{Query, Recursion, SelectItem, SetOperator};
pub use roles::{Roles, RolesIter};
pub use selectable::{Column, ColumnSource, JoinKind, Leaves, Selectable, SelectableKind};
pub use window::{Frame, FrameBound, FrameUnit, Window};

use rustc_hash::FxHashMap;

use crate::base::{
    Arena, ColumnId, ExprId, Id, Name, QueryId, SelectableId, TableColumnId, TableId,
};
use crate::catalog::Catalog;
use crate::text::{Placed, Sources, Span};

/// The arena of selectables, columns, queries and expressions of one model.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    selectables: Arena<SelectableId, Selectable>,
    columns: Arena<ColumnId, Column>,
    queries: Arena<QueryId, Query>,
    expressions: Arena<ExprId, Expr>,
    /// Where each expression stands; apart from the expressions, because place is not identity.
    spans: Vec<Option<Span>>,
    /// The selectable of each table, by table id.
    tables: Vec<SelectableId>,
    /// The columns of declared ones that came when there were others behind those of tables.
    later: FxHashMap<TableColumnId, ColumnId>,
}

impl Placed for Graph {
    fn settle(&mut self, sources: &Sources) {
        self.spans.settle(sources);
    }
}

impl Graph {
    /// A graph that holds each table of `catalog` as a selectable.
    pub fn of(catalog: &Catalog) -> Self {
        let mut graph = Self::default();
        graph.selectables.reserve(catalog.tables().len());
        graph.columns.reserve(catalog.columns().len());
        for (id, table) in catalog.tables() {
            let selectable = graph.selectables.push(Selectable {
                kind: SelectableKind::Table(id),
                name: Some(table.name),
                lateral: false,
                columns: table.columns.iter().map(|column| same_place(*column)).collect(),
            });
            graph.tables.push(selectable);
        }
        for (id, column) in catalog.columns() {
            let Some(selectable) = graph.table(column.table) else { continue };
            let source = ColumnSource::Table(id);
            graph.columns.push(Column { selectable, name: column.name, source });
        }
        graph
    }

    /// Gives back the room that was made for what did not come.
    pub fn shrink(&mut self) {
        self.selectables.shrink();
        self.columns.shrink();
        self.expressions.shrink();
        self.spans.shrink_to_fit();
        self.tables.shrink_to_fit();
    }

    /// A selectable.
    pub fn selectable(&self, id: SelectableId) -> &Selectable {
        &self.selectables[id]
    }

    /// A column.
    pub fn column(&self, id: ColumnId) -> &Column {
        &self.columns[id]
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

    /// The selectable of a table.
    pub fn table(&self, table: TableId) -> Option<SelectableId> {
        self.tables.get(table.index()).copied()
    }

    /// Gives a table's selectable the columns that the table has now.
    pub(crate) fn set_columns(&mut self, catalog: &Catalog, table: TableId) {
        let Some(selectable) = self.table(table) else { return };
        let old = std::mem::take(&mut self.selectables[selectable].columns);
        for declared in &catalog.table(table).columns {
            let source = ColumnSource::Table(*declared);
            let known = old.iter().copied().find(|id| self.columns[*id].source == source);
            let name = catalog.column(*declared).name;
            let column = known.unwrap_or_else(|| {
                let new = self.columns.push(Column { selectable, name, source });
                self.later.insert(*declared, new);
                new
            });
            self.selectables[selectable].columns.push(column);
        }
    }

    /// Whether an alias, a join or a query is made of a table's selectable.
    pub(crate) fn is_composed(&self, table: SelectableId) -> bool {
        let composed = self.selectables.iter().skip(self.tables.len());
        let mut parts = composed.flat_map(|(_, it)| match it.kind {
            SelectableKind::Alias(of) => [Some(of), None],
            SelectableKind::Join { left, right, .. } => [Some(left), Some(right)],
            _ => [None, None],
        });
        let mut queries = self.queries.iter();
        parts.any(|part| part == Some(table))
            || queries.any(
                |(_, query)| matches!(query, Query::Select { from, .. } if from.contains(&table)),
            )
    }

    /// The graph's column for a declared one; `None` for one that was added to the catalog after the
    /// graph was made, and not told of.
    pub fn table_column(&self, column: TableColumnId) -> Option<ColumnId> {
        let shown = same_place(column);
        let is_known = shown.index() < self.columns.len()
            && self.columns[shown].source == ColumnSource::Table(column);
        if is_known { Some(shown) } else { self.later.get(&column).copied() }
    }

    /// The declared column that a column shows unchanged: its own, or that of what it is an alias
    /// of. A computed column has none.
    pub fn declared(&self, column: ColumnId) -> Option<TableColumnId> {
        match self.columns[column].source {
            ColumnSource::Table(declared) => Some(declared),
            ColumnSource::Alias(of) => self.declared(of),
            ColumnSource::Expr(_) => None,
        }
    }

    /// Whether no two columns of a selectable have the same name.
    pub(crate) fn has_distinct_names(&self, selectable: SelectableId) -> bool {
        let names = self.selectables[selectable].columns.iter().map(|id| self.columns[*id].name);
        let mut rest = names.clone();
        names.into_iter().all(|name| {
            rest.next();
            rest.clone().all(|other| other != name)
        })
    }

    /// The column of this name in a selectable; of several in a join, the first.
    pub fn find_column(&self, selectable: SelectableId, name: Name) -> Option<ColumnId> {
        let columns = &self.selectables[selectable].columns;
        columns.iter().copied().find(|id| self.columns[*id].name == name)
    }
}

/// The id that a declared column has in a graph: those of tables are the first, in the order of the
/// catalog.
fn same_place(column: TableColumnId) -> ColumnId {
    ColumnId::from_index(u32::try_from(column.index()).unwrap_or(u32::MAX))
}
