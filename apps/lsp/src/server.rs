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

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use serde_json::json;

    use super::*;

    fn request(id: i32, method: &str, params: Value) -> Incoming {
        let method = method.to_owned();
        Incoming::Message(Message::Request(Request { id: id.into(), method, params }))
    }

    fn notification(method: &str, params: Value) -> Incoming {
        let method = method.to_owned();
        Incoming::Message(Message::Notification(Notification { method, params }))
    }

    /// What the server says to messages that all wait before it begins.
    fn said(messages: impl IntoIterator<Item = Incoming>) -> String {
        let (sender, receiver) = channel();
        for message in messages {
            sender.send(message).unwrap();
        }
        drop(sender);
        let mut output = Vec::new();
        Server::new(&mut output).run(&receiver);
        String::from_utf8(output).unwrap()
    }

    #[test]
    fn a_request_that_is_cancelled_while_it_waits_is_not_worked_on() {
        let symbols = |id| request(id, "workspace/symbol", json!({"query": ""}));
        let said = said([
            request(1, "initialize", json!({})),
            symbols(2),
            symbols(3),
            notification("$/cancelRequest", json!({"id": 3})),
            notification("$/cancelRequest", json!({"id": null})),
        ]);
        assert!(said.contains(r#""id":2,"result":[]"#), "{said}");
        assert!(said.contains(r#""id":3,"error":{"code":-32800"#), "{said}");
    }

    #[test]
    fn changes_that_wait_together_are_told_of_once() {
        let uri = "untitled:model";
        let item = json!({"uri": uri, "languageId": "joinwright", "version": 1, "text": "a"});
        let change = |text: &str| {
            let document = json!({"uri": uri, "version": 2});
            let changes = json!([{"text": text}]);
            let params = json!({"textDocument": document, "contentChanges": changes});
            notification("textDocument/didChange", params)
        };
        let said = said([
            request(1, "initialize", json!({})),
            notification("textDocument/didOpen", json!({"textDocument": item})),
            change("[entity.A"),
            change("[entity.A]\ntable = 'a'"),
        ]);
        assert_eq!(said.matches("publishDiagnostics").count(), 1, "{said}");
        assert!(said.contains("unknown table `a`"), "{said}");
    }
}
