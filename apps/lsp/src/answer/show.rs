//! What an editor shows of a whole text: hints, colours, symbols.

use gen_lsp_types as lsp;
use joinwright::editor::{Symbol, SymbolKind, Token, TokenKind};
use joinwright::text::Span;

use super::first;
use crate::convert::Lines;
use crate::found::Found;
use crate::workspace::Workspace;

pub(crate) fn hints(
    workspace: &mut Workspace,
    document: &lsp::TextDocumentIdentifier,
    range: lsp::Range,
) -> Vec<lsp::InlayHint> {
    let Some((source, found)) = first(workspace, document) else { return Vec::new() };
    let Some(span) = found.span(source, range) else { return Vec::new() };
    let hint = |hint: joinwright::editor::Hint| {
        let position = found.range(hint.at)?.start;
        Some(lsp::InlayHint {
            position,
            label: hint.text.into(),
            kind: None,
            text_edits: None,
            tooltip: None,
            padding_left: Some(true),
            padding_right: None,
            data: None,
        })
    };
    found.ask_editor(|editor| editor.hints(span)).into_iter().filter_map(hint).collect()
}

/// The names of the protocol's token types, and which of them each of ours is.
pub(crate) const LEGEND: [&str; 10] = [
    "keyword",
    "decorator",
    "function",
    "class",
    "struct",
    "variable",
    "property",
    "number",
    "string",
    "operator",
];

fn legend_index(kind: TokenKind) -> u32 {
    match kind {
        TokenKind::Keyword => 0,
        TokenKind::Role => 1,
        TokenKind::Function => 2,
        TokenKind::Entity => 3,
        TokenKind::Table => 4,
        TokenKind::Alias | TokenKind::Name | TokenKind::Parameter => 5,
        TokenKind::Column => 6,
        TokenKind::Number => 7,
        TokenKind::String => 8,
        TokenKind::Operator => 9,
    }
}

/// The tokens of a text, or of a range of it.
pub(crate) fn tokens(
    workspace: &mut Workspace,
    document: &lsp::TextDocumentIdentifier,
    range: Option<lsp::Range>,
) -> lsp::SemanticTokens {
    let mut data = Vec::new();
    if let Some((source, found)) = first(workspace, document)
        && let Some(lines) = found.lines(source)
    {
        let whole = Span::new(source, 0, lines.text.len());
        let span = range.and_then(|range| found.span(source, range)).unwrap_or(whole);
        let mut last = lsp::Position { line: 0, character: 0 };
        for token in found.ask_editor(|editor| editor.tokens(span)) {
            for (start, length) in by_line(lines, token) {
                let kind = legend_index(token.kind);
                data.push(delta(last, start, length, kind));
                last = start;
            }
        }
    }
    lsp::SemanticTokens { result_id: None, data }
}

/// The protocol's tokens are no longer than a line.
fn by_line(lines: Lines<'_>, token: Token) -> Vec<(lsp::Position, u32)> {
    let (start, end) = (token.span.start as usize, token.span.end as usize);
    let text = lines.text.get(start..end).unwrap_or("");
    let mut at = start;
    let mut parts = Vec::new();
    for line in text.split_inclusive('\n') {
        let shown = line.trim_end_matches(['\r', '\n']);
        if !shown.is_empty() {
            let offset = u32::try_from(at).unwrap_or(u32::MAX);
            parts.push((lines.position(offset), lines.encoding.width(shown)));
        }
        at += line.len();
    }
    parts
}

fn delta(
    last: lsp::Position,
    start: lsp::Position,
    length: u32,
    token_type: u32,
) -> lsp::SemanticToken {
    let delta_line = start.line.saturating_sub(last.line);
    let from = if delta_line == 0 { last.character } else { 0 };
    lsp::SemanticToken {
        delta_line,
        delta_start: start.character.saturating_sub(from),
        length,
        token_type,
        token_modifiers_bitset: 0,
    }
}

pub(crate) fn document_symbols(
    workspace: &mut Workspace,
    document: &lsp::TextDocumentIdentifier,
) -> Vec<lsp::DocumentSymbol> {
    let Some((source, found)) = first(workspace, document) else { return Vec::new() };
    let outline = found.ask_editor(|editor| editor.outline(source));
    outline.iter().filter_map(|symbol| document_symbol(&found, symbol)).collect()
}

fn document_symbol(found: &Found, symbol: &Symbol) -> Option<lsp::DocumentSymbol> {
    let children = symbol.children.iter().filter_map(|child| document_symbol(found, child));
    let children: Vec<_> = children.collect();
    #[expect(deprecated, reason = "the protocol's type has the field")]
    Some(lsp::DocumentSymbol {
        name: symbol.name.clone(),
        detail: Some(symbol.detail.clone()).filter(|detail| !detail.is_empty()),
        kind: symbol_kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: found.range(symbol.span.to(symbol.name_span))?,
        selection_range: found.range(symbol.name_span)?,
        children: (!children.is_empty()).then_some(children),
    })
}

/// The symbols of all models whose name holds `query`, each once.
pub(crate) fn workspace_symbols(
    workspace: &mut Workspace,
    query: &str,
) -> Vec<lsp::WorkspaceSymbol> {
    let mut all = Vec::new();
    for found in workspace.all() {
        for (symbol, container) in found.ask_editor(|editor| editor.symbols(query)) {
            let Some(location) = found.location(symbol.name_span) else { continue };
            let base_symbol_information = lsp::BaseSymbolInformation {
                name: symbol.name,
                kind: symbol_kind(symbol.kind),
                tags: None,
                container_name: container,
            };
            let location = location.into();
            let symbol = lsp::WorkspaceSymbol { location, data: None, base_symbol_information };
            if !all.contains(&symbol) {
                all.push(symbol);
            }
        }
    }
    all
}

fn symbol_kind(kind: SymbolKind) -> lsp::SymbolKind {
    match kind {
        SymbolKind::Entity => lsp::SymbolKind::Class,
        SymbolKind::Attribute => lsp::SymbolKind::Property,
        SymbolKind::Relationship => lsp::SymbolKind::Interface,
        SymbolKind::Table => lsp::SymbolKind::Struct,
        SymbolKind::Column => lsp::SymbolKind::Field,
    }
}
