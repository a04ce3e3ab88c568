//! What bad input gets: a finding with its place and exit status 1, or 2 for a file that cannot be
//! read.

use crate::stage::{DDL, Stage, model};

const DEEP: usize = 100_000;
const LONG: usize = 10_000_000;

/// What `check` says about a TOML document.
fn toml(text: impl AsRef<[u8]>) -> (i32, Vec<String>) {
    Stage::new().with("m.toml", text).check("m.toml")
}

fn json(text: impl AsRef<[u8]>) -> (i32, Vec<String>) {
    Stage::new().with("m.json", text).check("m.json")
}

/// What it says about a document that names this schema file and maps its two tables.
fn schema(bytes: impl AsRef<[u8]>) -> (i32, Vec<String>) {
    let model = model("").replace(&format!("'''\n{DDL}'''"), "''\nschema = ['s.sql']");
    Stage::new().with("m.toml", model).with("s.sql", bytes).check("m.toml")
}

fn error(place: &str) -> (i32, Vec<String>) {
    (1, vec![place.to_owned()])
}

#[test]
fn a_sound_model_has_no_findings() {
    assert_eq!(toml(model("")), (0, vec![]));
    assert_eq!(schema(DDL), (0, vec![]));
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let stage = Stage::new().with("m.toml", "schema = ['a.sql',\n'dir']\n").folder("dir");
    let unread = ["unreadable_file m.toml:1", "unreadable_file m.toml:2"].map(String::from);
    assert_eq!(stage.check("m.toml"), (2, unread.to_vec()));
    for path in ["none.toml", "dir"] {
        let output = stage.run(&["check", path]);
        assert_eq!(crate::stage::status(&output), 2);
        assert!(String::from_utf8(output.stderr).unwrap().contains(path));
    }
}

#[test]
fn tables_of_an_unread_file_are_not_called_unknown() {
    let model = model("").replace(&format!("'''\n{DDL}'''"), "''\nschema = ['s.sql']");
    let found = Stage::new().with("m.toml", model).check("m.toml");
    assert_eq!(found, (2, vec!["unreadable_file m.toml:2".to_owned()]));
}

#[test]
fn half_a_document_does_not_take_the_rest_with_it() {
    let (status, found) =
        toml(model("back_populates = \n[entity.Gone]\ntable = 'gone'\n[entity.X"));
    assert_eq!(status, 1);
    let expected =
        ["document_syntax m.toml:13", "document_syntax m.toml:16", "unknown_table m.toml:15"];
    assert_eq!(found, expected.map(String::from));
    assert_eq!(json("{\"entity\": {\n\"A\": {"), error("document_syntax m.json:2"));
}

#[test]
fn half_a_statement_of_the_ddl_is_an_error_and_the_rest_counts() {
    let broken = [
        ("CREATE TABEL x (id INT);", "sql_syntax s.sql:3"),
        ("CREAT TABLE x (id INT);", "sql_syntax s.sql:3"),
        ("CREATE TABLE x (id INT,, y INT);", "sql_syntax s.sql:3"),
        ("CREATE TABLE x (\nid INT", "sql_syntax s.sql:4"),
        ("CREATE TABLE;", "sql_syntax s.sql:3"),
        ("CREATE TABLE x (id INT, t TEXT DEFAULT 'y);", "sql_syntax s.sql:3"),
    ];
    for (statement, place) in broken {
        let (status, found) = schema(format!("{DDL}{statement}"));
        assert_eq!(status, 1, "{statement}");
        assert!(found.contains(&place.to_owned()), "{statement}: {found:?}");
        assert!(
            found.iter().all(|found| found.starts_with("sql_syntax")),
            "{statement}: {found:?}"
        );
    }
}

#[test]
fn a_condition_that_is_none_is_placed() {
    for condition in [
        "customer.address_id = = address.id",
        "",
        "a = b)",
        "1; DROP TABLE x",
        "OVERLAY('a' PLACING 'b' FROM 1) = customer.name",
    ] {
        let found = toml(model(&format!("primaryjoin = \"{condition}\"")));
        assert_eq!(found.0, 1, "{condition}");
        assert!(found.1.contains(&"sql_syntax m.toml:13".to_owned()), "{condition}: {found:?}");
    }
}

#[test]
fn names_that_mean_nothing_are_placed() {
    let cases = [
        ("primaryjoin = 'custmer.address_id = address.id'", "unknown_table"),
        ("primaryjoin = 'customer.adress = address.id'", "unknown_column"),
        ("primaryjoin = 'Customer.adress = Address.id'", "unknown_column"),
        ("targt = 'Address'", "unknown_key"),
        ("back_populates = 'customers'", "unknown_back_populates"),
        ("secondary = 'link'", "unknown_table"),
        ("foreign_keys = ['customer.addres_id']", "unknown_column"),
        ("foreign_keys = ['addres_id']", "unqualified_column"),
        ("remote_side = ['address.idd']", "unknown_column"),
        ("order_by = 'address.cty'", "unknown_column"),
        ("load = 'joind'", "unknown_value"),
        ("cascade = 'all, delet'", "unknown_cascade"),
        ("uselist = 'yes'", "wrong_type"),
        ("target = 'Customer'", "duplicate_key"),
        ("[entity.Customer]", "duplicate_key"),
    ];
    for (line, code) in cases {
        assert_eq!(toml(model(line)), error(&format!("{code} m.toml:13")), "{line}");
    }
}

#[test]
fn entities_that_hang_in_the_air_are_placed() {
    let cases = [
        ("[entity.X]\ntable = 'addres'", "unknown_table m.toml:14"),
        ("[entity.X]", "missing_key m.toml:13"),
        ("[entity.X]\ninherits = 'Custmer'", "unknown_entity m.toml:14"),
        ("[entity.X]\ninherits = 'X'", "inheritance_cycle m.toml:14"),
        ("[entity.X]\ninherits='Y'\n[entity.Y]\ninherits='X'", "inheritance_cycle m.toml:14"),
        (
            "[entity.X]\ninherits='Y'\n[entity.Y]\ninherits='Z'\n[entity.Z]\ninherits='X'",
            "inheritance_cycle m.toml:14",
        ),
        ("[entity.Address.relationship.x]", "missing_key m.toml:13"),
        ("[entity.Address.relationship.x]\ntarget = 'Custmer'", "unknown_entity m.toml:14"),
        (
            "[entity.X]\ntable = 'nope'\n[entity.Address.relationship.x]\ntarget = 'X'",
            "unknown_table m.toml:14",
        ),
        ("[entity.Address.attribute.x]\nexpression = 'address.cty'", "unknown_column m.toml:14"),
        ("[entity.Address.attribute.x]\nsynonym = 'cty'", "unknown_attribute m.toml:14"),
    ];
    for (text, place) in cases {
        assert_eq!(toml(model(text)), error(place), "{text}");
    }
    assert_eq!(toml("dialect = 'postgresql'\n"), error("unknown_value m.toml:1"));
}

#[test]
fn two_of_one_name_are_placed() {
    let twice = r#"{"ddl": "CREATE TABLE a (id INT PRIMARY KEY)", "entity": {
        "A": {"table": "a"},
        "A": {"table": "a"}}}"#;
    assert_eq!(json(twice), error("duplicate_key m.json:3"));
    assert_eq!(
        schema(format!("{DDL}CREATE TABLE ADDRESS (id INT);")),
        error("duplicate_table s.sql:3")
    );
}

#[test]
fn deep_nesting_is_refused_at_its_place() {
    let (open, close) = ("(".repeat(DEEP), ")".repeat(DEEP));
    let deep = "too_deep m.toml:13";
    for condition in
        [format!("{open}1 = 1{close}"), open.clone(), "NOT ".repeat(DEEP), "- ".repeat(DEEP)]
    {
        assert_eq!(toml(model(&format!("primaryjoin = '{condition}'"))), error(deep));
    }
    let (status, found) = toml(model(&format!("x = {}", "[".repeat(DEEP))));
    assert_eq!((status, found.first().map(String::as_str)), (1, Some(deep)));
    assert_eq!(json(format!("{{\n\"x\": {}", "[".repeat(DEEP))), error("too_deep m.json:2"));
    let check = format!("{DDL}CREATE TABLE x (id INT PRIMARY KEY, CHECK ({open}1{close}));");
    assert_eq!(schema(check), (0, vec![]));
    assert_eq!(schema(format!("{DDL}CREATE TABLE x (id INT CHECK {open}")).0, 1);
}

#[test]
fn a_line_of_ten_megabytes_is_read_or_refused() {
    let long = "x".repeat(LONG);
    assert_eq!(toml(model(&format!("# {long}"))), (0, vec![]));
    assert_eq!(toml(model(&format!("{long} = 1"))), error("unknown_key m.toml:13"));
    let condition = format!("primaryjoin = '{}1 = 1'", "1 = 1 AND ".repeat(LONG / 10));
    assert_eq!(toml(model(&condition)), error("too_deep m.toml:13"));
    assert_eq!(json(format!("{{\"entity\": {long}}}")), error("document_syntax m.json:1"));
    let table = format!("{DDL}CREATE TABLE {long} (id INT);");
    assert_eq!(schema(table), error("too_deep s.sql:3"));
    let rows = format!("{DDL}INSERT INTO address VALUES {};", "(1, 'x'), ".repeat(LONG / 10));
    assert_eq!(schema(rows), (0, vec![]));
}

#[test]
fn what_is_not_utf_8_is_told() {
    let latin = [model("# caf").trim_end().as_bytes(), b"\xe9\n"].concat();
    assert_eq!(toml(latin), error("document_syntax m.toml:13"));
    let told = (0, vec!["not_utf8 s.sql:3".to_owned()]);
    assert_eq!(schema([DDL.as_bytes(), b"-- caf\xe9\n"].concat()), told);
}

#[test]
fn marks_and_line_ends_of_other_systems_are_no_matter() {
    assert_eq!(toml(format!("\u{feff}{}", model(""))), (0, vec![]));
    assert_eq!(schema(format!("\u{feff}{DDL}")), (0, vec![]));
    assert_eq!(schema(DDL.replace('\n', "\r\n")), (0, vec![]));
    let windows = |text: &str| model(text).replace('\n', "\r\n");
    assert_eq!(toml(windows("")), (0, vec![]));
    assert_eq!(toml(windows("targt = 1")), error("unknown_key m.toml:13"));
    assert_eq!(toml(model("\0")), error("document_syntax m.toml:13"));
}

#[test]
fn nothing_is_a_model_in_toml_only() {
    assert_eq!(toml(""), (0, vec![]));
    assert_eq!(json(""), error("document_syntax m.json:1"));
    assert_eq!(json("null"), error("wrong_type m.json:1"));
    assert_eq!(json("{}"), (0, vec![]));
    let unknown = ["unknown_table m.toml:4", "unknown_table m.toml:7"].map(String::from);
    assert_eq!(schema(""), (1, unknown.to_vec()));
}
