//! TOML text → the tree of values.
//!
//! A text without errors is parsed in large parts. Otherwise it is cut into statements that are parsed one
//! by one, so that a half-written line costs nothing but itself.

mod chunk;
mod merge;
mod piece;
mod recover;
mod tree;

pub(super) use piece::{Piece, pieces};

use super::defect::Defect;
use super::depth::too_deep_toml;
use super::value::Table;
use crate::base::SourceId;

/// Reads a document; says whether it has no errors.
pub(super) fn read(source: SourceId, text: &str, defects: &mut Vec<Defect>) -> (Table, bool) {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    read_part(source, body, text.len() - body.len(), defects)
}

/// Reads a text that begins at `start` in its source; says whether it has no errors.
pub(super) fn read_part(
    source: SourceId,
    text: &str,
    start: usize,
    defects: &mut Vec<Defect>,
) -> (Table, bool) {
    if let Some(table) = read_sound(source, text, start) {
        return (table, true);
    }
    (recover::read(tree::Part { source, text, start }, defects), false)
}

/// Reads a text that begins at `start` in its source; nothing where it has errors.
pub(super) fn read_sound(source: SourceId, text: &str, start: usize) -> Option<Table> {
    if too_deep_toml(text).is_some() {
        return None;
    }
    let part = tree::Part { source, text, start };
    let is_large = text.len() > chunk::BYTES;
    let table = is_large.then(|| chunk::read(part, chunk::BYTES)).flatten();
    table.or_else(|| tree::parse(part))
}
