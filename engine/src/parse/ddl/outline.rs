//! A script by its statements, so that one of them can be read again.

use std::ops::Range;

use super::head::Class;
use super::split::Statements;
use crate::base::Dialect;
use crate::text::Words;

/// Where a script declares tables.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// In the order of the script, each by its places.
    tables: Vec<Range<usize>>,
}

/// What scripts say of tables elsewhere than where they declare them.
#[derive(Debug, Default)]
pub(crate) struct Asides {
    /// Of statements that may change a table that was declared.
    pub(crate) altering: Words,
    /// Of declarations that may take columns from another table.
    pub(crate) copying: Words,
}

impl Outline {
    pub(crate) fn of(script: &str, dialect: Dialect, asides: &mut Asides) -> Self {
        let mut tables = Vec::new();
        let mut statements = Statements::new(script, dialect);
        while let Some(mut statement) = statements.next() {
            statements.reuse(&mut statement);
            let text = script.get(statement.start..statement.end).unwrap_or("");
            match statement.head.class() {
                Class::Passed => {}
                Class::CreateTable => {
                    tables.push(statement.start..statement.end);
                    if may_copy(text) {
                        asides.copying.read(text);
                    }
                }
                _ => asides.altering.read(text),
            }
        }
        Self { tables }
    }

    /// The statement that declares a table and has all of these bytes inside it. `offset` is that
    /// of a place.
    pub(crate) fn table_around(
        &self,
        bytes: &Range<usize>,
        offset: impl Fn(usize) -> usize,
    ) -> Option<usize> {
        let next = self.tables.partition_point(|table| offset(table.start) < bytes.start);
        let index = next.checked_sub(1)?;
        let table = self.tables.get(index)?;
        (bytes.end < offset(table.start) + table.len()).then_some(index)
    }

    /// The places of a statement that declares a table.
    pub(crate) fn table(&self, index: usize) -> Range<usize> {
        self.tables.get(index).cloned().unwrap_or_default()
    }

    /// Gives such a statement other places.
    pub(crate) fn set_table(&mut self, index: usize, places: Range<usize>) {
        if let Some(table) = self.tables.get_mut(index) {
            *table = places;
        }
    }

    /// Tells places by their offsets.
    pub(crate) fn settle(&mut self, offset: impl Fn(usize) -> usize) {
        for table in &mut self.tables {
            let start = offset(table.start);
            *table = start..start + table.len();
        }
    }
}

/// Whether a declaration of a table may take its columns from elsewhere.
fn may_copy(declaration: &str) -> bool {
    let words = declaration.split(|c: char| !c.is_ascii_alphanumeric());
    let copying = ["LIKE", "INHERITS", "PARTITION", "AS", "CLONE", "COPY"];
    words.into_iter().any(|word| copying.iter().any(|copies| word.eq_ignore_ascii_case(copies)))
}
