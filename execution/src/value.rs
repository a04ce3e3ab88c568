//! What rows hold, and what statements are run with.

use std::fmt;

/// A row of a table or a result.
pub type Row = Vec<Value>;

/// A value of a row.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// NULL.
    Null,
    /// A number.
    Integer(i64),
    /// A text.
    Text(String),
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => write!(f, "NULL"),
            Self::Integer(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "{text:?}"),
        }
    }
}

/// The type of a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Type {
    /// A whole number.
    Integer,
    /// A text of any length.
    Text,
    /// A text that a key may have in every database.
    Varchar,
}

/// A value that a statement is run with.
#[derive(Clone)]
pub struct Given {
    /// The value.
    pub value: Value,
    /// The type that a driver is told.
    pub of: Type,
}

impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::Null, Self::Integer)
    }
}

/// Of the type that the value shows; of NULL it is a number.
impl From<Value> for Given {
    fn from(value: Value) -> Self {
        let of = if matches!(value, Value::Text(_)) { Type::Text } else { Type::Integer };
        Self { value, of }
    }
}

impl Type {
    /// What databases call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Integer => "INTEGER",
            Self::Text => "TEXT",
            Self::Varchar => "VARCHAR(30)",
        }
    }
}
