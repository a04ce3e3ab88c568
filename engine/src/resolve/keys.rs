//! What is doubtful about the foreign keys of the catalog?
//!
//! Asked when findings are, not while relationships are resolved: no answer rests on it.

use rustc_hash::FxHashMap;

use super::column_type::{ColumnType, Fit};
use crate::base::{Dialect, ForeignKeyId, Name, TableColumnId};
use crate::catalog::{Catalog, ForeignKey};
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

/// The faults of all foreign keys, but for [missing indexes](unindexed_keys).
pub(super) fn key_faults(mapping: &Mapping) -> Vec<KeyFault> {
    let mut types = Types { mapping, known: FxHashMap::default() };
    let mut faults = Vec::new();
    for (id, key) in foreign_keys(mapping.catalog()) {
        let mut fault = |kind| faults.push(KeyFault { key: id, kind });
        for (column, referred) in &key.pairs {
            types.mismatch(*column, *referred).map(&mut fault);
        }
        if !mapping.catalog().is_unique(key.referred_table, &key.referred()) {
            fault(KeyFaultKind::TargetNotUnique);
        }
    }
    faults
}

/// The foreign keys that no index serves. MySQL and MariaDB make one for each foreign key.
pub fn unindexed_keys(mapping: &Mapping) -> Vec<KeyFault> {
    if matches!(mapping.dialect, Dialect::MySql | Dialect::MariaDb) {
        return Vec::new();
    }
    let catalog = mapping.catalog();
    let unindexed = foreign_keys(catalog).filter(|(_, key)| is_unindexed(catalog, key));
    unindexed.map(|(key, _)| KeyFault { key, kind: KeyFaultKind::Unindexed }).collect()
}

fn foreign_keys(catalog: &Catalog) -> impl Iterator<Item = (ForeignKeyId, &ForeignKey)> {
    let keys = catalog.tables().flat_map(|(_, table)| &table.foreign_keys);
    keys.map(|id| (id, catalog.foreign_key(id)))
}

/// The types of columns, each read once: a schema has few that are spelled differently.
struct Types<'m> {
    mapping: &'m Mapping,
    known: FxHashMap<Name, Option<ColumnType>>,
}

impl Types<'_> {
    fn mismatch(&mut self, column: TableColumnId, referred: TableColumnId) -> Option<KeyFaultKind> {
        let written = |id| self.mapping.catalog().column(id).type_name;
        let (own, other) = (written(column)?, written(referred)?);
        if own == other {
            return None;
        }
        let fit = self.named(own)?.fit(self.named(other)?, self.mapping.dialect);
        let width = fit == Fit::OtherWidth;
        (fit != Fit::Fits).then_some(KeyFaultKind::TypeMismatch { column, referred, width })
    }

    fn named(&mut self, name: Name) -> Option<ColumnType> {
        let Self { mapping, known } = self;
        let read = || ColumnType::parse(mapping.names.text(name), mapping.dialect);
        *known.entry(name).or_insert_with(read)
    }
}

/// Whether each look-up by the key reads the whole table: no index begins with its columns, in any
/// order.
fn is_unindexed(catalog: &Catalog, key: &ForeignKey) -> bool {
    let length = key.pairs.len();
    let serves = |columns: &[TableColumnId]| {
        columns.len() >= length && columns.iter().take(length).all(|column| key.has(*column))
    };
    !catalog.keys(key.table).any(|(_, index)| serves(&index.columns))
}
