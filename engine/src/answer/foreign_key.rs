//! A foreign key in words.

use crate::base::{ForeignKeyId, TableColumnId};
use crate::entity::Mapping;

/// `customer (billing_id) → address (id)`
pub(super) fn foreign_key(mapping: &Mapping, key: ForeignKeyId) -> String {
    let key = mapping.catalog().foreign_key(key);
    let name = |column: &TableColumnId| mapping.names.text(mapping.catalog().column(*column).name);
    let list = |columns: &[TableColumnId]| columns.iter().map(name).collect::<Vec<_>>().join(", ");
    let table = |id| mapping.names.text(mapping.catalog().table(id).name);
    format!(
        "{} ({}) → {} ({})",
        table(key.table),
        list(&key.columns),
        table(key.referred_table),
        list(&key.referred)
    )
}
