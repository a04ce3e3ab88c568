//! TOML text → the tree of values.
//!
//! A text without errors is parsed at once. Otherwise it is cut into statements that are parsed one
//! by one, so that a half-written line costs nothing but itself.

mod merge;
mod piece;
mod recover;
mod tree;

pub(super) use piece::{Piece, pieces};

use super::defect::Defect;
use super::depth::too_deep_toml;
use super::value::Table;
use crate::base::SourceId;

/// Reads a document.
pub(super) fn read(source: SourceId, text: &str, defects: &mut Vec<Defect>) -> Table {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let part = tree::Part { source, text: body, start: text.len() - body.len() };
    let whole = too_deep_toml(body).is_none().then(|| tree::parse(part)).flatten();
    whole.unwrap_or_else(|| recover::read(part, defects))
}
