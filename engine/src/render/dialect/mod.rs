//! What each database's SQL can and cannot say, as a table of named capabilities.
//!
//! The writer asks for a capability and never for a dialect.

mod ansi;
mod capabilities;
mod mariadb;
mod mssql;
mod mysql;
mod oracle;
mod postgres;
mod sqlite;

pub use capabilities::{
    Backslash, Capabilities, Concat, Json, JsonFunctions, JsonOrder, Limit, Placeholder, RowList,
    Template, WideObject, With,
};

use crate::base::Dialect;

/// Somebody's SQL: one of the seven dialects, or a host's own.
///
/// ```
/// use joinwright::render::{Capabilities, Placeholder, SqlDialect, Style};
///
/// /// A database that speaks as PostgreSQL does, but for its parameters.
/// #[derive(Clone, Copy)]
/// struct Tern;
///
/// impl SqlDialect for Tern {
///     fn capabilities(&self) -> &Capabilities {
///         &Capabilities { placeholder: Placeholder::Question, ..Capabilities::POSTGRES }
///     }
/// }
///
/// let style = Style::of(Tern);
/// # let model = joinwright::Model::from_toml("model.toml", r#"
/// #     ddl = "CREATE TABLE bird (id INTEGER PRIMARY KEY);"
/// #     [entity.Bird]
/// #     table = "bird"
/// # "#);
/// # let (mapping, resolution) = (model.mapping(), model.resolution());
/// # let entity = mapping.find_entity("Bird").ok_or("no entity")?;
/// # use joinwright::plan::{self, Request, Strategy};
/// # let request = Request { limit: Some(2), ..Request::new(entity, vec![], Strategy::Select) };
/// # let plan = plan::plan(mapping, resolution, &request).map_err(|_| "refused")?;
/// let statement = joinwright::render::statement(&plan, mapping, style);
/// assert_eq!(statement.sql, "SELECT bird.id AS bird_id FROM bird LIMIT ?");
/// # Ok::<(), &str>(())
/// ```
pub trait SqlDialect {
    /// What it can say.
    fn capabilities(&self) -> &Capabilities;
}

impl SqlDialect for Dialect {
    fn capabilities(&self) -> &Capabilities {
        match self {
            Self::Ansi => &Capabilities::ANSI,
            Self::Postgres => &Capabilities::POSTGRES,
            Self::MySql => &Capabilities::MYSQL,
            Self::MariaDb => &Capabilities::MARIADB,
            Self::Sqlite => &Capabilities::SQLITE,
            Self::MsSql => &Capabilities::MSSQL,
            Self::Oracle => &Capabilities::ORACLE,
        }
    }
}

impl SqlDialect for Capabilities {
    fn capabilities(&self) -> &Capabilities {
        self
    }
}

impl<D: SqlDialect + ?Sized> SqlDialect for &D {
    fn capabilities(&self) -> &Capabilities {
        (**self).capabilities()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_words_are_sorted_and_lower_case() {
        for dialect in Dialect::ALL {
            let reserved = &dialect.capabilities().reserved;
            let words = reserved.words();
            assert!(words.is_sorted(), "{dialect}");
            assert!(words.iter().all(|word| word.to_lowercase() == **word), "{dialect}");
            assert!(words.iter().all(|word| reserved.contains(word)), "{dialect}");
        }
    }
}
