//! The examples on the pages of `rules/` do what their page says.

use joinwright::Model;
use joinwright::check;
use joinwright::report::{Applicability, Diagnostic, Fix};
use joinwright::text::LineTable;

/// Codes that no document can show on its own: a host brings them about.
const OF_HOSTS: [&str; 3] = ["duplicate_entity", "not_utf8", "unreadable_file"];

/// The TOML block under a heading of a page.
fn example<'p>(page: &'p str, heading: &str) -> Option<&'p str> {
    let (_, section) = page.split_once(&format!("\n## {heading}\n"))?;
    let section = section.split_once("\n## ").map_or(section, |(own, _)| own);
    let (_, block) = section.split_once("```toml\n")?;
    block.split_once("```").map(|(example, _)| example)
}

fn findings(text: &str) -> Vec<Diagnostic> {
    Model::from_toml("page.toml", text).diagnostics()
}

/// The lines of a text that are marked (`#! code`, in SQL `--! code`), once for each code.
fn marked(text: &str) -> Vec<(u32, &str)> {
    let lines = text.lines().zip(0..).filter_map(|(line, number)| {
        let codes = ["#! ", "--! "].into_iter().find_map(|mark| Some(line.split_once(mark)?.1))?;
        Some(codes.split_whitespace().map(move |code| (number, code)))
    });
    lines.flatten().collect()
}

/// The lines that findings point at first.
fn lines(text: &str, findings: &[Diagnostic]) -> Vec<(u32, &'static str)> {
    let table = LineTable::new(text);
    let line =
        |found: &Diagnostic| Some((table.line(found.labels.first()?.span.start), found.code.name));
    let mut lines: Vec<_> = findings.iter().filter_map(line).collect();
    lines.sort_unstable();
    lines
}

/// What a finding says, without its places: those move when the text is edited.
fn said(findings: &[Diagnostic]) -> Vec<(&'static str, &str)> {
    findings.iter().map(|found| (found.code.name, found.message.as_str())).collect()
}

#[test]
fn wrong_examples_show_their_code_and_no_other() {
    let mut unlike = Vec::new();
    for code in check::codes().filter(|code| !OF_HOSTS.contains(&code.name)) {
        let wrong = example(code.page, "Wrong").unwrap();
        let found = findings(wrong);
        let mut names: Vec<&str> = found.iter().map(|found| found.code.name).collect();
        names.dedup();
        assert_eq!(marked(wrong), lines(wrong, &found), "the marks of {code}");
        if names != [code.name] {
            unlike.push(format!("the wrong example of {code}: {:?}", said(&found)));
        }
        let unplaced = found.iter().find(|found| found.labels.is_empty());
        assert!(unplaced.is_none(), "{code} points nowhere");
    }
    assert!(unlike.is_empty(), "{}", unlike.join("\n"));
}

#[test]
fn right_examples_are_without_findings() {
    for code in check::codes().filter(|code| !OF_HOSTS.contains(&code.name)) {
        let found = findings(example(code.page, "Right").unwrap());
        assert!(found.is_empty(), "the right example of {code}: {:?}", said(&found));
    }
}

#[test]
fn safe_fixes_are_proven() {
    let mut tried = 0;
    for code in check::codes().filter(|code| !OF_HOSTS.contains(&code.name)) {
        let model = Model::from_toml("page.toml", example(code.page, "Wrong").unwrap());
        let (told, proven) = (model.diagnostics(), model.proven_diagnostics());
        assert_eq!(said(&told), said(&proven));
        for (told, proven) in told.iter().zip(&proven) {
            let safe = |it: &Diagnostic| -> Vec<Fix> {
                let fixes = it.fixes.iter();
                fixes.filter(|fix| fix.applicability == Applicability::Safe).cloned().collect()
            };
            tried += safe(told).len();
            assert_eq!(safe(told), safe(proven), "{code}");
        }
    }
    assert!(tried > 0, "no page shows a safe fix");
}

#[test]
fn fixes_that_do_not_mend_are_not_proven() {
    // The nearest name is a table's, but its columns are others.
    let model = Model::from_toml(
        "page.toml",
        "
ddl = 'CREATE TABLE customers (number INTEGER PRIMARY KEY);'
[entity.Customer]
table = 'customer'
primary_key = ['id']
",
    );
    let offered =
        |found: Vec<Diagnostic>| -> usize { found.iter().map(|found| found.fixes.len()).sum() };
    assert!(offered(model.diagnostics()) > 0);
    assert_eq!(offered(model.proven_diagnostics()), 0);
}
