//! A FROM element under one name.

use super::Graph;
use super::expr::Expr;
use super::query::{Query, SelectItem};
use super::selectable::{ColumnSource, SelectableKind};
use crate::base::{ColumnId, Name, Names, SelectableId};

impl Graph {
    /// A selectable under another name; without name, the renderer makes one up.
    ///
    /// Few databases take a name for a whole join, and where they do, columns that share a name are
    /// lost. So a join is selected from, as `SQLAlchemy` does for an alias of a mapped join; columns
    /// that share a name are called `table_column` there.
    pub fn add_named(
        &mut self,
        of: SelectableId,
        name: Option<Name>,
        names: &mut Names,
    ) -> SelectableId {
        if !matches!(self.selectable(of).kind, SelectableKind::Join { .. }) {
            return self.add_alias(of, name);
        }
        let columns: Vec<_> = self.columns(of).collect();
        let (mut items, mut shown) = (Vec::new(), Vec::new());
        for column in columns.iter().copied() {
            let called = self.called_apart(column, &columns, &shown, names);
            let expr = self.add(Expr::Column(column), None);
            let label = (called != self.column(column).name).then_some(called);
            items.push(SelectItem { expr, label });
            shown.push((called, ColumnSource::Alias(column)));
        }
        let query = self.add_query(Query::of(items, Some(of)));
        self.add_subquery(query, name, shown)
    }

    /// The name of a column among others, different from those given so far.
    fn called_apart(
        &self,
        column: ColumnId,
        columns: &[ColumnId],
        given: &[(Name, ColumnSource)],
        names: &mut Names,
    ) -> Name {
        let own = self.column(column).name;
        let shared = columns.iter().filter(|other| self.column(**other).name == own).count() > 1;
        let table = self.selectable(self.column(column).selectable).name;
        let base = match table.filter(|_| shared) {
            Some(table) => format!("{}_{}", names.text(table), names.text(own)),
            None => names.text(own).to_owned(),
        };
        let mut called = names.intern(&base);
        for number in 1.. {
            let is_own = |other: &ColumnId| *other != column && self.column(*other).name == called;
            let taken = given.iter().any(|(other, _)| *other == called);
            if !taken && (called == own || !columns.iter().any(is_own)) {
                break;
            }
            called = names.intern(&format!("{base}_{number}"));
        }
        called
    }
}

impl Query {
    /// `SELECT items FROM from`, or without FROM.
    pub fn of(items: Vec<SelectItem>, from: Option<SelectableId>) -> Self {
        Self::Select {
            distinct: false,
            items,
            from: from.into_iter().collect(),
            filter: None,
            group_by: Vec::new(),
            having: None,
            order_by: Vec::new(),
            limit: None,
            offset: None,
        }
    }
}
