//! No text is too long, too deep or too odd.

use std::time::{Duration, Instant};

use joinwright::base::Dialect;
use joinwright::parse::Grammar;
use proptest::prelude::*;

use crate::world::{World, in_dialect, mistake};

/// Runs `work` on a thread with the stack of a test or an ordinary thread, and limits its time.
fn on_small_stack(work: impl FnOnce() + Send + 'static) {
    let start = Instant::now();
    let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(work).unwrap();
    thread.join().unwrap();
    assert!(start.elapsed() < Duration::from_secs(20));
}

fn refused(text: &str, limit: &str) {
    for dialect in Dialect::ALL {
        let (message, _) = mistake(text, &in_dialect(dialect));
        assert_eq!(message, limit, "{dialect}");
    }
}

fn accepted(text: &str, grammar: &Grammar<'_>) {
    let (_, defects) = World::new().expression_id(text, grammar);
    assert_eq!(defects, [], "{text} in {}", grammar.dialect);
}

#[test]
fn deep_nests_are_refused_at_the_bracket() {
    on_small_stack(|| {
        let levels = "more than 40 levels";
        refused(&("(".repeat(100_000) + "a.x" + &")".repeat(100_000)), levels);
        refused(&("f(".repeat(60) + "a.x" + &")".repeat(60)), levels);
        refused(&("NOT ".repeat(500) + "a.x"), levels);
        refused(&("- ".repeat(500) + "a.x"), levels);
        refused(&("CASE WHEN ".repeat(100) + "a.x"), levels);
        refused(&"EXISTS (SELECT 1 WHERE ".repeat(30), levels);
        let mixed = "a.x = 1 OR a.y = 2 AND NOT a.x << 1 + b.x * (";
        for depth in 1..40 {
            let text = mixed.repeat(depth) + "1" + &")".repeat(depth);
            World::new().condition(&text, &in_dialect(Dialect::Postgres));
        }
        let (_, place) = mistake(&("(".repeat(60) + "a.x"), &in_dialect(Dialect::Ansi));
        assert_eq!(place, "(");
    });
}

#[test]
fn long_chains_are_refused_at_the_operator() {
    on_small_stack(|| {
        let operators = "more than 512 operators";
        for operator in
            [" AND ", " OR ", " || ", " + ", " << ", "::int::", " IS NULL AND ", " UNION SELECT "]
        {
            refused(&vec!["a.x"; 5_000].join(operator), operators);
        }
        let list = vec!["1"; 5_000].join(", ");
        refused(&format!("a.x IN ({list})"), "more than 4096 tokens");
        refused(&"a".repeat(10_000_000), "more than 262144 bytes");
    });
}

#[test]
fn what_is_within_the_limits_fits_the_stack() {
    on_small_stack(|| {
        for dialect in Dialect::ALL {
            let grammar = in_dialect(dialect);
            for operator in [" AND ", " OR ", " || ", " + ", " << ", " = ", " IS NULL = "] {
                accepted(&["a.x"; 200].join(operator), &grammar);
            }
            for operator in [" AND ", " OR ", " || ", " + ", " @> "] {
                accepted(&["a.x"; 513].join(operator), &grammar);
            }
            accepted(&("a.x".to_owned() + &" IS NULL".repeat(512)), &grammar);
            accepted(&("(".repeat(40) + "a.x" + &")".repeat(40)), &grammar);
            accepted(&("f(".repeat(40) + "a.x" + &")".repeat(40)), &grammar);
            accepted(&("NOT ".repeat(40) + "a.x"), &grammar);
            let nest = "EXISTS (SELECT 1 FROM b WHERE ";
            accepted(&(nest.repeat(12) + "a.x = 1" + &")".repeat(12)), &grammar);
            let unions = ["SELECT b.x FROM b"; 500].join(" UNION ");
            accepted(&format!("EXISTS ({unions})"), &grammar);
        }
        let casts = "a.x".to_owned() + &"::int".repeat(512);
        accepted(&casts, &in_dialect(Dialect::Postgres));
        accepted(&["a.x"; 513].join(" DIV "), &in_dialect(Dialect::MySql));
        accepted(&["a.x"; 513].join(" GLOB "), &in_dialect(Dialect::Sqlite));
    });
}

#[test]
fn a_syntax_error_is_said_where_it_is() {
    let cases = [
        ("", "expected a condition, found nothing", ""),
        ("  ", "expected a condition, found nothing", "  "),
        ("a.x =", "expected an expression, found the end of the text", ""),
        ("a.x = = 1", "expected an expression, found `=`", "="),
        ("a.x = 1 b.x", "expected the end of the text, found `b`", "b"),
        ("(a.x = 1", "expected `)`, found the end of the text", ""),
        ("é = 1 )", "expected the end of the text, found `)`", ")"),
        ("a.x IS 5", "expected NULL, TRUE, FALSE or UNKNOWN after IS, found `5`", "5"),
        ("a.x =\u{a0}1", "expected a name, found the character U+00A0", "\u{a0}"),
        ("a.x = 'y", "unterminated string literal", "'y"),
    ];
    for (text, message, place) in cases {
        let found = mistake(text, &in_dialect(Dialect::Postgres));
        assert_eq!(found, (message.into(), place.into()), "{text}");
    }
}

const WORDS: &[&str] = &[
    "a",
    "b",
    "x",
    ".",
    ".",
    "a.x",
    "b.x",
    "(",
    ")",
    "(",
    ")",
    "[",
    "]",
    ",",
    "=",
    "<>",
    "<<",
    "&&",
    "||",
    "-",
    "+",
    "*",
    "/",
    "~",
    "@",
    "?",
    ":p",
    "::",
    "int",
    "'s'",
    "1",
    "NULL",
    "AND",
    "OR",
    "NOT",
    "IS",
    "IN",
    "LIKE",
    "BETWEEN",
    "EXISTS",
    "SELECT",
    "FROM",
    "WHERE",
    "JOIN",
    "ON",
    "AS",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "END",
    "CAST",
    "ARRAY",
    "INTERVAL",
    "DATE",
    "ANY",
    "ALL",
    "UNION",
    "ORDER",
    "BY",
    "LIMIT",
    "foreign",
    "remote",
    "OVER",
    "DISTINCT",
    "GLOB",
    "DIV",
    "ISNULL",
    "COLLATE",
    "\"",
    "`",
    "\u{feff}",
    "é",
    "$1",
    "@v",
    "{",
    "}",
    ";",
    "--",
    "/*",
    "TRIM",
    "SUBSTRING",
    "EXTRACT",
    "WITH",
    "x'0'",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(
        words in prop::collection::vec(prop::sample::select(WORDS), 0..40),
        dialect in prop::sample::select(&Dialect::ALL[..]),
        spaced in any::<bool>(),
    ) {
        let text = words.join(if spaced { " " } else { "" });
        let mut world = World::new();
        let grammar = Grammar { comparison_operators: &["<<", "x y"], ..in_dialect(dialect) };
        let reads = [
            world.condition(&text, &grammar),
            world.expression(&text, &grammar),
            world.order_by(&text, &grammar),
            world.clause(&text, &grammar),
            world.query(&text, &grammar),
        ];
        for defect in reads.iter().flat_map(|read| &read.defects) {
            prop_assert!(defect.span.start <= defect.span.end);
            prop_assert!(defect.span.end as usize <= text.len());
        }
    }

    #[test]
    fn no_characters_panic(text in "\\PC{0,60}", dialect in prop::sample::select(&Dialect::ALL[..])) {
        let read = World::new().condition(&text, &in_dialect(dialect));
        for defect in read.defects {
            prop_assert!(text.get(defect.span.start as usize..defect.span.end as usize).is_some());
        }
    }
}
