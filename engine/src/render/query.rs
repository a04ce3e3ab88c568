//! Queries that stand inside expressions and FROM clauses.

use super::dialect::{Capabilities, Limit};
use super::expr::{Part, Parts};
use super::writer::Writer;
use crate::base::{ExprId, Name, QueryId, SelectableId};
use crate::graph::{JoinKind, Query, SelectItem, SelectableKind, SetOperator};

impl Writer<'_> {
    /// A query; as a subquery its columns are called after those of a selectable.
    pub(super) fn query(&mut self, id: QueryId, of: Option<SelectableId>) {
        let (mapping, dialect) = (self.mapping, self.dialect);
        let again = |query| of.map_or(Part::Query(query), |of| Part::Subquery(query, of));
        match mapping.graph.query(id) {
            Query::Set { operator, all, left, right } => self.then(|parts| {
                parts.push(again(*left));
                parts.text(set_word(*operator, *all));
                parts.push(again(*right));
            }),
            Query::With { recursions, body } => self.with(id, recursions, again(*body)),
            Query::Select { items, .. } => {
                let columns = of.map(|of| mapping.graph.columns(of));
                let label = |i: usize, item: &SelectItem| {
                    let column = columns.clone().and_then(|mut columns| columns.nth(i));
                    let name = column.map(|column| mapping.graph.column(column).name);
                    name.or(item.label)
                };
                let labels: Vec<_> =
                    items.iter().enumerate().map(|(i, item)| (item.expr, label(i, item))).collect();
                self.then(|parts| parts.select(mapping.graph.query(id), &labels, dialect));
            }
        }
    }

    /// A FROM element whose parts are in no place of the plan, unless the scope has one for it.
    pub(super) fn from(&mut self, id: SelectableId) {
        match self.mapping.graph.selectable(id).kind {
            SelectableKind::Join { left, right, kind, on } => {
                let inner = self.dialect.inner_join;
                let nested = matches!(
                    self.mapping.graph.selectable(right).kind,
                    SelectableKind::Join { .. }
                );
                self.then(|parts| parts.join(left, right, nested, join_word(kind, inner), on));
            }
            _ => self.then(|parts| {
                parts.push(Part::Bare(id));
                parts.push(Part::Alias(id));
            }),
        }
    }

    /// A FROM element without its alias.
    pub(super) fn bare(&mut self, id: SelectableId) {
        match self.mapping.graph.selectable(id).kind {
            SelectableKind::Table(_) => {
                self.free_name(id);
            }
            SelectableKind::Recursion(_) => self.recursion_name(id),
            SelectableKind::Alias(of) => self.then(|parts| parts.push(Part::Bare(of))),
            SelectableKind::Query(query) => self.then(|parts| {
                parts.text(if parts.graph.selectable(id).lateral { "LATERAL (" } else { "(" });
                parts.push(Part::Subquery(query, id));
                parts.text(")");
            }),
            SelectableKind::Join { .. } => self.then(|parts| {
                parts.text("(");
                parts.push(Part::From(id));
                parts.text(")");
            }),
        }
    }

    /// The alias after a FROM element: that of its place in scope, or its own.
    pub(super) fn alias_of(&mut self, id: SelectableId) {
        use crate::plan::Shown;
        let place = self.scoped_place(id);
        let aliased = |place: &crate::plan::PlaceId| {
            let found = self.plan.and_then(|plan| plan.place(*place));
            found.is_some_and(|place| place.shown == Shown::Aliased)
        };
        if let Some(place) = place.filter(aliased) {
            self.push(self.dialect.alias);
            self.out.push_str(self.buffers.naming.qualifier(place));
        } else if self.has_alias(id) {
            self.push(self.dialect.alias);
            self.free_name(id);
        }
    }

    fn has_alias(&self, id: SelectableId) -> bool {
        match self.mapping.graph.selectable(id).kind {
            SelectableKind::Table(_) => false,
            SelectableKind::Recursion(_) => self.is_renamed(id),
            _ => true,
        }
    }
}

impl Parts<'_> {
    fn select(&mut self, query: &Query, items: &[(ExprId, Option<Name>)], dialect: &Capabilities) {
        let Query::Select {
            distinct, from, filter, group_by, having, order_by, limit, offset, ..
        } = query
        else {
            return;
        };
        self.text(if *distinct { "SELECT DISTINCT " } else { "SELECT " });
        self.top(*limit, *offset, dialect);
        self.list(", ", items, |parts, (expr, label)| {
            parts.expr(*expr);
            if let Some(label) = label {
                parts.label(*label);
            }
        });
        self.clause(" FROM ", ", ", from, |parts, id| parts.push(Part::From(*id)));
        self.clause(" WHERE ", "", filter, |parts, id| parts.expr(*id));
        self.clause(" GROUP BY ", ", ", group_by, |parts, id| parts.expr(*id));
        self.clause(" HAVING ", "", having, |parts, id| parts.expr(*id));
        if !order_by.is_empty() {
            self.text(" ORDER BY ");
            self.order_terms(order_by);
        }
        self.limit(*limit, *offset, dialect);
    }

    /// A clause with its word, unless there is nothing to say.
    fn clause<T>(
        &mut self,
        word: &'static str,
        separator: &'static str,
        items: impl IntoIterator<Item = T>,
        each: impl FnMut(&mut Self, T),
    ) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_some() {
            self.text(word);
            self.list(separator, items, each);
        }
    }

    fn top(&mut self, limit: Option<ExprId>, offset: Option<ExprId>, dialect: &Capabilities) {
        if let (Limit::TopOrRowNumber { .. }, Some(limit), None) = (dialect.limit, limit, offset) {
            self.text("TOP ");
            self.expr(limit);
            self.text(" ");
        }
    }

    fn limit(&mut self, limit: Option<ExprId>, offset: Option<ExprId>, dialect: &Capabilities) {
        match dialect.limit {
            Limit::ThenOffset { unlimited, offset_always } => {
                self.amount(" LIMIT ", limit, offset.and(unlimited));
                self.amount(" OFFSET ", offset, limit.filter(|_| offset_always).map(|_| "0"));
            }
            Limit::OffsetComma { unlimited } => {
                self.amount(" LIMIT ", offset, None);
                let word = if offset.is_some() { ", " } else { " LIMIT " };
                self.amount(word, limit, offset.map(|_| unlimited));
            }
            Limit::TopOrRowNumber { .. } if offset.is_none() => {}
            Limit::Fetch | Limit::TopOrRowNumber { .. } => {
                self.amount(" OFFSET ", offset, None);
                self.text(if offset.is_some() { " ROWS" } else { "" });
                self.amount(" FETCH FIRST ", limit, None);
                self.text(if limit.is_some() { " ROWS ONLY" } else { "" });
            }
        }
    }

    fn amount(&mut self, word: &'static str, given: Option<ExprId>, other: Option<&'static str>) {
        if given.is_some() || other.is_some() {
            self.text(word);
        }
        match (given, other) {
            (Some(given), _) => self.expr(given),
            (None, other) => self.text(other.unwrap_or_default()),
        }
    }

    fn join(
        &mut self,
        left: SelectableId,
        right: SelectableId,
        nested: bool,
        word: &'static str,
        on: Option<ExprId>,
    ) {
        let (open, close) = if nested { ("(", ")") } else { ("", "") };
        self.push(Part::From(left));
        self.text(word);
        self.text(open);
        self.push(Part::From(right));
        self.text(close);
        if let Some(on) = on {
            self.text(" ON ");
            self.expr(on);
        }
    }
}

/// How a join is called, spaces included.
pub(super) fn join_word(kind: JoinKind, inner: &'static str) -> &'static str {
    match kind {
        JoinKind::Inner => inner,
        JoinKind::Left => " LEFT OUTER JOIN ",
        JoinKind::Full => " FULL OUTER JOIN ",
        JoinKind::Cross => " CROSS JOIN ",
    }
}

/// How a set operation is called, spaces included.
pub(super) fn set_word(operator: SetOperator, all: bool) -> &'static str {
    match (operator, all) {
        (SetOperator::Union, false) => " UNION ",
        (SetOperator::Union, true) => " UNION ALL ",
        (SetOperator::Intersect, false) => " INTERSECT ",
        (SetOperator::Intersect, true) => " INTERSECT ALL ",
        (SetOperator::Except, false) => " EXCEPT ",
        (SetOperator::Except, true) => " EXCEPT ALL ",
    }
}
