//! A script by its statements, so that one of them can be read again.

use std::ops::Range;

use super::head::Class;
use super::split::Statements;
use crate::base::Dialect;
use crate::text::Words;

/// Where a script declares tables.
#[derive(Debug, Default)]
pub(crate) struct Outline {
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
        for statement in Statements::new(script, dialect) {
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

    /// The statement that declares a table and has all of these bytes inside it.
    pub(crate) fn table_around(&self, bytes: &Range<usize>) -> Option<Range<usize>> {
        let next = self.tables.partition_point(|table| table.start < bytes.start);
        let table = self.tables.get(next.checked_sub(1)?)?;
        (bytes.end < table.end).then(|| table.clone())
    }

    /// Moves what ends behind a place.
    pub(crate) fn shift(&mut self, from: usize, by: isize) {
        let first = self.tables.partition_point(|table| table.end < from);
        for table in self.tables.iter_mut().skip(first) {
            if table.start >= from {
                table.start = table.start.saturating_add_signed(by);
            }
            table.end = table.end.saturating_add_signed(by);
        }
    }
}

/// Whether a declaration of a table may take its columns from elsewhere.
fn may_copy(declaration: &str) -> bool {
    let words = declaration.split(|c: char| !c.is_ascii_alphanumeric());
    let copying = ["LIKE", "INHERITS", "PARTITION", "AS", "CLONE", "COPY"];
    words.into_iter().any(|word| copying.iter().any(|copies| word.eq_ignore_ascii_case(copies)))
}
