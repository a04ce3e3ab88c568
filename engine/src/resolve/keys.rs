//! What is doubtful about the foreign keys of the catalog?
//!
//! Asked when findings are, not while relationships are resolved: no answer rests on it.

use super::column_type::{ColumnType, Fit};
use crate::base::{ForeignKeyId, TableColumnId};
use crate::catalog::{ForeignKey, Table};
use crate::entity::Mapping;

/// Something doubtful about a foreign key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeyFault {
    /// The foreign key.
    pub key: ForeignKeyId,
    /// What is doubtful.
    pub kind: KeyFaultKind,
}

/// The ways in which a foreign key can be doubtful.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KeyFaultKind {
    /// A referring column cannot hold what it refers to.
    TypeMismatch {
        /// The referring column.
        column: TableColumnId,
        /// The column it refers to.
        referred: TableColumnId,
        /// Whether both hold numbers of one kind, of different widths.
        width: bool,
    },
    /// No key makes the columns referred to unique.
    TargetNotUnique,
    /// No index begins with the referring columns.
    Unindexed,
}

/// The faults of all foreign keys, by the keys' names.
pub fn key_faults(mapping: &Mapping) -> Vec<KeyFault> {
    let catalog = &mapping.catalog;
    let mut keys: Vec<_> =
        catalog.tables().flat_map(|(_, table)| table.foreign_keys.iter().copied()).collect();
    keys.sort_by_cached_key(|key| catalog.spelled(*key, &mapping.names));
    keys.into_iter().flat_map(|key| faults(mapping, key)).collect()
}

fn faults(mapping: &Mapping, id: ForeignKeyId) -> Vec<KeyFault> {
    let key = mapping.catalog.foreign_key(id);
    let mismatch = key.pairs().filter_map(|(column, referred)| mismatch(mapping, column, referred));
    let target = mapping.catalog.table(key.referred_table);
    let not_unique = (!target.is_unique(&key.referred)).then_some(KeyFaultKind::TargetNotUnique);
    let unindexed = unindexed(mapping.catalog.table(key.table), key);
    let kinds = mismatch.chain(not_unique).chain(unindexed.then_some(KeyFaultKind::Unindexed));
    kinds.map(|kind| KeyFault { key: id, kind }).collect()
}

fn mismatch(
    mapping: &Mapping,
    column: TableColumnId,
    referred: TableColumnId,
) -> Option<KeyFaultKind> {
    let written = |id| mapping.catalog.column(id).type_name.as_deref();
    let parse = |id| written(id).and_then(|name| ColumnType::parse(name, mapping.dialect));
    let fit = parse(column)?.fit(parse(referred)?, mapping.dialect);
    let width = fit == Fit::OtherWidth;
    (fit != Fit::Fits).then_some(KeyFaultKind::TypeMismatch { column, referred, width })
}

/// Whether each look-up by the key reads the whole table: no index begins with its columns, in any
/// order.
fn unindexed(table: &Table, key: &ForeignKey) -> bool {
    let serves = |columns: &[TableColumnId]| {
        columns.len() >= key.columns.len()
            && columns.iter().take(key.columns.len()).all(|column| key.columns.contains(column))
    };
    !table.keys.iter().any(|index| serves(&index.columns))
}
