//! The places of declarations.

use super::Catalog;
use super::key::{ForeignKey, Key};
use super::table::{Table, TableColumn};
use crate::text::{Placed, Shift};

impl Placed for Catalog {
    fn shift(&mut self, shift: Shift) {
        for Table { name: _, schema: _, columns: _, keys, foreign_keys: _, span } in
            self.tables.iter_mut()
        {
            keys.shift(shift);
            span.shift(shift);
        }
        for TableColumn { table: _, name: _, type_name: _, nullable: _, span } in
            self.columns.iter_mut()
        {
            span.shift(shift);
        }
        for key in self.foreign_keys.iter_mut() {
            key.shift(shift);
        }
    }
}

impl Placed for Key {
    fn shift(&mut self, shift: Shift) {
        let Self { kind: _, name: _, columns: _, among: _, span } = self;
        span.shift(shift);
    }
}

impl Placed for ForeignKey {
    fn shift(&mut self, shift: Shift) {
        let Self {
            name: _,
            table: _,
            columns: _,
            referred_table: _,
            referred: _,
            deferrable: _,
            span,
        } = self;
        span.shift(shift);
    }
}
