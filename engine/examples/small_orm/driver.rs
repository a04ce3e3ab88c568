//! What the ORM asks of a database: rows for a statement.

use std::error::Error;
use std::fmt;

use joinwright::base::Dialect;
use joinwright::graph::Literal;

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;
pub(crate) type Row = Vec<Value>;

pub(crate) trait Driver {
    const DIALECT: Dialect;
    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>>;
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Value {
    Null,
    Integer(i64),
    Text(String),
}

impl Value {
    pub(crate) fn at(row: &[Self], position: usize) -> Self {
        row.get(position).cloned().unwrap_or(Self::Null)
    }

    /// The value that a statement itself gives.
    pub(crate) fn of(literal: &Literal) -> Self {
        match literal {
            Literal::Null => Self::Null,
            Literal::Boolean(value) => Self::Integer(i64::from(*value)),
            Literal::Number(text) => text.parse().map_or(Self::Null, Self::Integer),
            Literal::String(text) => Self::Text(text.to_string()),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("NULL"),
            Self::Integer(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "{text:?}"),
        }
    }
}
