//! What is doubtful about the foreign keys of the catalog?
//!
//! Asked when findings are, not while relationships are resolved: no answer rests on it.

use super::column_type::{ColumnType, Fit};
use crate::base::{Dialect, ForeignKeyId, TableColumnId};
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

/// The faults of all foreign keys. `indexes` asks for those that no index serves too.
pub fn key_faults(mapping: &Mapping, indexes: bool) -> Vec<KeyFault> {
    let catalog = &mapping.catalog;
    let keys = catalog.tables().flat_map(|(_, table)| &table.foreign_keys);
    keys.flat_map(|key| faults(mapping, *key, indexes)).collect()
}

fn faults(mapping: &Mapping, id: ForeignKeyId, indexes: bool) -> Vec<KeyFault> {
    let key = mapping.catalog.foreign_key(id);
    let mismatch = key.pairs().filter_map(|(column, referred)| mismatch(mapping, column, referred));
    let target = mapping.catalog.table(key.referred_table);
    let not_unique = (!target.is_unique(&key.referred)).then_some(KeyFaultKind::TargetNotUnique);
    let own_index = matches!(mapping.dialect, Dialect::MySql | Dialect::MariaDb);
    let unindexed = indexes && !own_index && is_unindexed(mapping.catalog.table(key.table), key);
    let kinds = mismatch.chain(not_unique).chain(unindexed.then_some(KeyFaultKind::Unindexed));
    kinds.map(|kind| KeyFault { key: id, kind }).collect()
}

fn mismatch(
    mapping: &Mapping,
    column: TableColumnId,
    referred: TableColumnId,
) -> Option<KeyFaultKind> {
    let written = |id| mapping.catalog.column(id).type_name;
    let (own, other) = (written(column)?, written(referred)?);
    if own == other {
        return None;
    }
    let parse = |name| ColumnType::parse(mapping.names.text(name), mapping.dialect);
    let fit = parse(own)?.fit(parse(other)?, mapping.dialect);
    let width = fit == Fit::OtherWidth;
    (fit != Fit::Fits).then_some(KeyFaultKind::TypeMismatch { column, referred, width })
}

/// Whether each look-up by the key reads the whole table: no index begins with its columns, in any
/// order. MySQL and MariaDB make one for each foreign key.
fn is_unindexed(table: &Table, key: &ForeignKey) -> bool {
    let serves = |columns: &[TableColumnId]| {
        columns.len() >= key.columns.len()
            && columns.iter().take(key.columns.len()).all(|column| key.columns.contains(column))
    };
    !table.keys.iter().any(|index| serves(&index.columns))
}
