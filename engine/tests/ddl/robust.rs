//! Any text at all: order, damage, size and depth.

use joinwright::base::Dialect;
use joinwright::parse::DefectKind;
use proptest::prelude::*;

use crate::reading::{Read, read};

/// Statements that may stand in any order.
const STATEMENTS: &[&str] = &[
    "CREATE TABLE author (id INT PRIMARY KEY, boss INT REFERENCES author (id))",
    "CREATE TABLE book (id INT, author INT REFERENCES author, shelf INT, PRIMARY KEY (id))",
    "CREATE TABLE shelf (room INT, nr INT, CONSTRAINT p PRIMARY KEY (room, nr))",
    "CREATE TABLE loan (room INT, nr INT, FOREIGN KEY (room, nr) REFERENCES shelf)",
    "CREATE TABLE old_loan (ended DATE) INHERITS (loan)",
    "ALTER TABLE book ADD CONSTRAINT on_shelf FOREIGN KEY (shelf) REFERENCES author (id)",
    "CREATE UNIQUE INDEX one ON loan (nr, room)",
    "CREATE VIEW v AS SELECT ';' FROM book",
];

/// A script with a little of everything that the reader knows.
const SCRIPT: &str =
    "\\restrict x\n/*!50100 SET a = 1 */;\nCREATE TABLE `a` (\"b\" INT DEFAULT (1 + (2)),
    [c] VARCHAR(5)[] NOT NULL REFERENCES s.a (b) ON DELETE SET NULL, KEY k (c(3)), CHECK (b > 'x')
    ) INHERITS (p) AS SELECT 1;\nCOPY a FROM stdin;\n1\n\\.\nDELIMITER $$\nCREATE TRIGGER t BEGIN
    CASE END$$\nALTER TABLE ONLY a ADD CONSTRAINT é UNIQUE (b), DROP COLUMN IF EXISTS c CASCADE,
    RENAME TO z;\nGO\nCREATE UNIQUE INDEX i ON a (lower(b), c) WHERE d;\n/\nDROP TABLE $q$ a $q$, z;
    DO E'\\'' -- # /* '\n";

fn sorted(statements: &[&str], dialect: Dialect) -> Vec<String> {
    let Read { defects, .. } = &read(dialect, &statements.join(";\n"));
    assert_eq!(*defects, []);
    let mut lines = read(dialect, &statements.join(";\n")).lines();
    lines.sort();
    lines
}

/// Reads a text and looks at every place that is reported.
fn survive(dialect: Dialect, text: &str) {
    let read = read(dialect, text);
    for defect in &read.defects {
        let (start, end) = (defect.span.start as usize, defect.span.end as usize);
        assert!(text.get(start..end).is_some(), "{:?} of {text:?}", defect.span);
    }
    read.describe();
}

#[test]
fn a_statement_may_break_off_anywhere() {
    for statement in STATEMENTS {
        for (end, _) in statement.char_indices() {
            survive(Dialect::Postgres, statement.get(..end).unwrap());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn the_order_of_statements_changes_nothing(
        shuffled in Just(STATEMENTS.to_vec()).prop_shuffle()
    ) {
        prop_assert_eq!(sorted(&shuffled, Dialect::Postgres), sorted(STATEMENTS, Dialect::Postgres));
    }

    #[test]
    fn any_text_is_survived(text in "\\PC*", dialect in 0..Dialect::ALL.len()) {
        survive(Dialect::ALL[dialect], &text);
        survive(Dialect::ALL[dialect], &format!("CREATE TABLE t ({text}); ALTER TABLE t {text}"));
    }

    #[test]
    fn a_damaged_script_is_survived(
        cuts in prop::collection::vec((0..SCRIPT.len(), 0..SCRIPT.len()), 1..4),
        dialect in 0..Dialect::ALL.len(),
    ) {
        let mut characters: Vec<char> = SCRIPT.chars().collect();
        for (from, to) in cuts {
            let from = from.min(characters.len());
            let cut: Vec<_> = characters.drain(from..to.clamp(from, characters.len())).collect();
            let at = to.min(characters.len());
            characters.splice(at..at, cut.into_iter().take(9));
        }
        let text: String = characters.into_iter().collect();
        survive(Dialect::ALL[dialect], &text);
    }
}

#[test]
fn what_breaks_off_the_words_of_a_statement_is_all_that_is_told() {
    let broken = ["CREATE TABLE t (a INT DEFAULT 'x);", "CREATE TABLE t (a INT, b \0 INT);"];
    for text in broken {
        let defects = read(Dialect::Postgres, text).defects;
        let [only] = defects.as_slice() else { panic!("{text}: {defects:?}") };
        let DefectKind::Syntax { message } = &only.kind else { panic!("{text}: {only:?}") };
        assert!(!message.contains("the end of the statement"), "{message}");
    }
}

#[test]
fn deep_and_long_expressions_are_stepped_over() {
    let deep = format!("{}1{}", "(".repeat(100_000), ")".repeat(100_000));
    let chain = vec!["a = 1"; 10_000].join(" AND ");
    let arrays = "[]".repeat(50_000);
    let text = format!(
        "CREATE TABLE t (a INT CHECK ({chain}) DEFAULT {deep} NOT NULL, b INT DEFAULT {chain},
            CHECK ({deep}), c INT{arrays}, d INT REFERENCES t (a));"
    );
    for dialect in Dialect::ALL {
        let read = read(dialect, &text);
        assert_eq!(read.catalog.foreign_key_count(), 1, "{dialect}");
        assert_eq!(read.catalog.column_count(), 4, "{dialect}");
    }
}

#[test]
fn unbalanced_depth_ends_with_the_statement() {
    let open = "(".repeat(100_000);
    let text = format!("CREATE TABLE t (a INT DEFAULT {open}; CREATE TABLE u (b INT);");
    let read = read(Dialect::Postgres, &text);
    assert_eq!(read.catalog.tables().len(), 2);
}

#[test]
fn a_statement_has_a_size_and_a_table_a_width() {
    let comment = "x".repeat(10_000_000);
    let text =
        format!("CREATE TABLE t (a INT /* {comment} */); CREATE TABLE u (b INT); -- {comment}");
    let long = read(Dialect::Sqlite, &text);
    assert_eq!(long.describe(), "u(b INT)");
    assert!(matches!(long.defects[0].kind, DefectKind::TooDeep { unit: "bytes", .. }));

    let columns: Vec<_> = (0..5000).map(|n| format!("c{n} INT")).collect();
    let wide = read(Dialect::Sqlite, &format!("CREATE TABLE t ({})", columns.join(", ")));
    assert_eq!(wide.catalog.column_count(), 4096);
    assert!(matches!(wide.defects[0].kind, DefectKind::TooDeep { unit: "columns", .. }));
}

#[test]
fn copies_of_copies_are_bounded() {
    let table = |n: usize| {
        format!("CREATE TABLE t{n} (LIKE t{} INCLUDING ALL, LIKE t{} INCLUDING ALL)", n - 1, n - 1)
    };
    let mut script = vec!["CREATE TABLE t0 (a INT UNIQUE)".to_owned()];
    script.extend((1..40).map(table));
    let read = read(Dialect::Postgres, &script.join(";"));
    assert_eq!(read.catalog.tables().len(), 40);
    assert!(read.complaints().iter().any(|complaint| complaint.starts_with("TooDeep")));
}
