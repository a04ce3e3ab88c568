//! Whatever is said in whatever order: every request is answered once, and the server lives on.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that goes wrong must fail"
)]

use std::io::Cursor;

use proptest::prelude::*;
use serde_json::{Value, json};

const MODEL: &str = "ddl = '''CREATE TABLE a (id INT PRIMARY KEY, b_id INT REFERENCES b (id));\n\
    CREATE TABLE b (id INT PRIMARY KEY, é TEXT);'''\n[entity.A]\ntable = \"a\"\n[entity.B]\n\
    table = 'b'\n[entity.A.relationship.b]\ntarget = 'B'\nprimaryjoin = \"A.b_id = B.id\"\n";

const URIS: [&str; 3] = ["file:///nowhere/m.toml", "file:///nowhere/s.sql", "untitled:1"];

const REQUESTS: [&str; 16] = [
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/completion",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/codeAction",
    "textDocument/inlayHint",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/range",
    "textDocument/documentSymbol",
    "textDocument/diagnostic",
    "workspace/symbol",
    "initialize",
    "shutdown",
    "no/such",
];

/// Something that a client says.
#[derive(Clone, Debug)]
enum Said {
    Request(usize, Value),
    Notification(&'static str, Value),
    Garbage(&'static str),
    Cancel(i32),
}

fn frame(body: &str) -> Vec<u8> {
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn uri() -> impl Strategy<Value = &'static str> {
    (0..URIS.len()).prop_map(|i| URIS[i])
}

fn position() -> impl Strategy<Value = Value> {
    (0_u32..12, prop_oneof![0_u32..60, Just(u32::MAX)])
        .prop_map(|(line, character)| json!({"line": line, "character": character}))
}

fn params() -> impl Strategy<Value = Value> {
    (uri(), position(), position(), "[a-zé_]{0,4}").prop_map(|(uri, start, end, name)| {
        json!({
            "textDocument": {"uri": uri}, "position": start, "newName": name, "query": name,
            "range": {"start": start, "end": end},
            "context": {"includeDeclaration": true, "diagnostics": [{}]},
        })
    })
}

fn open() -> impl Strategy<Value = Said> {
    (uri(), prop_oneof![Just(MODEL.to_owned()), r"[\[\]{}'=.a-z\n]{0,20}"]).prop_map(
        |(uri, text)| {
            let item = json!({"uri": uri, "languageId": "joinwright", "version": 1, "text": text});
            Said::Notification("textDocument/didOpen", json!({"textDocument": item}))
        },
    )
}

fn change() -> impl Strategy<Value = Said> {
    (uri(), position(), position(), r#"[\[\]{}"'=., a-zé\n]{0,6}"#).prop_map(
        |(uri, start, end, text)| {
            let range = json!({"start": start, "end": end});
            let params = json!({
                "textDocument": {"uri": uri, "version": 2},
                "contentChanges": [{"range": range, "text": text}],
            });
            Said::Notification("textDocument/didChange", params)
        },
    )
}

fn said() -> impl Strategy<Value = Said> {
    let odd = prop_oneof![Just(Value::Null), Just(json!([1])), Just(json!({"textDocument": 3}))];
    let garbage =
        prop_oneof![Just("{,"), Just("[]"), Just("{\"id\": null}"), Just("\u{0}"), Just("")];
    prop_oneof![
        4 => open(),
        6 => change(),
        8 => (0..13_usize, params()).prop_map(|(i, params)| Said::Request(i, params)),
        1 => (0..REQUESTS.len(), odd).prop_map(|(i, params)| Said::Request(i, params)),
        1 => garbage.prop_map(Said::Garbage),
        1 => (0..40).prop_map(Said::Cancel),
        1 => uri().prop_map(|uri| {
            let params = json!({"textDocument": {"uri": uri}});
            Said::Notification("textDocument/didClose", params)
        }),
    ]
}

/// The frames of a conversation, and how many of them must be answered.
fn written(conversation: &[Said]) -> (Vec<u8>, usize) {
    let mut bytes = Vec::new();
    let mut answers = 0;
    for (id, said) in (0..).zip(conversation) {
        let body = match said {
            Said::Garbage(body) => (*body).to_owned(),
            Said::Request(method, params) => {
                json!({"jsonrpc": "2.0", "id": id, "method": REQUESTS[*method], "params": params})
                    .to_string()
            }
            Said::Notification(method, params) => {
                json!({"jsonrpc": "2.0", "method": method, "params": params}).to_string()
            }
            Said::Cancel(id) => {
                json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": id}})
                    .to_string()
            }
        };
        answers += usize::from(matches!(said, Said::Garbage(_) | Said::Request(..)));
        bytes.extend(frame(&body));
    }
    (bytes, answers)
}

/// The messages of the server.
fn heard(mut bytes: &[u8]) -> Vec<Value> {
    let mut messages = Vec::new();
    while !bytes.is_empty() {
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
        let header = std::str::from_utf8(&bytes[..end]).unwrap();
        let length: usize = header.strip_prefix("Content-Length: ").unwrap().parse().unwrap();
        let body = &bytes[end + 4..end + 4 + length];
        messages.push(serde_json::from_slice(body).unwrap());
        bytes = &bytes[end + 4 + length..];
    }
    messages
}

fn serve(conversation: &[Said]) -> (Vec<Value>, usize) {
    let (bytes, expected) = written(conversation);
    let mut output = Vec::new();
    joinwright_lsp::serve(Cursor::new(bytes), &mut output);
    (heard(&output), expected)
}

fn is_answer(message: &Value) -> bool {
    message.get("method").is_none()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_request_is_answered_once(conversation in prop::collection::vec(said(), 0..40)) {
        let start = Said::Request(13, json!({"capabilities": {}}));
        let conversation: Vec<_> = std::iter::once(start).chain(conversation).collect();
        let (messages, expected) = serve(&conversation);
        let answers: Vec<_> = messages.iter().filter(|message| is_answer(message)).collect();
        prop_assert_eq!(answers.len(), expected);
        for answer in answers {
            let fault = answer.pointer("/error/code") == Some(&json!(-32603));
            prop_assert!(!fault, "{answer}");
        }
    }

    #[test]
    fn nothing_is_done_before_the_greeting(conversation in prop::collection::vec(said(), 0..10)) {
        let before: Vec<_> = conversation
            .into_iter()
            .filter(|said| !matches!(said, Said::Request(13, _)))
            .collect();
        let (messages, expected) = serve(&before);
        prop_assert_eq!(messages.len(), expected);
        prop_assert!(messages.iter().all(|message| message.get("error").is_some()));
    }
}

/// What was typed piece by piece is known as if it had been opened so.
#[test]
fn the_latest_text_wins() {
    let uri = URIS[0];
    let open = |text: &str| {
        let item = json!({"uri": uri, "languageId": "toml", "version": 1, "text": text});
        Said::Notification("textDocument/didOpen", json!({"textDocument": item}))
    };
    let typed = |line: usize, character: usize, text: &str| {
        let at = json!({"line": line, "character": character});
        let change = json!({"range": {"start": at, "end": at}, "text": text});
        let params = json!({
            "textDocument": {"uri": uri, "version": 2}, "contentChanges": [change],
        });
        Said::Notification("textDocument/didChange", params)
    };
    let whole = json!({"textDocument": {"uri": uri}});
    let ask = || [Said::Request(10, whole.clone()), Said::Request(11, whole.clone())];
    let start = Said::Request(13, json!({"capabilities": {}}));
    let mut conversation = vec![start.clone(), open("")];
    let (mut line, mut column) = (0, 0);
    for c in MODEL.chars() {
        conversation.push(typed(line, column, &c.to_string()));
        (line, column) = if c == '\n' { (line + 1, 0) } else { (line, column + c.len_utf16()) };
    }
    conversation.extend(ask());
    let (typed, _) = serve(&conversation);
    let (opened, _) = serve(&[vec![start, open(MODEL)], ask().to_vec()].concat());
    let results = |messages: &[Value]| -> Vec<Value> {
        let answers = messages.iter().filter(|message| is_answer(message));
        let results: Vec<_> = answers.map(|answer| answer["result"].clone()).collect();
        results[1..].to_vec()
    };
    assert_eq!(results(&typed), results(&opened));
    assert!(results(&opened)[0].as_array().is_some_and(|symbols| symbols.len() == 4));
}
