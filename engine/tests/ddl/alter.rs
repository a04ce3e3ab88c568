//! What a script changes again.

use joinwright::base::Dialect;

use crate::reading::{clean, read_files};

#[test]
fn alter_table_adds_and_drops() {
    let text = "CREATE TABLE a (id INT, x INT, y INT UNIQUE);
        CREATE TABLE b (id INT PRIMARY KEY);
        ALTER TABLE ONLY a ADD CONSTRAINT a_pkey PRIMARY KEY (id);
        ALTER TABLE IF EXISTS public.a ADD COLUMN z INT NOT NULL REFERENCES b, DROP COLUMN y;
        ALTER TABLE a ADD UNIQUE (x, z), ADD CONSTRAINT f FOREIGN KEY (x) REFERENCES b NOT VALID;
        ALTER TABLE a OWNER TO me; ALTER TABLE a ALTER COLUMN x SET STORAGE plain;";
    assert_eq!(
        clean(Dialect::Postgres, text),
        "a(id INT!, x INT, z INT!) pk(id) unique(x z) fk(z -> b.id) fk(x -> b.id)\n\
         b(id INT!) pk(id)"
    );
}

#[test]
fn an_altered_table_may_stand_in_a_later_file() {
    let files = [
        "ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (x) REFERENCES b; CREATE UNIQUE INDEX i ON a (x);",
        "CREATE TABLE a (x INT); CREATE TABLE b (id INT PRIMARY KEY)",
    ];
    let read = read_files(Dialect::Postgres, &files);
    assert_eq!(read.defects, []);
    assert_eq!(read.describe(), "a(x INT) unique(x) fk(x -> b.id)\nb(id INT!) pk(id)");
}

#[test]
fn constraints_are_dropped_by_the_names_that_databases_make_up() {
    let tables = "CREATE TABLE b (id INT PRIMARY KEY);
        CREATE TABLE a (x INT UNIQUE REFERENCES b, y INT REFERENCES b, z INT,
            CONSTRAINT named FOREIGN KEY (z) REFERENCES b (id));";
    let after = |dialect, alter: &str| {
        let described = clean(dialect, &format!("{tables}\n{alter}"));
        described.split_once("z INT)").unwrap().1.to_owned()
    };
    assert_eq!(
        after(Dialect::Postgres, "ALTER TABLE a DROP CONSTRAINT a_x_key, DROP CONSTRAINT A_Y_FKEY"),
        " fk(x -> b.id) fk(z -> b.id)"
    );
    assert_eq!(
        after(Dialect::MySql, "ALTER TABLE a DROP FOREIGN KEY a_ibfk_1, DROP INDEX x"),
        " fk(y -> b.id) fk(z -> b.id)"
    );
    assert_eq!(
        after(Dialect::Ansi, "ALTER TABLE a DROP CONSTRAINT IF EXISTS named CASCADE"),
        " unique(x) fk(x -> b.id) fk(y -> b.id)"
    );
}

#[test]
fn tables_and_columns_can_be_renamed_after_keys_named_them() {
    let text = "CREATE TABLE old (id INT PRIMARY KEY); CREATE TABLE a (x INT REFERENCES old (id));
        ALTER TABLE old RENAME TO new; ALTER TABLE new RENAME COLUMN id TO key;
        ALTER TABLE a RENAME x TO y;";
    assert_eq!(clean(Dialect::Postgres, text), "new(key INT!) pk(key)\na(y INT) fk(y -> new.key)");
    let text =
        "CREATE TABLE t (a INT); RENAME TABLE t TO u; ALTER TABLE u CHANGE a b BIGINT NOT NULL";
    assert_eq!(clean(Dialect::MySql, text), "u(b BIGINT!)");
}

#[test]
fn dropped_tables_are_gone_and_can_come_again() {
    let text = "DROP TABLE IF EXISTS t, u CASCADE; CREATE TABLE t (a INT); DROP TABLE t;
        CREATE TABLE t (b INT); CREATE TABLE IF NOT EXISTS t (c INT);";
    assert_eq!(clean(Dialect::MySql, text), "t(b INT)");
    let text = "CREATE TABLE a (id INT PRIMARY KEY); CREATE TABLE b (a INT REFERENCES a);
        DROP TABLE a CASCADE;";
    assert_eq!(clean(Dialect::Postgres, text), "b(a INT)");
}
