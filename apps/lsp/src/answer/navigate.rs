//! From a name to what is known of it, to its declaration and to its other places.

use gen_lsp_types as lsp;

use super::{Place, places};
use crate::workspace::Workspace;

pub(crate) fn hover(
    workspace: &mut Workspace,
    params: &lsp::TextDocumentPositionParams,
) -> Option<lsp::Hover> {
    places(workspace, params).into_iter().find_map(|Place { found, source, offset }| {
        let hover = found.ask_editor(|editor| editor.hover(source, offset))?;
        let (kind, value) = (lsp::MarkupKind::Markdown, hover.markdown);
        let contents = lsp::MarkupContent { kind, value }.into();
        Some(lsp::Hover { contents, range: found.range(hover.span) })
    })
}

pub(crate) fn definition(
    workspace: &mut Workspace,
    params: &lsp::TextDocumentPositionParams,
) -> Vec<lsp::Location> {
    merged(&places(workspace, params), |Place { found, source, offset }| {
        let spans = found.ask_editor(|editor| editor.definition(*source, *offset));
        spans.into_iter().filter_map(|span| found.location(span)).collect()
    })
}

pub(crate) fn references(
    workspace: &mut Workspace,
    params: &lsp::ReferenceParams,
) -> Vec<lsp::Location> {
    let declaration = params.context.include_declaration;
    let places = places(workspace, &params.text_document_position_params);
    merged(&places, |Place { found, source, offset }| {
        let spans = found.ask_editor(|editor| editor.references(*source, *offset, declaration));
        spans.into_iter().filter_map(|span| found.location(span)).collect()
    })
}

/// What several models say, each place once.
fn merged(places: &[Place], ask: impl Fn(&Place) -> Vec<lsp::Location>) -> Vec<lsp::Location> {
    let mut all = Vec::new();
    for location in places.iter().flat_map(ask) {
        if !all.contains(&location) {
            all.push(location);
        }
    }
    all
}
