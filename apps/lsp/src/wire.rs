//! Frames of bytes → messages, and back.
//!
//! `lsp-server` ends a connection at the first frame that it cannot read; here what is malformed is
//! told to the client, and the next frame is read.

use std::io::{self, BufRead, Read as _, Write};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use lsp_server::{ErrorCode, Message};
use serde_json::{Value, json};

/// No message of an editor is longer.
const LONGEST: u64 = 256 << 20;

/// What came from the client.
#[derive(Debug)]
pub(crate) enum Incoming {
    /// A message.
    Message(Message),
    /// A frame that is no message: what the client is told.
    Malformed(Malformed),
}

/// Why a frame is no message.
#[derive(Debug)]
pub(crate) struct Malformed {
    code: ErrorCode,
    message: String,
    /// The id it has all the same.
    id: Value,
}

impl Malformed {
    fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), id: Value::Null }
    }
}

/// Reads messages on a thread of its own, so that those that wait can be counted.
pub(crate) fn incoming(mut input: impl BufRead + Send + 'static) -> Receiver<Incoming> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        while let Ok(Some(incoming)) = read(&mut input) {
            if sender.send(incoming).is_err() {
                break;
            }
        }
    });
    receiver
}

/// The next frame; nothing at the end of the stream.
fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let length = match header(input)? {
        Header::End => return Ok(None),
        Header::Length(length) if length <= LONGEST => length,
        other => {
            if let Header::Length(length) = other {
                io::copy(&mut input.take(length), &mut io::sink())?;
            }
            let message = "expected a `Content-Length` that a message can have";
            return Ok(Some(Incoming::Malformed(Malformed::new(ErrorCode::ParseError, message))));
        }
    };
    let mut body = Vec::new();
    let read = input.take(length).read_to_end(&mut body)?;
    let whole = u64::try_from(read) == Ok(length);
    Ok(whole.then(|| message(&body)))
}

/// What the lines before a message say.
enum Header {
    /// How many bytes the message has.
    Length(u64),
    /// Nothing of use.
    Unknown,
    /// There is no further message.
    End,
}

fn header(input: &mut impl BufRead) -> io::Result<Header> {
    const LONGEST_LINE: u64 = 4096;
    let mut header = Header::Unknown;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(Header::End);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            return Ok(header);
        }
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            header = value.trim().parse().map_or(Header::Unknown, Header::Length);
        }
    }
}

fn message(body: &[u8]) -> Incoming {
    let value: Value = match serde_json::from_slice(body) {
        Ok(value) => value,
        Err(error) => {
            let message = format!("expected JSON: {error}");
            return Incoming::Malformed(Malformed::new(ErrorCode::ParseError, message));
        }
    };
    let id = value.get("id").cloned().filter(|id| id.is_string() || id.is_number());
    if let Ok(message) = serde_json::from_value(value) {
        return Incoming::Message(message);
    }
    let message = "expected a request, a notification or a response";
    let malformed = Malformed::new(ErrorCode::InvalidRequest, message);
    Incoming::Malformed(Malformed { id: id.unwrap_or(Value::Null), ..malformed })
}

/// Tells the client that a frame was no message. Its id is often not known, which `lsp-server`
/// cannot say.
pub(crate) fn refuse(output: &mut impl Write, malformed: &Malformed) -> io::Result<()> {
    let error = json!({"code": malformed.code as i32, "message": malformed.message});
    let body = json!({"jsonrpc": "2.0", "id": malformed.id, "error": error}).to_string();
    write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    output.flush()
}
