//! Queries: `WITH`, set operations, and what stands behind them.

use sqlparser::ast::{self, SetExpr, SetQuantifier};

use super::super::condition::Derived;
use super::super::widen::Extent;
use super::Lowering;
use super::name::Frame;
use crate::base::{ExprId, Name, QueryId, SelectableId};
use crate::graph::{ColumnSource, Expr, Graph, OrderTerm, Query, SelectItem, SetOperator};

/// A query, and the columns it has when it is selected from.
pub(in crate::parse) struct Selected {
    pub(super) query: QueryId,
    pub(super) columns: Vec<(Name, ColumnSource)>,
}

/// What a query is read for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// As a value or a test; its columns need no names.
    Value,
    /// To be selected from; a column without a name gets a label.
    Table,
}

/// `ORDER BY` and `LIMIT` behind a query.
#[derive(Default)]
pub(super) struct Tail {
    pub(super) order_by: Vec<OrderTerm>,
    pub(super) limit: Option<ExprId>,
    pub(super) offset: Option<ExprId>,
}

impl Lowering<'_> {
    /// A query that stands where a table could.
    pub(in crate::parse) fn table_query(&mut self, tree: &ast::Query) -> Option<Selected> {
        self.query(tree, Purpose::Table)
    }

    /// Adds a query to the graph as what it is selected from.
    pub(in crate::parse) fn add_derived(
        &mut self,
        selected: Selected,
        derived: Derived,
    ) -> SelectableId {
        let Derived { alias, lateral } = derived;
        let add = if lateral { Graph::add_lateral } else { Graph::add_subquery };
        add(self.graph, selected.query, alias, selected.columns)
    }

    /// A query that stands where a value could.
    pub(super) fn value_query(&mut self, tree: &ast::Query) -> Option<QueryId> {
        self.query(tree, Purpose::Value).map(|selected| selected.query)
    }

    fn query(&mut self, tree: &ast::Query, purpose: Purpose) -> Option<Selected> {
        if let Some(what) = unsupported_clause(tree) {
            let first = self.first_token(tree).unwrap_or(0);
            let end = self.layout.around(first).map_or(self.layout.len(), |around| around.end - 1);
            self.unsupported(what, Extent::new(first, end));
        }
        self.frames.push(Frame::default());
        let with = tree.with.as_ref();
        let recursions = with.map_or_else(Vec::new, |with| self.common_queries(with));
        let selected = self.body(&tree.body, Some(tree), purpose);
        self.frames.pop();
        let mut selected = selected?;
        if !recursions.is_empty() {
            let body = selected.query;
            selected.query = self.graph.add_query(Query::With { recursions, body });
        }
        Some(selected)
    }

    /// A query's body, with the clauses of `tail` behind it.
    fn body(
        &mut self,
        body: &SetExpr,
        tail: Option<&ast::Query>,
        purpose: Purpose,
    ) -> Option<Selected> {
        match body {
            SetExpr::Select(select) => self.select(select, tail, purpose),
            SetExpr::Query(query) => {
                let selected = self.query(query, purpose)?;
                Some(self.with_tail(selected, tail))
            }
            SetExpr::SetOperation { .. } => {
                let selected = self.set_operations(body, purpose)?;
                Some(self.with_tail(selected, tail))
            }
            SetExpr::Values(values) => {
                let selected = self.values(values)?;
                Some(self.with_tail(selected, tail))
            }
            _ => {
                self.unsupported("a query without SELECT", Extent::new(0, self.layout.len()));
                None
            }
        }
    }

    /// `VALUES (…), (…)`: not all databases can name its columns, so each row is a `SELECT`. Rule for
    /// the names: `PostgreSQL` and `SQLite` call them `column1`, `column2`.
    fn values(&mut self, values: &ast::Values) -> Option<Selected> {
        let mut selected: Option<Selected> = None;
        for row in &values.rows {
            let row = self.row_of_values(row);
            selected = Some(match selected {
                None => row,
                Some(Selected { query: left, columns }) => {
                    let (operator, right) = (SetOperator::Union, row.query);
                    let query = Query::Set { operator, all: true, left, right };
                    Selected { query: self.graph.add_query(query), columns }
                }
            });
        }
        selected
    }

    fn row_of_values(&mut self, row: &[ast::Expr]) -> Selected {
        let (mut items, mut columns) = (Vec::new(), Vec::new());
        for (node, number) in self.exprs(row).into_iter().zip(1..) {
            let label = self.names.intern(&format!("column{number}"));
            items.push(SelectItem { expr: node.id, label: Some(label) });
            columns.push((label, ColumnSource::Expr(node.id)));
        }
        Selected { query: self.graph.add_query(Query::of(items, None)), columns }
    }

    /// `a UNION b UNION c`, which leans to the left.
    fn set_operations(&mut self, tree: &SetExpr, purpose: Purpose) -> Option<Selected> {
        let (mut operations, mut first) = (Vec::new(), tree);
        while let SetExpr::SetOperation { left, op, set_quantifier, right } = first {
            operations.push((op, set_quantifier, right));
            first = left;
        }
        let mut selected = self.operand(first, purpose)?;
        for (operator, quantifier, right) in operations.into_iter().rev() {
            let right = self.operand(right, Purpose::Value)?.query;
            let operator = match operator {
                ast::SetOperator::Union => SetOperator::Union,
                ast::SetOperator::Intersect => SetOperator::Intersect,
                ast::SetOperator::Except | ast::SetOperator::Minus => SetOperator::Except,
            };
            let all = *quantifier == SetQuantifier::All;
            let query = Query::Set { operator, all, left: selected.query, right };
            selected.query = self.graph.add_query(query);
        }
        Some(selected)
    }

    /// One of the queries that a set operation combines; what it selects from is its own. Not every
    /// database takes a `WITH` there, so one is selected from.
    pub(super) fn operand(&mut self, body: &SetExpr, purpose: Purpose) -> Option<Selected> {
        self.frames.push(Frame::default());
        let selected = self.body(body, None, purpose);
        self.frames.pop();
        let selected = selected?;
        let with = matches!(self.graph.query(selected.query), Query::With { .. });
        Some(if with { self.around(selected, None) } else { selected })
    }

    /// A set operation has no `ORDER BY` of its own in the graph: one is put around it.
    pub(super) fn with_tail(&mut self, selected: Selected, tail: Option<&ast::Query>) -> Selected {
        match tail.filter(|tail| has_tail(tail)) {
            Some(tail) => self.around(selected, Some(tail)),
            None => selected,
        }
    }

    /// `SELECT … FROM (selected)`, with the clauses of `tail` behind it.
    fn around(&mut self, selected: Selected, tail: Option<&ast::Query>) -> Selected {
        let inner = self.graph.add_subquery(selected.query, None, selected.columns);
        self.frames.push(Frame::default());
        self.expose(Vec::new(), inner, true);
        let Tail { order_by, limit, offset } =
            tail.map_or_else(Tail::default, |tail| self.tail(tail));
        self.frames.pop();
        let (mut items, mut columns) = (Vec::new(), Vec::new());
        let shown: Vec<_> = self.graph.columns(inner).collect();
        for column in shown {
            let expr = self.graph.add(Expr::Column(column), None);
            items.push(SelectItem { expr, label: None });
            columns.push((self.graph.column(column).name, ColumnSource::Alias(column)));
        }
        let query = self.graph.add_query(Query::Select {
            distinct: false,
            items,
            from: vec![inner],
            filter: None,
            group_by: Vec::new(),
            having: None,
            order_by,
            limit,
            offset,
        });
        Selected { query, columns }
    }

    /// Reads `ORDER BY`, `LIMIT` and `FETCH FIRST`.
    pub(super) fn tail(&mut self, tree: &ast::Query) -> Tail {
        let order_by = match tree.order_by.as_ref().map(|order_by| &order_by.kind) {
            Some(ast::OrderByKind::Expressions(terms)) => self.order_terms(terms),
            _ => Vec::new(),
        };
        let (limit, offset) = match &tree.limit_clause {
            Some(ast::LimitClause::LimitOffset { limit, offset, .. }) => {
                (limit.as_ref(), offset.as_ref().map(|offset| &offset.value))
            }
            Some(ast::LimitClause::OffsetCommaLimit { offset, limit }) => {
                (Some(limit), Some(offset))
            }
            None => (None, None),
        };
        let fetch = tree.fetch.as_ref().and_then(|fetch| fetch.quantity.as_ref());
        let mut read = |expr: Option<&ast::Expr>| expr.map(|expr| self.expr(expr).id);
        Tail { order_by, limit: read(limit.or(fetch)), offset: read(offset) }
    }

    /// The token that a query begins with.
    pub(super) fn first_token(&self, query: &ast::Query) -> Option<usize> {
        if let Some(with) = &query.with {
            return self.layout.extent(with.with_token.0.span).map(|extent| extent.start);
        }
        let (mut body, mut brackets) = (&*query.body, 0);
        loop {
            body = match body {
                SetExpr::SetOperation { left, .. } => left,
                SetExpr::Query(query) => {
                    brackets += 1;
                    if query.with.is_some() {
                        return self.first_token(query)?.checked_sub(brackets);
                    }
                    &query.body
                }
                SetExpr::Select(select) => {
                    let select = self.layout.extent(select.select_token.0.span)?;
                    return select.start.checked_sub(brackets);
                }
                _ => return None,
            };
        }
    }
}

pub(super) fn has_tail(tree: &ast::Query) -> bool {
    tree.order_by.is_some() || tree.limit_clause.is_some() || tree.fetch.is_some()
}

/// A clause of a query that the graph has no place for.
fn unsupported_clause(tree: &ast::Query) -> Option<&'static str> {
    let order_by_all = |order_by: &ast::OrderBy| matches!(order_by.kind, ast::OrderByKind::All(_));
    let limit_by = matches!(&tree.limit_clause,
        Some(ast::LimitClause::LimitOffset { limit_by, .. }) if !limit_by.is_empty());
    let fetch = |fetch: &ast::Fetch| fetch.with_ties || fetch.percent || fetch.quantity.is_none();
    let clauses = [
        (tree.order_by.as_ref().is_some_and(order_by_all), "ORDER BY ALL"),
        (limit_by, "LIMIT … BY"),
        (tree.fetch.as_ref().is_some_and(fetch), "this form of FETCH"),
        (!tree.locks.is_empty() || tree.for_clause.is_some(), "a FOR clause"),
    ];
    clauses.into_iter().find_map(|(present, what)| present.then_some(what))
}
