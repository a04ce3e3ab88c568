//! The examples on the pages of `rules/` do what their page says.

use joinwright::Model;
use joinwright::check;
use joinwright::report::{Applicability, Diagnostic, Fix};

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

/// What a finding says, without its places: those move when the text is edited.
fn said(findings: &[Diagnostic]) -> Vec<(&'static str, &str)> {
    findings.iter().map(|found| (found.code.name, found.message.as_str())).collect()
}

fn apply(text: &str, fix: &Fix) -> String {
    let mut edits: Vec<_> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse((edit.span.start, edit.span.end)));
    let mut text = text.to_owned();
    for edit in edits {
        text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.insert);
    }
    text
}

#[test]
fn wrong_examples_show_their_code_and_no_other() {
    let mut unlike = Vec::new();
    for code in check::codes().filter(|code| !OF_HOSTS.contains(&code.name)) {
        let wrong = example(code.page, "Wrong").unwrap();
        let found = findings(wrong);
        let mut names: Vec<&str> = found.iter().map(|found| found.code.name).collect();
        names.dedup();
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
fn safe_fixes_remove_their_finding_and_add_none() {
    let mut tried = 0;
    for code in check::codes().filter(|code| !OF_HOSTS.contains(&code.name)) {
        let wrong = example(code.page, "Wrong").unwrap();
        let before = findings(wrong);
        for finding in &before {
            let safe = finding.fixes.iter().filter(|fix| fix.applicability == Applicability::Safe);
            for fix in safe {
                tried += 1;
                let after = findings(&apply(wrong, fix));
                let mut left = said(&before);
                left.retain(|said| *said != (finding.code.name, finding.message.as_str()));
                let new: Vec<_> = said(&after).into_iter().filter(|s| !left.contains(s)).collect();
                assert!(new.is_empty(), "{code}, `{}`: {new:?}", fix.title);
            }
        }
    }
    assert!(tried > 0, "no page shows a safe fix");
}
