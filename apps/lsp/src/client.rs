//! What is agreed on at the greeting: what the client can do, and what the server can.

use gen_lsp_types as lsp;
use serde_json::{Value, json};

use crate::answer::show;
use crate::convert::Encoding;

/// What the client can do, and where it works.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) encoding: Encoding,
    /// Whether it asks for findings itself.
    pub(crate) pulls: bool,
    /// Whether it can be told to ask again.
    pub(crate) refreshes: bool,
    /// Whether it can be asked to watch files.
    pub(crate) watches: bool,
    pub(crate) folders: Vec<lsp::Uri>,
}

impl Client {
    /// Reads the parameters of `initialize` leniently: what is not understood is not there.
    pub(crate) fn new(params: &Value) -> Self {
        let capability = |path: &str| params.pointer(&format!("/capabilities/{path}")).cloned();
        let flag = |path: &str| capability(path) == Some(Value::Bool(true));
        let encodings = capability("general/positionEncodings").unwrap_or_default();
        let offered: Vec<_> = serde_json::from_value(encodings).unwrap_or_default();
        let uri = |value: &Value| value.as_str().map(|uri| lsp::Uri(uri.to_owned()));
        let folders = params.get("workspaceFolders").and_then(Value::as_array);
        let folders = folders.into_iter().flatten().filter_map(|folder| uri(folder.get("uri")?));
        let mut folders: Vec<_> = folders.collect();
        if folders.is_empty() {
            folders.extend(params.get("rootUri").and_then(uri));
        }
        Self {
            encoding: Encoding::of(&offered),
            pulls: capability("textDocument/diagnostic").is_some_and(|it| it.is_object()),
            refreshes: flag("workspace/diagnostics/refreshSupport"),
            watches: flag("workspace/didChangeWatchedFiles/dynamicRegistration"),
            folders,
        }
    }
}

/// What the server can do.
pub(crate) fn capabilities(encoding: Encoding) -> Value {
    json!({
        "positionEncoding": encoding.kind(),
        "textDocumentSync": {"openClose": true, "change": 2, "save": true},
        "completionProvider": {"triggerCharacters": [".", "\"", "'", "[", "(", "="]},
        "hoverProvider": true,
        "definitionProvider": true,
        "referencesProvider": true,
        "documentSymbolProvider": true,
        "workspaceSymbolProvider": true,
        "codeActionProvider": {"codeActionKinds": ["quickfix"]},
        "renameProvider": {"prepareProvider": true},
        "inlayHintProvider": true,
        "semanticTokensProvider": {
            "legend": {"tokenTypes": show::LEGEND, "tokenModifiers": []},
            "full": true,
            "range": true,
        },
        "diagnosticProvider": {
            "identifier": "joinwright",
            "interFileDependencies": true,
            "workspaceDiagnostics": true,
        },
    })
}
