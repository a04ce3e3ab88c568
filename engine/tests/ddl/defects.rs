//! What cannot be read or bound, and where.

use joinwright::base::{Dialect, Names};
use joinwright::catalog::Catalog;
use joinwright::parse::{self, Defect, DefectKind};
use joinwright::text::{Fragment, Sources};

use crate::reading::read;

#[test]
fn a_part_that_is_not_understood_costs_nothing_else() {
    let text = "CREATE TABLE t (a INT, b INT FROBNICATED c INT, ?, d INT REFERENCES t (a)
            ON DELETE SET NULL (d) FROB, FOREIGN KEY REFERENCES t, UNIQUE (a));
        CREATE TABEL u (a INT); FROBNICATE u; CREATE VIRTUAL TABLE v USING fts5(a, b);
        CREATE TABLE w AS SELECT 1; CREATE TABLE; CREATE TABLE x (a INT";
    let read = read(Dialect::Postgres, text);
    assert_eq!(read.describe(), "t(a INT, b INT, d INT) unique(a) fk(d -> t.a)\nx(a INT)");
    assert_eq!(
        read.complaints(),
        [
            "Unsupported: FROBNICATED c INT",
            "Unsupported: ?",
            "Unsupported: FROB",
            "Unsupported: FOREIGN KEY REFERENCES t",
            "Syntax: CREATE TABEL u (a INT)",
            "Unsupported: FROBNICATE u",
            "Unsupported: CREATE VIRTUAL TABLE v",
            "Unsupported: CREATE TABLE w",
            "Syntax: CREATE TABLE",
            "Syntax: ",
        ]
    );
    let relevant =
        |defect: &Defect| matches!(defect.kind, DefectKind::Unsupported { relevant: true, .. });
    let broken = |defect: &Defect| matches!(defect.kind, DefectKind::Syntax { .. });
    let told = |defect: &&Defect| !relevant(defect) && !broken(defect);
    assert_eq!(read.defects.iter().filter(told).count(), 1);
}

#[test]
fn an_unclosed_quote_is_reported_where_it_opens() {
    let read =
        read(Dialect::Postgres, "CREATE TABLE t (a INT); CREATE TABLE u (b INT DEFAULT 'x);");
    assert_eq!(read.describe(), "t(a INT)\nu(b INT)");
    assert_eq!(read.complaints(), ["Syntax: 'x);"]);
}

#[test]
fn keys_that_name_nothing_are_reported_with_what_was_meant() {
    let text = "CREATE TABLE artist (id INTEGER NOT NULL PRIMARY KEY);
        CREATE TABLE t (a INT REFERENCES artits, b INT REFERENCES artist (di), c INT,
            FOREIGN KEY (a, c) REFERENCES artist (id), UNIQUE (cc),
            FOREIGN KEY (x) REFERENCES t);
        ALTER TABLE artits ADD UNIQUE (id); CREATE TABLE ARTIST (id INT);";
    let read = read(Dialect::Ansi, text);
    assert_eq!(
        read.complaints(),
        [
            "DuplicateTable: ARTIST",
            "DanglingKey: cc",
            "DanglingKey: artits",
            "DanglingKey: di",
            "UnmatchedForeignKey: FOREIGN KEY (a, c) REFERENCES artist (id)",
            "DanglingKey: x",
            "DanglingKey: artits",
        ]
    );
    let nearest = |defect: &Defect| match &defect.kind {
        DefectKind::DanglingKey { nearest, .. } => nearest.clone(),
        _ => None,
    };
    let nearest: Vec<_> = read.defects.iter().filter_map(nearest).collect();
    assert_eq!(nearest, ["c", "artist", "id", "a", "artist"]);
}

#[test]
fn spans_lead_back_through_escapes() {
    let mut sources = Sources::new();
    let source = sources.add("m.json", r#""CREATE TABLE t\n(a INT REFERENCES \"u\")""#);
    let mut fragment = Fragment::empty(source, 1);
    fragment.push("CREATE TABLE t", 1);
    fragment.push("\n", 15);
    fragment.push("(a INT REFERENCES ", 17);
    fragment.push("\"", 35);
    fragment.push("u", 37);
    fragment.push("\"", 38);
    fragment.push(")", 40);
    let (mut names, mut catalog) = (Names::new(), Catalog::new());
    let defects = parse::ddl(&[fragment], Dialect::Ansi, &mut names, &mut catalog);
    assert_eq!(defects.len(), 1);
    assert_eq!(sources.slice(defects[0].span), r#"\"u\""#);
}
