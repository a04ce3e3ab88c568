//! SQL expressions.

use super::window::Window;
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
    Unary {
        /// The operator.
        operator: UnaryOperator,
        /// What it applies to.
        operand: ExprId,
    },
    /// `left operator right`
    Binary {
        /// The operator.
        operator: BinaryOperator,
        /// The left side.
        left: ExprId,
        /// The right side.
        right: ExprId,
    },
    /// All of at least two conditions.
    And(Box<[ExprId]>),
    /// Any of at least two conditions.
    Or(Box<[ExprId]>),
    /// `value [NOT] LIKE pattern [ESCAPE escape]`
    Like {
        /// What is tested.
        value: ExprId,
        /// What it is to look like.
        pattern: ExprId,
        /// The escape character.
        escape: Option<ExprId>,
        /// Whether the opposite is asked.
        negated: bool,
        /// `ILIKE`
        insensitive: bool,
    },
    /// `value [NOT] BETWEEN low AND high`
    Between {
        /// What is tested.
        value: ExprId,
        /// The least value.
        low: ExprId,
        /// The greatest value.
        high: ExprId,
        /// Whether the opposite is asked.
        negated: bool,
    },
    /// `value [NOT] IN (list)`
    In {
        /// What is tested.
        value: ExprId,
        /// The values.
        list: Box<[ExprId]>,
        /// Whether the opposite is asked.
        negated: bool,
    },
    /// `value [NOT] IN (query)`
    InQuery {
        /// What is tested.
        value: ExprId,
        /// The subquery.
        query: QueryId,
        /// Whether the opposite is asked.
        negated: bool,
    },
    /// `value IS [NOT] NULL` and its kin.
    Is {
        /// What is tested.
        value: ExprId,
        /// What it is tested for.
        test: IsTest,
        /// Whether the opposite is asked.
        negated: bool,
    },
    /// `left operator ANY (right)`
    Quantified {
        /// Any or all.
        quantifier: Quantifier,
        /// The operator.
        operator: BinaryOperator,
        /// The left side.
        left: ExprId,
        /// The right side.
        right: ExprId,
    },
    /// `name(arguments)`
    Function {
        /// As written, with its schema if any.
        name: Name,
        /// Its arguments.
        arguments: Box<[ExprId]>,
        /// Whether equal arguments count once.
        distinct: bool,
        /// The two arguments (from zero) that the function compares, where it is declared to.
        compares: Option<(u8, u8)>,
        /// `FILTER (WHERE …)`
        filter: Option<ExprId>,
        /// `OVER (PARTITION BY … ORDER BY …)`
        over: Option<Box<Window>>,
    },
    /// `*`, as the argument of a function.
    Star,
    /// `CAST(operand AS type)`; also what `operand::type` means.
    Cast {
        /// What it applies to.
        operand: ExprId,
        /// The type, as written.
        type_name: Name,
    },
    /// `CASE [operand] WHEN … THEN … ELSE … END`
    Case {
        /// What it applies to.
        operand: Option<ExprId>,
        /// The alternatives in order.
        whens: Box<[When]>,
        /// The value where none holds.
        otherwise: Option<ExprId>,
    },
    /// `(a, b)`
    Row(Box<[ExprId]>),
    /// `EXISTS (query)`
    Exists {
        /// The subquery.
        query: QueryId,
        /// Whether the opposite is asked.
        negated: bool,
    },
    /// `(query)` as a value.
    Scalar(QueryId),
    /// `operand COLLATE collation`
    Collate {
        /// What it applies to.
        operand: ExprId,
        /// The collation, as written.
        collation: Name,
    },
    /// `operand AT TIME ZONE zone`
    AtTimeZone {
        /// What it applies to.
        operand: ExprId,
        /// The time zone.
        zone: ExprId,
    },
    /// `EXTRACT(field FROM operand)`
    Extract {
        /// The field, as written.
        field: Name,
        /// What it applies to.
        operand: ExprId,
    },
    /// `ARRAY[items]`
    Array(Box<[ExprId]>),
    /// `operand[index]`, `operand[row][column]`: an element of an array, or a value in JSON.
    Subscript {
        /// What it is an element of.
        operand: ExprId,
        /// Where it stands.
        indices: Box<[ExprId]>,
    },
    /// A type and a string: `DATE '2026-01-01'`, `INTERVAL '1 day'`.
    TypedLiteral {
        /// The type, as written.
        type_name: Name,
        /// The text, decoded.
        text: Box<str>,
    },
    /// Text that could not be understood; a diagnostic says so.
    Unknown,
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
    Custom {
        /// The operator.
        operator: Name,
        /// Whether it counts as a comparison.
        comparison: bool,
    },
}

/// What `IS` tests for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum IsTest {
    /// `NULL`
    Null,
    /// `TRUE`
    True,
    /// `FALSE`
    False,
    /// `UNKNOWN`
    Unknown,
}

/// `ANY` and `ALL`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Quantifier {
    /// `ANY`
    Any,
    /// `ALL`
    All,
}

/// One `WHEN condition THEN value`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct When {
    /// When it applies.
    pub condition: ExprId,
    /// What is tested.
    pub value: ExprId,
}

/// One term of an `ORDER BY`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct OrderTerm {
    /// What is ordered by.
    pub expr: ExprId,
    /// `ASC` or `DESC`, where written.
    pub descending: Option<bool>,
    /// `NULLS FIRST` or `NULLS LAST`, where written.
    pub nulls_first: Option<bool>,
}

impl Expr {
    /// The column, where it is an occurrence of one.
    pub(crate) fn column(&self) -> Option<ColumnId> {
        match self {
            Self::Column(column) => Some(*column),
            _ => None,
        }
    }
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
