//! `check --fix`, `--diff`, `--statistics` and baselines.

use crate::stage::{Stage, model, status};

/// A key and a target that are misspelled, each with a safe fix, among comments and odd spacing.
const MISSPELLED: &str = "view_only   = true # kept";

fn misspelled() -> String {
    model(MISSPELLED).replace("\"Address\"", "'Adress'")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn fixes_change_what_they_name_and_nothing_else() {
    let stage = Stage::new().with("m.toml", misspelled());
    let output = stage.run(&["check", "m.toml", "--fix"]);
    assert_eq!(status(&output), 0, "{}", text(&output.stdout));
    assert!(text(&output.stderr).contains("2 fixes applied"), "{}", text(&output.stderr));
    let expected = model("viewonly   = true # kept");
    assert_eq!(stage.read("m.toml").replace('\'', "\""), expected.replace('\'', "\""));
}

#[test]
fn a_diff_writes_nothing() {
    let stage = Stage::new().with("m.toml", misspelled());
    let output = stage.run(&["check", "m.toml", "--diff"]);
    assert_eq!(status(&output), 1);
    let diff = text(&output.stdout);
    assert!(diff.contains("--- m.toml\n+++ m.toml\n@@"), "{diff}");
    assert!(diff.contains("\n-view_only   = true # kept\n"), "{diff}");
    assert!(diff.contains("\n+viewonly   = true # kept\n"), "{diff}");
    assert!(text(&output.stderr).contains("2 fixes would be applied"));
    assert_eq!(stage.read("m.toml"), misspelled());
    let piped = stage.run_with(&["check", "-", "--diff"], misspelled().as_bytes());
    assert_eq!(text(&piped.stdout), diff.replace(" m.toml\n", " -\n"));
}

#[test]
fn a_fix_keeps_the_line_breaks_of_its_file() {
    let linked = model("").replace('\n', "\r\n")
        + "[entity.Address.relationship.customers]\r\ntarget = \"Customer\"\r\n";
    let stage = Stage::new().with("m.toml", &linked);
    let output = stage.run(&["check", "m.toml", "--fix"]);
    assert_eq!(status(&output), 0, "{}", text(&output.stdout));
    let mended = stage.read("m.toml");
    assert!(mended.contains("\r\nback_populates = \"customers\"\r\n"), "{mended}");
    assert!(!mended.replace("\r\n", "").contains(['\r', '\n']), "{mended}");
}

#[test]
fn the_other_fixes_are_asked_for_beside_the_safe_ones() {
    let stage = Stage::new().with("m.toml", misspelled());
    let output = stage.run(&["check", "m.toml", "--unsafe-fixes"]);
    assert_eq!(status(&output), 2);
    assert!(text(&output.stderr).contains("`--unsafe-fixes` goes with `--fix` or `--diff`"));
    assert_eq!(stage.read("m.toml"), misspelled());
}

#[test]
fn a_fix_that_uncovers_another_finding_is_held_back() {
    let hidden = model("").replace("table = \"customer\"", "tabel = \"customr\"");
    let stage = Stage::new().with("m.toml", &hidden);
    let output = stage.run(&["check", "m.toml", "--fix"]);
    assert_eq!(status(&output), 1);
    assert!(text(&output.stderr).contains("0 fixes applied, 1 fix held back"));
    assert_eq!(stage.read("m.toml"), hidden);
}

#[test]
fn standard_input_cannot_be_fixed() {
    let output = Stage::new().run_with(&["check", "-", "--fix"], misspelled().as_bytes());
    assert_eq!(status(&output), 2);
    assert!(text(&output.stderr).contains("`--fix` needs a file"));
}

#[test]
fn statistics_count_each_code() {
    let stage = Stage::new().with("m.toml", misspelled());
    let output = stage.run(&["check", "m.toml", "--statistics"]);
    assert_eq!(status(&output), 1);
    assert!(text(&output.stdout).contains("1  error   unknown_key  1 fixable"));
}

#[test]
fn a_baseline_silences_what_was_known_and_nothing_new() {
    let stage = Stage::new().with("m.toml", model("view_only = true"));
    let written = stage.run(&["check", "m.toml", "--write-baseline", "known.json"]);
    assert_eq!(status(&written), 1);
    assert!(text(&written.stderr).contains("1 finding written to `known.json`"));
    let moved = format!("# moved down\n\n{}", model("view_only = true"));
    let stage = stage.with("m.toml", moved);
    assert_eq!(status(&stage.run(&["check", "m.toml", "--baseline", "known.json"])), 0);

    let stage = stage.with("m.toml", model("view_only = true\nuse_list = true"));
    let newer = stage.run(&["check", "m.toml", "--baseline", "known.json", "--format", "github"]);
    assert_eq!(status(&newer), 1);
    assert!(text(&newer.stdout).contains("use_list") && !text(&newer.stdout).contains("view_only"));

    let stage = stage.with("m.toml", model(""));
    let mended = stage.run(&["check", "m.toml", "--baseline", "known.json"]);
    assert_eq!(status(&mended), 0);
    let renews =
        "`known.json` lists 1 finding no longer there: `--write-baseline known.json` renews it";
    assert!(text(&mended.stderr).contains(renews), "{}", text(&mended.stderr));
}

#[test]
fn a_broken_baseline_is_told() {
    let told = |baseline: &str| {
        let stage = Stage::new().with("m.toml", model("")).with("known.json", baseline);
        let output = stage.run(&["check", "m.toml", "--baseline", "known.json"]);
        (status(&output), text(&output.stderr).trim_end().to_owned())
    };
    let wrong = |reason: &str| {
        let said = "joinwright: `known.json` is no baseline: ";
        (2, format!("{said}{reason}; `--write-baseline` writes one"))
    };
    let empty = "\"findings\": []";
    assert_eq!(told(&format!("{{\"schema\": 7, {empty}}}")), wrong("its `schema` is 7, not 1"));
    assert_eq!(told("[entity.A]"), wrong("it is no JSON at line 1, column 2"));
    assert_eq!(told("{\n\"schema\": true}"), wrong("it is not of its form at line 2, column 14"));
    let known = "{\"code\": \"x\", \"count\": 18446744073709551615}";
    let (code, said) = told(&format!("{{\"schema\": 1, \"findings\": [{known}, {known}]}}"));
    assert!(code == 0 && said.contains("no longer there"), "{said}");
}
