//! Public schemas that lie beside the project, where they do.

use std::path::Path;

use joinwright::base::Dialect;

use crate::reading::{Read, read};

/// Name, tables, columns where they were counted, foreign keys.
const SCHEMAS: &[(&str, usize, Option<usize>, usize)] = &[
    ("sakila.sqlite", 16, Some(89), 22),
    ("sakila.postgres", 21, None, 40),
    ("sakila.mysql", 16, None, 22),
    ("sakila.mssql", 16, None, 22),
    ("sakila.oracle", 16, None, 22),
    ("chinook.sqlite", 11, Some(64), 11),
    ("chinook.postgres", 11, Some(64), 11),
    ("chinook.mysql", 11, Some(64), 11),
    ("chinook.mssql", 11, Some(64), 11),
    ("chinook.oracle", 11, Some(64), 11),
    ("auctionmark.postgres", 17, None, 25),
    ("auctionmark.mysql", 17, None, 25),
    ("omop54.mssql", 39, None, 176),
];

#[test]
fn public_schemas_are_read_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/schemas");
    for (name, tables, columns, foreign_keys) in SCHEMAS {
        let Ok(bytes) = std::fs::read(folder.join(format!("{name}.sql"))) else {
            eprintln!("skipped: {name}.sql is not there");
            continue;
        };
        let (_, dialect) = name.split_once('.').unwrap();
        let dialect: Dialect = dialect.parse().unwrap();
        let Read { catalog, defects, .. } = read(dialect, &String::from_utf8_lossy(&bytes));
        assert_eq!(defects, [], "{name}");
        assert_eq!(catalog.tables().len(), *tables, "tables of {name}");
        assert_eq!(catalog.foreign_key_count(), *foreign_keys, "foreign keys of {name}");
        if let Some(columns) = columns {
            assert_eq!(catalog.column_count(), *columns, "columns of {name}");
        }
    }
}
