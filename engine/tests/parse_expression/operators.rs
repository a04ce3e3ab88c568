//! Operators that a dialect's own grammar does not have.

use joinwright::base::Dialect;
use joinwright::parse::Grammar;

use crate::world::{in_dialect, tree_in};

fn declaring<'g>(dialect: Dialect, operators: &'g [&'g str]) -> Grammar<'g> {
    Grammar { comparison_operators: operators, ..in_dialect(dialect) }
}

#[test]
fn declared_operators_compare_in_every_dialect() {
    let symbols = [
        "<<", ">>", "&&", "@>", "<@", "&*", "@@", "->>", "<<=", "~", "~~*", "|=|", "-|-", "<->",
        "?|", "!!=",
    ];
    for dialect in Dialect::ALL {
        for operator in symbols {
            let declared = [operator];
            let grammar = declaring(dialect, &declared);
            let text = format!("a.x {operator} b.x AND a.y = 1");
            let expected = format!("and((a.x {operator}? b.x), (a.y Equal 1))");
            assert_eq!(tree_in(&text, &grammar), expected, "{text} in {dialect}");
            let tight = format!("a.x{operator}b.x");
            let expected = format!("(a.x {operator}? b.x)");
            if !(operator.contains('@') && dialect != Dialect::Postgres && dialect != Dialect::Ansi)
            {
                assert_eq!(tree_in(&tight, &grammar), expected, "{tight} in {dialect}");
            }
        }
    }
}

#[test]
fn undeclared_operators_compare_nothing() {
    for dialect in Dialect::ALL {
        let grammar = in_dialect(dialect);
        for operator in ["<<", "@>", "&*", "->", "->>", "&", "|", "^"] {
            let text = format!("a.x {operator} b.x");
            assert_eq!(
                tree_in(&text, &grammar),
                format!("(a.x {operator} b.x)"),
                "{text} in {dialect}"
            );
        }
    }
}

#[test]
fn a_custom_operator_binds_looser_than_arithmetic_and_tighter_than_comparison() {
    for dialect in Dialect::ALL {
        let grammar = declaring(dialect, &["<<", "@@"]);
        assert_eq!(
            tree_in("a.name || '/%' << b.name", &grammar),
            "((a.name Concat '/%') <<? b.name)"
        );
        assert_eq!(tree_in("a.x @@ b.x + 1", &grammar), "(a.x @@? (b.x Plus 1))");
        assert_eq!(tree_in("a.x + 1 @@ b.x * 2", &grammar), "((a.x Plus 1) @@? (b.x Multiply 2))");
        assert_eq!(tree_in("a.x = b.x << a.y", &grammar), "(a.x Equal (b.x <<? a.y))");
        assert_eq!(
            tree_in("NOT a.x << b.x OR a.y << b.x", &grammar),
            "or((Not (a.x <<? b.x)), (a.y <<? b.x))"
        );
        if dialect != Dialect::Postgres {
            assert_eq!(
                tree_in("a.x << b.name || '/%'", &grammar),
                "(a.x <<? (b.name Concat '/%'))"
            );
        }
    }
    // As a PostgreSQL server reads it: `||` and `<<` are of one rank there.
    let grammar = declaring(Dialect::Postgres, &["<<"]);
    assert_eq!(tree_in("a.x << b.name || '/%'", &grammar), "((a.x <<? b.name) Concat '/%')");
}

#[test]
fn operators_can_be_words() {
    for dialect in Dialect::ALL {
        let grammar = declaring(dialect, &["MATCHES", "IS WITHIN"]);
        assert_eq!(
            tree_in("a.x matches b.x AND a.y = 1", &grammar),
            "and((a.x MATCHES? b.x), (a.y Equal 1))"
        );
        assert_eq!(tree_in("a.x IS WITHIN (b.x)", &grammar), "(a.x IS WITHIN? b.x)");
        assert_eq!(tree_in("matches(a.x)", &grammar), "matches(a.x)");
        assert_eq!(tree_in("a.x IS NULL", &grammar), "(a.x is Null)");
    }
}

#[test]
fn known_comparisons_stay_what_they_are_when_declared() {
    let grammar = declaring(Dialect::Postgres, &["=", "LIKE", "AND", "+"]);
    assert_eq!(
        tree_in("a.x = 1 AND a.name LIKE 'x'", &grammar),
        "and((a.x Equal 1), (a.name like 'x'))"
    );
    assert_eq!(tree_in("a.x + b.x", &grammar), "(a.x +? b.x)");
}

#[test]
fn signs_belong_to_the_operand_behind() {
    for dialect in Dialect::ALL {
        let grammar = declaring(dialect, &["<<"]);
        assert_eq!(tree_in("a.x=-1", &grammar), "(a.x Equal (Minus 1))");
        assert_eq!(tree_in("a.x<-1", &grammar), "(a.x Less (Minus 1))");
        assert_eq!(tree_in("a.x<>-1", &grammar), "(a.x NotEqual (Minus 1))");
        assert_eq!(tree_in("a.x*-1", &grammar), "(a.x Multiply (Minus 1))");
        assert_eq!(tree_in("a.x - -1", &grammar), "(a.x Minus (Minus 1))");
        assert_eq!(tree_in("a.x=~b.x", &grammar), "(a.x Equal (BitwiseNot b.x))");
        assert_eq!(tree_in("a.x<<-b.x", &grammar), "(a.x <<? (Minus b.x))");
    }
}

#[test]
fn sqlite_compares_with_is() {
    let grammar = in_dialect(Dialect::Sqlite);
    assert_eq!(tree_in("a.x IS b.x", &grammar), "(a.x IsNotDistinctFrom b.x)");
    assert_eq!(
        tree_in("a.x IS NOT b.x AND a.y = 1", &grammar),
        "and((a.x IsDistinctFrom b.x), (a.y Equal 1))"
    );
    assert_eq!(tree_in("a.x IS NOT NULL", &grammar), "(a.x is not Null)");
    assert_eq!(
        tree_in("a.x NOTNULL AND a.y ISNULL", &grammar),
        "and((a.x is not Null), (a.y is Null))"
    );
    assert_eq!(tree_in("a.name GLOB 'x*'", &grammar), "(a.name GLOB 'x*')");
    assert_eq!(
        tree_in("a.name NOT GLOB 'x*' OR a.x = 1", &grammar),
        "or((a.name NOT GLOB 'x*'), (a.x Equal 1))"
    );
    assert_eq!(
        tree_in("a.name REGEXP 'x'", &declaring(Dialect::Sqlite, &["regexp"])),
        "(a.name regexp? 'x')"
    );
}

#[test]
fn mysql_has_operators_of_its_own() {
    let grammar = in_dialect(Dialect::MySql);
    assert_eq!(tree_in("a.x <=> b.x", &grammar), "(a.x <=>? b.x)");
    assert_eq!(tree_in("a.x = 1 && a.y = 2", &grammar), "and((a.x Equal 1), (a.y Equal 2))");
    assert_eq!(tree_in("a.x DIV 2 + 1", &grammar), "((a.x DIV 2) Plus 1)");
    assert_eq!(tree_in("a.x MOD 2", &grammar), "(a.x Modulo 2)");
    assert_eq!(tree_in("a.name RLIKE 'x'", &grammar), "(a.name RLIKE 'x')");
    assert_eq!(tree_in("a.name NOT REGEXP 'x'", &grammar), "(a.name NOT REGEXP 'x')");
    assert_eq!(tree_in("a.name || b.name", &grammar), "(a.name Concat b.name)");
    assert_eq!(tree_in("a.x && b.x", &declaring(Dialect::MySql, &["&&"])), "(a.x &&? b.x)");
}

#[test]
fn postgres_operators_keep_their_text() {
    let grammar = in_dialect(Dialect::Postgres);
    assert_eq!(tree_in("a.x #>> '{k}' = 'v'", &grammar), "((a.x #>> '{k}') Equal 'v')");
    assert_eq!(tree_in("a.x ? 'k'", &grammar), "(a.x ? 'k')");
    assert_eq!(tree_in("a.name ~ ANY (ARRAY['x'])", &grammar), "(a.name ~ Any array['x'])");
    assert_eq!(
        tree_in("a.x OPERATOR(pg_catalog.<<) b.x", &grammar),
        "(a.x OPERATOR(PG_CATALOG.<<) b.x)"
    );
}
