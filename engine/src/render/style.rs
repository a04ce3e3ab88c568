//! How a statement is to be written.

use crate::base::Dialect;

/// How a statement is to be written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Style {
    /// In whose SQL.
    pub dialect: Dialect,
    /// What result columns are called.
    pub labels: Labels,
    /// How parameters are written.
    pub placeholders: Placeholders,
}

/// What result columns are called.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Labels {
    /// After table or alias and column: `address_1_id`.
    #[default]
    TableColumn,
    /// As in the database; only where two clash, the later gets a number.
    Disambiguate,
}

/// How parameters are written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Placeholders {
    /// As the dialect's drivers expect them.
    #[default]
    Dialect,
    /// `:p1` everywhere.
    Named,
}

impl Labels {
    /// The style of this name in requests.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "table_column" => Some(Self::TableColumn),
            "disambiguate" => Some(Self::Disambiguate),
            _ => None,
        }
    }
}

impl Placeholders {
    /// The style of this name in requests.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "dialect" => Some(Self::Dialect),
            "named" => Some(Self::Named),
            _ => None,
        }
    }
}
