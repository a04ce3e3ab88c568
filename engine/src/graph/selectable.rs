//! What rows can be selected from.

use super::Graph;
use crate::base::{ColumnId, ExprId, Name, Names, QueryId, SelectableId, TableColumnId, TableId};

/// Something rows can be selected from.
#[derive(Clone, Copy, Debug)]
pub struct Selectable {
    /// What it is.
    pub kind: SelectableKind,
    /// The name it goes by in SQL; an anonymous alias or a join has none.
    pub name: Option<Name>,
    /// Whether it is a subquery that may name columns of what stands before it in FROM (`LATERAL`).
    pub lateral: bool,
}

/// A selectable that is no table, with its columns in order.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) shape: Selectable,
    pub(super) columns: Vec<ColumnId>,
}

/// The kinds of selectables.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SelectableKind {
    /// A table of the catalog.
    Table(TableId),
    /// Another name for a selectable.
    Alias(SelectableId),
    /// Two selectables side by side.
    Join {
        /// The left side.
        left: SelectableId,
        /// The right side.
        right: SelectableId,
        /// Which rows survive without a partner.
        kind: JoinKind,
        /// The ON condition; a cross join has none.
        on: Option<ExprId>,
    },
    /// A subquery.
    Query(QueryId),
    /// The rows of a recursive query of a `WITH`, by the query that it begins with; in its own step,
    /// those that were made last.
    Recursion(QueryId),
}

/// Which rows of a join survive without a partner.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum JoinKind {
    /// None.
    Inner,
    /// Those of the left side.
    Left,
    /// Those of both sides.
    Full,
    /// There is no condition: every row meets every row.
    Cross,
}

/// What a selectable joins, left to right; made by [`Graph::leaves`].
#[derive(Clone, Debug)]
pub struct Leaves<'g> {
    graph: &'g Graph,
    next: Option<SelectableId>,
    /// The right sides that are still to come; empty for anything but a join.
    open: Vec<SelectableId>,
}

/// A column of a selectable.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The selectable that has it; never a join.
    pub selectable: SelectableId,
    /// Its name there.
    pub name: Name,
    /// Where its values come from.
    pub source: ColumnSource,
}

/// Where a column's values come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ColumnSource {
    /// The table declares it.
    Table(TableColumnId),
    /// It is the same column under an alias or out of a subquery.
    Alias(ColumnId),
    /// A subquery computes it.
    Expr(ExprId),
}

impl Graph {
    /// Another name for a selectable; without name, the renderer makes one up.
    pub fn add_alias(&mut self, of: SelectableId, name: Option<Name>) -> SelectableId {
        let columns = self.columns(of);
        let sources = columns.map(|it| (self.column(it).name, ColumnSource::Alias(it))).collect();
        self.add_selectable(SelectableKind::Alias(of), name, sources)
    }

    /// A subquery in a FROM clause, with its columns' names and sources.
    pub fn add_subquery(
        &mut self,
        query: QueryId,
        name: Option<Name>,
        columns: Vec<(Name, ColumnSource)>,
    ) -> SelectableId {
        self.add_selectable(SelectableKind::Query(query), name, columns)
    }

    /// A subquery in a FROM clause that may name columns of what stands before it (`LATERAL`).
    pub fn add_lateral(
        &mut self,
        query: QueryId,
        name: Option<Name>,
        columns: Vec<(Name, ColumnSource)>,
    ) -> SelectableId {
        let id = self.add_subquery(query, name, columns);
        if let Some(made) = self.selectables.get_mut(id) {
            made.shape.lateral = true;
        }
        id
    }

    /// The rows of a recursive query that begins with `anchor`, whose columns' names and sources
    /// these are.
    pub fn add_recursion(
        &mut self,
        anchor: QueryId,
        name: Name,
        columns: Vec<(Name, ColumnSource)>,
    ) -> SelectableId {
        self.add_selectable(SelectableKind::Recursion(anchor), Some(name), columns)
    }

    /// A join.
    pub fn add_join(
        &mut self,
        left: SelectableId,
        right: SelectableId,
        kind: JoinKind,
        on: Option<ExprId>,
    ) -> SelectableId {
        let columns = self.columns(left).chain(self.columns(right)).collect();
        let kind = SelectableKind::Join { left, right, kind, on };
        let shape = Selectable { kind, name: None, lateral: false };
        self.selectables.push(Made { shape, columns })
    }

    fn add_selectable(
        &mut self,
        kind: SelectableKind,
        name: Option<Name>,
        columns: Vec<(Name, ColumnSource)>,
    ) -> SelectableId {
        let shape = Selectable { kind, name, lateral: false };
        let selectable = self.selectables.push(Made { shape, columns: Vec::new() });
        let columns = columns
            .into_iter()
            .map(|(name, source)| self.columns.push(Column { selectable, name, source }))
            .collect();
        if let Some(made) = self.selectables.get_mut(selectable) {
            made.columns = columns;
        }
        selectable
    }

    /// Whether a column shows one that a recursive query may have made several rows of.
    pub fn is_recursive(&self, mut column: ColumnId) -> bool {
        loop {
            let Column { selectable, source, .. } = self.column(column);
            let recursive =
                matches!(self.selectable(selectable).kind, SelectableKind::Recursion(_));
            match source {
                ColumnSource::Alias(of) if !recursive => column = of,
                _ => return recursive,
            }
        }
    }

    /// The name that an alias or subquery was given; tables and joins have none.
    pub fn alias_name(&self, selectable: SelectableId) -> Option<Name> {
        let Selectable { kind, name, .. } = self.selectable(selectable);
        name.filter(|_| !matches!(kind, SelectableKind::Table(_)))
    }

    /// Whether a table or alias goes by a name, whatever its case; `folded` is the folded name.
    pub fn has_selectable(&self, folded: Name, names: &Names) -> bool {
        let tables = self.catalog().tables().map(|(_, table)| table.name);
        let mut called = tables.chain(self.selectables.iter().filter_map(|made| made.shape.name));
        called.any(|name| names.folded(name) == folded)
    }

    /// The column of an anonymous alias that shows a column of what it is an alias of.
    pub fn anonymous_column(&self, alias: SelectableId, of: ColumnId) -> Option<ColumnId> {
        let Selectable { kind: SelectableKind::Alias(_), name: None, .. } = self.selectable(alias)
        else {
            return None;
        };
        self.columns(alias).find(|it| self.column(*it).source == ColumnSource::Alias(of))
    }

    /// Whether `column` is one of the selectable's columns.
    pub fn contains(&self, selectable: SelectableId, column: ColumnId) -> bool {
        self.is_leaf_of(self.column(column).selectable, selectable)
    }

    /// Whether `leaf` is `selectable` or one of the selectables that it joins.
    pub fn is_leaf_of(&self, leaf: SelectableId, selectable: SelectableId) -> bool {
        match self.selectable(selectable).kind {
            SelectableKind::Join { .. } => self.leaves(selectable).any(|other| other == leaf),
            _ => leaf == selectable,
        }
    }

    /// Whether a selectable is, joins, or is an alias of `ancestor`.
    pub fn is_derived_from(&self, selectable: SelectableId, ancestor: SelectableId) -> bool {
        let (mut next, mut open) = (Some(selectable), Vec::new());
        while let Some(at) = next.filter(|at| *at != ancestor) {
            next = match self.selectable(at).kind {
                SelectableKind::Join { left, right, .. } => {
                    open.push(right);
                    Some(left)
                }
                SelectableKind::Alias(of) => Some(of),
                SelectableKind::Table(_)
                | SelectableKind::Query(_)
                | SelectableKind::Recursion(_) => open.pop(),
            };
        }
        next.is_some()
    }

    /// What a join joins, left to right; anything else is its own only leaf.
    pub fn leaves(&self, selectable: SelectableId) -> Leaves<'_> {
        Leaves { graph: self, next: Some(selectable), open: Vec::new() }
    }

    /// Whether an outer join keeps rows of a selectable that have no partner to give a column its
    /// value.
    pub fn may_lack(&self, selectable: SelectableId, column: ColumnId) -> bool {
        let holder = self.column(column).selectable;
        let mut open = vec![selectable];
        while let Some(next) = open.pop() {
            let SelectableKind::Join { left, right, kind, .. } = self.selectable(next).kind else {
                continue;
            };
            let lacking = match kind {
                JoinKind::Inner | JoinKind::Cross => false,
                JoinKind::Left => self.is_leaf_of(holder, right),
                JoinKind::Full => self.is_leaf_of(holder, next),
            };
            if lacking {
                return true;
            }
            open.extend([left, right]);
        }
        false
    }

    /// The table at the bottom of a selectable, through aliases; joins and subqueries have none.
    pub fn base_table(&self, selectable: SelectableId) -> Option<TableId> {
        match self.selectable(selectable).kind {
            SelectableKind::Table(table) => Some(table),
            SelectableKind::Alias(of) => self.base_table(of),
            SelectableKind::Join { .. }
            | SelectableKind::Query(_)
            | SelectableKind::Recursion(_) => None,
        }
    }
}

impl Iterator for Leaves<'_> {
    type Item = SelectableId;

    fn next(&mut self) -> Option<SelectableId> {
        let mut at = self.next.take().or_else(|| self.open.pop())?;
        while let SelectableKind::Join { left, right, .. } = self.graph.selectable(at).kind {
            self.open.push(right);
            at = left;
        }
        Some(at)
    }
}
