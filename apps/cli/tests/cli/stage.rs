//! A folder with files, the program run in it, and its findings with their lines.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;

/// Two tables, linked once.
pub(crate) const DDL: &str = "\
CREATE TABLE address (id INTEGER PRIMARY KEY, city TEXT);
CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT, address_id INTEGER REFERENCES address (id));
";

/// A model over [`DDL`]; `relationship` begins on line 13.
pub(crate) fn model(relationship: &str) -> String {
    format!(
        "ddl = '''\n{DDL}'''\n[entity.Address]\ntable = \"address\"\n\n[entity.Customer]\n\
         table = \"customer\"\n\n[entity.Customer.relationship.address]\ntarget = \"Address\"\n\
         {relationship}\n"
    )
}

/// A folder of its own, removed at the end.
pub(crate) struct Stage {
    folder: PathBuf,
}

impl Stage {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("joinwright-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self { folder }
    }

    pub(crate) fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        std::fs::write(self.folder.join(name), bytes).unwrap();
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join(name)).unwrap()
    }

    pub(crate) fn folder(self, name: &str) -> Self {
        std::fs::create_dir(self.folder.join(name)).unwrap();
        self
    }

    /// Runs the program with nothing on standard input.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, b"")
    }

    pub(crate) fn run_with(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_joinwright"))
            .args(arguments)
            .current_dir(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that refuses its arguments does not wait for its input.
        let _ = child.stdin.take().unwrap().write_all(input);
        child.wait_with_output().unwrap()
    }

    /// Exit status and findings, as `code file:line`, of `check`. Its text must come to the same.
    pub(crate) fn check(&self, file: &str) -> (i32, Vec<String>) {
        let json = self.run(&["check", file, "--format", "json"]);
        let text = self.run(&["check", file]);
        assert_eq!(status(&json), status(&text), "{file}");
        let drawn = String::from_utf8(text.stdout).unwrap();
        assert!(drawn.len() < 1 << 20, "{file} is drawn on {} bytes", drawn.len());
        let found: Value = serde_json::from_slice(&json.stdout).unwrap();
        let found = found.as_array().unwrap();
        for finding in found {
            assert!(drawn.contains(finding["code"].as_str().unwrap()), "{drawn}");
        }
        (status(&json), found.iter().map(|finding| self.placed(finding)).collect())
    }

    fn placed(&self, finding: &Value) -> String {
        let code = finding["code"].as_str().unwrap();
        let Some(label) = finding["labels"].get(0) else { return format!("{code} nowhere") };
        let file = label["source"].as_str().unwrap();
        let bytes = std::fs::read(self.folder.join(file)).unwrap();
        let start = usize::try_from(label["start"].as_u64().unwrap()).unwrap();
        let before = bytes.get(..start.min(bytes.len())).unwrap();
        let line = before.split(|byte| *byte == b'\n').count();
        format!("{code} {file}:{line}")
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The exit status; that of a program that was killed is none.
pub(crate) fn status(output: &Output) -> i32 {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked"), "{said}");
    output.status.code().unwrap_or(-1)
}
