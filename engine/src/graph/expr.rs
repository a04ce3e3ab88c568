//! SQL expressions.

use crate::base::{ColumnId, ExprId, Name, QueryId};

/// An expression node. Operands are ids of nodes appended before it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Expr {
    /// An occurrence of a column.
    Column(ColumnId),
    /// A value written in the text.
    Literal(Literal),
    /// A parameter the host will bind, by name (`:name`).
    Parameter(Name),
    /// `operator operand`
    Unary { operator: UnaryOperator, operand: ExprId },
    /// `left operator right`
    Binary { operator: BinaryOperator, left: ExprId, right: ExprId },
    /// All of at least two conditions.
    And(Box<[ExprId]>),
    /// Any of at least two conditions.
    Or(Box<[ExprId]>),
    /// `value [NOT] LIKE pattern [ESCAPE escape]`
    Like {
        value: ExprId,
        pattern: ExprId,
        escape: Option<ExprId>,
        negated: bool,
        /// `ILIKE`
        insensitive: bool,
    },
    /// `value [NOT] BETWEEN low AND high`
    Between { value: ExprId, low: ExprId, high: ExprId, negated: bool },
    /// `value [NOT] IN (list)`
    In { value: ExprId, list: Box<[ExprId]>, negated: bool },
    /// `value [NOT] IN (query)`
    InQuery { value: ExprId, query: QueryId, negated: bool },
    /// `value IS [NOT] NULL` and its kin.
    Is { value: ExprId, test: IsTest, negated: bool },
    /// `left operator ANY (right)`
    Quantified { quantifier: Quantifier, operator: BinaryOperator, left: ExprId, right: ExprId },
    /// `name(arguments)`
    Function {
        /// As written, with its schema if any.
        name: Name,
        arguments: Box<[ExprId]>,
        distinct: bool,
        /// The two arguments (from zero) that the function compares, where it is declared to.
        compares: Option<(u8, u8)>,
        /// `OVER (PARTITION BY … ORDER BY …)`
        over: Option<Box<Window>>,
    },
    /// `*`, as the argument of a function.
    Star,
    /// `CAST(operand AS type)`; also what `operand::type` means.
    Cast { operand: ExprId, type_name: Name },
    /// `CASE [operand] WHEN … THEN … ELSE … END`
    Case { operand: Option<ExprId>, whens: Box<[When]>, otherwise: Option<ExprId> },
    /// `(a, b)`
    Row(Box<[ExprId]>),
    /// `EXISTS (query)`
    Exists { query: QueryId, negated: bool },
    /// `(query)` as a value.
    Scalar(QueryId),
    /// `operand COLLATE collation`
    Collate { operand: ExprId, collation: Name },
    /// `operand AT TIME ZONE zone`
    AtTimeZone { operand: ExprId, zone: ExprId },
    /// `EXTRACT(field FROM operand)`
    Extract { field: Name, operand: ExprId },
    /// `ARRAY[items]`
    Array(Box<[ExprId]>),
    /// A type and a string: `DATE '2026-01-01'`, `INTERVAL '1 day'`.
    TypedLiteral { type_name: Name, text: Box<str> },
    /// Text that could not be understood; a diagnostic says so.
    Unknown,
}

/// `PARTITION BY` and `ORDER BY` of a window.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Window {
    pub partition_by: Box<[ExprId]>,
    pub order_by: Box<[OrderTerm]>,
}

/// A value written in the text.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Literal {
    /// `NULL`
    Null,
    /// `TRUE`, `FALSE`
    Boolean(bool),
    /// A number, as written.
    Number(Box<str>),
    /// A string, decoded.
    String(Box<str>),
}

/// Operators before their operand.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UnaryOperator {
    /// `NOT`
    Not,
    /// `-`
    Minus,
    /// `+`
    Plus,
    /// `~`
    BitwiseNot,
}

/// Operators between their operands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BinaryOperator {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `IS DISTINCT FROM`
    IsDistinctFrom,
    /// `IS NOT DISTINCT FROM`
    IsNotDistinctFrom,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
    /// `||`
    Concat,
    /// Any other operator, as written; whether it counts as a comparison is declared.
    Custom { operator: Name, comparison: bool },
}

/// What `IS` tests for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum IsTest {
    Null,
    True,
    False,
    Unknown,
}

/// `ANY` and `ALL`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Quantifier {
    Any,
    All,
}

/// One `WHEN condition THEN value`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct When {
    pub condition: ExprId,
    pub value: ExprId,
}

/// One term of an `ORDER BY`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct OrderTerm {
    pub expr: ExprId,
    /// `ASC` or `DESC`, where written.
    pub descending: Option<bool>,
    /// `NULLS FIRST` or `NULLS LAST`, where written.
    pub nulls_first: Option<bool>,
}

impl BinaryOperator {
    /// Whether the operator compares its operands, as `SQLAlchemy`'s `operators.is_comparison`.
    pub fn is_comparison(self) -> bool {
        match self {
            Self::Equal
            | Self::NotEqual
            | Self::Less
            | Self::LessOrEqual
            | Self::Greater
            | Self::GreaterOrEqual
            | Self::IsDistinctFrom
            | Self::IsNotDistinctFrom => true,
            Self::Custom { comparison, .. } => comparison,
            Self::Plus
            | Self::Minus
            | Self::Multiply
            | Self::Divide
            | Self::Modulo
            | Self::Concat => false,
        }
    }
}
