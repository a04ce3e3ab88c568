//! The order of messages: what may be said when, and what is answered.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Receiver;

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response, ResponseError};
use serde_json::Value;

use crate::session::{Session, error};
use crate::wire::{Incoming, refuse};

/// How far the conversation has come.
#[derive(Debug)]
enum Stage {
    /// Nobody was greeted yet.
    Silent,
    /// A client was greeted.
    Talking(Box<Session>),
    /// The client said `shutdown`: nothing is left to say but `exit`.
    ShutDown,
}

/// One conversation.
#[derive(Debug)]
pub(crate) struct Server<W> {
    output: W,
    stage: Stage,
    /// The messages that wait.
    queue: VecDeque<Incoming>,
}

impl<W: Write> Server<W> {
    pub(crate) fn new(output: W) -> Self {
        Self { output, stage: Stage::Silent, queue: VecDeque::new() }
    }

    /// Answers until the client says `exit` or goes away; whether it said `shutdown` before.
    pub(crate) fn run(&mut self, incoming: &Receiver<Incoming>) -> bool {
        loop {
            if self.queue.is_empty() {
                match incoming.recv() {
                    Ok(message) => self.queue.push_back(message),
                    Err(_) => return self.is_shut_down(),
                }
            }
            self.queue.extend(incoming.try_iter());
            match self.step() {
                Ok(false) => {}
                Ok(true) | Err(_) => return self.is_shut_down(),
            }
        }
    }

    /// Takes the first message that waits; whether it was the last. Once none waits, the client is
    /// told what has changed.
    fn step(&mut self) -> io::Result<bool> {
        let Some(incoming) = self.queue.pop_front() else { return Ok(false) };
        match incoming {
            Incoming::Malformed(malformed) => refuse(&mut self.output, &malformed)?,
            Incoming::Message(Message::Request(request)) => self.request(request)?,
            Incoming::Message(Message::Notification(notification)) => {
                if notification.method == "exit" {
                    return Ok(true);
                }
                self.notify(notification)?;
            }
            // An answer to what was asked of the client changes nothing.
            Incoming::Message(Message::Response(_)) => {}
        }
        if self.queue.is_empty()
            && let Stage::Talking(session) = &mut self.stage
        {
            let messages = session.settle();
            self.send_all(messages)?;
        }
        Ok(false)
    }

    fn is_shut_down(&self) -> bool {
        matches!(self.stage, Stage::ShutDown)
    }

    fn request(&mut self, Request { id, method, params }: Request) -> io::Result<()> {
        let response_result = if self.is_cancelled(&id) {
            Err(error(ErrorCode::RequestCanceled, "cancelled"))
        } else {
            self.answer(&method, params)
        };
        self.send_all([Message::Response(Response { id, response_result })])
    }

    fn answer(&mut self, method: &str, params: Value) -> Result<Value, ResponseError> {
        match (&mut self.stage, method) {
            (Stage::Silent, "initialize") => {
                let (session, answer) = Session::initialize(&params);
                self.stage = Stage::Talking(Box::new(session));
                Ok(answer)
            }
            (Stage::Silent, _) => {
                Err(error(ErrorCode::ServerNotInitialized, "expected `initialize` first"))
            }
            (Stage::Talking(_), "initialize") => {
                Err(error(ErrorCode::InvalidRequest, "`initialize` was said already"))
            }
            (Stage::Talking(_), "shutdown") => {
                self.stage = Stage::ShutDown;
                Ok(Value::Null)
            }
            (Stage::Talking(session), _) => guarded(session, |it| it.request(method, params)),
            (Stage::ShutDown, _) => {
                Err(error(ErrorCode::InvalidRequest, "nothing but `exit` follows `shutdown`"))
            }
        }
    }

    fn notify(&mut self, Notification { method, params }: Notification) -> io::Result<()> {
        let Stage::Talking(session) = &mut self.stage else { return Ok(()) };
        if method == "initialized" {
            let messages = session.ready();
            return self.send_all(messages);
        }
        session.notify(&method, params);
        Ok(())
    }

    /// Whether a message that waits cancels a request.
    fn is_cancelled(&self, id: &RequestId) -> bool {
        self.queue.iter().any(|incoming| match incoming {
            Incoming::Message(Message::Notification(it)) if it.method == "$/cancelRequest" => {
                let cancelled = it.params.get("id").cloned().unwrap_or_default();
                serde_json::from_value::<RequestId>(cancelled).is_ok_and(|it| it == *id)
            }
            _ => false,
        })
    }

    fn send_all(&mut self, messages: impl IntoIterator<Item = Message>) -> io::Result<()> {
        for message in messages {
            message.write(&mut self.output)?;
        }
        self.output.flush()
    }
}

/// A fault of one answer does not end the conversation.
fn guarded(
    session: &mut Session,
    ask: impl FnOnce(&mut Session) -> Result<Value, ResponseError>,
) -> Result<Value, ResponseError> {
    let answer = catch_unwind(AssertUnwindSafe(|| ask(session)));
    answer.unwrap_or_else(|_| Err(error(ErrorCode::InternalError, "the server has a fault")))
}
