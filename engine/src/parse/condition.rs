//! The texts of a model that are no DDL: conditions, expressions, FROM clauses, queries.
//!
//! Each function reads one text whole. What is wrong with it comes back as defects; the parts that
//! could be read are in the graph, and an expression that could not is [`Expr::Unknown`] there.
//!
//! [`Expr::Unknown`]: crate::graph::Expr::Unknown

use sqlparser::parser::Parser;

use super::defect::Defect;
use super::grammar::Grammar;
use super::lower::Lowering;
use super::read::{read, read_expr};
use super::scope::Scope;
use super::widen::Layout;
use crate::base::{ExprId, Name, Names, SelectableId};
use crate::graph::{Condition, Graph, OrderTerm};
use crate::text::Fragment;

/// A text, and what is needed to read it.
#[expect(missing_debug_implementations, reason = "a scope need not have one")]
pub struct Reading<'a> {
    /// The text.
    pub fragment: &'a Fragment<'a>,
    /// Its grammar.
    pub grammar: &'a Grammar<'a>,
    /// What its names mean.
    pub scope: &'a dyn Scope,
    /// What the expressions and selectables are added to.
    pub graph: &'a mut Graph,
    /// Where names are interned.
    pub names: &'a mut Names,
}

/// Reads a join condition. `foreign(x)` and `remote(x)` are no functions here but marks on the
/// columns that occur in `x`.
///
/// ```
/// use joinwright::base::{Arena, ColumnId, Dialect, Names, SelectableId, TableId};
/// use joinwright::catalog::{Catalog, Table, TableColumn};
/// use joinwright::graph::Graph;
/// use joinwright::parse::{Grammar, Named, Part, Reading, Scope, ScopeError, condition};
/// use joinwright::text::{Fragment, Sources};
///
/// struct First(ColumnId);
/// impl Scope for First {
///     fn column(&self, _: &Graph, _: &Names, _: &[Part<'_>]) -> Result<Named, ScopeError> {
///         Ok(Named::Column(self.0))
///     }
///     fn selectable(&self, graph: &Graph, _: &Names, _: &[Part<'_>]) -> Result<SelectableId, ScopeError> {
///         Ok(graph.column(self.0).selectable)
///     }
/// }
///
/// let (mut names, mut catalog) = (Names::new(), Catalog::new());
/// let node = catalog.add_table(Table::new(names.intern("node")), &names);
/// let path = catalog.add_column(node, TableColumn::new(names.intern("path")));
/// let mut graph = Graph::of(catalog);
/// let scope = First(graph.table_column(path).unwrap());
///
/// let text = "remote(node.path) LIKE foreign(node.path) || '/%'";
/// let source = Sources::new().add("model", text);
/// let fragment = Fragment::verbatim(source, text, 0);
/// let grammar = Grammar::of(Dialect::Ansi);
/// let (read, defects) = condition(Reading {
///     fragment: &fragment,
///     grammar: &grammar,
///     scope: &scope,
///     graph: &mut graph,
///     names: &mut names,
/// });
/// assert!(defects.is_empty());
/// assert_eq!(read.unwrap().remote().iter().count(), 1);
/// ```
pub fn condition(reading: Reading<'_>) -> (Option<Condition>, Vec<Defect>) {
    let read = read_expr(reading.fragment, reading.grammar, "a condition");
    lowered(reading, read, Lowering::condition)
}

/// Reads an expression, such as that of an attribute. `foreign` and `remote` are functions like any
/// other here.
pub fn expression(reading: Reading<'_>) -> (Option<ExprId>, Vec<Defect>) {
    let read = read_expr(reading.fragment, reading.grammar, "an expression");
    lowered(reading, read, |lowering, tree| lowering.expr(tree).id)
}

/// Reads the terms of an `ORDER BY`: `a.x DESC NULLS LAST, b.y`.
pub fn order_by(reading: Reading<'_>) -> (Vec<OrderTerm>, Vec<Defect>) {
    let rule =
        |parser: &mut Parser<'static>| parser.parse_comma_separated(Parser::parse_order_by_expr);
    let read = read(reading.fragment, reading.grammar, "a column to order by", rule);
    let (terms, defects) = lowered(reading, read, |lowering, trees| lowering.order_terms(trees));
    (terms.unwrap_or_default(), defects)
}

/// Reads a FROM clause without its keyword: `film`, `a JOIN b ON a.id = b.a_id`, `(SELECT …) AS x`.
/// A table is the graph's selectable of that table; an alias is a selectable of its own.
///
/// Where a table is not known, the rest of the clause is returned.
pub fn from_clause(reading: Reading<'_>) -> (Option<SelectableId>, Vec<Defect>) {
    let rule =
        |parser: &mut Parser<'static>| parser.parse_comma_separated(Parser::parse_table_and_joins);
    let read = read(reading.fragment, reading.grammar, "a table", rule);
    let (selectable, defects) =
        lowered(reading, read, |lowering, trees| lowering.joined_list(trees));
    (selectable.flatten(), defects)
}

/// How a query is selected from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Derived {
    /// The name it goes by; without one it is anonymous.
    pub alias: Option<Name>,
    /// Whether it may name columns of what stands before it in FROM.
    pub lateral: bool,
}

/// Reads a `SELECT`, or several combined, as a selectable with the query's columns. A column that an
/// item shows unchanged keeps its lineage.
pub fn query(reading: Reading<'_>, derived: Derived) -> (Option<SelectableId>, Vec<Defect>) {
    let rule = |parser: &mut Parser<'static>| parser.parse_query();
    let read = read(reading.fragment, reading.grammar, "a query", rule);
    let (selectable, defects) = lowered(reading, read, |lowering, tree| {
        lowering.table_query(tree).map(|selected| lowering.add_derived(selected, derived))
    });
    (selectable.flatten(), defects)
}

/// Has the tree of a text lowered.
fn lowered<'a, T, R>(
    reading: Reading<'a>,
    read: Result<(T, Layout), Defect>,
    lower: impl FnOnce(&mut Lowering<'a>, &T) -> R,
) -> (Option<R>, Vec<Defect>) {
    let (tree, layout) = match read {
        Ok(read) => read,
        Err(defect) => return (None, vec![defect]),
    };
    let mut lowering = Lowering::new(reading, layout);
    let found = lower(&mut lowering, &tree);
    (Some(found), lowering.defects)
}
