//! The places of declarations.

use super::Catalog;
use crate::base::{ForeignKeyId, KeyId, TableColumnId, TableId};
use crate::text::{Placed, Sources, Span, Spans};

/// Where what a [`Catalog`] declares is written. A host that declares it without a text says nothing
/// here.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The name of each table in its declaration.
    pub tables: Spans<TableId>,
    /// The name of each column in its declaration.
    pub columns: Spans<TableColumnId>,
    /// The declarations of primary keys, unique keys and indexes.
    pub keys: Spans<KeyId>,
    /// The declarations of foreign keys.
    pub foreign_keys: Spans<ForeignKeyId>,
}

impl Places {
    pub(super) fn shrink(&mut self) {
        let Self { tables, columns, keys, foreign_keys } = self;
        tables.shrink();
        columns.shrink();
        keys.shrink();
        foreign_keys.shrink();
    }
}

impl Placed for Places {
    fn settle(&mut self, sources: &Sources) {
        let Self { tables, columns, keys, foreign_keys } = self;
        tables.settle(sources);
        columns.settle(sources);
        keys.settle(sources);
        foreign_keys.settle(sources);
    }
}

impl Placed for Catalog {
    fn settle(&mut self, sources: &Sources) {
        self.places.settle(sources);
    }
}

impl Catalog {
    /// Gives what a table declares, its columns aside, other places.
    pub(crate) fn move_table(&mut self, id: TableId, moved: impl Fn(Span) -> Span) {
        let Self { places, tables, .. } = self;
        let table = &tables[id];
        places.tables.relocate(id, &moved);
        for key in &table.keys {
            places.keys.relocate(key, &moved);
        }
        for key in &table.foreign_keys {
            places.foreign_keys.relocate(key, &moved);
        }
    }
}
