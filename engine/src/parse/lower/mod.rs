//! sqlparser's tree → graph.
//!
//! The tree is read once, in reading order. Chains of operators lean to the left in it and can be
//! long, so they are walked in a loop; everything else is no deeper than the parser's own limit on
//! recursion, so there plain recursion is safe.

mod call;
mod expr;
mod from;
mod function;
mod literal;
mod name;
mod operator;
mod predicate;
mod query;
mod select;
mod subscript;
mod window;
mod with;

use sqlparser::ast;

use super::condition::Reading;
use super::defect::{Defect, DefectKind};
use super::grammar::Grammar;
use super::scope::Scope;
use super::widen::{Extent, Layout};
use crate::base::{ExprId, Name, Names};
use crate::graph::{Condition, Expr, Graph, Mark, OrderTerm};
use crate::text::{Fragment, Span};
use name::Frame;

/// What the reading of one text needs and gathers.
pub(super) struct Lowering<'a> {
    fragment: &'a Fragment<'a>,
    grammar: &'a Grammar<'a>,
    scope: &'a dyn Scope,
    graph: &'a mut Graph,
    names: &'a mut Names,
    layout: Layout,
    /// The FROM clauses around what is being read, innermost last.
    frames: Vec<Frame>,
    /// Rows that stand for composite attributes.
    composites: Vec<ExprId>,
    /// How many `?` were read.
    positional: usize,
    /// Behind the last empty array that was read.
    empty_arrays: usize,
    /// Whether `foreign(x)` and `remote(x)` are marks here.
    marking: bool,
    marks: Vec<(ExprId, Mark)>,
    pub(super) defects: Vec<Defect>,
}

/// An expression and the tokens it was read from, the brackets around it included.
#[derive(Clone, Copy)]
pub(super) struct Node {
    pub(super) id: ExprId,
    pub(super) extent: Extent,
}

impl<'a> Lowering<'a> {
    pub(super) fn new(reading: Reading<'a>, layout: Layout) -> Self {
        let Reading { fragment, grammar, scope, graph, names } = reading;
        let (frames, composites, marks, defects) = Default::default();
        let (positional, empty_arrays, marking) = (0, 0, false);
        Self {
            fragment,
            grammar,
            scope,
            graph,
            names,
            layout,
            frames,
            composites,
            positional,
            empty_arrays,
            marking,
            marks,
            defects,
        }
    }

    /// A condition: `foreign(x)` and `remote(x)` become marks.
    pub(super) fn condition(&mut self, tree: &ast::Expr) -> Condition {
        self.marking = true;
        let root = self.expr(tree).id;
        Condition::of_expression(self.graph, root, self.marks.drain(..))
    }

    /// Terms of an `ORDER BY`.
    pub(super) fn order_terms(&mut self, terms: &[ast::OrderByExpr]) -> Vec<OrderTerm> {
        terms.iter().map(|term| self.order_term(term)).collect()
    }

    fn order_term(&mut self, term: &ast::OrderByExpr) -> OrderTerm {
        let node = self.expr(&term.expr);
        let descending = match &term.options.sort {
            None => None,
            Some(ast::OrderBySort::Asc) => Some(false),
            Some(ast::OrderBySort::Desc) => Some(true),
            Some(ast::OrderBySort::Using(_)) => {
                self.unsupported("ORDER BY … USING", node.extent);
                None
            }
        };
        OrderTerm { expr: node.id, descending, nulls_first: term.options.nulls_first }
    }

    fn add(&mut self, expr: Expr, extent: Extent) -> Node {
        let span = self.span(extent);
        Node { id: self.graph.add(expr, span), extent }
    }

    fn span(&self, extent: Extent) -> Span {
        let bytes = self.layout.bytes(extent);
        self.fragment.span(bytes.start, bytes.end)
    }

    fn text(&self, extent: Extent) -> &str {
        self.fragment.text().get(self.layout.bytes(extent)).unwrap_or("")
    }

    /// The text of an extent with single spaces between words and none inside brackets.
    fn spaced_text(&self, extent: Extent) -> String {
        let mut text = String::new();
        for place in self.layout.places(extent) {
            let word = self.fragment.text().get(place.clone()).unwrap_or("");
            let tight = text.is_empty()
                || text.ends_with(['(', '[', '.'])
                || word.starts_with(['(', ')', '[', ']', '.', ',']);
            if !tight {
                text.push(' ');
            }
            text.push_str(word);
        }
        text
    }

    fn intern(&mut self, extent: Extent) -> Name {
        let text = self.spaced_text(extent);
        self.names.intern(&text)
    }

    fn defect(&mut self, kind: DefectKind, extent: Extent) {
        let span = self.span(extent);
        self.defects.push(Defect { kind, span });
    }

    /// Notes that a construct has no place in the graph.
    fn unsupported(&mut self, what: &str, extent: Extent) -> Node {
        let message = "conditions and queries of a model cannot use it".into();
        let what = what.into();
        self.defect(DefectKind::Unsupported { what, message, relevant: true }, extent);
        self.add(Expr::Unknown, extent)
    }
}
