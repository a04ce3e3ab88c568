//! Names and SQL texts of a document, through the parser and the mapping's scope.

use super::super::defect::DefectKind;
use super::super::scope::MappingScope;
use super::Reader;
use crate::base::{ColumnId, ExprId, SelectableId, TableId};
use crate::catalog::TableName;
use crate::graph::{Condition, OrderTerm};
use crate::parse::{
    self, Derived, Grammar, Named, Part, Reading, Scope, ScopeError, ScopeErrorKind,
};
use crate::spec::document::{ComparisonFunction, Text};

/// Operators and functions that a relationship declares to be comparisons, besides the document's.
#[derive(Clone, Copy, Default)]
pub(super) struct Comparing<'d> {
    pub(super) operators: &'d [Text],
    pub(super) functions: &'d [ComparisonFunction],
}

impl Reader<'_> {
    /// Lends the parser what it appends to, and a scope over the rest.
    fn parsing<T>(
        &mut self,
        text: &Text,
        comparing: Comparing<'_>,
        also: &[SelectableId],
        parse: impl FnOnce(Reading<'_>) -> (T, Vec<parse::Defect>),
    ) -> (T, bool) {
        let document = self.document;
        let operators: Vec<_> = document
            .comparison_operators
            .iter()
            .chain(comparing.operators)
            .map(Text::text)
            .collect();
        let functions = document.comparison_functions.iter().chain(comparing.functions);
        let functions: Vec<_> = functions
            .map(|function| (function.name.text(), function.left, function.right))
            .collect();
        let grammar = Grammar {
            dialect: self.mapping.dialect,
            comparison_operators: &operators,
            comparison_functions: &functions,
        };
        let mut graph = std::mem::take(&mut self.mapping.graph);
        let mut names = std::mem::take(&mut self.mapping.names);
        let (value, defects) = parse(Reading {
            fragment: text,
            grammar: &grammar,
            scope: &MappingScope { mapping: &self.mapping, also },
            graph: &mut graph,
            names: &mut names,
        });
        self.mapping.graph = graph;
        self.mapping.names = names;
        let clean = defects.is_empty();
        self.report_sql(defects);
        (value, clean)
    }

    /// A condition; nothing where its text has a mistake.
    pub(super) fn condition(
        &mut self,
        text: &Text,
        comparing: Comparing<'_>,
        also: &[SelectableId],
    ) -> Option<Condition> {
        let (condition, clean) = self.parsing(text, comparing, also, parse::condition);
        condition.filter(|_| clean)
    }

    /// An expression.
    pub(super) fn expression(&mut self, text: &Text) -> Option<ExprId> {
        self.expression_over(text, &[])
    }

    /// An expression that may name the aliases of `also` too.
    pub(super) fn expression_over(&mut self, text: &Text, also: &[SelectableId]) -> Option<ExprId> {
        let (expr, clean) = self.parsing(text, Comparing::default(), also, parse::expression);
        expr.filter(|_| clean)
    }

    /// The terms of an ORDER BY.
    pub(super) fn order_terms(&mut self, text: &Text, also: &[SelectableId]) -> Vec<OrderTerm> {
        let (terms, clean) = self.parsing(text, Comparing::default(), also, parse::order_by);
        if clean { terms } else { Vec::new() }
    }

    /// A FROM clause.
    pub(super) fn read_from(&mut self, text: &Text) -> Option<SelectableId> {
        let (selectable, clean) = self.parsing(text, Comparing::default(), &[], parse::from_clause);
        selectable.filter(|_| clean)
    }

    /// A query, to be selected from.
    pub(super) fn query(&mut self, text: &Text, derived: Derived) -> Option<SelectableId> {
        let query = |reading: Reading<'_>| parse::query(reading, derived);
        let (selectable, clean) = self.parsing(text, Comparing::default(), &[], query);
        selectable.filter(|_| clean)
    }

    /// The columns that `table.column` or `Entity.attribute` names.
    pub(super) fn columns(&mut self, text: &Text, also: &[SelectableId]) -> Option<Vec<ColumnId>> {
        let path = match parse::path(text, self.mapping.dialect) {
            Ok(path) => path,
            Err(defect) => {
                self.report_sql(vec![defect]);
                return None;
            }
        };
        let parts: Vec<_> = path.iter().map(parse::PathPart::as_part).collect();
        let scope = MappingScope { mapping: &self.mapping, also };
        let (kind, part) = match scope.column(&self.mapping.graph, &self.mapping.names, &parts) {
            Ok(Named::Column(column)) => return Some(vec![column]),
            Ok(Named::Composite(columns)) => return Some(columns),
            Ok(Named::Expression(_)) => {
                let owner = parts.iter().rev().nth(1).map(|part| part.text.to_owned());
                let owner = owner.unwrap_or_default();
                let written = text.text().to_owned();
                (DefectKind::UnknownColumn { written, owner, nearest: None }, None)
            }
            Err(error) => {
                let part = path.get(error.part);
                (self.unnamed(text, &parts, error), part)
            }
        };
        self.report(kind, part.map_or(text.whole(), |part| part.span));
        None
    }

    /// A name that means no column, as a defect.
    fn unnamed(&self, text: &Text, parts: &[Part<'_>], error: ScopeError) -> DefectKind {
        let written = text.text().to_owned();
        match error.kind {
            ScopeErrorKind::UnknownTable => {
                DefectKind::UnknownTable { written, nearest: error.nearest }
            }
            ScopeErrorKind::UnknownColumn { owner } => {
                DefectKind::UnknownColumn { written, owner, nearest: error.nearest }
            }
            ScopeErrorKind::AmbiguousColumn { candidates } => {
                DefectKind::UnqualifiedColumn { written, candidates }
            }
            ScopeErrorKind::Unqualified => {
                DefectKind::UnqualifiedColumn { written, candidates: self.owners_of(parts) }
            }
        }
    }

    /// `table.column` of every table that has a column of this bare name.
    fn owners_of(&self, parts: &[Part<'_>]) -> Vec<String> {
        let Some(part) = parts.last() else { return Vec::new() };
        let Some(name) = self.mapping.names.find(part.text) else { return Vec::new() };
        let tables = self.mapping.catalog().tables();
        let having = tables.filter_map(|(id, table)| {
            self.mapping.catalog().find_column(id, name, &self.mapping.names)?;
            let names = &self.mapping.names;
            Some(format!("{}.{}", names.text(table.name), part.text))
        });
        let mut owners: Vec<_> = having.collect();
        owners.sort();
        owners
    }

    /// The table that a text names, as a whole or as `schema.table`.
    pub(super) fn find_table(&self, text: &Text) -> Option<TableId> {
        let (catalog, names) = (self.mapping.catalog(), &self.mapping.names);
        let whole = names.find(text.text());
        let whole = whole.map(|table| TableName { schema: None, table });
        let found = whole.and_then(|name| catalog.find_table(name, names));
        found.or_else(|| {
            let path = parse::path(text, self.mapping.dialect).ok()?;
            let folding = self.mapping.dialect.folding();
            let find = |part: &parse::PathPart| {
                let part = part.as_part();
                let folded = || names.find(&folding.spelling(part.text, part.quoted));
                names.find(part.text).or_else(folded)
            };
            let (table, schemas) = path.split_last()?;
            let schema = schemas.last().map(|schema| find(schema).ok_or(())).transpose().ok()?;
            catalog.find_table(TableName { schema, table: find(table)? }, names)
        })
    }

    /// Reports that a text names no table.
    pub(super) fn report_unknown_table(&mut self, text: &Text) {
        let (catalog, names) = (self.mapping.catalog(), &self.mapping.names);
        let tables = catalog.tables().map(|(_, table)| names.text(table.name));
        let nearest = crate::report::nearest(text.text(), tables).map(String::from);
        let written = text.text().to_owned();
        self.report(DefectKind::UnknownTable { written, nearest }, text.whole());
    }
}
