//! A small database, what is built over it, and what its texts are read to.

use joinwright::base::{ColumnId, Dialect, ExprId, Names, QueryId, SelectableId};
use joinwright::catalog::{Catalog, Table, TableColumn};
use joinwright::entity::Mapping;
use joinwright::graph::{
    BinaryOperator, Expr, Frame, FrameBound, FrameUnit, Graph, Literal, OrderTerm, Query,
    SelectItem, When, Window,
};
use joinwright::parse::{self, Grammar, Named, Part, Reading, Scope, ScopeError, ScopeErrorKind};
use joinwright::text::{Fragment, Sources};

use crate::show;
use crate::tree::{COLUMNS, Kind, Leaf, Tree};

/// Declared to be comparisons.
const DECLARED: &[&str] = &["@>", "OVERLAPS"];

/// The columns by table and name.
struct Columns(Vec<ColumnId>);

impl Scope for Columns {
    fn column(&self, _: &Graph, _: &Names, name: &[Part<'_>]) -> Result<Named, ScopeError> {
        let written: Vec<_> = name.iter().map(|part| part.text).collect();
        let mut known = COLUMNS.iter().zip(&self.0);
        let found = known.find(|((table, column), _)| written == [*table, *column]);
        found.map(|(_, id)| Named::Column(*id)).ok_or_else(unknown)
    }

    fn selectable(
        &self,
        graph: &Graph,
        _: &Names,
        name: &[Part<'_>],
    ) -> Result<SelectableId, ScopeError> {
        let place = |part: &Part<'_>| COLUMNS.iter().position(|(table, _)| *table == part.text);
        let column = name.last().and_then(place).and_then(|at| self.0.get(at));
        column.map(|id| graph.column(*id).selectable).ok_or_else(unknown)
    }
}

fn unknown() -> ScopeError {
    ScopeError { kind: ScopeErrorKind::UnknownTable, part: 0, nearest: None }
}

/// The small database and what is built over it.
pub(crate) struct World {
    pub(crate) mapping: Mapping,
    scope: Columns,
}

impl World {
    pub(crate) fn new(dialect: Dialect) -> Self {
        let (mut names, mut catalog) = (Names::new(), Catalog::new());
        let tables = ["a", "b"].map(|name| {
            let table = Table::new(names.intern(name));
            catalog.add_table(table, &names)
        });
        let columns = COLUMNS.map(|(table, column)| {
            let table = tables[usize::from(table == "b")];
            catalog.add_column(table, TableColumn::new(names.intern(column)))
        });
        let mapping = Mapping::new(dialect, names, catalog);
        let column = |id| mapping.graph.table_column(id).unwrap();
        let scope = Columns(columns.into_iter().map(column).collect());
        Self { mapping, scope }
    }

    fn add(&mut self, expr: Expr) -> ExprId {
        self.mapping.graph.add(expr, None)
    }

    pub(crate) fn build(&mut self, tree: &Tree) -> ExprId {
        match tree {
            Tree::Column(at) => {
                let column = self.scope.0[*at];
                self.add(Expr::Column(column))
            }
            Tree::Leaf(leaf) => {
                let expr = self.leaf(leaf);
                self.add(expr)
            }
            Tree::Node(kind, operands) => self.node(*kind, operands),
        }
    }

    fn leaf(&mut self, leaf: &Leaf) -> Expr {
        let names = &mut self.mapping.names;
        match leaf {
            Leaf::Null => Expr::Literal(Literal::Null),
            Leaf::Boolean(value) => Expr::Literal(Literal::Boolean(*value)),
            Leaf::Number(number) => Expr::Literal(Literal::Number((*number).into())),
            Leaf::String(text) => Expr::Literal(Literal::String(text.as_str().into())),
            Leaf::Parameter => Expr::Parameter(names.intern("given")),
            Leaf::Date => {
                let type_name = names.intern("DATE");
                Expr::TypedLiteral { type_name, text: "2026-01-01".into() }
            }
            Leaf::CountAll => {
                let name = names.intern("count");
                let arguments = [self.add(Expr::Star)].into();
                let (distinct, compares, filter, over) = (false, None, None, None);
                Expr::Function { name, arguments, distinct, compares, filter, over }
            }
        }
    }

    fn node(&mut self, kind: Kind, operands: &[Tree; 3]) -> ExprId {
        let ids = operands.each_ref().map(|operand| self.build(operand));
        let [a, ..] = ids;
        let expr = match kind {
            Kind::Not => return self.mapping.graph.negate(a),
            Kind::And => Expr::And(self.junction(&ids, |expr| match expr {
                Expr::And(list) => Some(list),
                _ => None,
            })),
            Kind::Or => Expr::Or(self.junction(&ids, |expr| match expr {
                Expr::Or(list) => Some(list),
                _ => None,
            })),
            Kind::Exists(negated) => Expr::Exists { query: self.query(a), negated },
            Kind::Scalar => Expr::Scalar(self.query(a)),
            Kind::ScalarOfClauses => Expr::Scalar(self.clauses(ids)),
            Kind::ScalarOfSet(operator, all) => {
                let [left, right] = [ids[0], ids[1]].map(|filter| self.query(filter));
                Expr::Scalar(self.mapping.graph.add_query(Query::Set {
                    operator,
                    all,
                    left,
                    right,
                }))
            }
            Kind::Like { .. }
            | Kind::Between(_)
            | Kind::In(_)
            | Kind::InQuery(_)
            | Kind::Is(..) => self.predicate(kind, ids),
            Kind::AnyOfQuery(_) | Kind::AnyOfArray(_) => self.quantified(kind, ids),
            Kind::Function { .. } | Kind::Window => self.function(kind, ids),
            _ => self.value(kind, ids),
        };
        self.add(expr)
    }

    /// Operands of the same kind are no operands of their own.
    fn junction(&self, ids: &[ExprId], inner: fn(&Expr) -> Option<&[ExprId]>) -> Box<[ExprId]> {
        let flat = ids.iter().flat_map(|id| match inner(self.mapping.graph.expr(*id)) {
            Some(list) => list.to_vec(),
            None => vec![*id],
        });
        flat.collect()
    }

    fn predicate(&mut self, kind: Kind, [a, b, c]: [ExprId; 3]) -> Expr {
        match kind {
            Kind::Like { negated, insensitive, escape } => {
                let escape = escape.then_some(c);
                Expr::Like { value: a, pattern: b, escape, negated, insensitive }
            }
            Kind::Between(negated) => Expr::Between { value: a, low: b, high: c, negated },
            Kind::In(negated) => {
                // sqlparser takes a list that begins with a query for a query.
                let first = self.add(Expr::Column(self.scope.0[0]));
                Expr::In { value: a, list: [first, b, c].into(), negated }
            }
            Kind::InQuery(negated) => Expr::InQuery { value: a, query: self.query(b), negated },
            Kind::Is(test, negated) => Expr::Is { value: a, test, negated },
            other => panic!("{other:?} is no predicate"),
        }
    }

    fn quantified(&mut self, kind: Kind, [a, b, c]: [ExprId; 3]) -> Expr {
        let (quantifier, right) = match kind {
            Kind::AnyOfQuery(quantifier) => (quantifier, Expr::Scalar(self.query(b))),
            Kind::AnyOfArray(quantifier) => (quantifier, Expr::Array([b, c].into())),
            other => panic!("{other:?} has no quantifier"),
        };
        let right = self.add(right);
        Expr::Quantified { quantifier, operator: BinaryOperator::LessOrEqual, left: a, right }
    }

    fn function(&mut self, kind: Kind, [a, b, c]: [ExprId; 3]) -> Expr {
        let name = self.mapping.names.intern("coalesce");
        let term = OrderTerm { expr: c, descending: Some(true), nulls_first: None };
        let one = self.add(Expr::Literal(Literal::Number("1".into())));
        let frame = Some(Frame {
            unit: FrameUnit::Rows,
            start: FrameBound::Preceding(Some(one)),
            end: Some(FrameBound::CurrentRow),
        });
        let over = Window { partition_by: [b].into(), order_by: [term].into(), frame };
        let over = matches!(kind, Kind::Window).then(|| Box::new(over));
        let distinct = matches!(kind, Kind::Function { distinct: true });
        let arguments = if distinct { vec![a] } else { vec![a, b] };
        let (arguments, compares, filter) = (arguments.into(), None, None);
        Expr::Function { name, arguments, distinct, compares, filter, over }
    }

    fn value(&mut self, kind: Kind, [a, b, c]: [ExprId; 3]) -> Expr {
        let names = &mut self.mapping.names;
        match kind {
            Kind::Sign(operator) => Expr::Unary { operator, operand: a },
            Kind::Binary(operator) => {
                let (left, right) = self.operands(operator, a, b);
                Expr::Binary { operator, left, right }
            }
            Kind::Custom(text, comparison) => {
                let operator = BinaryOperator::Custom { operator: names.intern(text), comparison };
                Expr::Binary { operator, left: a, right: b }
            }
            Kind::Cast(type_name) => Expr::Cast { operand: a, type_name: names.intern(type_name) },
            Kind::Case { operand, otherwise } => Expr::Case {
                operand: operand.then_some(c),
                whens: [When { condition: a, value: b }].into(),
                otherwise: otherwise.then_some(c),
            },
            Kind::Row => Expr::Row([a, b].into()),
            Kind::Collate(name) => Expr::Collate { operand: a, collation: names.intern(name) },
            Kind::AtTimeZone => Expr::AtTimeZone { operand: a, zone: b },
            Kind::Extract => Expr::Extract { field: names.intern("YEAR"), operand: a },
            Kind::Array => Expr::Array([a, b].into()),
            Kind::Subscript { deep: true } => {
                Expr::Subscript { operand: a, indices: [b, c].into() }
            }
            Kind::Subscript { deep: false } => Expr::Subscript { operand: a, indices: [b].into() },
            other => panic!("{other:?} is no value"),
        }
    }

    /// Operands that stay what and where they are: `SQLite` writes `a IS NOT DISTINCT FROM NULL` as
    /// `a IS NULL`, and SQL Server wants `1 = a` as `a = 1`.
    fn operands(&mut self, operator: BinaryOperator, a: ExprId, b: ExprId) -> (ExprId, ExprId) {
        use BinaryOperator::{Equal, IsDistinctFrom, IsNotDistinctFrom};
        let is_null = *self.mapping.graph.expr(b) == Expr::Literal(Literal::Null);
        let is_value = matches!(self.mapping.graph.expr(a), Expr::Literal(_) | Expr::Parameter(_));
        match operator {
            IsDistinctFrom | IsNotDistinctFrom if is_null => {
                (a, self.add(Expr::Literal(Literal::String("".into()))))
            }
            Equal if is_value && self.mapping.dialect == Dialect::MsSql => (b, a),
            _ => (a, b),
        }
    }

    /// A query with every clause.
    fn clauses(&mut self, [a, b, c]: [ExprId; 3]) -> QueryId {
        let from = self.mapping.graph.column(self.scope.0[0]).selectable;
        let limit = self.add(Expr::Literal(Literal::Number("3".into())));
        // `TOP` knows no offset, and `SQLite` always gets one.
        let top = self.mapping.dialect == Dialect::MsSql;
        let offset = (!top).then(|| self.add(Expr::Literal(Literal::Number("4".into()))));
        let term = OrderTerm { expr: c, descending: None, nulls_first: None };
        let label = Some(self.mapping.names.intern("Label"));
        self.mapping.graph.add_query(Query::Select {
            distinct: true,
            items: vec![SelectItem { expr: a, label }],
            from: vec![from],
            filter: None,
            group_by: vec![b],
            having: Some(a),
            order_by: vec![term],
            limit: Some(limit),
            offset,
        })
    }

    /// `SELECT b.id FROM b WHERE filter`
    fn query(&mut self, filter: ExprId) -> QueryId {
        let column = self.scope.0[2];
        let from = self.mapping.graph.column(column).selectable;
        let expr = self.add(Expr::Column(column));
        self.mapping.graph.add_query(Query::Select {
            distinct: false,
            items: vec![SelectItem { expr, label: None }],
            from: vec![from],
            filter: Some(filter),
            group_by: Vec::new(),
            having: None,
            order_by: Vec::new(),
            limit: None,
            offset: None,
        })
    }

    pub(crate) fn shown(&self, root: ExprId) -> String {
        show::expr(&self.mapping.graph, &self.mapping.names, root)
    }

    /// The tree that a text is read to, or what is wrong with the text.
    pub(crate) fn read(&mut self, text: &str) -> Result<String, String> {
        let source = Sources::new().add("condition", text);
        let fragment = Fragment::verbatim(source, text, 0);
        let grammar =
            Grammar { comparison_operators: DECLARED, ..Grammar::of(self.mapping.dialect) };
        let Mapping { graph, names, .. } = &mut self.mapping;
        let (read, defects) = parse::condition(Reading {
            fragment: &fragment,
            grammar: &grammar,
            scope: &self.scope,
            graph,
            names,
        });
        let root = read.and_then(|read| read.root()).filter(|_| defects.is_empty());
        root.map(|root| self.shown(root)).ok_or_else(|| format!("{defects:?}"))
    }
}
