//! `WITH`: each query is put in the place of its name; a recursive one is kept and named.

use sqlparser::ast::{self, SetExpr, SetQuantifier};

use super::super::scope::Part;
use super::super::widen::Extent;
use super::Lowering;
use super::query::{Purpose, Selected, has_tail};
use crate::base::{Name, QueryId, SelectableId};
use crate::graph::{ColumnSource, Query, Recursion, SelectableKind, SetOperator};

/// A name of a `WITH`.
pub(super) struct Common {
    name: Name,
    meaning: Meaning,
}

/// What a name of a `WITH` means in a FROM clause.
#[derive(Clone)]
pub(super) enum Meaning {
    /// A query, which is put there.
    Query(QueryId, Vec<(Name, ColumnSource)>),
    /// The rows of a recursive query.
    Rows(SelectableId),
    /// The rows of the recursive query whose step is being read: it can be named once, in the FROM
    /// clause that so many are around or are it.
    Step { rows: SelectableId, depth: usize, named: Option<SelectableId> },
    /// The query that is being read, where it cannot name itself.
    Itself,
    /// A query that is read later.
    Later,
    /// A query that could not be read, which was said.
    Lost,
    /// Nothing yet: what the name means outside.
    Outside,
}

impl Lowering<'_> {
    /// Reads the queries of a `WITH` into the innermost frame; those that are recursive are given
    /// back, to stand before the query that selects from them.
    pub(super) fn common_queries(&mut self, with: &ast::With) -> Vec<Recursion> {
        let tables = &with.cte_tables;
        let first = if with.recursive { Meaning::Later } else { Meaning::Outside };
        for common in tables {
            let name = self.spelling(&common.alias.name);
            if let Some(frame) = self.frames.last_mut() {
                frame.common.push(Common { name, meaning: first.clone() });
            }
        }
        let named = with.recursive || self.grammar.recurses_unsaid();
        let mut recursions = Vec::new();
        for (place, common) in tables.iter().enumerate() {
            if named {
                self.mean(place, Meaning::Itself);
            }
            let union = union_of(&common.query).filter(|_| named && common.query.with.is_none());
            let read = match union {
                Some(union) => self.common_union(common, place, union, &mut recursions),
                None => self.common_query(common),
            };
            let read = read.filter(|_| !self.is_lost(place));
            self.mean(place, read.unwrap_or(Meaning::Lost));
        }
        recursions
    }

    fn common_query(&mut self, common: &ast::Cte) -> Option<Meaning> {
        let mut selected = self.table_query(&common.query)?;
        self.rename(&mut selected.columns, &common.alias);
        Some(Meaning::Query(selected.query, selected.columns))
    }

    /// A query of a `WITH` that is a union: a recursive one if its last SELECT names it.
    fn common_union(
        &mut self,
        common: &ast::Cte,
        place: usize,
        (left, right, all): (&SetExpr, &SetExpr, bool),
        recursions: &mut Vec<Recursion>,
    ) -> Option<Meaning> {
        let mut anchor = self.operand(left, Purpose::Value)?;
        self.rename(&mut anchor.columns, &common.alias);
        if self.is_lost(place) {
            return None;
        }
        let Selected { query, columns } = anchor;
        let name = self.spelling(&common.alias.name);
        let rows = self.graph.add_recursion(query, name, columns.clone());
        let depth = self.frames.len() + 1;
        self.mean(place, Meaning::Step { rows, depth, named: None });
        let step = self.operand(right, Purpose::Value)?.query;
        let Some(Meaning::Step { named: Some(named), .. }) = self.meaning_at(place) else {
            let (operator, left) = (SetOperator::Union, query);
            let query = self.graph.add_query(Query::Set { operator, all, left, right: step });
            let union = self.with_tail(Selected { query, columns }, Some(&common.query));
            return Some(Meaning::Query(union.query, union.columns));
        };
        let recursion = Recursion { rows, step, all };
        if let Some(what) = self.unsupported_recursion(common, recursion, *named) {
            let extent = self.extent_of_parts(std::slice::from_ref(&common.alias.name));
            self.unsupported(what, extent);
            return None;
        }
        recursions.push(recursion);
        Some(Meaning::Rows(rows))
    }

    /// What a recursive query does that some database cannot do, or that would mean something else
    /// in the place where it is written. Rules: PostgreSQL's `checkWellFormedRecursion`, and the
    /// manuals of `MySQL` ("Recursive Common Table Expressions") and SQL Server
    /// (`WITH common_table_expression`).
    fn unsupported_recursion(
        &self,
        common: &ast::Cte,
        Recursion { rows, step, all }: Recursion,
        named: SelectableId,
    ) -> Option<&'static str> {
        let (graph, of) = (&*self.graph, self.graph.selectable(rows));
        let Query::Select { distinct, items, from, group_by, having, .. } = graph.query(step)
        else {
            return Some("a recursive query without a last SELECT");
        };
        let (width, listed) = (graph.columns(rows).len(), common.alias.columns.len());
        let first = graph.columns(named).next();
        let lacking = first.is_some_and(|first| from.iter().any(|it| graph.may_lack(*it, first)));
        let anchored = matches!(of.kind, SelectableKind::Recursion(it) if graph.is_closed(it));
        let cases = [
            (items.len() != width || listed > width, "a recursive query of uneven SELECTs"),
            (has_tail(&common.query), "ORDER BY or LIMIT of a recursive query"),
            (lacking, "a recursive query on the outer side of a join"),
            (
                *distinct || !group_by.is_empty() || having.is_some(),
                "a recursive query that groups its rows",
            ),
            (
                !anchored || !graph.is_closed(step),
                "a recursive query that names columns from outside",
            ),
            (!all && self.grammar.recurses_unsaid(), "a recursive UNION without ALL"),
            (
                of.name.is_some_and(|name| self.is_taken(name)),
                "a recursive query called like a table or another query",
            ),
        ];
        cases.into_iter().find_map(|(present, what)| present.then_some(what))
    }

    /// Whether a table, or another query of a `WITH` around this place, has a query's name.
    fn is_taken(&self, name: Name) -> bool {
        let part = Part { text: self.names.text(name), quoted: true };
        let found = self.scope.selectable(self.graph, self.names, &[part]).ok();
        let is_table = |id| matches!(self.graph.selectable(id).kind, SelectableKind::Table(_));
        let all = self.frames.iter().flat_map(|frame| &frame.common);
        let folded = self.names.folded(name);
        let alike = all.filter(|other| self.names.folded(other.name) == folded);
        found.is_some_and(is_table) || alike.count() > 1
    }

    fn mean(&mut self, place: usize, meaning: Meaning) {
        let common = self.frames.last_mut().and_then(|frame| frame.common.get_mut(place));
        if let Some(common) = common {
            common.meaning = meaning;
        }
    }

    fn meaning_at(&self, place: usize) -> Option<&Meaning> {
        Some(&self.frames.last()?.common.get(place)?.meaning)
    }

    fn is_lost(&self, place: usize) -> bool {
        matches!(self.meaning_at(place), Some(Meaning::Lost))
    }

    /// What a name in a FROM clause means, if it is one of a `WITH`.
    pub(super) fn meaning(&self, written: &[Name]) -> Option<Meaning> {
        let [name] = written else { return None };
        let found = self.frames.iter().rev().flat_map(|frame| &frame.common);
        let mut found = found.filter(|common| common.name == *name).map(|common| &common.meaning);
        found.find(|meaning| !matches!(meaning, Meaning::Outside)).cloned()
    }

    /// A query of a `WITH` in a FROM clause, under its own name or another.
    pub(super) fn common(
        &mut self,
        meaning: Meaning,
        name: Name,
        alias: Option<&ast::TableAlias>,
        extent: Extent,
    ) -> Option<SelectableId> {
        let called = alias.map_or(name, |alias| self.spelling(&alias.name));
        let refused = match meaning {
            Meaning::Query(query, mut columns) => {
                if let Some(alias) = alias {
                    self.rename(&mut columns, alias);
                }
                let rows = self.graph.add_subquery(query, Some(called), columns);
                return Some(self.expose(vec![called], rows, true));
            }
            Meaning::Rows(rows) => return Some(self.rows(rows, name, alias)),
            Meaning::Step { rows, depth, named: None } if depth == self.frames.len() => {
                let named = self.rows(rows, name, alias);
                self.name_step(rows, named);
                return Some(named);
            }
            Meaning::Step { named: Some(_), .. } => {
                Some("a recursive query that names itself twice")
            }
            Meaning::Step { .. } | Meaning::Itself => {
                Some("a recursive query that names itself outside the FROM of its last SELECT")
            }
            Meaning::Later => Some("a query of a WITH before its own place"),
            Meaning::Lost | Meaning::Outside => None,
        };
        if let Some(what) = refused {
            self.unsupported(what, extent);
            self.lose_common(name);
        }
        self.lose(Some(vec![called]))
    }

    fn lose_common(&mut self, name: Name) {
        let mut all = self.frames.iter_mut().rev().flat_map(|frame| &mut frame.common);
        if let Some(common) = all.find(|common| common.name == name) {
            common.meaning = Meaning::Lost;
        }
    }

    fn rows(
        &mut self,
        rows: SelectableId,
        name: Name,
        alias: Option<&ast::TableAlias>,
    ) -> SelectableId {
        match alias {
            Some(alias) => self.alias(rows, alias),
            None => self.expose(vec![name], rows, true),
        }
    }

    fn name_step(&mut self, of: SelectableId, by: SelectableId) {
        for common in self.frames.iter_mut().flat_map(|frame| &mut frame.common) {
            if let Meaning::Step { rows, named, .. } = &mut common.meaning
                && *rows == of
            {
                *named = Some(by);
            }
        }
    }
}

/// The two sides of a query that is a union, and whether equal rows stay.
fn union_of(tree: &ast::Query) -> Option<(&SetExpr, &SetExpr, bool)> {
    let SetExpr::SetOperation { op: ast::SetOperator::Union, set_quantifier, left, right } =
        &*tree.body
    else {
        return None;
    };
    let mut right = &**right;
    while let SetExpr::Query(query) = right
        && query.with.is_none()
        && !has_tail(query)
    {
        right = &query.body;
    }
    Some((left, right, *set_quantifier == SetQuantifier::All))
}
