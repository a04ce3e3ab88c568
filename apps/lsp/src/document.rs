//! A text that a client has open.

use gen_lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};
use joinwright::text::LineTable;

use crate::convert::{Encoding, Lines};

/// An open text; it stands for the file of its name.
#[derive(Debug)]
pub(crate) struct Document {
    /// The URI as the client writes it.
    pub(crate) uri: Uri,
    pub(crate) text: String,
    pub(crate) version: i32,
    /// Whether the client says that it is a model.
    pub(crate) is_called_model: bool,
}

impl Document {
    pub(crate) fn new(item: TextDocumentItem) -> Self {
        let language = serde_json::to_value(&item.language_id).unwrap_or_default();
        Self {
            uri: item.uri,
            text: item.text,
            version: item.version,
            is_called_model: language.as_str().is_some_and(|it| it.starts_with("joinwright")),
        }
    }

    /// Applies changes one after the other. A range that does not fit is cut to the text.
    pub(crate) fn change(
        &mut self,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        self.version = version;
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    self.text = whole.text;
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let table = LineTable::new(&self.text);
                    let lines = Lines { text: &self.text, table: &table, encoding };
                    let start = lines.offset(part.range.start);
                    let end = lines.offset(part.range.end).max(start);
                    self.text.replace_range(start..end, &part.text);
                }
            }
        }
    }
}
