//! The entries of an object.

use crate::spec::defect::{Defect, DefectKind};
use crate::spec::document::Text;
use crate::spec::value::{Table, Value};

/// Adds an entry; of a key that stands twice the first counts, and the other is told.
pub(super) fn insert(table: &mut Table, key: Text, value: Value, defects: &mut Vec<Defect>) {
    if let Err((key, first)) = table.insert(key, value) {
        let kind = DefectKind::DuplicateKey { key: key.text().to_owned(), first: Some(first) };
        defects.push(Defect { kind, span: key.whole() });
    }
}
