//! Can a column of one type hold what stands in a column of another?
//!
//! Types are compared by what they hold, not by their names: `SERIAL` and `INT4` are both four bytes
//! of whole number. What is not known, a domain or an enumeration, fits everything.

use crate::base::Dialect;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ColumnType {
    /// A whole number of so many bytes.
    Integer {
        bytes: u8,
        unsigned: bool,
    },
    /// A number of any other kind.
    Number,
    Text,
    Binary,
    Boolean,
    /// A date or time.
    Time,
    Uuid,
    Json,
}

/// How one type suits another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fit {
    Fits,
    /// Both are whole numbers, but one holds values that the other cannot.
    OtherWidth,
    /// They hold different things.
    Other,
}

/// The words that types begin with, and what these hold.
const WORDS: &[(&str, ColumnType)] = &[
    ("TINYINT", ColumnType::Integer { bytes: 1, unsigned: false }),
    ("SMALLINT", ColumnType::Integer { bytes: 2, unsigned: false }),
    ("SMALLSERIAL", ColumnType::Integer { bytes: 2, unsigned: false }),
    ("INT2", ColumnType::Integer { bytes: 2, unsigned: false }),
    ("SERIAL2", ColumnType::Integer { bytes: 2, unsigned: false }),
    ("MEDIUMINT", ColumnType::Integer { bytes: 3, unsigned: false }),
    ("INT", ColumnType::Integer { bytes: 4, unsigned: false }),
    ("INTEGER", ColumnType::Integer { bytes: 4, unsigned: false }),
    ("INT4", ColumnType::Integer { bytes: 4, unsigned: false }),
    ("SERIAL", ColumnType::Integer { bytes: 4, unsigned: false }),
    ("SERIAL4", ColumnType::Integer { bytes: 4, unsigned: false }),
    ("BIGINT", ColumnType::Integer { bytes: 8, unsigned: false }),
    ("INT8", ColumnType::Integer { bytes: 8, unsigned: false }),
    ("BIGSERIAL", ColumnType::Integer { bytes: 8, unsigned: false }),
    ("SERIAL8", ColumnType::Integer { bytes: 8, unsigned: false }),
    ("NUMERIC", ColumnType::Number),
    ("DECIMAL", ColumnType::Number),
    ("DEC", ColumnType::Number),
    ("NUMBER", ColumnType::Number),
    ("REAL", ColumnType::Number),
    ("FLOAT", ColumnType::Number),
    ("DOUBLE", ColumnType::Number),
    ("MONEY", ColumnType::Number),
    ("CHAR", ColumnType::Text),
    ("CHARACTER", ColumnType::Text),
    ("NCHAR", ColumnType::Text),
    ("NATIONAL", ColumnType::Text),
    ("VARCHAR", ColumnType::Text),
    ("VARCHAR2", ColumnType::Text),
    ("NVARCHAR", ColumnType::Text),
    ("NVARCHAR2", ColumnType::Text),
    ("TEXT", ColumnType::Text),
    ("TINYTEXT", ColumnType::Text),
    ("MEDIUMTEXT", ColumnType::Text),
    ("LONGTEXT", ColumnType::Text),
    ("NTEXT", ColumnType::Text),
    ("CLOB", ColumnType::Text),
    ("CITEXT", ColumnType::Text),
    ("BINARY", ColumnType::Binary),
    ("VARBINARY", ColumnType::Binary),
    ("BLOB", ColumnType::Binary),
    ("BYTEA", ColumnType::Binary),
    ("RAW", ColumnType::Binary),
    ("BOOL", ColumnType::Boolean),
    ("BOOLEAN", ColumnType::Boolean),
    ("DATE", ColumnType::Time),
    ("TIME", ColumnType::Time),
    ("TIMETZ", ColumnType::Time),
    ("TIMESTAMP", ColumnType::Time),
    ("TIMESTAMPTZ", ColumnType::Time),
    ("DATETIME", ColumnType::Time),
    ("DATETIME2", ColumnType::Time),
    ("UUID", ColumnType::Uuid),
    ("UNIQUEIDENTIFIER", ColumnType::Uuid),
    ("JSON", ColumnType::Json),
    ("JSONB", ColumnType::Json),
];

impl ColumnType {
    /// What a type holds by its name, upper case as the catalog keeps it.
    pub(super) fn parse(name: &str, dialect: Dialect) -> Option<Self> {
        let word = name.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
        if name.ends_with(']') {
            return None;
        }
        let (_, known) = WORDS.iter().find(|(known, _)| *known == word)?;
        Some(match *known {
            // SERIAL is BIGINT UNSIGNED there.
            Self::Integer { .. } if word == "SERIAL" && is_mysql(dialect) => {
                Self::Integer { bytes: 8, unsigned: true }
            }
            Self::Integer { bytes, .. } => {
                Self::Integer { bytes, unsigned: name.contains("UNSIGNED") }
            }
            other => other,
        })
    }

    /// Whether a column of this type can refer to one of type `referred`.
    ///
    /// SQLite keeps any whole number in up to eight bytes, whatever the type says.
    pub(super) fn fit(self, referred: Self, dialect: Dialect) -> Fit {
        match (self, referred) {
            (Self::Integer { .. }, Self::Integer { .. }) if dialect == Dialect::Sqlite => Fit::Fits,
            (Self::Integer { .. }, Self::Integer { .. }) if is_mysql(dialect) => {
                if self == referred { Fit::Fits } else { Fit::OtherWidth }
            }
            (Self::Integer { bytes: own, .. }, Self::Integer { bytes, .. }) => {
                if own >= bytes {
                    Fit::Fits
                } else {
                    Fit::OtherWidth
                }
            }
            (Self::Integer { .. } | Self::Number, Self::Integer { .. } | Self::Number) => Fit::Fits,
            _ if self == referred => Fit::Fits,
            _ => Fit::Other,
        }
    }
}

/// Whether both sides of a foreign key must have the very same whole number type there.
fn is_mysql(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::MySql | Dialect::MariaDb)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(column: &str, referred: &str, dialect: Dialect) -> Fit {
        let parse = |name| ColumnType::parse(name, dialect).unwrap();
        parse(column).fit(parse(referred), dialect)
    }

    #[test]
    fn types_fit_by_what_they_hold() {
        let postgres = |column, referred| fit(column, referred, Dialect::Postgres);
        assert_eq!(postgres("INTEGER", "SERIAL"), Fit::Fits);
        assert_eq!(postgres("BIGINT", "INT4"), Fit::Fits);
        assert_eq!(postgres("INTEGER", "BIGSERIAL"), Fit::OtherWidth);
        assert_eq!(postgres("NUMERIC(10, 2)", "INTEGER"), Fit::Fits);
        assert_eq!(postgres("VARCHAR(20)", "TEXT"), Fit::Fits);
        assert_eq!(postgres("VARCHAR(20)", "INTEGER"), Fit::Other);
        assert_eq!(postgres("TEXT", "UUID"), Fit::Other);
    }

    #[test]
    fn databases_differ_about_widths() {
        assert_eq!(fit("BIGINT", "INT", Dialect::MySql), Fit::OtherWidth);
        assert_eq!(fit("INT(10) UNSIGNED", "INT(11)", Dialect::MySql), Fit::OtherWidth);
        assert_eq!(fit("BIGINT UNSIGNED", "SERIAL", Dialect::MariaDb), Fit::Fits);
        assert_eq!(fit("INTEGER", "BIGINT", Dialect::Sqlite), Fit::Fits);
    }

    #[test]
    fn what_is_not_known_is_left_alone() {
        for name in ["mood", "INTEGER[]", ""] {
            assert_eq!(ColumnType::parse(name, Dialect::Postgres), None, "{name}");
        }
    }
}
