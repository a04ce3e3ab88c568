//! Names: those that a FROM clause of the text introduces, and all others through the scope.

use sqlparser::ast::Ident;

use super::super::defect::DefectKind;
use super::super::scope::{Named, Part, ScopeError, ScopeErrorKind};
use super::super::widen::Extent;
use super::with::Common;
use super::{Lowering, Node};
use crate::base::{ColumnId, ExprId, Name, SelectableId};
use crate::graph::{Expr, Window};
use crate::report::nearest;

/// What one query's FROM clause puts in scope.
#[derive(Default)]
pub(super) struct Frame {
    pub(super) items: Vec<Item>,
    /// The queries of a `WITH`.
    pub(super) common: Vec<Common>,
    /// The labels of the select list, while its `ORDER BY` is read.
    pub(super) labels: Vec<(Name, ExprId)>,
    /// The windows of its `WINDOW` clause.
    pub(super) windows: Vec<(Name, Window)>,
}

/// A selectable under the name it has in a FROM clause.
#[derive(Clone)]
pub(super) struct Item {
    /// The alias, or the name of the table as it is written.
    pub(super) name: Vec<Name>,
    /// `None` where the table is not known, which was said already.
    pub(super) selectable: Option<SelectableId>,
    /// Whether the name was given here, so that nobody else knows it.
    pub(super) own: bool,
}

/// What a column name means inside the text.
enum Local {
    Column(ColumnId),
    Label(ExprId),
    /// A column of an unknown table.
    Lost,
}

impl Lowering<'_> {
    /// Reads a dotted name as a column.
    pub(super) fn column(&mut self, parts: &[Ident]) -> Node {
        let extent = self.extent_of_parts(parts);
        if let [only] = parts
            && only.quote_style.is_none()
            && only.value.starts_with('@')
        {
            return self.parameter(&only.value, extent);
        }
        match self.resolve(parts) {
            Ok(Some(named)) => self.occurrence(named, extent),
            Ok(None) => self.add(Expr::Unknown, extent),
            Err(error) => {
                self.name_defect(parts, error);
                self.add(Expr::Unknown, extent)
            }
        }
    }

    fn occurrence(&mut self, named: Named, extent: Extent) -> Node {
        match named {
            Named::Column(column) => self.add(Expr::Column(column), extent),
            Named::Expression(expr) => {
                let span = self.span(extent);
                Node { id: self.graph.copy(expr, span), extent }
            }
            Named::Composite(columns) => {
                let columns =
                    columns.into_iter().map(|column| self.add(Expr::Column(column), extent).id);
                let columns: Box<[ExprId]> = columns.collect();
                let row = self.add(Expr::Row(columns), extent);
                self.composites.push(row.id);
                row
            }
        }
    }

    pub(super) fn extent_of_parts(&self, parts: &[Ident]) -> Extent {
        let extents = parts.iter().filter_map(|part| self.layout.extent(part.span));
        extents.reduce(Extent::to).unwrap_or(Extent::new(0, 0))
    }

    /// Says what is wrong with a name, at the part that is wrong.
    pub(super) fn name_defect(&mut self, parts: &[Ident], error: ScopeError) {
        let whole = self.extent_of_parts(parts);
        let part = parts.get(error.part).and_then(|part| self.layout.extent(part.span));
        let written = self.spaced_text(whole);
        let kind = DefectKind::Name { written, error: error.kind, nearest: error.nearest };
        self.defect(kind, part.unwrap_or(whole));
    }

    /// The meaning of a column's name; `None` where its table's name was wrong already.
    fn resolve(&mut self, parts: &[Ident]) -> Result<Option<Named>, ScopeError> {
        let [qualifier @ .., last] = parts else { return Ok(None) };
        let name = self.spelling(last);
        let local = match qualifier {
            [] => self.resolve_bare(name)?,
            _ => self.resolve_qualified(parts, qualifier, name)?,
        };
        match local {
            Some(Local::Column(column)) => Ok(Some(Named::Column(column))),
            Some(Local::Label(expr)) => Ok(Some(Named::Expression(expr))),
            Some(Local::Lost) => Ok(None),
            None => self.resolve_outside(parts).map(Some),
        }
    }

    fn resolve_outside(&self, parts: &[Ident]) -> Result<Named, ScopeError> {
        self.scope.column(self.graph, self.names, &scope_parts(parts))
    }

    /// A bare name is a label, or a column of exactly one selectable of the nearest FROM clause
    /// that has any.
    fn resolve_bare(&self, name: Name) -> Result<Option<Local>, ScopeError> {
        for frame in self.frames.iter().rev() {
            if let Some((_, expr)) = frame.labels.iter().find(|(label, _)| *label == name) {
                return Ok(Some(Local::Label(*expr)));
            }
            let known = frame.items.iter().filter_map(|item| item.selectable);
            let found = known.filter_map(|selectable| self.find_column(selectable, name));
            match found.collect::<Vec<_>>().as_slice() {
                [] if frame.items.iter().any(|item| item.selectable.is_none()) => {
                    return Ok(Some(Local::Lost));
                }
                [] => {}
                [only] => return Ok(Some(Local::Column(*only))),
                several => return Err(self.ambiguous(several)),
            }
        }
        Ok(None)
    }

    fn ambiguous(&self, columns: &[ColumnId]) -> ScopeError {
        let candidates = columns.iter().map(|column| {
            let column = self.graph.column(*column);
            let owner = self.graph.selectable(column.selectable).name;
            let owner = owner.map_or("", |name| self.names.text(name));
            format!("{owner}.{}", self.names.text(column.name))
        });
        let kind = ScopeErrorKind::AmbiguousColumn { candidates: candidates.collect() };
        ScopeError { kind, part: 0, nearest: None }
    }

    fn resolve_qualified(
        &mut self,
        parts: &[Ident],
        qualifier: &[Ident],
        name: Name,
    ) -> Result<Option<Local>, ScopeError> {
        let qualifier: Vec<Name> = qualifier.iter().map(|part| self.spelling(part)).collect();
        let Some(item) = self.find_item(&qualifier) else { return Ok(None) };
        let Some(selectable) = item.selectable else { return Ok(Some(Local::Lost)) };
        let found = self.find_column(selectable, name).map(Local::Column);
        if item.own {
            let error = || self.no_such_column(selectable, item.name.as_slice(), parts);
            return found.map(Some).ok_or_else(error);
        }
        // The scope knows attributes of entities too, which may be called otherwise.
        match self.resolve_outside(parts) {
            Ok(_) => Ok(None),
            Err(error) => found.map(Some).ok_or(error),
        }
    }

    /// The nearest item of a FROM clause that a qualifier names. A table may be named without its
    /// schema.
    pub(super) fn find_item(&self, qualifier: &[Name]) -> Option<Item> {
        let items = self.frames.iter().rev().flat_map(|frame| &frame.items);
        let same = |a: &Name, b: &Name| self.names.folded(*a) == self.names.folded(*b);
        let names = |item: &&Item| {
            let start = item.name.len().checked_sub(qualifier.len());
            let tail = start.and_then(|start| item.name.get(start..));
            tail.is_some_and(|tail| tail.iter().zip(qualifier).all(|(a, b)| same(a, b)))
        };
        items.into_iter().find(names).cloned()
    }

    pub(super) fn no_such_column(
        &self,
        selectable: SelectableId,
        owner: &[Name],
        parts: &[Ident],
    ) -> ScopeError {
        let written = parts.last().map_or("", |part| part.value.as_str());
        let columns = self.graph.columns(selectable);
        let names = columns.map(|column| self.names.text(self.graph.column(column).name));
        let nearest = nearest(written, names).map(str::to_owned);
        let owner = owner.last().map_or("", |name| self.names.text(*name)).to_owned();
        let kind = ScopeErrorKind::UnknownColumn { owner };
        ScopeError { kind, part: parts.len().saturating_sub(1), nearest }
    }

    /// The column of this name in a selectable, one that is spelled alike before one that differs
    /// in case.
    pub(super) fn find_column(&self, selectable: SelectableId, name: Name) -> Option<ColumnId> {
        let folded = self.names.folded(name);
        let by_case = || {
            let mut columns = self.graph.columns(selectable);
            columns.find(|column| self.names.folded(self.graph.column(*column).name) == folded)
        };
        self.graph.find_column(selectable, name).or_else(by_case)
    }

    /// The name under which the dialect knows an identifier.
    pub(super) fn spelling(&mut self, identifier: &Ident) -> Name {
        let quoted = identifier.quote_style.is_some();
        let spelling = self.grammar.dialect.folding().spelling(&identifier.value, quoted);
        self.names.intern(&spelling)
    }
}

pub(super) fn scope_parts<'p>(parts: &'p [Ident]) -> Vec<Part<'p>> {
    let part = |part: &'p Ident| Part { text: &part.value, quoted: part.quote_style.is_some() };
    parts.iter().map(part).collect()
}
