//! A session as text, and what comes of it.
//!
//! A line says one thing to the server; `|` lines behind it are a text. A `$0` in a text marks a
//! position and is not part of it. After each line all answers that it must have are heard.
//!
//! ```text
//! file NAME            write a file, before anything is said
//! request METHOD JSON  say a request, hear its answer
//! at METHOD NAME TEXT  the same for the position that `TEXT` has at its `$0`
//! notify METHOD JSON   say a notification
//! open NAME            open a text
//! edit NAME OLD => NEW change an open text, the first place that says OLD
//! raw BYTES            say something that is no message
//! hear                 hear something that was not asked for
//! end                  end the stream, if it has not ended, and tell the exit status
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use crate::client::Client;

struct Session {
    client: Client,
    folder: PathBuf,
    texts: BTreeMap<String, String>,
    requests: i32,
    transcript: String,
}

/// Holds a session; everything that was said.
pub(crate) fn play(script: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder =
        std::env::temp_dir().join(format!("joinwright-lsp-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (texts, transcript) = Default::default();
    let mut session = Session { client: Client::new(), folder, texts, requests: 0, transcript };
    let mut lines = script.lines().peekable();
    while let Some(line) = lines.next() {
        let mut text = String::new();
        while let Some(more) = lines.next_if(|line| line.starts_with('|')) {
            text.push_str(more.strip_prefix("| ").unwrap_or(&more[1..]));
            text.push('\n');
        }
        session.line(line, text);
    }
    let _ = std::fs::remove_dir_all(&session.folder);
    session.transcript
}

impl Session {
    fn line(&mut self, line: &str, text: String) {
        if line.is_empty() || line.starts_with('#') {
            return;
        }
        let _ = writeln!(self.transcript, "{line}");
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "file" => self.file(rest, text),
            "open" => self.open(rest, text),
            "edit" => self.edit(rest),
            "request" => {
                let (method, params) = rest.split_once(' ').unwrap_or((rest, "null"));
                let params = self.params(params);
                self.request(method, &params);
            }
            "at" => self.at(rest),
            "notify" => {
                let (method, params) = rest.split_once(' ').unwrap_or((rest, "null"));
                let params = self.params(params);
                self.notify(method, &params);
            }
            "raw" => {
                self.client.raw(&rest.replace("\\r", "\r").replace("\\n", "\n"));
                self.hear();
            }
            "hear" => self.hear(),
            "end" => {
                let status = self.client.status();
                let _ = writeln!(self.transcript, "  exit status {status}");
            }
            other => panic!("a session does not know `{other}`"),
        }
    }

    fn file(&mut self, name: &str, text: String) {
        std::fs::write(self.folder.join(name), &text).unwrap();
        self.texts.insert(name.to_owned(), text);
    }

    fn open(&mut self, name: &str, text: String) {
        let text = if text.is_empty() { self.texts[name].clone() } else { text };
        let document = json!({
            "uri": self.uri(name), "languageId": "plaintext", "version": 1, "text": text,
        });
        self.texts.insert(name.to_owned(), text);
        self.notify("textDocument/didOpen", &json!({"textDocument": document}));
    }

    /// Changes the range that says something, as an editor does.
    fn edit(&mut self, rest: &str) {
        let (name, change) = rest.split_once(' ').unwrap();
        let (old, new) = change.split_once("=>").unwrap();
        let (old, new) = (old.trim().replace("\\n", "\n"), new.trim().replace("\\n", "\n"));
        let text = self.texts[name].clone();
        let start = text.find(&old).expect("a text to change");
        let range = json!({
            "start": position(&text, start), "end": position(&text, start + old.len()),
        });
        self.texts.insert(name.to_owned(), text.replacen(&old, &new, 1));
        let params = json!({
            "textDocument": {"uri": self.uri(name), "version": 2},
            "contentChanges": [{"range": range, "text": new}],
        });
        self.notify("textDocument/didChange", &params);
    }

    fn at(&mut self, rest: &str) {
        let (method, rest) = rest.split_once(' ').unwrap();
        let (name, marked) = rest.split_once(' ').unwrap();
        let (marked, more) = marked.split_once(" with ").unwrap_or((marked, "{}"));
        let text = &self.texts[name];
        let cursor = marked.find("$0").unwrap();
        let offset = text.find(&marked.replace("$0", "")).expect("a text to point at") + cursor;
        let place = position(text, offset);
        let mut params = json!({
            "textDocument": {"uri": self.uri(name)},
            "position": place,
            "range": {"start": place, "end": place},
        });
        for (key, value) in self.params(more).as_object().unwrap() {
            params[key] = value.clone();
        }
        self.request(method, &params);
    }

    fn request(&mut self, method: &str, params: &Value) {
        self.requests += 1;
        let id = self.requests;
        self.client.say(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.hear();
    }

    fn notify(&mut self, method: &str, params: &Value) {
        self.client.say(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn hear(&mut self) {
        let heard = compact(self.client.hear());
        let shown = serde_json::to_string_pretty(&heard).unwrap();
        let shown = shown.replace(&self.uri(""), "$/").replace("\"jsonrpc\": \"2.0\",\n  ", "");
        for line in shown.lines() {
            let _ = writeln!(self.transcript, "  {line}");
        }
    }

    /// JSON in which `$/` stands for the folder.
    fn params(&self, text: &str) -> Value {
        serde_json::from_str(&text.replace("$/", &self.uri(""))).unwrap()
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}/{name}", self.folder.display())
    }
}

/// A message with each range and position as a string: `8:30–8:37`.
fn compact(message: Value) -> Value {
    match message {
        Value::Array(items) => items.into_iter().map(compact).collect(),
        Value::Object(entries) => {
            let entries = entries.into_iter().map(|(key, value)| (key, compact(value)));
            let entries: serde_json::Map<_, _> = entries.collect();
            let pair = |first: &str, second: &str, between: char| {
                let both = entries.get(first).zip(entries.get(second));
                let (first, second) = both.filter(|_| entries.len() == 2)?;
                let shown =
                    |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                Some(Value::from(format!("{}{between}{}", shown(first), shown(second))))
            };
            let place = pair("line", "character", ':').or_else(|| pair("start", "end", '–'));
            place.unwrap_or(Value::Object(entries))
        }
        other => other,
    }
}

/// Line and UTF-16 column.
fn position(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap_or("").encode_utf16().count();
    json!({"line": line, "character": column})
}
