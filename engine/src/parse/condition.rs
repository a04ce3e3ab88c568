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
use super::read::read;
use super::scope::Scope;
use crate::base::{ExprId, Name, Names, SelectableId};
use crate::graph::{Condition, Graph, OrderTerm};
use crate::text::Fragment;

/// Reads a join condition. `foreign(x)` and `remote(x)` are no functions here but marks on the
/// columns that occur in `x`.
///
/// ```
/// use joinwright::base::{Arena, ColumnId, Dialect, Names, SelectableId, TableId};
/// use joinwright::catalog::{Catalog, Table, TableColumn};
/// use joinwright::graph::Graph;
/// use joinwright::parse::{Grammar, Named, Part, Scope, ScopeError, condition};
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
/// let mut graph = Graph::of(&catalog);
/// let scope = First(graph.table_column(&catalog, path).unwrap());
///
/// let text = "remote(node.path) LIKE foreign(node.path) || '/%'";
/// let source = Sources::new().add("model", text);
/// let fragment = Fragment::verbatim(source, text, 0);
/// let grammar = Grammar::of(Dialect::Ansi);
/// let (read, defects) = condition(&fragment, &grammar, &scope, &mut graph, &mut names);
/// assert!(defects.is_empty());
/// assert_eq!(read.unwrap().remote().iter().count(), 1);
/// ```
pub fn condition(
    fragment: &Fragment<'_>,
    grammar: &Grammar<'_>,
    scope: &dyn Scope,
    graph: &mut Graph,
    names: &mut Names,
) -> (Option<Condition>, Vec<Defect>) {
    let (tree, layout) = match read(fragment, grammar, "a condition", Parser::parse_expr) {
        Ok(read) => read,
        Err(defect) => return (None, vec![defect]),
    };
    let mut lowering = Lowering::new(fragment, grammar, scope, graph, names, layout);
    let root = lowering.condition(&tree);
    let (marks, defects) = (lowering.marks, lowering.defects);
    (Some(Condition::of_expression(graph, root, marks)), defects)
}

/// Reads an expression, such as that of an attribute. `foreign` and `remote` are functions like any
/// other here.
pub fn expression(
    fragment: &Fragment<'_>,
    grammar: &Grammar<'_>,
    scope: &dyn Scope,
    graph: &mut Graph,
    names: &mut Names,
) -> (Option<ExprId>, Vec<Defect>) {
    let (tree, layout) = match read(fragment, grammar, "an expression", Parser::parse_expr) {
        Ok(read) => read,
        Err(defect) => return (None, vec![defect]),
    };
    let mut lowering = Lowering::new(fragment, grammar, scope, graph, names, layout);
    let root = lowering.expr(&tree).id;
    (Some(root), lowering.defects)
}

/// Reads the terms of an `ORDER BY`: `a.x DESC NULLS LAST, b.y`.
pub fn order_by(
    fragment: &Fragment<'_>,
    grammar: &Grammar<'_>,
    scope: &dyn Scope,
    graph: &mut Graph,
    names: &mut Names,
) -> (Vec<OrderTerm>, Vec<Defect>) {
    let terms =
        |parser: &mut Parser<'static>| parser.parse_comma_separated(Parser::parse_order_by_expr);
    let (trees, layout) = match read(fragment, grammar, "a column to order by", terms) {
        Ok(read) => read,
        Err(defect) => return (Vec::new(), vec![defect]),
    };
    let mut lowering = Lowering::new(fragment, grammar, scope, graph, names, layout);
    let terms = lowering.order_terms(&trees);
    (terms, lowering.defects)
}

/// Reads a FROM clause without its keyword: `film`, `a JOIN b ON a.id = b.a_id`, `(SELECT …) AS x`.
/// A table is the graph's selectable of that table; an alias is a selectable of its own.
///
/// Where a table is not known, the rest of the clause is returned.
pub fn from_clause(
    fragment: &Fragment<'_>,
    grammar: &Grammar<'_>,
    scope: &dyn Scope,
    graph: &mut Graph,
    names: &mut Names,
) -> (Option<SelectableId>, Vec<Defect>) {
    let tables =
        |parser: &mut Parser<'static>| parser.parse_comma_separated(Parser::parse_table_and_joins);
    let (trees, layout) = match read(fragment, grammar, "a table", tables) {
        Ok(read) => read,
        Err(defect) => return (None, vec![defect]),
    };
    let mut lowering = Lowering::new(fragment, grammar, scope, graph, names, layout);
    let selectable = lowering.joined_list(&trees);
    (selectable, lowering.defects)
}

/// How a query is selected from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Derived {
    /// The name it goes by; without one it is anonymous.
    pub alias: Option<Name>,
    /// Whether it may name columns of what stands before it in FROM.
    pub lateral: bool,
}

/// Reads a `SELECT`, or several combined, as a selectable with the query's columns. A column that an item shows unchanged keeps its lineage.
pub fn query(
    fragment: &Fragment<'_>,
    grammar: &Grammar<'_>,
    scope: &dyn Scope,
    derived: Derived,
    graph: &mut Graph,
    names: &mut Names,
) -> (Option<SelectableId>, Vec<Defect>) {
    let whole = |parser: &mut Parser<'static>| parser.parse_query();
    let (tree, layout) = match read(fragment, grammar, "a query", whole) {
        Ok(read) => read,
        Err(defect) => return (None, vec![defect]),
    };
    let mut lowering = Lowering::new(fragment, grammar, scope, graph, names, layout);
    let selected = lowering.table_query(&tree);
    let defects = lowering.defects;
    let add = if derived.lateral { Graph::add_lateral } else { Graph::add_subquery };
    let selectable = selected.map(|query| add(graph, query.query, derived.alias, query.columns));
    (selectable, defects)
}
