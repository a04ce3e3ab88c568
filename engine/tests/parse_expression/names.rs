//! Names, marks and what is wrong with either.

use joinwright::base::Dialect;
use joinwright::parse::{DefectKind, Grammar, ScopeErrorKind};

use crate::world::{World, in_dialect, mistake, tree};

fn condition(text: &str) -> String {
    let read = World::new().condition(text, &Grammar::of(Dialect::Ansi));
    assert_eq!(read.defects, [], "{text}");
    read.shown
}

#[test]
fn marks_are_on_every_column_inside() {
    assert_eq!(
        condition("remote(node.path) LIKE foreign(remote(node.path)) || '/%'"),
        "(node.path like (node.path Concat '/%')); foreign node.path#1; remote node.path#0 node.path#1"
    );
    assert_eq!(
        condition("FOREIGN (a.x + a.y) = b.x"),
        "((a.x Plus a.y) Equal b.x); foreign a.x#0 a.y#1"
    );
    assert_eq!(
        condition("lower(foreign(CAST(a.x AS INET))) = b.x"),
        "(lower(cast(a.x as INET)) Equal b.x); foreign a.x#0"
    );
    assert_eq!(condition("NOT foreign(a.x) = b.x"), "(a.x NotEqual b.x); foreign a.x#0");
}

#[test]
fn only_plain_names_of_one_argument_are_marks() {
    assert_eq!(condition("\"foreign\"(a.x) = b.x"), "(\"foreign\"(a.x) Equal b.x)");
    assert_eq!(condition("app.remote(a.x) = b.x"), "(app.remote(a.x) Equal b.x)");
    assert_eq!(tree("remote(a.x)"), "remote(a.x)");
    let ansi = Grammar::of(Dialect::Ansi);
    let (message, place) = mistake("foreign(a.x, a.y) = b.x", &ansi);
    assert_eq!(
        (message.as_str(), place.as_str()),
        ("expected one argument of foreign, found 2", "foreign(a.x, a.y)")
    );
    assert_eq!(mistake("a.x = remote()", &ansi).1, "remote()");
    assert_eq!(mistake("a.x = remote(*)", &ansi).1, "remote(*)");
}

#[test]
fn every_wrong_name_is_reported_and_the_rest_stays() {
    let mut world = World::new();
    let read =
        world.condition("a.idd = b.a_id AND aa.id = b.id AND x = 1", &Grammar::of(Dialect::Ansi));
    assert_eq!(read.shown, "and((unknown Equal b.a_id), (unknown Equal b.id), (unknown Equal 1))");
    assert_eq!(world.underlined(&read.defects), ["idd", "aa", "x"]);
    let kinds: Vec<_> = read.defects.iter().map(|defect| &defect.kind).collect();
    assert!(
        matches!(kinds[0], DefectKind::Name { written, error: ScopeErrorKind::UnknownColumn { owner }, .. }
        if written == "a.idd" && owner == "a")
    );
    assert!(matches!(kinds[1], DefectKind::Name { error: ScopeErrorKind::UnknownTable, .. }));
    assert!(matches!(kinds[2], DefectKind::Name { error: ScopeErrorKind::Unqualified, .. }));
}

#[test]
fn names_may_be_quoted_and_of_any_alphabet() {
    assert_eq!(tree("\"a\".\"x\" = s1.c.größe"), "(a.x Equal c.größe)");
    assert_eq!(tree("c.\"größe\""), "c.größe");
    let mut world = World::of(&[(None, "_t", &["_type", "order"])]);
    for dialect in Dialect::ALL {
        // An Oracle name does not begin with an underscore.
        if dialect != Dialect::Oracle {
            let read = world.expression("_t._type = _t.order", &in_dialect(dialect));
            assert_eq!(
                (read.shown.as_str(), read.defects.len()),
                ("(_t._type Equal _t.order)", 0),
                "{dialect}"
            );
        }
    }
}

/// `USER` is a function of the standard, and a function's value has no fields.
#[test]
fn a_word_for_a_function_is_a_name_before_a_dot() {
    let mut world = World::of(&[(None, "user", &["id", "tags"])]);
    for dialect in Dialect::ALL {
        let read = world.condition("foreign(user.id) = remote(User.id)", &in_dialect(dialect));
        let expected = "(user.id Equal user.id); foreign user.id#0; remote user.id#1";
        assert_eq!((read.shown.as_str(), read.defects.len()), (expected, 0), "{dialect}");
    }
    let postgres = in_dialect(Dialect::Postgres);
    let read = world.expression("user.tags[1] = user", &postgres);
    assert_eq!((read.shown.as_str(), read.defects.len()), ("(user.tags[1] Equal user())", 0));
}

#[test]
fn an_attribute_can_be_an_expression_with_occurrences_of_its_own() {
    let mut world = World::new();
    let ansi = Grammar::of(Dialect::Ansi);
    let read = world.condition("foreign(E.total) = E.total", &ansi);
    assert_eq!(read.shown, "((a.x Plus a.y) Equal (a.x Plus a.y)); foreign a.x#0 a.y#1");
}

#[test]
fn composites_are_compared_column_by_column() {
    assert_eq!(tree("E.point = (b.x, 2)"), "and((a.x Equal b.x), (a.y Equal 2))");
    assert_eq!(tree("E.point <> E.point"), "(Not and((a.x Equal a.x), (a.y Equal a.y)))");
    assert_eq!(
        condition("remote(E.point) = (1, 2)"),
        "and((a.x Equal 1), (a.y Equal 2)); remote a.x#0 a.y#1"
    );
}
