//! What is said between `initialize` and `shutdown`.

use std::collections::{BTreeMap, BTreeSet};

use gen_lsp_types as lsp;
use lsp_server::{ErrorCode, Message, Notification, Request, ResponseError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::answer::{diagnostics, edit, navigate, show};
use crate::client::{Client, capabilities};
use crate::document::Document;
use crate::location::Location;
use crate::workspace::Workspace;

/// A client that has been greeted.
#[derive(Debug)]
pub(crate) struct Session {
    workspace: Workspace,
    client: Client,
    /// The texts for which each model has told findings.
    told: BTreeMap<Location, BTreeSet<Location>>,
    /// The texts whose findings the client was told when it asked for all.
    reported: BTreeSet<Location>,
    /// How many requests the client was sent.
    requests: i32,
}

impl Session {
    /// Greets a client; what to answer it.
    pub(crate) fn initialize(params: &Value) -> (Self, Value) {
        let client = Client::new(params);
        let workspace = Workspace::new(client.encoding);
        let answer = json!({
            "capabilities": capabilities(client.encoding),
            "serverInfo": {"name": "joinwright", "version": env!("CARGO_PKG_VERSION")},
        });
        let (told, reported) = (BTreeMap::new(), BTreeSet::new());
        (Self { workspace, client, told, reported, requests: 0 }, answer)
    }

    /// The answer to a request.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Result<Value, ResponseError> {
        let workspace = &mut self.workspace;
        match method {
            "textDocument/hover" => to_value(navigate::hover(workspace, &read(params)?)),
            "textDocument/definition" => to_value(navigate::definition(workspace, &read(params)?)),
            "textDocument/references" => to_value(navigate::references(workspace, &read(params)?)),
            "textDocument/completion" => to_value(edit::complete(workspace, &read(params)?)),
            "textDocument/prepareRename" => {
                // A place that cannot be renamed is an answer, not a failure.
                to_value(edit::prepare_rename(workspace, &read(params)?).unwrap_or_default())
            }
            "textDocument/rename" => {
                let edit = edit::rename(workspace, &read(params)?);
                to_value(edit.map_err(|refusal| error(ErrorCode::RequestFailed, refusal))?)
            }
            "textDocument/codeAction" => {
                // What else the client says of other servers' findings is not read.
                let Ranged { text_document, range } = read(params)?;
                to_value(edit::actions(workspace, &text_document, range))
            }
            "textDocument/inlayHint" => {
                let Ranged { text_document, range } = read(params)?;
                to_value(show::hints(workspace, &text_document, range))
            }
            "textDocument/semanticTokens/range" => {
                let Ranged { text_document, range } = read(params)?;
                to_value(show::tokens(workspace, &text_document, Some(range)))
            }
            "textDocument/semanticTokens/full" => {
                let Whole { text_document } = read(params)?;
                to_value(show::tokens(workspace, &text_document, None))
            }
            "textDocument/documentSymbol" => {
                let Whole { text_document } = read(params)?;
                to_value(show::document_symbols(workspace, &text_document))
            }
            "textDocument/diagnostic" => {
                let Whole { text_document } = read(params)?;
                let location = Location::of_uri(&text_document.uri);
                let items = diagnostics::of_text(workspace, &location);
                Ok(json!({"kind": "full", "items": to_value(items)?}))
            }
            "workspace/diagnostic" => {
                to_value(diagnostics::of_workspace(workspace, &mut self.reported))
            }
            "workspace/symbol" => {
                let params: lsp::WorkspaceSymbolParams = read(params)?;
                to_value(show::workspace_symbols(workspace, &params.query))
            }
            _ => Err(error(ErrorCode::MethodNotFound, format!("there is no method `{method}`"))),
        }
    }

    /// Takes note of something. What is not understood is left alone, as the protocol asks.
    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        match method {
            "textDocument/didOpen" => {
                if let Ok(params) = read::<lsp::DidOpenTextDocumentParams>(params) {
                    self.workspace.open(Document::new(params.text_document));
                }
            }
            "textDocument/didChange" => {
                if let Ok(params) = read(params) {
                    self.workspace.change(params);
                }
            }
            "textDocument/didClose" => {
                if let Ok(Whole { text_document }) = read(params) {
                    self.workspace.close(&text_document.uri);
                }
            }
            "textDocument/didSave" => {
                if let Ok(Whole { text_document }) = read(params) {
                    self.workspace.touch_file(&Location::of_uri(&text_document.uri));
                }
            }
            "workspace/didChangeWatchedFiles" => {
                let params = read::<lsp::DidChangeWatchedFilesParams>(params);
                for change in params.map(|params| params.changes).unwrap_or_default() {
                    self.workspace.touch_file(&Location::of_uri(&change.uri));
                }
            }
            _ => {}
        }
    }

    /// What to ask of a client that is ready: to watch the files of models.
    pub(crate) fn ready(&mut self) -> Vec<Message> {
        for folder in &self.client.folders {
            self.workspace.add_folder(folder);
        }
        if !self.client.watches {
            return Vec::new();
        }
        let glob = json!({"globPattern": "**/*.{toml,json,sql}"});
        let watch = json!({
            "id": "files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": {"watchers": [glob]},
        });
        vec![self.ask("client/registerCapability", json!({"registrations": [watch]}))]
    }

    /// What to tell the client now that nothing waits: the findings of models that changed, or that
    /// it should ask for them again.
    pub(crate) fn settle(&mut self) -> Vec<Message> {
        let untold = std::mem::take(&mut self.workspace.untold);
        if self.client.pulls {
            let refresh = self.client.refreshes && !untold.is_empty();
            return refresh
                .then(|| self.ask("workspace/diagnostic/refresh", Value::Null))
                .into_iter()
                .collect();
        }
        untold.iter().flat_map(|model| self.told_of(model)).collect()
    }

    /// The findings of a model, text by text; texts that it no longer has are cleared.
    fn told_of(&mut self, model: &Location) -> Vec<Message> {
        let found = self.workspace.found(model);
        let shown = |location: &Location| self.workspace.is_open(location);
        let is_shown = found.as_ref().is_some_and(|found| found.locations().any(shown));
        let found = found.filter(|_| is_shown);
        let texts: BTreeSet<_> =
            found.iter().flat_map(|found| found.locations().cloned()).collect();
        let before = self.told.insert(model.clone(), texts.clone()).unwrap_or_default();
        before.union(&texts).map(|text| self.publish(text)).collect()
    }

    /// The findings of a text, of all models that read it; none where no such model is shown.
    fn publish(&mut self, text: &Location) -> Message {
        let is_told = self.told.values().any(|texts| texts.contains(text));
        let diagnostics = is_told.then(|| diagnostics::of_text(&mut self.workspace, text));
        let diagnostics = diagnostics.unwrap_or_default();
        let (uri, version) = (self.workspace.uri(text), self.workspace.version(text));
        let params = lsp::PublishDiagnosticsParams { uri, version, diagnostics };
        let method = "textDocument/publishDiagnostics".to_owned();
        Message::Notification(Notification::new(method, params))
    }

    fn ask(&mut self, method: &str, params: Value) -> Message {
        self.requests = self.requests.wrapping_add(1);
        let id = format!("joinwright-{}", self.requests);
        Message::Request(Request { id: id.into(), method: method.to_owned(), params })
    }
}

/// The parameters of a request about a range.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ranged {
    text_document: lsp::TextDocumentIdentifier,
    range: lsp::Range,
}

/// The parameters of a message about a whole text.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Whole {
    text_document: lsp::TextDocumentIdentifier,
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, ResponseError> {
    serde_json::from_value(params)
        .map_err(|why| error(ErrorCode::InvalidParams, format!("the parameters do not fit: {why}")))
}

fn to_value(answer: impl Serialize) -> Result<Value, ResponseError> {
    serde_json::to_value(answer).map_err(|why| error(ErrorCode::InternalError, why.to_string()))
}

pub(crate) fn error(code: ErrorCode, message: impl Into<String>) -> ResponseError {
    ResponseError { code: code as i32, message: message.into(), data: None }
}
