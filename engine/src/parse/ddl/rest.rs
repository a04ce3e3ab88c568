//! What stands behind the names of columns, remembered by its text.
//!
//! A script says `varchar(20) NOT NULL` many times over. Where that declares no key, and nothing of
//! it is wrong, it means the same each time.

use rustc_hash::FxHashMap;

use crate::base::Name;

/// What follows the name of a column without keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Rest {
    pub(super) type_name: Option<Name>,
    pub(super) nullable: bool,
}

/// The rests of columns in scripts of one dialect.
#[derive(Debug, Default)]
pub(super) struct Rests {
    by_text: FxHashMap<Box<str>, Rest>,
}

impl Rests {
    pub(super) fn get(&self, text: &str) -> Option<Rest> {
        self.by_text.get(text).copied()
    }

    pub(super) fn remember(&mut self, text: &str, rest: Rest) {
        /// Longer texts are seldom written twice.
        const LONGEST: usize = 80;
        if text.len() <= LONGEST {
            self.by_text.insert(text.into(), rest);
        }
    }
}
