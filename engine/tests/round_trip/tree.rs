//! Expressions by chance.

use joinwright::base::Dialect;
use joinwright::graph::{BinaryOperator, IsTest, Quantifier, SetOperator, UnaryOperator};
use proptest::prelude::*;
use proptest::sample::select;

/// Two tables with names that need quotes and names that do not.
pub(crate) const COLUMNS: [(&str, &str); 5] =
    [("a", "id"), ("a", "parent_id"), ("b", "id"), ("b", "order"), ("b", "Größe")];

/// An expression to build. A node has three operands, and its kind says which of them it uses.
#[derive(Clone)]
pub(crate) enum Tree {
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
pub(crate) enum Leaf {
    Null,
    Boolean(bool),
    Number(&'static str),
    String(String),
    Parameter,
    Date,
    CountAll,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
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
    ScalarOfClauses,
    ScalarOfSet(SetOperator, bool),
    Collate(&'static str),
    AtTimeZone,
    Extract,
    Array,
    Subscript { deep: bool },
}

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
        kinds.extend([Kind::Function { distinct: yes }, Kind::Subscript { deep: yes }]);
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
    kinds.extend([Kind::ScalarOfClauses, Kind::ScalarOfSet(SetOperator::Union, true)]);
    kinds.extend([Kind::ScalarOfSet(SetOperator::Except, false)]);
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
        Kind::Array | Kind::AnyOfArray(_) | Kind::Subscript { .. } => {
            matches!(dialect, Ansi | Postgres)
        }
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

pub(crate) fn trees(dialect: Dialect) -> impl Strategy<Value = Tree> {
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
