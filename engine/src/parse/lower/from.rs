//! FROM clauses.

use sqlparser::ast::{self, Ident, JoinConstraint, JoinOperator, TableFactor, TableWithJoins};

use super::super::condition::Derived;
use super::super::widen::Extent;
use super::Lowering;
use super::name::{Frame, Item, scope_parts};
use crate::base::{ExprId, Name, SelectableId};
use crate::graph::{BinaryOperator, ColumnSource, Expr, JoinKind};

impl Lowering<'_> {
    /// A whole FROM clause as one selectable; what commas separate is joined without condition.
    pub(in crate::parse) fn joined_list(
        &mut self,
        list: &[TableWithJoins],
    ) -> Option<SelectableId> {
        self.frames.push(Frame::default());
        let items = self.tables(list);
        self.frames.pop();
        let join = |left, right| self.graph.add_join(left, right, JoinKind::Cross, None);
        items.into_iter().reduce(join)
    }

    /// The selectables of a FROM clause, comma by comma, which come into scope.
    pub(super) fn tables(&mut self, list: &[TableWithJoins]) -> Vec<SelectableId> {
        list.iter().filter_map(|item| self.joined(item)).collect()
    }

    /// A selectable with what is joined to it.
    fn joined(&mut self, tree: &TableWithJoins) -> Option<SelectableId> {
        let mut left = self.factor(&tree.relation);
        for join in &tree.joins {
            let right = self.factor(&join.relation);
            left = self.join(left, right, &join.join_operator);
        }
        left
    }

    /// A join, or the side of it that is known.
    fn join(
        &mut self,
        left: Option<SelectableId>,
        right: Option<SelectableId>,
        written: &JoinOperator,
    ) -> Option<SelectableId> {
        let (kind, constraint) = kind_of(written).unwrap_or_else(|| {
            self.unsupported("this kind of join", Extent::new(0, self.layout.len()));
            (Kind::Plain(JoinKind::Inner), &JoinConstraint::None)
        });
        let on = self.constraint(left, right, constraint);
        let (Some(left), Some(right)) = (left, right) else { return left.or(right) };
        Some(match (kind, on) {
            (Kind::Right, _) => self.graph.add_join(right, left, JoinKind::Left, on),
            (Kind::Plain(JoinKind::Inner), None) => {
                self.graph.add_join(left, right, JoinKind::Cross, None)
            }
            (Kind::Plain(JoinKind::Cross), Some(_)) => {
                self.graph.add_join(left, right, JoinKind::Inner, on)
            }
            (Kind::Plain(kind), _) => self.graph.add_join(left, right, kind, on),
        })
    }

    fn constraint(
        &mut self,
        left: Option<SelectableId>,
        right: Option<SelectableId>,
        constraint: &JoinConstraint,
    ) -> Option<ExprId> {
        match constraint {
            JoinConstraint::On(condition) => Some(self.expr(condition).id),
            JoinConstraint::Using(columns) => self.using(left?, right?, columns),
            JoinConstraint::Natural => {
                self.unsupported("NATURAL JOIN", Extent::new(0, self.layout.len()));
                None
            }
            JoinConstraint::None => None,
        }
    }

    /// `USING (x)` says that the columns `x` of both sides are equal.
    fn using(
        &mut self,
        left: SelectableId,
        right: SelectableId,
        columns: &[ast::ObjectName],
    ) -> Option<ExprId> {
        let names = columns.iter().filter_map(|name| name.0.first()?.as_ident());
        let terms: Vec<ExprId> =
            names.filter_map(|name| self.using_one(left, right, name)).collect();
        match terms.as_slice() {
            [] => None,
            [only] => Some(*only),
            _ => Some(self.graph.add(Expr::And(terms.into()), None)),
        }
    }

    fn using_one(
        &mut self,
        left: SelectableId,
        right: SelectableId,
        name: &Ident,
    ) -> Option<ExprId> {
        let parts = std::slice::from_ref(name);
        let (spelling, extent) = (self.spelling(name), self.extent_of_parts(parts));
        let mut sides = Vec::with_capacity(2);
        for side in [left, right] {
            if let Some(column) = self.find_column(side, spelling) {
                sides.push(self.add(Expr::Column(column), extent).id);
            } else {
                let error = self.no_such_column(side, &[], parts);
                self.name_defect(parts, error);
            }
        }
        let [left, right] = *sides.as_slice() else { return None };
        Some(self.add(Expr::Binary { operator: BinaryOperator::Equal, left, right }, extent).id)
    }

    /// One table, subquery or join in brackets.
    fn factor(&mut self, factor: &TableFactor) -> Option<SelectableId> {
        match factor {
            TableFactor::Table { name, alias, args: None, sample: None, .. } => {
                self.table(name, alias.as_ref())
            }
            TableFactor::Derived { lateral, subquery, alias, .. } => {
                self.derived(subquery, alias.as_ref(), *lateral)
            }
            TableFactor::NestedJoin { table_with_joins, alias } => {
                self.nested_join(table_with_joins, alias.as_ref())
            }
            TableFactor::Table { name, .. } => {
                let name = self.extent_of_name(name);
                let extent = name.to(self.layout.brackets(name.end));
                self.unsupported("a function in FROM", extent);
                self.lose(None)
            }
            _ => {
                self.unsupported("this in a FROM clause", Extent::new(0, self.layout.len()));
                self.lose(None)
            }
        }
    }

    fn table(
        &mut self,
        name: &ast::ObjectName,
        alias: Option<&ast::TableAlias>,
    ) -> Option<SelectableId> {
        let parts: Vec<Ident> = name.0.iter().filter_map(|part| part.as_ident().cloned()).collect();
        let written: Vec<Name> = parts.iter().map(|part| self.spelling(part)).collect();
        if let (Some(meaning), [name]) = (self.meaning(&written), written.as_slice()) {
            return self.common(meaning, *name, alias, self.extent_of_parts(&parts));
        }
        match self.scope.selectable(self.graph, self.names, &scope_parts(&parts)) {
            Ok(table) => Some(match alias {
                Some(alias) => self.alias(table, alias),
                None => self.expose(written, table, false),
            }),
            Err(error) => {
                self.name_defect(&parts, error);
                let name = alias.map(|alias| vec![self.spelling(&alias.name)]);
                self.lose(Some(name.unwrap_or(written)))
            }
        }
    }

    pub(super) fn alias(&mut self, of: SelectableId, alias: &ast::TableAlias) -> SelectableId {
        if !alias.columns.is_empty() {
            let extent = self.extent_of_parts(std::slice::from_ref(&alias.name));
            self.unsupported("names for the columns of a table", extent);
        }
        let name = self.spelling(&alias.name);
        let selectable = self.graph.add_alias(of, Some(name));
        self.expose(vec![name], selectable, true)
    }

    /// `[LATERAL] (query) AS name(columns)`
    fn derived(
        &mut self,
        query: &ast::Query,
        alias: Option<&ast::TableAlias>,
        lateral: bool,
    ) -> Option<SelectableId> {
        let Some(mut select) = self.table_query(query) else {
            let name = alias.map(|alias| vec![self.spelling(&alias.name)]);
            return self.lose(name);
        };
        let name = alias.map(|alias| self.spelling(&alias.name));
        if let Some(alias) = alias {
            self.rename(&mut select.columns, alias);
        }
        let selectable = self.add_derived(select, Derived { alias: name, lateral });
        Some(self.expose(name.into_iter().collect(), selectable, true))
    }

    /// Names that an alias gives to the first of a query's columns.
    pub(super) fn rename(&mut self, columns: &mut [(Name, ColumnSource)], alias: &ast::TableAlias) {
        for (column, renamed) in columns.iter_mut().zip(&alias.columns) {
            column.0 = self.spelling(&renamed.name);
        }
    }

    /// `(a JOIN b ON …)`; under an alias, what is inside goes out of scope.
    fn nested_join(
        &mut self,
        tree: &TableWithJoins,
        alias: Option<&ast::TableAlias>,
    ) -> Option<SelectableId> {
        let outside = self.frames.last().map_or(0, |frame| frame.items.len());
        let join = self.joined(tree)?;
        let Some(alias) = alias else { return Some(join) };
        if let Some(frame) = self.frames.last_mut() {
            frame.items.truncate(outside);
        }
        let name = self.spelling(&alias.name);
        let selectable = self.graph.add_named(join, Some(name), self.names);
        Some(self.expose(vec![name], selectable, true))
    }

    /// Brings a selectable into scope.
    pub(super) fn expose(
        &mut self,
        name: Vec<Name>,
        selectable: SelectableId,
        own: bool,
    ) -> SelectableId {
        if let Some(frame) = self.frames.last_mut() {
            frame.items.push(Item { name, selectable: Some(selectable), own });
        }
        selectable
    }

    /// Brings a name into scope that stands for nothing known, so that no more is said of it.
    pub(super) fn lose(&mut self, name: Option<Vec<Name>>) -> Option<SelectableId> {
        let item = Item { name: name.unwrap_or_default(), selectable: None, own: true };
        self.frames.last_mut()?.items.push(item);
        None
    }
}

/// A join as written; a right join is a left join seen from the other side.
enum Kind {
    Plain(JoinKind),
    Right,
}

fn kind_of(written: &JoinOperator) -> Option<(Kind, &JoinConstraint)> {
    Some(match written {
        JoinOperator::Join(on) | JoinOperator::Inner(on) | JoinOperator::StraightJoin(on) => {
            (Kind::Plain(JoinKind::Inner), on)
        }
        JoinOperator::Left(on) | JoinOperator::LeftOuter(on) => (Kind::Plain(JoinKind::Left), on),
        JoinOperator::Right(on) | JoinOperator::RightOuter(on) => (Kind::Right, on),
        JoinOperator::FullOuter(on) => (Kind::Plain(JoinKind::Full), on),
        JoinOperator::CrossJoin(on) => (Kind::Plain(JoinKind::Cross), on),
        _ => return None,
    })
}
