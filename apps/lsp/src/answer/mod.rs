//! One function a request: the engine's answers in the protocol's form.

pub(crate) mod diagnostics;
pub(crate) mod edit;
pub(crate) mod navigate;
pub(crate) mod show;

use std::rc::Rc;

use gen_lsp_types as lsp;
use joinwright::base::SourceId;

use crate::found::Found;
use crate::location::Location;
use crate::workspace::Workspace;

/// A model, with a place in one of its sources.
pub(crate) struct Place {
    pub(crate) found: Rc<Found>,
    pub(crate) source: SourceId,
    pub(crate) offset: u32,
}

/// A position in each model that reads the text.
pub(crate) fn places(
    workspace: &mut Workspace,
    params: &lsp::TextDocumentPositionParams,
) -> Vec<Place> {
    let around = workspace.around(&Location::of_uri(&params.text_document.uri)).into_iter();
    around
        .filter_map(|(source, found)| {
            let offset = found.offset(source, params.position)?;
            Some(Place { found, source, offset })
        })
        .collect()
}

/// The first model that reads a text.
pub(crate) fn first(
    workspace: &mut Workspace,
    document: &lsp::TextDocumentIdentifier,
) -> Option<(SourceId, Rc<Found>)> {
    workspace.around(&Location::of_uri(&document.uri)).into_iter().next()
}
