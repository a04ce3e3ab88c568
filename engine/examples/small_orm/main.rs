//! A small ORM (`orm.rs`) on SQLite. Its twin for PostgreSQL is `postgres.rs`.
//!
//!     cargo run --example small_orm

mod driver;
mod library;
mod orm;

use driver::{Driver, Result, Row, Value};
use joinwright::base::Dialect;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};

struct Sqlite(Connection);

impl Driver for Sqlite {
    const DIALECT: Dialect = Dialect::Sqlite;

    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>> {
        let mut statement = self.0.prepare_cached(sql)?;
        let width = statement.column_count();
        let mut found = statement.query(params_from_iter(values))?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            rows.push((0..width).map(|i| read(row.get_ref(i)?)).collect::<Result<_>>()?);
        }
        Ok(rows)
    }
}

fn read(value: ValueRef<'_>) -> Result<Value> {
    match value {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Integer(number)),
        ValueRef::Text(_) => Ok(Value::Text(value.as_str()?.to_owned())),
        other => Err(format!("this ORM does not know what `{}` is", other.data_type()).into()),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

fn main() -> Result<()> {
    let connection = Connection::open_in_memory()?;
    connection.execute_batch(&library::script())?;
    library::show(Sqlite(connection))
}
