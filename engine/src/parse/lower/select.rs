//! One `SELECT`.

use sqlparser::ast::{self, SelectItem as Written, SelectItemQualifiedWildcardKind};

use super::super::widen::Extent;
use super::Lowering;
use super::query::{Purpose, Selected, Tail};
use crate::base::{ColumnId, ExprId, Name, SelectableId};
use crate::graph::{ColumnSource, Expr, Literal, Query, SelectItem};

impl Lowering<'_> {
    /// Reads a `SELECT` into the innermost frame.
    pub(super) fn select(
        &mut self,
        tree: &ast::Select,
        tail: Option<&ast::Query>,
        purpose: Purpose,
    ) -> Option<Selected> {
        let place = self.layout.extent(tree.select_token.0.span)?;
        if let Some(what) = unsupported_clause(tree) {
            self.unsupported(what, place);
        }
        let from = self.tables(&tree.from);
        self.named_windows(&tree.named_window, place);
        let items = self.items(&tree.projection, &from);
        let (items, columns) = self.name_items(items, purpose);
        let filter = tree.selection.as_ref().map(|filter| self.expr(filter).id);
        let group_by = match &tree.group_by {
            ast::GroupByExpr::Expressions(exprs, _) => self.exprs(exprs),
            ast::GroupByExpr::All(_) => Vec::new(),
        };
        let group_by = group_by.iter().map(|node| node.id).collect();
        let having = tree.having.as_ref().map(|having| self.expr(having).id);
        let top = self.top(tree.top.as_ref(), place);
        let Tail { order_by, limit, offset } = self.tail_of_select(tail, &items);
        let query = self.graph.add_query(Query::Select {
            distinct: matches!(tree.distinct, Some(ast::Distinct::Distinct)),
            items,
            from,
            filter,
            group_by,
            having,
            order_by,
            limit: limit.or(top),
            offset,
        });
        Some(Selected { query, columns })
    }

    /// `ORDER BY` may name the labels of the select list.
    fn tail_of_select(&mut self, tail: Option<&ast::Query>, items: &[SelectItem]) -> Tail {
        let Some(tail) = tail else { return Tail::default() };
        let labels = items.iter().filter_map(|item| Some((item.label?, item.expr)));
        if let Some(frame) = self.frames.last_mut() {
            frame.labels = labels.collect();
        }
        self.tail(tail)
    }

    /// The select list, `*` taken apart.
    fn items(&mut self, list: &[Written], from: &[SelectableId]) -> Vec<SelectItem> {
        let mut items = Vec::with_capacity(list.len());
        for written in list {
            match written {
                Written::UnnamedExpr(expr) => {
                    items.push(SelectItem { expr: self.expr(expr).id, label: None });
                }
                Written::ExprWithAlias { expr, alias } => {
                    let expr = self.expr(expr).id;
                    items.push(SelectItem { expr, label: Some(self.spelling(alias)) });
                }
                Written::Wildcard(star) => {
                    let extent = self.layout.extent(star.wildcard_token.0.span);
                    let columns = self.columns_of(from);
                    items.extend(self.occurrences(&columns, extent.unwrap_or(Extent::new(0, 0))));
                }
                Written::QualifiedWildcard(
                    SelectItemQualifiedWildcardKind::ObjectName(name),
                    _,
                ) => {
                    items.extend(self.qualified_wildcard(name));
                }
                Written::QualifiedWildcard(..) | Written::ExprWithAliases { .. } => {
                    self.unsupported("this in a select list", Extent::new(0, self.layout.len()));
                }
            }
        }
        items
    }

    fn qualified_wildcard(&mut self, name: &ast::ObjectName) -> Vec<SelectItem> {
        let parts: Vec<_> = name.0.iter().filter_map(|part| part.as_ident().cloned()).collect();
        let qualifier: Vec<Name> = parts.iter().map(|part| self.spelling(part)).collect();
        let extent = self.extent_of_parts(&parts).widened(0, 2);
        match self.find_item(&qualifier).map(|item| item.selectable) {
            Some(Some(selectable)) => {
                let columns = self.columns_of(&[selectable]);
                self.occurrences(&columns, extent)
            }
            Some(None) => Vec::new(),
            None => {
                let error = self.scope.selectable(
                    self.graph,
                    self.names,
                    &super::name::scope_parts(&parts),
                );
                match error {
                    Ok(_) => drop(self.unsupported("`*` of a table outside FROM", extent)),
                    Err(error) => self.name_defect(&parts, error),
                }
                Vec::new()
            }
        }
    }

    fn columns_of(&self, from: &[SelectableId]) -> Vec<ColumnId> {
        from.iter().flat_map(|item| self.graph.columns(*item)).collect()
    }

    fn occurrences(&mut self, columns: &[ColumnId], extent: Extent) -> Vec<SelectItem> {
        let occur = |column: &ColumnId| SelectItem {
            expr: self.add(Expr::Column(*column), extent).id,
            label: None,
        };
        columns.iter().map(occur).collect()
    }

    /// What each item is called from outside. To be selected from, a computed item needs a label;
    /// one that is not written is made up as `SQLAlchemy` does: `count_1`, `anon_1`.
    fn name_items(
        &mut self,
        mut items: Vec<SelectItem>,
        purpose: Purpose,
    ) -> (Vec<SelectItem>, Vec<(Name, ColumnSource)>) {
        let mut columns: Vec<(Name, ColumnSource)> = Vec::with_capacity(items.len());
        for item in &mut items {
            let column = self.graph.expr(item.expr).column();
            let source = column.map_or(ColumnSource::Expr(item.expr), ColumnSource::Alias);
            let plain = column.map(|column| self.graph.column(column).name);
            let name = item.label.or(plain).unwrap_or_else(|| self.made_up(item.expr, &columns));
            if purpose == Purpose::Table && plain.is_none() {
                item.label = Some(name);
            }
            columns.push((name, source));
        }
        (items, columns)
    }

    fn made_up(&mut self, expr: ExprId, taken: &[(Name, ColumnSource)]) -> Name {
        let base = match self.graph.expr(expr) {
            Expr::Function { name, .. } => {
                let name = self.names.text(*name);
                name.rsplit('.').next().unwrap_or(name).trim_matches('"').to_owned()
            }
            _ => "anon".to_owned(),
        };
        let mut number = 1;
        loop {
            let name = self.names.intern(&format!("{base}_{number}"));
            if taken.iter().all(|(other, _)| *other != name) {
                return name;
            }
            number += 1;
        }
    }

    /// `SELECT TOP n`
    fn top(&mut self, top: Option<&ast::Top>, place: Extent) -> Option<ExprId> {
        let top = top?;
        if top.with_ties || top.percent {
            self.unsupported("this form of TOP", place.widened(0, 1));
        }
        match top.quantity.as_ref()? {
            ast::TopQuantity::Expr(expr) => Some(self.expr(expr).id),
            ast::TopQuantity::Constant(count) => {
                let count = Literal::Number(count.to_string().into());
                Some(self.add(Expr::Literal(count), place.widened(0, 1)).id)
            }
        }
    }
}

/// A clause of a `SELECT` that the graph has no place for.
fn unsupported_clause(tree: &ast::Select) -> Option<&'static str> {
    let grouping = match &tree.group_by {
        ast::GroupByExpr::Expressions(_, modifiers) => !modifiers.is_empty(),
        ast::GroupByExpr::All(_) => true,
    };
    let clauses = [
        (matches!(tree.distinct, Some(ast::Distinct::On(_))), "DISTINCT ON"),
        (tree.into.is_some(), "SELECT INTO"),
        (tree.prewhere.is_some() || tree.qualify.is_some(), "this filter"),
        (!tree.lateral_views.is_empty(), "LATERAL VIEW"),
        (!tree.connect_by.is_empty(), "CONNECT BY"),
        (grouping, "this form of GROUP BY"),
        (tree.exclude.is_some() || tree.value_table_mode.is_some(), "this form of SELECT"),
    ];
    clauses.into_iter().find_map(|(present, what)| present.then_some(what))
}
