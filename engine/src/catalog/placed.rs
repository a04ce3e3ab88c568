//! The places of declarations.

use super::Catalog;
use super::key::{ForeignKey, Key};
use super::table::{Table, TableColumn};
use crate::base::TableId;
use crate::text::{Placed, Sources, Span};

impl Placed for Catalog {
    fn settle(&mut self, sources: &Sources) {
        for Table { name: _, schema: _, columns: _, keys, foreign_keys: _, span } in
            self.tables.iter_mut()
        {
            keys.settle(sources);
            span.settle(sources);
        }
        for TableColumn { table: _, name: _, type_name: _, nullable: _, span } in
            self.columns.iter_mut()
        {
            span.settle(sources);
        }
        for key in self.foreign_keys.iter_mut() {
            key.settle(sources);
        }
    }
}

impl Catalog {
    /// Gives what a table declares, its columns aside, other places.
    pub(crate) fn move_table(&mut self, id: TableId, moved: impl Fn(Span) -> Span) {
        let Table { name: _, schema: _, columns: _, keys, foreign_keys, span } =
            &mut self.tables[id];
        *span = span.map(&moved);
        for key in keys {
            key.span = key.span.map(&moved);
        }
        for key in foreign_keys {
            let span = &mut self.foreign_keys[*key].span;
            *span = span.map(&moved);
        }
    }
}

impl Placed for Key {
    fn settle(&mut self, sources: &Sources) {
        let Self { kind: _, name: _, columns: _, among: _, span } = self;
        span.settle(sources);
    }
}

impl Placed for ForeignKey {
    fn settle(&mut self, sources: &Sources) {
        let Self {
            name: _,
            table: _,
            columns: _,
            referred_table: _,
            referred: _,
            deferrable: _,
            span,
        } = self;
        span.settle(sources);
    }
}
