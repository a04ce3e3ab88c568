//! What completion offers behind the name of a query, held against what the engine reads.

use proptest::prelude::*;

use crate::stage::{DDL, Stage};

/// An entity over `select`, with all that a query may select from beside it.
fn stage(select: &str) -> Stage {
    let text = format!(
        "schema = ['schema.sql']\n[entity.Customer]\ntable = 'customer'\n\
         [entity.Customer.attribute.title]\ncolumns = ['customer.name']\n\
         [entity.A]\nalias = 'a'\nselect = '''\n{select}'''\n"
    );
    Stage::new(&text, DDL)
}

/// What is offered at the cursor, each with what is said of it.
fn offered(select: &str) -> Vec<String> {
    let stage = stage(select);
    let (source, offset) = stage.cursor;
    let found = stage.editor().complete(source, offset).into_iter();
    let mut found: Vec<_> =
        found.map(|it| format!("{} {}", it.label, it.detail).trim_end().to_owned()).collect();
    found.sort();
    found
}

/// The columns that the engine reads `select` to have; those that nobody named are left out.
fn read(select: &str) -> Vec<String> {
    let stage = stage(select);
    let mapping = stage.model.mapping();
    let entity = mapping.find_entity("A");
    assert!(entity.is_some(), "{select}: {:?}", stage.model.diagnostics());
    let columns = mapping.graph.columns(mapping.entity(entity.unwrap()).selectable);
    let shown = |id| {
        let name = mapping.names.text(mapping.graph.column(id).name);
        let column = mapping.graph.declared(id).map(|it| mapping.catalog().column(it));
        let typed = column.map_or("", |it| it.type_text(&mapping.names));
        let made_up = name.starts_with("anon_") || name.ends_with("_1");
        (!made_up).then(|| format!("{name} {typed}").trim_end().to_owned())
    };
    let mut found: Vec<_> = columns.filter_map(shown).collect();
    found.sort();
    found.dedup();
    found
}

/// Behind the name of the query that `source` puts into FROM, what it has is offered.
fn agrees(with: &str, source: &str, name: &str) {
    let expected = read(&format!("{with} SELECT {name}.* FROM {source}"));
    for half_written in [
        format!("{with} SELECT {name}.$0 FROM {source}"),
        format!("{with} SELECT 1 AS one FROM {source} WHERE {name}.$0"),
        format!("{with} SELECT n.id FROM node AS n JOIN {source} ON {name}.i$0d = n.id"),
        format!("{with} SELECT n.id FROM {source}, node n WHERE EXISTS (SELECT 1 WHERE {name}.$0"),
    ] {
        assert_eq!(offered(&half_written), expected, "{half_written}");
    }
}

#[test]
fn a_query_of_with_is_completed_by_its_columns() {
    let bodies = [
        "SELECT n.id, n.path AS way, path trail FROM node n",
        "SELECT DISTINCT * FROM node",
        "SELECT c.*, count(*) OVER () AS total FROM customer c JOIN address a ON a.id = c.billing_id",
        "SELECT *, 1 AS one FROM customer, node AS n WHERE n.path = name",
        "SELECT Customer.name, Customer.id FROM Customer",
        "SELECT c.name AS called FROM Customer AS c",
        "SELECT Customer.* FROM Customer",
        "SELECT (SELECT max(x.id) FROM address AS x) AS highest, c.id FROM customer c",
        "SELECT extract(year FROM n.path) AS year, n.id IS DISTINCT FROM 3 AS odd, n.id FROM node n",
        "SELECT CASE WHEN n.id > 1 THEN 'a' ELSE 'b' END kind, CAST(n.path AS TEXT), n.id FROM node n",
        "SELECT id FROM node UNION ALL SELECT billing_id FROM customer ORDER BY 1 LIMIT 3",
        "(SELECT id AS first FROM node) UNION (SELECT id FROM address)",
        "WITH inner_one AS (SELECT path FROM node) SELECT * FROM inner_one",
        "SELECT s.* FROM (SELECT c.id, c.name AS called FROM customer c) AS s",
        "SELECT s.number, s.text FROM (SELECT id, path FROM node) s (number, text)",
        "VALUES (1, 'a'), (2, 'b')",
        "SELECT v.*, id FROM (VALUES (1, (2 + 3))) AS v (a, b), node",
        "SELECT n.path || n.path, n.id - n.id FROM node n UNION SELECT 1 AS one, 2",
        "SELECT customer.id FROM customer WHERE name IN (SELECT city FROM address)",
    ];
    for body in bodies {
        agrees(&format!("WITH r AS ({body})"), "r", "r");
        agrees(&format!("WITH r AS ({body})"), "r AS other", "other");
        agrees(&format!("WITH r (first_one) AS ({body})"), "r x", "x");
        agrees(&format!("WITH r (first_one) AS ({body})"), "r AS x (\"given\")", "x");
        agrees(&format!("WITH q AS ({body}), r AS (SELECT * FROM q)"), "r", "r");
        agrees("", &format!("({body}) AS s"), "s");
        agrees("", &format!("({body}) s (first_one)"), "s");
    }
}

#[test]
fn a_recursive_query_is_completed_in_and_behind_its_step() {
    let anchor = "WITH RECURSIVE way (start, stop) AS (SELECT n.id, n.parent_id FROM node AS n";
    let columns = ["start INTEGER", "stop INTEGER"];
    assert_eq!(
        offered(&format!("{anchor} UNION ALL SELECT n.id, way.$0 FROM way, node n")),
        columns
    );
    let step = "UNION ALL SELECT w.start, n.parent_id FROM way AS w JOIN node n ON";
    assert_eq!(offered(&format!("{anchor} {step} w.$0")), columns);
    assert_eq!(offered(&format!("{anchor} {step} w.$0) SELECT * FROM way")), columns);
    assert_eq!(offered(&format!("{anchor} {step} n.id = w.stop) SELECT way.$0 FROM way")), columns);
    let inner = "UNION SELECT s.start, s.$0 FROM (SELECT * FROM way) AS s";
    assert_eq!(offered(&format!("{anchor} {inner}")), columns);
    agrees(&format!("{anchor} {step} n.id = w.stop)"), "way", "way");
}

#[test]
fn the_nearest_query_of_a_name_is_meant() {
    let text = "WITH r AS (SELECT id AS outer_id FROM node)\n\
                SELECT $0 FROM r WHERE EXISTS (\n\
                WITH r AS (SELECT city FROM address) SELECT $1 FROM r WHERE $2)";
    let at = |mark: &str| {
        let marks = ["$0", "$1", "$2"].iter();
        marks.fold(text.to_owned(), |text, it| {
            text.replace(it, if *it == mark { "r.\u{1}" } else { "1" })
        })
    };
    let at = |mark: &str| offered(&at(mark).replace('\u{1}', "$0"));
    assert_eq!(at("$0"), ["outer_id INTEGER"]);
    assert_eq!(at("$1"), ["city TEXT"]);
    assert_eq!(at("$2"), ["city TEXT"]);
}

#[test]
fn what_no_query_gives_is_not_offered() {
    assert!(offered("WITH r AS (SELECT * FROM r) SELECT r.$0 FROM r").is_empty());
    assert!(offered("WITH r AS (SELECT n. FROM node n) SELECT r.$0 FROM r").is_empty());
    assert!(
        offered("WITH r AS (SELECT count(*), n.id + 1 FROM node n) SELECT r.$0 FROM r").is_empty()
    );
    assert!(offered("SELECT s.$0 FROM (").is_empty());
    assert!(offered("SELECT s.$0 FROM ) AS s").is_empty());
}

#[test]
fn large_texts_are_completed_soon() {
    let doubled = |number: i32| {
        let before = number - 1;
        format!(", q{number} AS (SELECT * FROM q{before}, q{before} AS x)")
    };
    let doubling: String = (1..2000).map(doubled).collect();
    let text = format!("WITH q0 AS (SELECT * FROM customer, node){doubling}");
    let _ = offered(&format!("{text} SELECT q1999.$0 FROM q1999"));
    let nested = "SELECT 1, (".repeat(20_000);
    assert!(offered(&format!("{nested} s.$0")).is_empty());
}

prop_compose! {
    fn item()(
        column in prop::sample::select(vec!["n.id", "n.path", "parent_id", "*", "n.*", "c.name", "c.*", "c.id + 1"]),
        label in prop::sample::select(vec!["", " AS one", " two", " AS \"three\""]),
    ) -> String {
        let label = if column.ends_with('*') { "" } else { label };
        format!("{column}{label}")
    }
}

fn query() -> impl Strategy<Value = String> {
    let from = "node AS n JOIN customer AS c ON c.id = n.id";
    let leaf = prop::collection::vec(item(), 1..4)
        .prop_map(move |items| format!("SELECT {} FROM {from}", items.join(", ")));
    leaf.prop_recursive(3, 12, 2, |inner| {
        let list = prop::sample::select(vec!["", " (p)"]);
        prop_oneof![
            (inner.clone(), list.clone()).prop_map(|(inner, list)| {
                format!("SELECT i.*, 1 AS last FROM ({inner}) AS i{list}")
            }),
            (inner.clone(), list).prop_map(|(inner, list)| {
                format!("WITH i{list} AS ({inner}) SELECT j.* FROM i AS j")
            }),
            inner.prop_map(|inner| format!("SELECT * FROM ({inner}) AS i WHERE 1 > 0")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is offered behind a query is what the engine reads it to have.
    #[test]
    fn what_a_query_has_is_offered(query in query()) {
        let with = format!("WITH r AS ({query})");
        let expected = read(&format!("{with} SELECT r.* FROM r"));
        let found = offered(&format!("{with} SELECT r.$0 FROM r"));
        prop_assert_eq!(found, expected);
    }
}
