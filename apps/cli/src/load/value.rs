//! A value of the database: compared, given back as a parameter, and shown.

use std::fmt::Write as _;

use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, ValueRef};
use serde_json::{Number, json};

/// So many bytes of a binary value are shown in a tree.
const SHOWN: usize = 32;

/// A value as SQLite has it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Value {
    Null,
    Integer(i64),
    /// The bits of a number that is no [`Value::Integer`].
    Real(u64),
    Text(String),
    /// Binary, or text that is no UTF-8.
    Bytes(Bytes),
}

/// What SQLite calls bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Bytes {
    Blob(Vec<u8>),
    Text(Vec<u8>),
}

impl Value {
    pub(super) fn of(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(number) => Self::Integer(number),
            ValueRef::Real(number) => Self::Real(number.to_bits()),
            ValueRef::Blob(bytes) => Self::Bytes(Bytes::Blob(bytes.to_vec())),
            ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Self::Text(text.to_owned()),
                Err(_) => Self::Bytes(Bytes::Text(bytes.to_vec())),
            },
        }
    }

    /// The value that a JSON function of SQLite made this of; of arrays and objects, their text.
    pub(super) fn of_json(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(value) => Self::Integer(i64::from(*value)),
            serde_json::Value::Number(number) => match number.as_i64() {
                Some(number) => Self::Integer(number),
                None => Self::Real(number.as_f64().unwrap_or(f64::NAN).to_bits()),
            },
            serde_json::Value::String(text) => Self::Text(text.clone()),
            other => Self::Text(other.to_string()),
        }
    }

    /// The value as SQLite compares it: a whole number is the same in either form.
    pub(super) fn compared(&self) -> Self {
        let Self::Real(bits) = self else { return self.clone() };
        let whole = format!("{:.0}", f64::from_bits(*bits)).parse::<i64>().ok();
        let is_same = |whole: &i64| format!("{:?}", f64::from_bits(*bits)) == format!("{whole}.0");
        whole.filter(is_same).map_or_else(|| self.clone(), Self::Integer)
    }

    /// The value in a line of text. No text steers the terminal or breaks the line: what cannot be
    /// seen is escaped.
    pub(super) fn line(&self) -> String {
        match self {
            Self::Null => "NULL".to_owned(),
            Self::Integer(number) => number.to_string(),
            Self::Real(bits) => format!("{:?}", f64::from_bits(*bits)),
            Self::Text(text) => format!("{text:?}"),
            Self::Bytes(Bytes::Blob(bytes) | Bytes::Text(bytes)) => {
                let shown = hex(bytes.get(..SHOWN).unwrap_or(bytes));
                let rest = if bytes.len() > SHOWN { "…" } else { "" };
                format!("x'{shown}{rest}' ({} bytes)", bytes.len())
            }
        }
    }

    /// The value in JSON; bytes as `{"hex": "…"}`.
    pub(super) fn json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Integer(number) => (*number).into(),
            Self::Real(bits) => {
                let number = f64::from_bits(*bits);
                Number::from_f64(number).map_or_else(|| number.to_string().into(), Into::into)
            }
            Self::Text(text) => text.as_str().into(),
            Self::Bytes(Bytes::Blob(bytes) | Bytes::Text(bytes)) => json!({ "hex": hex(bytes) }),
        }
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Real(bits) => ValueRef::Real(f64::from_bits(*bits)),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(Bytes::Text(bytes)) => ValueRef::Text(bytes),
            Self::Bytes(Bytes::Blob(bytes)) => ValueRef::Blob(bytes),
        }))
    }
}

/// A text that steers no terminal: what cannot be seen is escaped.
pub(super) fn visible(text: &str) -> String {
    let shown = |char: char| {
        let plain = matches!(char, '\'' | '"' | '\\').then_some(char);
        let escaped = plain.is_none().then(|| char.escape_debug());
        plain.into_iter().chain(escaped.into_iter().flatten())
    };
    text.chars().flat_map(shown).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    })
}
