//! A dialect that a host adds, and what a style can be asked for.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::fmt;

use joinwright::Model;
use joinwright::base::Dialect;
use joinwright::plan::{self, Request, Strategy};
use joinwright::render::{
    self, Capabilities, Concat, Expanded, Limit, Placeholder, Profile, Renderer, Reserved,
    SqlDialect, Style, Take,
};

const FIREBIRD: Capabilities = Capabilities {
    placeholder: Placeholder::Question,
    reserved: Reserved::of(&["order", "select", "value"]),
    alias: " ",
    limit: Limit::Fetch,
    concat: Concat::Function("concat("),
    ..Capabilities::ANSI
};

const MODEL: &str = r#"
    ddl = """
        CREATE TABLE shelf (id INTEGER PRIMARY KEY, value INTEGER);
        CREATE TABLE book (id INTEGER PRIMARY KEY, shelf_id INTEGER REFERENCES shelf (id));
    """
    [entity.Shelf]
    table = "shelf"
    [entity.Shelf.relationship.books]
    target = "Book"
    [entity.Book]
    table = "book"
"#;

fn joined(model: &Model, dialect: impl SqlDialect) -> String {
    let (mapping, resolution) = (model.mapping(), model.resolution());
    let entity = mapping.find_entity("Shelf").unwrap();
    let books = resolution.find(mapping, entity, mapping.names.find("books").unwrap()).unwrap();
    let request = Request { limit: Some(3), ..Request::new(entity, vec![books], Strategy::Joined) };
    let plan = plan::plan(mapping, resolution, &request).unwrap();
    render::statement(&plan, mapping, Style::of(dialect)).sql
}

#[test]
fn a_host_adds_a_dialect() {
    let model = Model::from_toml("model.toml", MODEL);
    let expected = "SELECT anon_1.shelf_id AS anon_1_shelf_id, anon_1.shelf_value AS \
                    anon_1_shelf_value, book_1.id AS book_1_id, book_1.shelf_id AS book_1_shelf_id \
                    FROM (SELECT shelf.id AS shelf_id, shelf.\"value\" AS shelf_value FROM shelf \
                    FETCH FIRST ? ROWS ONLY) anon_1 LEFT OUTER JOIN book book_1 ON anon_1.shelf_id \
                    = book_1.shelf_id";
    assert_eq!(joined(&model, FIREBIRD), expected);
    let named_late: &dyn SqlDialect = &FIREBIRD;
    assert_eq!(joined(&model, named_late), expected);
}

#[test]
fn the_seven_are_what_hosts_begin_with() {
    let model = Model::from_toml("model.toml", MODEL);
    let named: [(Dialect, Capabilities); 7] = [
        (Dialect::Ansi, Capabilities::ANSI),
        (Dialect::Postgres, Capabilities::POSTGRES),
        (Dialect::MySql, Capabilities::MYSQL),
        (Dialect::MariaDb, Capabilities::MARIADB),
        (Dialect::Sqlite, Capabilities::SQLITE),
        (Dialect::MsSql, Capabilities::MSSQL),
        (Dialect::Oracle, Capabilities::ORACLE),
    ];
    for (dialect, capabilities) in named {
        assert_eq!(joined(&model, dialect), joined(&model, capabilities), "{dialect}");
    }
}

/// The statement for the first pages of two books, whose key has two columns.
fn pages(dialect: Dialect, instances: usize) -> Expanded {
    let model = Model::from_toml(
        "model.toml",
        r#"
        ddl = """
            CREATE TABLE book (shelf INTEGER, place INTEGER, PRIMARY KEY (shelf, place));
            CREATE TABLE page (
                id INTEGER PRIMARY KEY, shelf INTEGER, place INTEGER,
                FOREIGN KEY (shelf, place) REFERENCES book (shelf, place)
            );
        """
        [entity.Book]
        table = "book"
        [entity.Book.relationship.pages]
        target = "Page"
        [entity.Page]
        table = "page"
        "#,
    );
    let (id, relationship, _) = model.relationships().next().unwrap();
    let request =
        Request { limit: Some(5), ..Request::new(relationship.entity, vec![id], Strategy::TopN) };
    let plan = plan::plan(model.mapping(), model.resolution(), &request).unwrap();
    render::statement(&plan, model.mapping(), Style::of(dialect)).expand(instances)
}

#[test]
fn a_list_of_keys_is_written_out_as_the_dialect_has_it() {
    let key = |instance, column| Take::Key { instance, column };
    let keys = [key(0, 0), key(0, 1), key(1, 0), key(1, 1)];
    let limit = Take::Parameter(0);
    let cases = [
        (Dialect::Postgres, "(book_1.shelf, book_1.place) IN (($2, $3), ($4, $5))"),
        (Dialect::Oracle, "(book_1.shelf, book_1.place) IN ((:p2, :p3), (:p4, :p5))"),
        (
            Dialect::MsSql,
            "(book_1.shelf = @p2 AND book_1.place = @p3 OR book_1.shelf = @p4 AND book_1.place = @p5)",
        ),
        (Dialect::MySql, "(book_1.shelf, book_1.place) IN ((?, ?), (?, ?))"),
    ];
    for (dialect, comparison) in cases {
        let expanded = pages(dialect, 2);
        assert!(expanded.sql.contains(&format!("WHERE {comparison} ORDER BY")), "{}", expanded.sql);
        assert_eq!(expanded.values, [[limit].as_slice(), &keys].concat(), "{dialect}");
    }
    let expanded = pages(Dialect::Sqlite, 2);
    assert!(expanded.sql.contains("(page.shelf, page.place) IN (VALUES (?, ?), (?, ?))"));
    assert_eq!(expanded.values, [&keys, [Take::Parameter(1)].as_slice()].concat());
}

#[test]
fn a_list_of_keys_stands_behind_what_is_put_first() {
    let model = Model::from_toml(
        "model.toml",
        r#"
        ddl = """
            CREATE TABLE town (country INTEGER, town INTEGER, PRIMARY KEY (country, town));
            CREATE TABLE road (country INTEGER, town INTEGER, next INTEGER);
        """
        [entity.Town]
        table = "town"
        [entity.Town.relationship.near]
        target = "Near"
        primaryjoin = "foreign(Near.country) = Town.country AND foreign(Near.town) = Town.town"
        viewonly = true
        [entity.Near]
        select = """
        WITH RECURSIVE way AS (
            SELECT country, town, next FROM road
            UNION ALL
            SELECT way.country, way.town, road.next FROM way JOIN road
                ON way.country = road.country AND way.next = road.town
        )
        SELECT * FROM way
        """
        primary_key = ["Near.country", "Near.town", "Near.next"]
        "#,
    );
    let (id, relationship, _) = model.relationships().next().unwrap();
    let request = Request::new(relationship.entity, vec![id], Strategy::Selectin);
    let plan = plan::plan(model.mapping(), model.resolution(), &request).unwrap();
    let statement = render::statement(&plan, model.mapping(), Style::of(Dialect::MsSql));
    let sql = statement.expand(1).sql;
    assert!(sql.starts_with("WITH way(country, town, next) AS ("), "{sql}");
    assert!(sql.ends_with(" WHERE (anon_1.country = @p1 AND anon_1.town = @p2)"), "{sql}");
}

#[test]
fn a_list_of_no_keys_equals_nothing() {
    let expanded = pages(Dialect::Sqlite, 0);
    assert!(expanded.sql.contains("(page.shelf, page.place) IN (VALUES (?, ?))"));
    assert_eq!(expanded.values, [Take::Null, Take::Null, Take::Parameter(1)]);
}

#[test]
fn text_goes_to_whatever_takes_text() {
    struct Full;
    impl fmt::Write for Full {
        fn write_str(&mut self, _: &str) -> fmt::Result {
            Err(fmt::Error)
        }
    }
    let model = Model::from_toml("model.toml", MODEL);
    let entity = model.mapping().find_entity("Book").unwrap();
    let request = Request::new(entity, vec![], Strategy::Select);
    let plan = plan::plan(model.mapping(), model.resolution(), &request).unwrap();
    let mut renderer = Renderer::new(model.mapping(), Style::default());
    let mut text = String::from("-- ");
    renderer.write_to(&plan, &mut text as &mut dyn fmt::Write).unwrap();
    assert_eq!(text, format!("-- {}", renderer.statement(&plan).sql));
    assert!(renderer.write_to(&plan, &mut Full).is_err());
}

#[test]
fn a_profile_goes_by_its_name() {
    let default = Profile::default();
    assert_eq!(Profile::parse(default.name()), Some(default));
    assert_eq!(Profile::NAMES, ["sqlalchemy_2_1"]);
    assert_eq!(Profile::parse("sqlalchemy_2_0"), None);
}

#[cfg(feature = "json")]
#[test]
fn a_request_names_its_profile() {
    let ask = |profile: &str| {
        let text = format!(
            r#"{{"model": {{"ddl": "CREATE TABLE a (id INTEGER PRIMARY KEY)",
                "entity": {{"A": {{"table": "a"}}}}}},
                "statements": [{{"entity": "A", "load": "select", "profile": "{profile}"}}]}}"#
        );
        let (model, request) = Model::from_request("request", &text);
        serde_json::to_value(model.answer(&request)).unwrap()["statements"][0].clone()
    };
    assert_eq!(ask("sqlalchemy_2_1")["sql"], "SELECT a.id AS a_id FROM a");
    assert_eq!(ask("sqlalchemy_2.1")["error"]["help"], "write `sqlalchemy_2_1`");
}
