//! The small ORM (`orm.rs`) on PostgreSQL: only the driver is another than in `main.rs`.
//!
//!     JOINWRIGHT_TEST_POSTGRES=postgres://user@host/database cargo run --example small_orm_postgres

mod driver;
mod library;
mod orm;

use std::error::Error;

use driver::{Driver, Result, Row, Value};
use joinwright::base::Dialect;
use postgres::types::private::BytesMut;
use postgres::types::{Format, FromSql, IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls};

struct Postgres(Client);

impl Driver for Postgres {
    const DIALECT: Dialect = Dialect::Postgres;

    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>> {
        let values: Vec<_> = values.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
        let read = |row: &postgres::Row, i| row.try_get::<_, Option<Value>>(i);
        let found = self.0.query(sql, &values)?;
        let rows = found.iter().map(|row| {
            (0..row.len()).map(|i| Ok(read(row, i)?.unwrap_or(Value::Null))).collect::<Result<_>>()
        });
        rows.collect()
    }
}

impl FromSql<'_> for Value {
    fn from_sql(of: &Type, raw: &[u8]) -> std::result::Result<Self, Box<dyn Error + Sync + Send>> {
        match *of {
            Type::INT4 => Ok(Self::Integer(i32::from_sql(of, raw)?.into())),
            Type::INT8 => Ok(Self::Integer(i64::from_sql(of, raw)?)),
            _ => Ok(Self::Text(String::from_sql(of, raw)?)),
        }
    }

    fn accepts(of: &Type) -> bool {
        matches!(*of, Type::INT4 | Type::INT8 | Type::TEXT | Type::VARCHAR)
    }
}

/// Values go as text, which the server reads as whatever type the statement asks for.
impl ToSql for Value {
    fn to_sql(
        &self,
        _: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => return Ok(IsNull::Yes),
            Self::Integer(number) => out.extend_from_slice(number.to_string().as_bytes()),
            Self::Text(text) => out.extend_from_slice(text.as_bytes()),
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        Format::Text
    }

    to_sql_checked!();
}

/// The tables are made in a transaction that nobody commits: nothing is left behind.
fn main() -> Result<()> {
    let url = std::env::var("JOINWRIGHT_TEST_POSTGRES").map_err(
        |_| "set JOINWRIGHT_TEST_POSTGRES to a server, as in postgres://user@host/database",
    )?;
    let mut client = Client::connect(&url, NoTls)?;
    client.batch_execute(&format!("BEGIN; {}", library::script()))?;
    library::show(Postgres(client))
}
