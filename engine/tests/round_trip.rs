//! What is printed reads back: any expression, written in any dialect, is parsed to the same tree.

use joinwright::base::{ColumnId, Dialect, ExprId, Names, QueryId, SelectableId};
use joinwright::catalog::{Catalog, Table, TableColumn};
use joinwright::entity::Mapping;
use joinwright::graph::{
    BinaryOperator, Condition, Expr, Graph, IsTest, Literal, OrderTerm, Quantifier, Query,
    SelectItem, UnaryOperator, When, Window,
};
use joinwright::parse::{self, Grammar, Named, Part, Scope, ScopeError, ScopeErrorKind};
use joinwright::render;
use joinwright::text::{Fragment, Sources};
use proptest::prelude::*;
use proptest::sample::select;

#[path = "parse_expression/show.rs"]
#[expect(dead_code, reason = "the tests of `parse` show more than expressions")]
mod show;

/// Two tables with names that need quotes and names that do not.
const COLUMNS: [(&str, &str); 5] =
    [("a", "id"), ("a", "parent_id"), ("b", "id"), ("b", "order"), ("b", "Größe")];

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

/// An expression to build. A node has three operands, and its kind says which of them it uses.
#[derive(Clone)]
enum Tree {
    Column(usize),
    Leaf(Leaf),
    Node(Kind, Box<[Tree; 3]>),
}

impl std::fmt::Debug for Tree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Column(at) => write!(f, "{}", COLUMNS[*at].1),
            Self::Leaf(leaf) => write!(f, "{leaf:?}"),
            Self::Node(kind, operands) => write!(f, "{kind:?}{operands:?}"),
        }
    }
}

#[derive(Clone, Debug)]
enum Leaf {
    Null,
    Boolean(bool),
    Number(&'static str),
    String(String),
    Parameter,
    Date,
    CountAll,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Not,
    Sign(UnaryOperator),
    Binary(BinaryOperator),
    Custom(&'static str, bool),
    And,
    Or,
    Like { negated: bool, insensitive: bool, escape: bool },
    Between(bool),
    In(bool),
    InQuery(bool),
    Is(IsTest, bool),
    AnyOfQuery(Quantifier),
    AnyOfArray(Quantifier),
    Function { distinct: bool },
    Window,
    Cast(&'static str),
    Case { operand: bool, otherwise: bool },
    Row,
    Exists(bool),
    Scalar,
    Collate(&'static str),
    AtTimeZone,
    Extract,
    Array,
}

/// Declared to be comparisons.
const DECLARED: &[&str] = &["@>", "OVERLAPS"];

fn kinds(dialect: Dialect) -> Vec<Kind> {
    use BinaryOperator as B;
    let binary = [
        B::Equal,
        B::NotEqual,
        B::Less,
        B::LessOrEqual,
        B::Greater,
        B::GreaterOrEqual,
        B::IsDistinctFrom,
        B::IsNotDistinctFrom,
        B::Plus,
        B::Minus,
        B::Multiply,
        B::Divide,
        B::Modulo,
        B::Concat,
    ];
    let mut kinds: Vec<_> = binary.into_iter().map(Kind::Binary).collect();
    for yes in [false, true] {
        kinds.extend([Kind::Between(yes), Kind::In(yes), Kind::InQuery(yes), Kind::Exists(yes)]);
        kinds.extend([IsTest::Null, IsTest::True, IsTest::Unknown].map(|test| Kind::Is(test, yes)));
        kinds.push(Kind::Function { distinct: yes });
        for other in [false, true] {
            kinds.push(Kind::Case { operand: yes, otherwise: other });
            kinds.extend([false, true].map(|insensitive| Kind::Like {
                negated: yes,
                insensitive,
                escape: other,
            }));
        }
    }
    kinds.extend(
        [UnaryOperator::Minus, UnaryOperator::Plus, UnaryOperator::BitwiseNot].map(Kind::Sign),
    );
    kinds.extend([Quantifier::Any, Quantifier::All].map(Kind::AnyOfQuery));
    kinds.extend([Quantifier::Any, Quantifier::All].map(Kind::AnyOfArray));
    kinds.extend([Kind::Custom("&", false), Kind::Custom("@>", true)]);
    kinds.extend([
        Kind::Custom("OVERLAPS", true),
        Kind::Cast("DATE"),
        Kind::Cast("DECIMAL(10, 2)"),
    ]);
    kinds.extend([Kind::Not, Kind::And, Kind::Or, Kind::And, Kind::Or, Kind::Not]);
    kinds.extend([Kind::Window, Kind::Row, Kind::Scalar, Kind::Collate("nocase")]);
    kinds.extend([Kind::Collate("C"), Kind::AtTimeZone, Kind::Extract, Kind::Array]);
    kinds.retain(|kind| has_own_form(dialect, *kind));
    kinds
}

/// Whether a dialect writes a kind as what it is. Where a dialect lacks it, something of the same
/// meaning is printed, which is another tree.
fn has_own_form(dialect: Dialect, kind: Kind) -> bool {
    use Dialect::{Ansi, MariaDb, MsSql, MySql, Oracle, Postgres};
    match kind {
        // `concat(a, b)`, `a + b`
        Kind::Binary(BinaryOperator::Concat) => !matches!(dialect, MySql | MariaDb | MsSql),
        // `a <=> b`, `EXISTS (SELECT a INTERSECT SELECT b)`, `DECODE(a, b, 0, 1) = 1`
        Kind::Binary(BinaryOperator::IsDistinctFrom | BinaryOperator::IsNotDistinctFrom) => {
            !matches!(dialect, MySql | MariaDb | MsSql | Oracle)
        }
        // `lower(a) LIKE lower(b)`
        Kind::Like { insensitive: true, .. } => dialect == Postgres,
        Kind::Array | Kind::AnyOfArray(_) => matches!(dialect, Ansi | Postgres),
        _ => true,
    }
}

fn leaves(dialect: Dialect) -> impl Strategy<Value = Leaf> {
    // Where there are no booleans, numbers stand for them.
    let boolean =
        matches!(dialect, Dialect::Ansi | Dialect::Postgres | Dialect::MySql | Dialect::MariaDb);
    prop_oneof![
        1 => Just(Leaf::Null),
        u32::from(boolean) => any::<bool>().prop_map(Leaf::Boolean),
        2 => select(vec!["0", "17", "2.50", "1e3"]).prop_map(Leaf::Number),
        2 => "[a%_'\\\\é\"`;-]{0,4}".prop_map(Leaf::String),
        1 => Just(Leaf::Parameter),
        1 => Just(Leaf::Date),
        1 => Just(Leaf::CountAll),
    ]
}

fn trees(dialect: Dialect) -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        2 => (0..COLUMNS.len()).prop_map(Tree::Column),
        1 => leaves(dialect).prop_map(Tree::Leaf),
    ];
    leaf.prop_recursive(4, 32, 3, move |inner| {
        let operands = [inner.clone(), inner.clone(), inner];
        (select(kinds(dialect)), operands)
            .prop_map(|(kind, operands)| Tree::Node(kind, Box::new(operands)))
    })
}

/// The small database and what is built over it.
struct World {
    mapping: Mapping,
    scope: Columns,
}

impl World {
    fn new(dialect: Dialect) -> Self {
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
        let column = |id| mapping.graph.table_column(&mapping.catalog, id).unwrap();
        let scope = Columns(columns.into_iter().map(column).collect());
        Self { mapping, scope }
    }

    fn add(&mut self, expr: Expr) -> ExprId {
        self.mapping.graph.add(expr, None)
    }

    fn build(&mut self, tree: &Tree) -> ExprId {
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
                Expr::Function { name, arguments, distinct: false, compares: None, over: None }
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
        let over = Window { partition_by: [b].into(), order_by: [term].into() };
        let over = matches!(kind, Kind::Window).then(|| Box::new(over));
        let distinct = matches!(kind, Kind::Function { distinct: true });
        let arguments = if distinct { vec![a] } else { vec![a, b] };
        Expr::Function { name, arguments: arguments.into(), distinct, compares: None, over }
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

    fn shown(&self, root: ExprId) -> String {
        show::expr(&self.mapping.graph, &self.mapping.names, root)
    }

    /// The tree that a text is read to, or what is wrong with the text.
    fn read(&mut self, text: &str) -> Result<String, String> {
        let source = Sources::new().add("condition", text);
        let fragment = Fragment::verbatim(source, text, 0);
        let grammar =
            Grammar { comparison_operators: DECLARED, ..Grammar::of(self.mapping.dialect) };
        let Mapping { graph, names, .. } = &mut self.mapping;
        let (read, defects) = parse::condition(&fragment, &grammar, &self.scope, graph, names);
        let root = read.and_then(|read| read.root).filter(|_| defects.is_empty());
        root.map(|root| self.shown(root)).ok_or_else(|| format!("{defects:?}"))
    }
}

fn written() -> impl Strategy<Value = (Dialect, Tree)> {
    select(Dialect::ALL.to_vec()).prop_flat_map(|dialect| (Just(dialect), trees(dialect)))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_reads_back((dialect, tree) in written()) {
        let mut world = World::new(dialect);
        let root = world.build(&tree);
        let condition = Condition::of_expression(&world.mapping.graph, root, []);
        let text = render::condition(&world.mapping, &condition, dialect);
        prop_assert_eq!(Ok(world.shown(root)), world.read(&text), "{}: {}", dialect, text);
    }
}
