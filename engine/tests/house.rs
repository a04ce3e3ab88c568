//! The rules of the house: rooms stand on floors and use only lower ones, each outside package has
//! one door, files stay small, and every diagnostic has its file and its page.

#![expect(clippy::unwrap_used, reason = "a tree that cannot be read must fail the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use joinwright::answer::REQUEST_CODES;
use joinwright::check;

/// The rooms and their floors. Rooms on one floor do not meet.
const FLOORS: [(&str, u8); 16] = [
    ("base", 0),
    ("text", 1),
    ("report", 2),
    ("spec", 3),
    ("catalog", 3),
    ("graph", 4),
    ("parse", 5),
    ("entity", 6),
    ("resolve", 7),
    ("check", 8),
    ("plan", 8),
    ("render", 9),
    ("answer", 10),
    ("diagram", 10),
    ("editor", 11),
    ("session", 12),
];

/// Outside packages and the only rooms that use each.
const DOORS: [(&str, &[&str]); 8] = [
    ("sqlparser", &["parse"]),
    ("toml", &["spec"]),
    ("jsonc_parser", &["spec"]),
    ("petgraph", &["graph", "resolve"]),
    ("miette", &["report"]),
    ("serde_json", &["answer"]),
    ("strsim", &["report"]),
    ("hashbrown", &["base"]),
];

/// The engine is pure: these lead out of it.
const STREET: [&str; 5] = ["fs", "env", "net", "thread", "time"];

const LONGEST_FILE: usize = 400;

struct File {
    path: PathBuf,
    /// The directory under `src`; none for the front door.
    room: Option<String>,
    text: String,
}

impl File {
    /// The lines that are no comments.
    fn code(&self) -> impl Iterator<Item = &str> {
        self.text.lines().filter(|line| !line.trim_start().starts_with("//"))
    }
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files() -> Vec<File> {
    let (mut files, mut open) = (Vec::new(), vec![source()]);
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.push(read(path));
            }
        }
    }
    files
}

fn read(path: PathBuf) -> File {
    let inside = path.strip_prefix(source()).unwrap();
    let directory = inside.parent().and_then(|parent| parent.iter().next());
    let room = directory.map(|room| room.to_str().unwrap().to_owned());
    let text = fs::read_to_string(&path).unwrap();
    File { path, room, text }
}

fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

/// What follows each `path::` in a line, as far as it is a name; groups in braces are opened.
fn behind<'l>(line: &'l str, path: &str) -> Vec<&'l str> {
    let whole = |at: usize| {
        let before = line.get(..at).unwrap_or("").chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    };
    let places = line.match_indices(path).filter(|(at, _)| whole(*at));
    let rests = places.filter_map(|(at, _)| line.get(at + path.len()..));
    rests.flat_map(|rest| names(rest)).collect()
}

fn names(rest: &str) -> Vec<&str> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let first = |text: &'_ str| text.find(|c| !is_name(c)).unwrap_or(text.len());
    match rest.strip_prefix('{') {
        None => vec![rest.get(..first(rest)).unwrap_or("")],
        Some(group) => {
            let parts = group.split(',').map(str::trim);
            parts.map(|part| part.get(..first(part)).unwrap_or("")).collect()
        }
    }
}

/// A file's code with the line breaks of `use` groups taken out.
fn joined(file: &File) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut open = false;
    for line in file.code() {
        match lines.last_mut().filter(|_| open) {
            Some(last) => last.push_str(line.trim()),
            None => lines.push(line.to_owned()),
        }
        let last = lines.last().unwrap();
        let is_use = last.trim_start().trim_start_matches("pub ").starts_with("use ");
        open = is_use && !last.contains(';');
    }
    lines
}

#[test]
fn every_room_has_a_floor() {
    for file in files() {
        let known = file.room.as_deref().is_none_or(|room| floor(room).is_some());
        assert!(known, "{} stands on no floor", file.path.display());
    }
}

#[test]
fn rooms_use_only_lower_floors() {
    for file in files() {
        let Some(own) = &file.room else { continue };
        let height = floor(own).unwrap();
        for line in joined(&file) {
            for used in behind(&line, "crate::") {
                let below = used == own.as_str() || floor(used).is_none_or(|used| used < height);
                assert!(below, "{}: `{own}` uses `{used}`: {line}", file.path.display());
            }
        }
    }
}

#[test]
fn rooms_do_not_climb_out_by_super() {
    for file in files().iter().filter(|file| file.room.is_some()) {
        let depth = file.path.strip_prefix(source()).unwrap().components().count();
        let is_mod = file.path.file_name().is_some_and(|name| name == "mod.rs");
        let out = "super::".repeat(if is_mod { depth - 1 } else { depth });
        for line in joined(file) {
            for used in behind(&line, &out) {
                assert!(floor(used).is_none(), "{}: leaves its room: {line}", file.path.display());
            }
        }
    }
}

#[test]
fn each_package_has_its_doors() {
    for file in files() {
        let room = file.room.as_deref().unwrap_or("");
        for (package, rooms) in DOORS.iter().filter(|(_, rooms)| !rooms.contains(&room)) {
            for line in joined(&file) {
                let used = !behind(&line, &format!("{package}::")).is_empty()
                    || line.trim_start().starts_with(&format!("use {package};"));
                let place = file.path.display();
                assert!(!used, "{place}: {package} is for {rooms:?} alone: {line}");
            }
        }
    }
}

#[test]
fn the_engine_is_pure() {
    for file in files() {
        for line in joined(&file) {
            let used = behind(&line, "std::");
            let street = used.iter().find(|used| STREET.contains(used));
            assert!(street.is_none(), "{}: {line}", file.path.display());
        }
    }
}

#[test]
fn files_are_short() {
    for file in files() {
        let lines = file.text.lines().count();
        assert!(lines <= LONGEST_FILE, "{}: {lines} lines", file.path.display());
    }
}

#[test]
fn every_code_has_its_file_and_its_page_and_every_page_its_code() {
    let of_models: Vec<&str> = check::codes().map(|code| code.name).collect();
    let of_requests: Vec<&str> = REQUEST_CODES.iter().map(|code| code.name).collect();
    assert!(of_models.is_sorted() && of_requests.is_sorted());
    let codes = [of_models, of_requests].concat();
    let unique: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(unique.len(), codes.len(), "a code is listed twice");

    for code in check::codes() {
        assert!(source().join("check").join(code.name).with_extension("rs").exists(), "{code}");
    }
    for code in check::codes().chain(REQUEST_CODES.iter().copied()) {
        for part in [&format!("# {code}\n"), "\n## Why\n", "\n## Wrong\n", "\n## Right\n"] {
            assert!(code.page.contains(part), "the page of {code} lacks {part:?}");
        }
    }
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let pages = fs::read_dir(rules).unwrap().map(|entry| entry.unwrap().path());
    let pages: BTreeSet<String> =
        pages.map(|page| page.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(pages, codes.iter().map(|code| (*code).to_owned()).collect());
}
