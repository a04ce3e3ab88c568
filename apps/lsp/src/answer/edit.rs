//! What could be written: completions, other names, mends.

use std::collections::HashMap;

use gen_lsp_types as lsp;
use joinwright::editor::{Completion, CompletionKind, Named, Refusal};
use joinwright::report::{Applicability, Diagnostic, Edit, Fix};

use super::{Place, diagnostics, first, places};
use crate::found::Found;
use crate::workspace::Workspace;

pub(crate) fn complete(
    workspace: &mut Workspace,
    params: &lsp::TextDocumentPositionParams,
) -> Vec<lsp::CompletionItem> {
    let Some(Place { found, source, offset }) = places(workspace, params).into_iter().next() else {
        return Vec::new();
    };
    let completions = found.ask_editor(|editor| editor.complete(source, offset));
    completions.into_iter().filter_map(|it| item(&found, it)).collect()
}

fn item(found: &Found, completion: Completion) -> Option<lsp::CompletionItem> {
    let range = found.range(completion.span)?;
    let written = found.slice(completion.span)?;
    Some(lsp::CompletionItem {
        kind: Some(item_kind(completion.kind)),
        detail: Some(completion.detail).filter(|detail| !detail.is_empty()),
        sort_text: Some(format!("{}{}", completion.rank, completion.label)),
        // An editor holds this against what the edit replaces, which may begin with a quote.
        filter_text: written.starts_with(['"', '\'']).then(|| completion.insert.clone()),
        label: completion.label,
        text_edit: Some(lsp::TextEdit { range, new_text: completion.insert }.into()),
        ..lsp::CompletionItem::default()
    })
}

fn item_kind(kind: CompletionKind) -> lsp::CompletionItemKind {
    match kind {
        CompletionKind::Key => lsp::CompletionItemKind::Property,
        CompletionKind::Word => lsp::CompletionItemKind::Keyword,
        CompletionKind::Entity => lsp::CompletionItemKind::Class,
        CompletionKind::Table => lsp::CompletionItemKind::Struct,
        CompletionKind::Column | CompletionKind::Attribute => lsp::CompletionItemKind::Field,
        CompletionKind::Relationship => lsp::CompletionItemKind::Reference,
        CompletionKind::Alias => lsp::CompletionItemKind::Variable,
        CompletionKind::Condition => lsp::CompletionItemKind::Snippet,
        CompletionKind::Code => lsp::CompletionItemKind::Constant,
    }
}

pub(crate) fn prepare_rename(
    workspace: &mut Workspace,
    params: &lsp::TextDocumentPositionParams,
) -> Result<Option<lsp::PrepareRenamePlaceholder>, Refusal> {
    let Some(Place { found, source, offset }) = places(workspace, params).into_iter().next() else {
        return Ok(None);
    };
    let Named { span, name } = found.ask_editor(|editor| editor.renamed(source, offset))?;
    let range = found.range(span);
    Ok(range.map(|range| lsp::PrepareRenamePlaceholder { range, placeholder: name }))
}

pub(crate) fn rename(
    workspace: &mut Workspace,
    params: &lsp::RenameParams,
) -> Result<Option<lsp::WorkspaceEdit>, String> {
    let places = places(workspace, &params.text_document_position_params);
    let Some(Place { found, source, offset }) = places.into_iter().next() else {
        return Ok(None);
    };
    let renamed = found.ask_editor(|editor| editor.rename(source, offset, &params.new_name));
    let edits = renamed.map_err(|refusal| refusal.to_string())?;
    match brought_up(&found, &edits) {
        Some(fault) => Err(format!("`{}` cannot be its name: {}", params.new_name, fault.message)),
        None => Ok(workspace_edit(&found, &edits)),
    }
}

/// A finding of a code of which edits bring up more than there are: a new name has a meaning that
/// the old one had not, as `user` has in SQL.
fn brought_up(found: &Found, edits: &[Edit]) -> Option<Diagnostic> {
    let (title, edits) = (String::new(), edits.to_vec());
    let fix = Fix { title, applicability: Applicability::Display, edits };
    let mut left: HashMap<&str, usize> = HashMap::new();
    for known in &found.diagnostics {
        *left.entry(known.code.name).or_default() += 1;
    }
    let mut after = found.ask(|model| model.with_fix(&fix))?.diagnostics().into_iter();
    after.find(|it| match left.get_mut(it.code.name) {
        Some(count @ 1..) => {
            *count -= 1;
            false
        }
        _ => true,
    })
}

/// The mends for what is wrong in a range: those that were tried on a copy of the model, took their
/// finding away and brought up no other.
pub(crate) fn actions(
    workspace: &mut Workspace,
    document: &lsp::TextDocumentIdentifier,
    range: lsp::Range,
) -> Vec<lsp::CodeAction> {
    let Some((source, found)) = first(workspace, document) else { return Vec::new() };
    let Some(span) = found.span(source, range) else { return Vec::new() };
    let actions = found.ask_editor(|editor| editor.actions(&found.diagnostics, span)).into_iter();
    let action = |action: joinwright::editor::Action| {
        let mends = found.diagnostics.get(action.mends);
        let mends = mends.and_then(|mends| diagnostics::converted(&found, mends));
        Some(lsp::CodeAction {
            kind: Some(lsp::CodeActionKind::QuickFix),
            diagnostics: Some(mends.into_iter().collect()),
            is_preferred: action.safe.then_some(true),
            edit: Some(workspace_edit(&found, &action.edits)?),
            title: action.title,
            ..lsp::CodeAction::default()
        })
    };
    actions.filter(|action| holds(&found, action)).filter_map(action).collect()
}

fn holds(found: &Found, action: &joinwright::editor::Action) -> bool {
    let applicability = if action.safe { Applicability::Safe } else { Applicability::Unsafe };
    let (title, edits) = (action.title.clone(), action.edits.clone());
    let fix = Fix { title, applicability, edits };
    let mends = found.diagnostics.get(action.mends);
    mends.is_some_and(|mends| {
        found.ask(|model| model.mended(&found.diagnostics, mends, &fix).is_some())
    })
}

fn workspace_edit(found: &Found, edits: &[Edit]) -> Option<lsp::WorkspaceEdit> {
    let mut changes: HashMap<lsp::Uri, Vec<lsp::TextEdit>> = HashMap::new();
    for edit in edits {
        let uri = found.uri(edit.span.source)?.clone();
        let (range, new_text) = (found.range(edit.span)?, edit.insert.clone());
        changes.entry(uri).or_default().push(lsp::TextEdit { range, new_text });
    }
    Some(lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() })
}
