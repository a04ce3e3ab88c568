//! A foreign key in words.

use crate::base::ForeignKeyId;
use crate::entity::Mapping;

/// `customer (billing_id) → address (id)`
pub(super) fn foreign_key(mapping: &Mapping, key: ForeignKeyId) -> String {
    let key = mapping.catalog().foreign_key(key);
    let name = |column| mapping.names.text(mapping.catalog().column(column).name);
    let table = |id| mapping.names.text(mapping.catalog().table(id).name);
    let columns = key.columns().map(name).collect::<Vec<_>>().join(", ");
    let referred = key.referred().map(name).collect::<Vec<_>>().join(", ");
    format!("{} ({columns}) → {} ({referred})", table(key.table), table(key.referred_table))
}
