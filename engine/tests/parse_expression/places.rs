//! Every node stands exactly where it is written.

use joinwright::base::Dialect;
use joinwright::parse::Grammar;
use joinwright::text::{Fragment, Sources};

use crate::world::{World, in_dialect};

/// The text of each node in reading order.
fn places_in(text: &str, dialect: Dialect) -> Vec<String> {
    let mut world = World::new();
    let (root, defects) = world.expression_id(text, &in_dialect(dialect));
    assert_eq!(defects, [], "{text}");
    let walk = world.graph.walk(root.unwrap());
    walk.filter_map(|id| world.graph.span(id)).map(|span| world.slice(span).to_owned()).collect()
}

fn assert_places(text: &str, expected: &[&str]) {
    assert_eq!(places_in(text, Dialect::Postgres), expected, "{text}");
}

#[test]
fn places_include_brackets_heads_and_tails() {
    assert_places("( a.x = 1 )", &["a.x = 1", "a.x", "1"]);
    assert_places("(a.x) + (1)", &["(a.x) + (1)", "a.x", "1"]);
    assert_places("NOT (a.x = 1)", &["NOT (a.x = 1)", "a.x", "1"]);
    assert_places(
        "NOT (a.x = 1 AND a.y = 2)",
        &[
            "NOT (a.x = 1 AND a.y = 2)",
            "a.x = 1 AND a.y = 2",
            "a.x = 1",
            "a.x",
            "1",
            "a.y = 2",
            "a.y",
            "2",
        ],
    );
    assert_places("a.x IS NOT NULL", &["a.x IS NOT NULL", "a.x"]);
    assert_places("(a.x) IS NULL", &["(a.x) IS NULL", "a.x"]);
    assert_places(
        "CAST( a.x AS int ) = 1",
        &["CAST( a.x AS int ) = 1", "CAST( a.x AS int )", "a.x", "1"],
    );
    assert_places(
        "a.x::numeric(10, 2)::text = 'x'",
        &[
            "a.x::numeric(10, 2)::text = 'x'",
            "a.x::numeric(10, 2)::text",
            "a.x::numeric(10, 2)",
            "a.x",
            "'x'",
        ],
    );
    assert_places("lower( a.name )", &["lower( a.name )", "a.name"]);
    assert_places("now() < a.x", &["now() < a.x", "now()", "a.x"]);
    assert_places(
        "app.f(g(a.x)) = 1",
        &["app.f(g(a.x)) = 1", "app.f(g(a.x))", "g(a.x)", "a.x", "1"],
    );
    assert_places("a.x IN (1, (2))", &["a.x IN (1, (2))", "a.x", "1", "2"]);
    assert_places(
        "(a.x, (a.y)) = (1, 2)",
        &["(a.x, (a.y)) = (1, 2)", "(a.x, (a.y))", "a.x", "a.y", "(1, 2)", "1", "2"],
    );
    assert_places("a.x NOT BETWEEN (1) AND (2)", &["a.x NOT BETWEEN (1) AND (2)", "a.x", "1", "2"]);
    assert_places(
        "a.name LIKE 'x' ESCAPE '!'",
        &["a.name LIKE 'x' ESCAPE '!'", "a.name", "'x'", "'!'"],
    );
}

#[test]
fn places_of_subqueries_and_keywords() {
    assert_places("NOT EXISTS ( (SELECT 1 FROM b) )", &["NOT EXISTS ( (SELECT 1 FROM b) )", "1"]);
    assert_places("a.x = ANY (ARRAY[1])", &["a.x = ANY (ARRAY[1])", "a.x", "ARRAY[1]", "1"]);
    assert_places(
        "a.x = (SELECT b.x FROM b)",
        &["a.x = (SELECT b.x FROM b)", "a.x", "(SELECT b.x FROM b)", "b.x"],
    );
    assert_places(
        "a.x IN (SELECT b.x FROM b) OR a.x = 1",
        &[
            "a.x IN (SELECT b.x FROM b) OR a.x = 1",
            "a.x IN (SELECT b.x FROM b)",
            "a.x",
            "b.x",
            "a.x = 1",
            "a.x",
            "1",
        ],
    );
    assert_places(
        "CASE WHEN a.x = 1 THEN 2 END + 1",
        &[
            "CASE WHEN a.x = 1 THEN 2 END + 1",
            "CASE WHEN a.x = 1 THEN 2 END",
            "a.x = 1",
            "a.x",
            "1",
            "2",
            "1",
        ],
    );
}

#[test]
fn places_of_special_calls_and_literals() {
    assert_places(
        "sum(a.x) OVER (ORDER BY a.y) > 1",
        &["sum(a.x) OVER (ORDER BY a.y) > 1", "sum(a.x) OVER (ORDER BY a.y)", "a.x", "a.y", "1"],
    );
    assert_places(
        "extract(year FROM a.x) = 1",
        &["extract(year FROM a.x) = 1", "extract(year FROM a.x)", "a.x", "1"],
    );
    assert_places("trim(a.name) = ''", &["trim(a.name) = ''", "trim(a.name)", "a.name", "''"]);
    assert_places(
        "a.name COLLATE \"C\" = 'x'",
        &["a.name COLLATE \"C\" = 'x'", "a.name COLLATE \"C\"", "a.name", "'x'"],
    );
    assert_places(
        "DATE '2026-01-01' < a.x",
        &["DATE '2026-01-01' < a.x", "DATE '2026-01-01'", "a.x"],
    );
    assert_places("a.x = INTERVAL '1' DAY", &["a.x = INTERVAL '1' DAY", "a.x", "INTERVAL '1' DAY"]);
    assert_places(
        "a.x = :p AND - a.y < 1",
        &["a.x = :p AND - a.y < 1", "a.x = :p", "a.x", ":p", "- a.y < 1", "- a.y", "a.y", "1"],
    );
    assert_places(
        "a.name || '%' << b.name",
        &["a.name || '%' << b.name", "a.name || '%'", "a.name", "'%'", "b.name"],
    );
    assert_places(
        "ARRAY[]::int[] = ARRAY[]::text[]",
        &[
            "ARRAY[]::int[] = ARRAY[]::text[]",
            "ARRAY[]::int[]",
            "ARRAY[]",
            "ARRAY[]::text[]",
            "ARRAY[]",
        ],
    );
}

#[test]
fn places_where_words_replace_words() {
    assert_eq!(places_in("a.x IS NOT b.x", Dialect::Sqlite), ["a.x IS NOT b.x", "a.x", "b.x"]);
    assert_eq!(places_in("(a.x) ISNULL", Dialect::Sqlite), ["(a.x) ISNULL", "a.x"]);
    assert_eq!(
        places_in("a.x NOTNULL AND a.y NOT NULL", Dialect::Sqlite),
        ["a.x NOTNULL AND a.y NOT NULL", "a.x NOTNULL", "a.x", "a.y NOT NULL", "a.y"]
    );
    assert_eq!(places_in("a.x DIV 2", Dialect::MySql), ["a.x DIV 2", "a.x", "2"]);
    assert_eq!(places_in("'a' 'b' = a.x", Dialect::MySql), ["'a' 'b' = a.x", "'a' 'b'", "a.x"]);
}

#[test]
fn a_mark_leaves_its_argument_in_its_place() {
    let mut world = World::new();
    let text = "remote( foreign(a.x) ) = b.x";
    let read = world.condition(text, &in_dialect(Dialect::Ansi));
    let places: Vec<_> = read.places.iter().map(|span| world.slice(*span)).collect();
    assert_eq!(places, [text, "a.x", "b.x"]);
}

/// A JSON string with escapes, so that offsets as decoded and as written differ.
#[test]
fn escapes_of_the_document_do_not_shift_places() {
    let raw = r#"{"j": "'\u00e9\t' = \"a\".\n zz"}"#;
    let mut sources = Sources::new();
    let id = sources.add("model.json", raw);
    let mut fragment = Fragment::empty(id, 7);
    let parts = [
        ("'", "'"),
        ("é", "\\u00e9"),
        ("\t", "\\t"),
        ("' = ", "' = "),
        ("\"", "\\\""),
        ("a", "a"),
        ("\"", "\\\""),
        (".", "."),
        ("\n", "\\n"),
        (" zz", " zz"),
    ];
    let mut at = 7;
    for (decoded, written) in parts {
        fragment.push(decoded, at);
        at += written.len();
    }
    fragment.end_at(at);
    let mut world = World::new();
    let read = world.condition_of(&fragment, &Grammar::of(Dialect::Postgres));
    let places: Vec<_> = read.places.iter().map(|span| sources.slice(*span)).collect();
    assert_eq!(places[1..], [r"'\u00e9\t'", r#"\"a\".\n zz"#]);
    let wrong: Vec<_> = read.defects.iter().map(|defect| sources.slice(defect.span)).collect();
    assert_eq!(wrong, ["zz"]);
}
