//! Each kind of expression.

use joinwright::base::Dialect;
use joinwright::parse::Grammar;

use crate::world::{in_dialect, mistake, tree, tree_in};

/// What reads the same in all dialects.
const EVERYWHERE: &[(&str, &str)] = &[
    ("a.x", "a.x"),
    ("1.50", "1.50"),
    ("'it''s'", "'it's'"),
    ("NULL", "null"),
    (":total", ":total"),
    ("a.x = b.x", "(a.x Equal b.x)"),
    ("a.x <> b.x", "(a.x NotEqual b.x)"),
    ("a.x != b.x", "(a.x NotEqual b.x)"),
    ("a.x < 1", "(a.x Less 1)"),
    ("a.x <= 1", "(a.x LessOrEqual 1)"),
    ("a.x > 1", "(a.x Greater 1)"),
    ("a.x>=-1", "(a.x GreaterOrEqual (Minus 1))"),
    ("a.x + 1 - 2", "((a.x Plus 1) Minus 2)"),
    ("a.x * 2 / 3 % 4", "(((a.x Multiply 2) Divide 3) Modulo 4)"),
    ("a.x + b.x * 2", "(a.x Plus (b.x Multiply 2))"),
    ("(a.x + b.x) * 2", "((a.x Plus b.x) Multiply 2)"),
    ("a.name || '/%'", "(a.name Concat '/%')"),
    ("-a.x", "(Minus a.x)"),
    ("+a.x", "(Plus a.x)"),
    ("~a.x", "(BitwiseNot a.x)"),
    ("a.x = 1 AND a.y = 2 AND a.id = 3", "and((a.x Equal 1), (a.y Equal 2), (a.id Equal 3))"),
    ("a.x = 1 OR a.y = 2 AND a.id = 3", "or((a.x Equal 1), and((a.y Equal 2), (a.id Equal 3)))"),
    ("a.x = 1 AND (a.y = 2 AND (a.id = 3))", "and((a.x Equal 1), (a.y Equal 2), (a.id Equal 3))"),
    ("(a.x = 1 OR a.y = 2) AND a.id = 3", "and(or((a.x Equal 1), (a.y Equal 2)), (a.id Equal 3))"),
    ("a.x IS NULL", "(a.x is Null)"),
    ("a.x IS NOT NULL", "(a.x is not Null)"),
    ("a.x IS TRUE", "(a.x is True)"),
    ("a.x IS NOT FALSE", "(a.x is not False)"),
    ("a.x IS NOT UNKNOWN", "(a.x is not Unknown)"),
    ("a.x IS DISTINCT FROM b.x", "(a.x IsDistinctFrom b.x)"),
    ("a.x IS NOT DISTINCT FROM b.x", "(a.x IsNotDistinctFrom b.x)"),
    ("a.name LIKE 'a%'", "(a.name like 'a%')"),
    ("a.name NOT LIKE b.name || '%'", "(a.name not like (b.name Concat '%'))"),
    ("a.name LIKE 'a!%' ESCAPE '!'", "(a.name like 'a!%' escape '!')"),
    ("a.name ILIKE 'a%'", "(a.name ilike 'a%')"),
    ("a.name SIMILAR TO 'a%'", "(a.name SIMILAR TO 'a%')"),
    ("a.x BETWEEN 1 AND 9", "(a.x between 1 and 9)"),
    ("a.x NOT BETWEEN 1 AND 9 AND a.y = 1", "and((a.x not between 1 and 9), (a.y Equal 1))"),
    ("a.x IN (1, 2)", "(a.x in (1, 2))"),
    ("a.x NOT IN (1)", "(a.x not in (1))"),
    ("(a.x, a.y) IN ((1, 2), (3, 4))", "(row(a.x, a.y) in (row(1, 2), row(3, 4)))"),
    ("(a.x, a.y) = (b.x, b.id)", "(row(a.x, a.y) Equal row(b.x, b.id))"),
    ("a.x IN (SELECT b.x FROM b)", "(a.x in (select b.x from b))"),
    ("a.x NOT IN (SELECT b.x FROM b)", "(a.x not in (select b.x from b))"),
    (
        "EXISTS (SELECT 1 FROM b WHERE b.a_id = a.id)",
        "exists(select 1 from b where (b.a_id Equal a.id))",
    ),
    ("NOT EXISTS (SELECT 1 FROM b)", "not exists(select 1 from b)"),
    ("a.x = (SELECT max(b.x) FROM b)", "(a.x Equal (select max(b.x) from b))"),
    ("a.x = ANY (SELECT b.x FROM b)", "(a.x Equal Any (select b.x from b))"),
    ("a.x > ALL (SELECT b.x FROM b)", "(a.x Greater All (select b.x from b))"),
    ("a.x <> SOME (SELECT b.x FROM b)", "(a.x NotEqual Any (select b.x from b))"),
    ("CAST(a.x AS VARCHAR( 10 ))", "cast(a.x as VARCHAR(10))"),
    ("CAST(a.x AS numeric(10,2)) + 1", "(cast(a.x as NUMERIC(10, 2)) Plus 1)"),
    ("CASE a.x WHEN 1 THEN 'p' ELSE 'q' END", "case a.x when 1 then 'p' else 'q' end"),
    (
        "CASE WHEN a.x = 1 THEN 2 WHEN a.y = 1 THEN 3 END",
        "case when (a.x Equal 1) then 2 when (a.y Equal 1) then 3 end",
    ),
    ("coalesce(a.x, 0)", "coalesce(a.x, 0)"),
    ("app.rank(a.x)", "app.rank(a.x)"),
    ("now()", "now()"),
    ("CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP()"),
    ("count(*)", "count(*)"),
    ("count(DISTINCT a.x)", "count(distinct a.x)"),
    (
        "row_number() OVER (PARTITION BY a.x ORDER BY a.y DESC)",
        "row_number() over (partition a.x order a.y desc)",
    ),
    ("a.name COLLATE \"de_DE\" = b.name", "((a.name collate de_DE) Equal b.name)"),
    ("EXTRACT(YEAR FROM a.x)", "extract(YEAR from a.x)"),
    ("DATE '2026-01-01'", "DATE '2026-01-01'"),
    ("SUBSTRING(a.name FROM 2 FOR 3)", "SUBSTRING(a.name, 2, 3)"),
    ("substring(a.name FOR 3)", "substring(a.name, 1, 3)"),
    ("TRIM(a.name)", "TRIM(a.name)"),
    ("CEIL(a.x)", "CEIL(a.x)"),
    ("FLOOR(a.x) + 1", "(FLOOR(a.x) Plus 1)"),
    ("a.x AT TIME ZONE 'UTC'", "(a.x at time zone 'UTC')"),
    ("s1.c.id", "c.id"),
    ("E.key", "a.id"),
    ("foreign(a.x)", "foreign(a.x)"),
];

#[test]
fn common_expressions_read_the_same_in_all_dialects() {
    for dialect in Dialect::ALL {
        for (text, expected) in EVERYWHERE {
            // In MySQL double quotes hold strings, and a collation is a bare name.
            if !(text.contains("COLLATE") && matches!(dialect, Dialect::MySql | Dialect::MariaDb)) {
                assert_eq!(&tree_in(text, &in_dialect(dialect)), expected, "{text} in {dialect}");
            }
        }
    }
}

#[test]
fn a_cast_in_two_colons_is_a_cast() {
    for dialect in [Dialect::Ansi, Dialect::Postgres] {
        let grammar = in_dialect(dialect);
        assert_eq!(tree_in("a.x::inet", &grammar), "cast(a.x as INET)");
        assert_eq!(tree_in("a.x::int[] = b.x", &grammar), "(cast(a.x as INT[]) Equal b.x)");
        assert_eq!(
            tree_in("a.x::timestamp with time zone::text || 'x'", &grammar),
            "(cast(cast(a.x as TIMESTAMP WITH TIME ZONE) as TEXT) Concat 'x')"
        );
        assert_eq!(
            tree_in("CAST(a.x AS double  precision)", &grammar),
            "cast(a.x as DOUBLE PRECISION)"
        );
        assert_eq!(tree_in("a.x::app.\"Color\"", &grammar), "cast(a.x as app.\"Color\")");
    }
}

#[test]
fn arrays_and_intervals_are_values() {
    let grammar = in_dialect(Dialect::Postgres);
    assert_eq!(tree_in("a.x = ANY (ARRAY[1, 2])", &grammar), "(a.x Equal Any array[1, 2])");
    assert_eq!(
        tree_in("a.x = ANY (ARRAY[]::int[])", &grammar),
        "(a.x Equal Any cast(array[] as INT[]))"
    );
    assert_eq!(tree_in("a.x + INTERVAL '1 day'", &grammar), "(a.x Plus INTERVAL '1 day')");
    assert_eq!(tree_in("a.x + INTERVAL '1' DAY", &grammar), "(a.x Plus INTERVAL '1 DAY')");
    assert_eq!(tree_in("a.name LIKE ANY (ARRAY['a'])", &grammar), "(a.name LIKE? Any array['a'])");
    assert_eq!(
        tree("timestamp with time zone '2026-01-01'"),
        "TIMESTAMP WITH TIME ZONE '2026-01-01'"
    );
}

#[test]
fn special_calls_become_plain_ones_where_they_mean_the_same() {
    let postgres = in_dialect(Dialect::Postgres);
    assert_eq!(tree_in("POSITION('x' IN a.name)", &postgres), "strpos(a.name, 'x')");
    assert_eq!(tree_in("TRIM(BOTH 'x' FROM a.name)", &postgres), "btrim(a.name, 'x')");
    assert_eq!(tree_in("overlay(a.name PLACING 'x' FROM 2)", &postgres), "overlay(a.name, 'x', 2)");
    let mysql = in_dialect(Dialect::MySql);
    assert_eq!(tree_in("POSITION('x' IN a.name)", &mysql), "locate('x', a.name)");
    assert_eq!(tree_in("CONVERT(a.x, CHAR(3))", &mysql), "cast(a.x as CHAR(3))");
    assert_eq!(
        tree_in("CONVERT(VARCHAR(3), a.x)", &in_dialect(Dialect::MsSql)),
        "cast(a.x as VARCHAR(3))"
    );
    assert_eq!(
        mistake("TRIM(BOTH 'x' FROM a.name) = 'y'", &mysql),
        ("TRIM(… FROM …)".into(), "TRIM(BOTH 'x' FROM a.name)".into())
    );
}

#[test]
fn parameters_have_names_or_numbers() {
    assert_eq!(
        tree("a.x = :low AND a.y = ? AND a.id = ?"),
        "and((a.x Equal :low), (a.y Equal :1), (a.id Equal :2))"
    );
    assert_eq!(tree("a.x=$1"), "(a.x Equal :1)");
    assert_eq!(tree("a.x = @v"), "(a.x Equal :v)");
    for dialect in Dialect::ALL {
        assert_eq!(tree_in("a.x = ?", &in_dialect(dialect)), "(a.x Equal :1)", "{dialect}");
        // In PostgreSQL `@` is an operator.
        if dialect != Dialect::Postgres {
            assert_eq!(tree_in("a.x = @v", &in_dialect(dialect)), "(a.x Equal :v)", "{dialect}");
        }
    }
}

#[test]
fn strings_are_decoded() {
    assert_eq!(tree_in(r"'a\'b'", &in_dialect(Dialect::MySql)), "'a'b'");
    assert_eq!(tree_in(r"'a\b'", &in_dialect(Dialect::Postgres)), r"'a\b'");
    assert_eq!(tree_in("'a' 'b'", &in_dialect(Dialect::MySql)), "'ab'");
    assert_eq!(tree_in("\"word\"", &in_dialect(Dialect::MySql)), "'word'");
}

#[test]
fn not_turns_comparisons_around() {
    let cases = [
        ("NOT a.x = 1", "(a.x NotEqual 1)"),
        ("NOT (a.x <> 1)", "(a.x Equal 1)"),
        ("NOT a.x < 1", "(a.x GreaterOrEqual 1)"),
        ("NOT a.x >= 1", "(a.x Less 1)"),
        ("NOT a.name LIKE 'x'", "(a.name not like 'x')"),
        ("NOT a.x IN (1)", "(a.x not in (1))"),
        ("NOT a.x IS NULL", "(a.x is not Null)"),
        ("NOT a.x BETWEEN 1 AND 2", "(a.x not between 1 and 2)"),
        ("NOT (EXISTS (SELECT 1 FROM b))", "not exists(select 1 from b)"),
        ("NOT a.x IS DISTINCT FROM 1", "(a.x IsNotDistinctFrom 1)"),
        ("NOT TRUE", "false"),
        ("NOT (a.x = 1 AND a.y = 1)", "(Not and((a.x Equal 1), (a.y Equal 1)))"),
        ("NOT NOT (a.x = 1 OR a.y = 1)", "or((a.x Equal 1), (a.y Equal 1))"),
        ("NOT a.x", "(Not a.x)"),
    ];
    for (text, expected) in cases {
        assert_eq!(tree(text), expected, "{text}");
    }
}

#[test]
fn a_declared_function_compares_two_arguments() {
    let functions = &[("ST_Within", 1, 3)][..];
    let grammar = Grammar { comparison_functions: functions, ..in_dialect(Dialect::Postgres) };
    assert_eq!(tree_in("st_within(a.x, 5, b.x)", &grammar), "st_within<0,2>(a.x, 5, b.x)");
    assert_eq!(tree_in("st_other(a.x, b.x)", &grammar), "st_other(a.x, b.x)");
}

#[test]
fn an_aggregate_can_have_a_filter_and_a_window_a_frame() {
    let grammar = in_dialect(Dialect::Postgres);
    assert_eq!(
        tree_in("count(a.x) FILTER (WHERE a.y = 1) > 2", &grammar),
        "(count(a.x) where (a.y Equal 1) Greater 2)"
    );
    assert_eq!(
        tree_in("sum(a.x) OVER (ORDER BY a.y ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)", &grammar),
        "sum(a.x) over (partition  order a.y Rows -2 to here)"
    );
    assert_eq!(
        tree_in("sum(a.x) OVER (RANGE UNBOUNDED PRECEDING)", &grammar),
        "sum(a.x) over (partition  order  Range -all)"
    );
}

#[test]
fn subscripts() {
    for dialect in [Dialect::Ansi, Dialect::Postgres] {
        let grammar = in_dialect(dialect);
        assert_eq!(
            tree_in("a.x[1] = b.x[a.y + 1][2]", &grammar),
            "(a.x[1] Equal b.x[(a.y Plus 1), 2])"
        );
        assert_eq!(tree_in("(a.x)['name'] = 'x'", &grammar), "(a.x['name'] Equal 'x')");
        assert_eq!(tree_in("(f(a.x)[1])[2] IS NULL", &grammar), "(f(a.x)[1][2] is Null)");
    }
}

#[test]
fn what_the_graph_cannot_hold_is_unknown_and_said_so() {
    let cases = [
        (Dialect::Postgres, "a.x[1:2] = a.y", "a slice of an array", "a.x[1:2]"),
        (Dialect::Postgres, "(a.x)[1].y = 2", "a field of a value", "(a.x)[1].y"),
        (Dialect::MySql, "a.x[1] = 2", "a subscript", "a.x[1]"),
        (Dialect::Postgres, "1 < sum(a.x) OVER w", "this named window", "sum(a.x) OVER w"),
        (Dialect::Postgres, "array(SELECT 1) = a.x", "a query as argument", "array(SELECT 1)"),
        (
            Dialect::MySql,
            "MATCH (a.name) AGAINST ('x') AND a.x = 1",
            "MATCH … AGAINST",
            "MATCH (a.name) AGAINST ('x')",
        ),
        (Dialect::MySql, "a.x = x'00'", "a binary string", "x'00'"),
        (Dialect::Oracle, "a.x = b.x (+)", "the outer join operator (+)", "b.x (+)"),
        (Dialect::Ansi, "TRY_CAST(a.x AS INT) = 1", "this form of CAST", "TRY_CAST(a.x AS INT)"),
        (Dialect::Ansi, "f(n => a.x) = 1", "this kind of argument", "f(n => a.x)"),
        (
            Dialect::Ansi,
            "string_agg(a.x ORDER BY a.y) = 1",
            "a clause among the arguments",
            "string_agg(a.x ORDER BY a.y)",
        ),
    ];
    for (dialect, text, what, place) in cases {
        assert_eq!(mistake(text, &in_dialect(dialect)), (what.into(), place.into()), "{text}");
    }
}
