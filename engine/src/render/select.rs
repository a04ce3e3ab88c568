//! SELECTs of a plan.

use super::compound::order_words;
use super::dialect::Limit;
use super::expr::Part;
use super::naming::write_numbered;
use super::query::join_word;
use super::writer::{Frame, Writer};
use crate::graph::SelectableKind;
use crate::plan::{
    From, FromId, List, Order, Place, PlaceId, Predicate, Scalar, Scope, Select, SelectId, Shown,
    WindowId,
};

/// What the columns of a SELECT are for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Columns {
    /// They are the result; what goes by its label anyway is not labelled.
    Result,
    /// Another SELECT names them.
    Named,
}

/// A step through a tree of joins.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece {
    /// What follows the left side.
    Rest(FromId),
    /// What follows the right side, which may stand in brackets.
    On { id: FromId, closed: bool },
}

impl<'a> Writer<'a> {
    /// A SELECT. Those that it selects from were planned before it, so this ends.
    pub(super) fn select(&mut self, id: SelectId, columns: Columns) {
        let Some(select) = self.plan.and_then(|plan| plan.select(id)) else { return };
        if let (Limit::TopOrRowNumber { column }, Some(offset)) =
            (self.dialect.limit, select.offset)
        {
            return self.numbered(id, select, columns, column, offset);
        }
        self.push(if select.distinct { "SELECT DISTINCT " } else { "SELECT " });
        self.top(select);
        self.items(id, select, columns);
        self.sources(select);
        self.order_by(select.order_by);
        self.limit(select);
    }

    pub(super) fn items(&mut self, id: SelectId, select: &Select<'a>, columns: Columns) {
        if select.items.is_empty() {
            self.push("1");
        }
        if let Some(stretches) = self.buffers.naming.titled_by(id) {
            for (i, stretch) in stretches.iter().enumerate() {
                if i > 0 {
                    self.out.push_str(", ");
                }
                self.out.push_str(self.buffers.naming.stretch_text(stretch));
            }
            return;
        }
        self.listed(id, select, columns);
    }

    /// The columns of a SELECT, one by one.
    fn listed(&mut self, id: SelectId, select: &Select<'a>, columns: Columns) {
        let Some(plan) = self.plan else { return };
        for (i, item) in plan.items(self.mapping, select).enumerate() {
            self.push(if i > 0 { ", " } else { "" });
            if let Some(item) = self.buffers.naming.item(id, i) {
                self.out.push_str(item);
                continue;
            }
            self.scalar(item.value);
            if columns == Columns::Named || !self.buffers.naming.is_implied(id, i) {
                self.push(" AS ");
                self.label(id, i);
            }
        }
    }

    /// How many columns it has.
    fn width(&self, select: &Select<'_>) -> usize {
        let shows = self.plan.map(|plan| plan.shows(select)).unwrap_or_default();
        shows.iter().map(crate::plan::Shows::count).sum()
    }

    pub(super) fn scalar(&mut self, value: Scalar) {
        match value {
            Scalar::Column(place, column) => self.place_column(place, column),
            Scalar::Expr(expr, scope) => self.scoped(expr, scope),
            Scalar::Json(select) => self.json(select),
            Scalar::RowNumber(window) => self.row_number(window),
            Scalar::Shown(select, index) => {
                self.anon_of(select);
                self.push(".");
                self.label(select, index);
            }
        }
    }

    fn scoped(&mut self, expr: crate::base::ExprId, scope: Scope) {
        self.expression(expr, Frame { scope, ..Frame::NONE });
    }

    fn anon_of(&mut self, select: SelectId) {
        let number = self.buffers.naming.number_select(self.mapping, select);
        write_numbered("anon", number, self.out);
    }

    /// FROM and WHERE.
    pub(super) fn sources(&mut self, select: &Select<'a>) {
        let Some(plan) = self.plan else { return };
        for (i, from) in plan.sources(select.from).iter().enumerate() {
            self.push(if i > 0 { ", " } else { " FROM " });
            self.joins(*from);
        }
        if !select.filter.is_empty() {
            self.push(" WHERE ");
            self.predicates(select.filter);
        }
    }

    fn joins(&mut self, root: FromId) {
        let mark = self.buffers.pieces.len();
        self.first(root);
        while self.buffers.pieces.len() > mark {
            match self.buffers.pieces.pop() {
                Some(Piece::Rest(id)) => self.rest(id),
                Some(Piece::On { id, closed }) => {
                    if closed {
                        self.push(")");
                    }
                    self.on(id);
                }
                None => return,
            }
        }
    }

    /// What stands first in an element; what follows it is put off.
    fn first(&mut self, mut id: FromId) {
        loop {
            match self.plan.and_then(|plan| plan.from(id)) {
                Some(From::Place(place)) => return self.placed(place),
                Some(From::Select(select)) => return self.enclosed(select),
                Some(From::Join { left, .. } | From::Lateral { left, .. }) => {
                    self.buffers.pieces.push(Piece::Rest(id));
                    id = left;
                }
                None => return,
            }
        }
    }

    /// What follows the left side of an element.
    fn rest(&mut self, id: FromId) {
        let Some(plan) = self.plan else { return };
        match plan.from(id) {
            Some(From::Join { right, kind, .. }) => {
                self.push(join_word(kind, self.dialect.inner_join));
                let closed = matches!(plan.from(right), Some(From::Join { .. }));
                if closed {
                    self.push("(");
                }
                self.buffers.pieces.push(Piece::On { id, closed });
                self.first(right);
            }
            Some(From::Lateral { select, .. }) => {
                self.push(self.dialect.lateral.unwrap_or_default());
                self.enclosed(select);
            }
            Some(From::Place(_) | From::Select(_)) | None => {}
        }
    }

    /// The ON condition of a join.
    fn on(&mut self, id: FromId) {
        let Some(From::Join { on, .. }) = self.plan.and_then(|plan| plan.from(id)) else { return };
        if !on.is_empty() {
            self.push(" ON ");
            self.predicates(on);
        }
    }

    fn placed(&mut self, id: PlaceId) {
        if let Some(known) = self.buffers.naming.element(id) {
            return self.out.push_str(known);
        }
        if let Some(place) = self.plan.and_then(|plan| plan.place(id)) {
            self.unknown_element(id, place);
        }
    }

    fn unknown_element(&mut self, id: PlaceId, place: Place) {
        let kind = self.mapping.graph.selectable(place.selectable).kind;
        let outer = std::mem::replace(&mut self.frame, Frame { scope: place.scope, ..Frame::NONE });
        self.write_part(Part::Bare(place.selectable));
        self.frame = outer;
        let table = matches!(kind, SelectableKind::Table(_));
        if place.shown == Shown::Aliased || !table {
            self.push(self.dialect.alias);
            self.out.push_str(self.buffers.naming.qualifier(id));
        }
    }

    fn enclosed(&mut self, select: SelectId) {
        self.push("(");
        self.select(select, Columns::Named);
        self.push(")");
        self.push(self.dialect.alias);
        self.anon_of(select);
    }

    fn predicates(&mut self, predicates: List<Predicate<'a>>) {
        let Some(plan) = self.plan else { return };
        let predicates = plan.predicates(predicates);
        for (i, predicate) in predicates.iter().enumerate() {
            if i > 0 {
                self.push(" AND ");
            }
            match predicate {
                Predicate::Condition(used) => self.used(used, predicates.len() > 1),
                Predicate::KeyIn(columns) => self.key_in(plan.placed_columns(*columns)),
                Predicate::Numbered { number, offset, limit } => {
                    self.numbered_within(*number, *offset, *limit);
                }
                Predicate::Exists { select, negated } => {
                    self.exists(*select, *negated, predicates.len() > 1);
                }
                Predicate::Expr(expr, scope) => self.scoped(*expr, *scope),
                Predicate::Equals(place, column, parameter) => {
                    self.place_column(*place, *column);
                    self.push(" = ");
                    self.input(*parameter);
                }
            }
        }
    }

    fn exists(&mut self, select: SelectId, negated: bool, several: bool) {
        let (open, close) = match (negated, several) {
            (true, _) => ("NOT (EXISTS (", "))"),
            (false, true) => ("(EXISTS (", "))"),
            (false, false) => ("EXISTS (", ")"),
        };
        self.push(open);
        self.select(select, Columns::Named);
        self.push(close);
    }

    fn numbered_within(&mut self, number: Scalar, offset: u64, limit: u64) {
        if offset > 0 {
            self.scalar(number);
            self.number_after(" > ", offset);
            self.push(" AND ");
        }
        self.scalar(number);
        self.number_after(" <= ", offset.saturating_add(limit));
    }

    /// `ROW_NUMBER()` over a window.
    fn row_number(&mut self, id: WindowId) {
        let Some(window) = self.plan.and_then(|plan| plan.window(id)) else { return };
        self.push("ROW_NUMBER() OVER (PARTITION BY ");
        let partition = self.plan.map(|plan| plan.placed_columns(window.partition));
        for (i, (place, column)) in partition.unwrap_or_default().iter().enumerate() {
            self.push(if i > 0 { ", " } else { "" });
            self.place_column(*place, *column);
        }
        self.order_by(window.order_by);
        self.push(")");
    }

    pub(super) fn order_by(&mut self, order: List<Order>) {
        if !order.is_empty() {
            self.push(" ");
            self.ordered(order);
        }
    }

    pub(super) fn ordered(&mut self, order: List<Order>) {
        self.push("ORDER BY ");
        self.order_terms(order);
    }

    fn order_terms(&mut self, order: List<Order>) {
        let terms = self.plan.map(|plan| plan.orders(order)).unwrap_or_default();
        for (i, term) in terms.iter().enumerate() {
            self.push(if i > 0 { ", " } else { "" });
            self.scalar(term.value);
            self.push(order_words(term.descending, term.nulls_first));
        }
    }

    /// A part of the rows where only their numbers tell it. Rule: `SQLAlchemy`'s
    /// `MSSQLCompiler.translate_select_structure`.
    fn numbered(
        &mut self,
        id: SelectId,
        select: &Select<'a>,
        columns: Columns,
        number: &str,
        offset: u64,
    ) {
        let anonymous = self.buffers.naming.next_anonymous(self.mapping);
        self.push("SELECT ");
        self.push(if select.items.is_empty() { "1" } else { "" });
        for i in 0..self.width(select) {
            self.push(if i > 0 { ", " } else { "" });
            write_numbered("anon", anonymous, self.out);
            self.push(".");
            self.label(id, i);
            if columns == Columns::Named {
                self.push(" AS ");
                self.label(id, i);
            }
        }
        self.push(" FROM (SELECT ");
        if !select.items.is_empty() {
            self.items(id, select, Columns::Named);
            self.push(", ");
        }
        self.push("ROW_NUMBER() OVER (");
        if select.order_by.is_empty() {
            self.push("ORDER BY (SELECT NULL)");
        } else {
            self.ordered(select.order_by);
        }
        self.push(") AS ");
        self.push(number);
        self.sources(select);
        self.push(") AS ");
        write_numbered("anon", anonymous, self.out);
        self.push(" WHERE ");
        self.push(number);
        self.number_after(" > ", offset);
        if let Some(limit) = select.limit {
            self.push(" AND ");
            self.push(number);
            self.number_after(" <= ", limit);
            self.number_after(" + ", offset);
        }
    }
}
