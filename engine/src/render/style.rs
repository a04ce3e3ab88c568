//! How a statement is to be written.

use super::dialect::{Placeholder, SqlDialect};
use crate::base::Dialect;

/// How a statement is to be written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Style<D = Dialect> {
    /// In whose SQL: one of the seven dialects, or a host's own [`SqlDialect`](super::SqlDialect).
    pub dialect: D,
    /// What result columns are called.
    pub labels: Labels,
    /// How parameters are written.
    pub placeholders: Placeholders,
    /// Which version of the SQL's shape.
    pub profile: Profile,
}

/// The version of the shape in which statements are written.
///
/// A statement keeps its text, to the letter, as long as its profile is the same: what changes it
/// comes with a new profile. A host whose own users see the SQL, in snapshots say, names the profile
/// it was tested with, and takes the next one when it likes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Profile {
    /// The shape, names and parentheses of `SQLAlchemy` 2.1.
    #[default]
    Sqlalchemy21,
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

impl<D> Style<D> {
    /// A dialect's SQL, everything else as by default.
    pub fn of(dialect: D) -> Self {
        let (labels, placeholders) = (Labels::default(), Placeholders::default());
        Self { dialect, labels, placeholders, profile: Profile::default() }
    }
}

impl<D: SqlDialect> Style<D> {
    /// How parameters are written.
    pub(super) fn placeholder(&self) -> Placeholder {
        match self.placeholders {
            Placeholders::Dialect => self.dialect.capabilities().placeholder,
            Placeholders::Named => Placeholder::Named(':'),
        }
    }
}

impl Default for Style {
    fn default() -> Self {
        Self::of(Dialect::default())
    }
}

impl Profile {
    /// The names of all profiles, oldest first.
    pub const NAMES: &'static [&'static str] = &["sqlalchemy_2_1"];

    /// The name in requests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlalchemy21 => "sqlalchemy_2_1",
        }
    }

    /// The profile of this name.
    pub fn parse(name: &str) -> Option<Self> {
        (name == Self::Sqlalchemy21.name()).then_some(Self::Sqlalchemy21)
    }
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
