//! PostgreSQL: a transaction for each model, which nobody commits.

use std::error::Error;

use ::postgres::types::private::BytesMut;
use ::postgres::types::{Format, FromSql, IsNull, ToSql, Type as SqlType, to_sql_checked};
use ::postgres::{Client, NoTls, Row};
use joinwright::base::Dialect;

use super::{Answer, Database, Facts, Table, server, words};
use crate::value::{Given, Type, Value};

const FACTS: Facts = Facts {
    dialect: Dialect::Postgres,
    nulls_last: true,
    temporary: "TEMPORARY",
    collate: "COLLATE \"C\"",
    engine: "",
    text: ("convert_from('\\x", "', 'UTF8')"),
};

/// A connection.
#[expect(missing_debug_implementations, reason = "nor has its client")]
pub struct Postgres {
    client: Client,
}

impl Postgres {
    /// Connects to the server that `JOINWRIGHT_TEST_POSTGRES` names, if it names one.
    ///
    /// # Errors
    ///
    /// What the server says.
    pub fn of_environment() -> Answer<Option<Self>> {
        server("JOINWRIGHT_TEST_POSTGRES", Self::connect)
    }

    fn connect(url: &str) -> Answer<Self> {
        let mut client = Client::connect(url, NoTls).map_err(words)?;
        // Without statistics it expects many rows, and compiles what then reads three.
        client.batch_execute("SET jit = off").map_err(words)?;
        Ok(Self { client })
    }
}

impl Database for Postgres {
    fn facts(&self) -> Facts {
        FACTS
    }

    fn prepare(&mut self, script: &str) -> Answer<()> {
        self.client.batch_execute(&format!("ROLLBACK; BEGIN; {script}")).map_err(words)
    }

    /// The server is told the types of the values: it cannot find them out from `$1 IS NULL`.
    fn query(&mut self, sql: &str, values: &[Given]) -> Answer<Table> {
        let values =
            values.iter().map(|given| (&given.value as &(dyn ToSql + Sync), native(given.of)));
        let values: Vec<_> = values.collect();
        let found = self.client.query_typed(sql, &values).map_err(words)?;
        let labels = found.first().map(labels).unwrap_or_default();
        let rows = found.iter().map(read).collect::<Answer<_>>()?;
        Ok(Table { labels, rows })
    }
}

fn native(of: Type) -> SqlType {
    match of {
        Type::Integer => SqlType::INT4,
        Type::Text => SqlType::TEXT,
        Type::Varchar => SqlType::VARCHAR,
    }
}

fn labels(row: &Row) -> Vec<String> {
    row.columns().iter().map(|column| column.name().to_owned()).collect()
}

fn read(row: &Row) -> Answer<Vec<Value>> {
    let value = |position| row.try_get::<_, Option<Value>>(position).map_err(words);
    (0..row.len()).map(|position| Ok(value(position)?.unwrap_or(Value::Null))).collect()
}

impl ToSql for Value {
    fn to_sql(
        &self,
        _: &SqlType,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => return Ok(IsNull::Yes),
            Self::Integer(number) => out.extend_from_slice(number.to_string().as_bytes()),
            Self::Text(text) => out.extend_from_slice(text.as_bytes()),
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &SqlType) -> bool {
        true
    }

    fn encode_format(&self, _: &SqlType) -> Format {
        Format::Text
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(of: &SqlType, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        match *of {
            SqlType::INT4 => Ok(Self::Integer(i32::from_sql(of, raw)?.into())),
            SqlType::INT8 => Ok(Self::Integer(i64::from_sql(of, raw)?)),
            SqlType::JSON => Ok(Self::Text(str::from_utf8(raw)?.to_owned())),
            _ => Ok(Self::Text(String::from_sql(of, raw)?)),
        }
    }

    fn accepts(of: &SqlType) -> bool {
        matches!(*of, SqlType::INT4 | SqlType::INT8 | SqlType::JSON)
            || <String as FromSql<'_>>::accepts(of)
    }
}
