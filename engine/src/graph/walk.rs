//! Walks with an explicit stack, so that depth costs memory and not the thread.

use rustc_hash::FxHashSet;

use super::Graph;
use super::expr::Expr;
use super::query::{Query, Recursion};
use super::selectable::SelectableKind;
use crate::base::{ExprId, QueryId, SelectableId};

/// A part of an expression, query or FROM clause.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Expr(ExprId),
    Query(QueryId),
    Selectable(SelectableId),
}

impl Graph {
    /// Every expression under `root`, itself included, in reading order. Subqueries are entered,
    /// with the conditions of the joins they select from.
    pub fn walk(&self, root: ExprId) -> impl Iterator<Item = ExprId> {
        self.walk_parts(Part::Expr(root), |_, _| {})
    }

    /// Every expression of a query, in reading order, those of its subqueries included.
    pub fn walk_query(&self, root: QueryId) -> impl Iterator<Item = ExprId> {
        self.walk_parts(Part::Query(root), |_, _| {})
    }

    /// The expressions under `root`, itself included, in reading order, without subqueries and
    /// without what is under an expression that `enter` refuses.
    pub(crate) fn walk_within(
        &self,
        root: ExprId,
        enter: impl Fn(&Expr) -> bool,
    ) -> impl Iterator<Item = ExprId> {
        self.walk_parts(Part::Expr(root), move |expr, parts| {
            if enter(expr) {
                parts.retain(|part| matches!(part, Part::Expr(_)));
            } else {
                parts.clear();
            }
        })
    }

    fn walk_parts(
        &self,
        root: Part,
        prune: impl Fn(&Expr, &mut Vec<Part>),
    ) -> impl Iterator<Item = ExprId> {
        let mut open = vec![root];
        let mut parts = Vec::new();
        std::iter::from_fn(move || {
            loop {
                let part = open.pop()?;
                self.parts(part, &mut parts);
                if let Part::Expr(id) = part {
                    prune(self.expr(id), &mut parts);
                }
                open.extend(parts.drain(..).rev());
                if let Part::Expr(id) = part {
                    return Some(id);
                }
            }
        })
    }

    /// What a part consists of, in reading order.
    fn parts(&self, part: Part, parts: &mut Vec<Part>) {
        match part {
            Part::Expr(id) => expr_parts(self.expr(id), parts),
            Part::Query(id) => query_parts(self, self.query(id), parts),
            Part::Selectable(id) => selectable_parts(self.selectable(id).kind, parts),
        }
    }

    /// What the SELECTs of a query select from, in reading order, those of subqueries aside.
    pub fn selected_from(&self, root: QueryId) -> Vec<SelectableId> {
        let (mut found, mut open) = (Vec::new(), vec![root]);
        while let Some(next) = open.pop() {
            match self.query(next) {
                Query::Select { from, .. } => found.extend_from_slice(from),
                query => {
                    let mut parts = Vec::new();
                    query_parts(self, query, &mut parts);
                    open.extend(parts.into_iter().rev().filter_map(|part| match part {
                        Part::Query(id) => Some(id),
                        Part::Expr(_) | Part::Selectable(_) => None,
                    }));
                }
            }
        }
        found
    }

    /// Whether a query names columns only of what it selects from, at whatever depth.
    pub fn is_closed(&self, root: QueryId) -> bool {
        let (mut columns, mut own) = (Vec::new(), FxHashSet::default());
        let (mut open, mut parts) = (vec![Part::Query(root)], Vec::new());
        while let Some(part) = open.pop() {
            match part {
                Part::Expr(id) => columns.extend(self.expr(id).column()),
                Part::Selectable(id) => drop(own.insert(id)),
                Part::Query(_) => {}
            }
            self.parts(self.behind_alias(part), &mut parts);
            open.append(&mut parts);
        }
        columns.into_iter().all(|column| own.contains(&self.column(column).selectable))
    }

    /// What an alias is another name for, which itself cannot be named.
    fn behind_alias(&self, mut part: Part) -> Part {
        while let Part::Selectable(id) = part
            && let SelectableKind::Alias(of) = self.selectable(id).kind
        {
            part = Part::Selectable(of);
        }
        part
    }
}

/// The anchor and the step of a recursive query.
fn recursion_parts(graph: &Graph, recursion: &Recursion, parts: &mut Vec<Part>) {
    if let SelectableKind::Recursion(anchor) = graph.selectable(recursion.rows).kind {
        parts.push(Part::Query(anchor));
    }
    parts.push(Part::Query(recursion.step));
}

fn expr_parts(expr: &Expr, parts: &mut Vec<Part>) {
    expr.each_operand(|operand| parts.push(Part::Expr(*operand)));
    parts.extend(expr.query().map(Part::Query));
}

fn query_parts(graph: &Graph, query: &Query, parts: &mut Vec<Part>) {
    match query {
        Query::Select {
            items, from, filter, group_by, having, order_by, limit, offset, ..
        } => {
            parts.extend(items.iter().map(|item| Part::Expr(item.expr)));
            parts.extend(from.iter().copied().map(Part::Selectable));
            parts.extend(filter.iter().copied().map(Part::Expr));
            parts.extend(group_by.iter().copied().map(Part::Expr));
            parts.extend(having.iter().copied().map(Part::Expr));
            parts.extend(order_by.iter().map(|term| Part::Expr(term.expr)));
            parts.extend(limit.iter().chain(offset).copied().map(Part::Expr));
        }
        Query::Set { left, right, .. } => {
            parts.extend([Part::Query(*left), Part::Query(*right)]);
        }
        Query::With { recursions, body } => {
            for recursion in recursions {
                recursion_parts(graph, recursion, parts);
            }
            parts.push(Part::Query(*body));
        }
    }
}

fn selectable_parts(kind: SelectableKind, parts: &mut Vec<Part>) {
    match kind {
        SelectableKind::Table(_) | SelectableKind::Recursion(_) => {}
        SelectableKind::Alias(of) => parts.push(Part::Selectable(of)),
        SelectableKind::Join { left, right, on, .. } => {
            parts.extend([Part::Selectable(left), Part::Selectable(right)]);
            parts.extend(on.map(Part::Expr));
        }
        SelectableKind::Query(query) => parts.push(Part::Query(query)),
    }
}
