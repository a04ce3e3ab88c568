//! Lists of keys: where they stand in a text, and how they can be written out.

use std::ops::Range;

use super::dialect::{Placeholder, RowList};
use super::writer::{Given, Writer};
use crate::base::ColumnId;
use crate::plan::PlaceId;

/// Where a list of keys stands in a text.
#[derive(Clone, Debug)]
pub(super) struct List {
    /// The index of the parameter.
    parameter: usize,
    /// The whole comparison.
    comparison: Range<usize>,
    placeholder: Range<usize>,
    /// The columns that are compared, of those of all lists.
    columns: Range<usize>,
}

/// How a list of keys is written out for any number of given instances.
///
/// [`Statement::expand`](super::Statement::expand) does it; the parts are there for hosts in other languages. The bytes of the
/// text in `replaced` give way to `before`, the rows with `separator` between, and `after`; a row is
/// the texts of `row` with a placeholder between each two.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expansion {
    /// The index of the parameter that stands for the list.
    pub parameter: usize,
    /// The bytes of the text that give way.
    pub replaced: Range<usize>,
    /// What stands before the rows.
    pub before: &'static str,
    /// What stands around and between the placeholders of one row.
    pub row: Vec<String>,
    /// What stands between two rows.
    pub separator: &'static str,
    /// What stands after the rows.
    pub after: &'static str,
    /// How placeholders are written.
    pub placeholder: Placeholder,
}

impl Writer<'_> {
    /// The comparison of columns with the keys of the given instances.
    pub(super) fn key_in(&mut self, columns: &[(PlaceId, ColumnId)]) {
        let (start, first) = (self.out.len(), self.buffers.compared.len());
        let several = columns.len() > 1;
        if several {
            self.push("(");
        }
        for (i, (place, column)) in columns.iter().enumerate() {
            if i > 0 {
                self.push(", ");
            }
            let start = self.out.len();
            self.place_column(*place, *column);
            self.buffers.compared.push(start..self.out.len());
        }
        self.push(if several { ") IN (" } else { " IN (" });
        let mark = self.out.len();
        let parameter = self.parameter(Given::Keys);
        let placeholder = mark..self.out.len();
        self.push(")");
        self.buffers.lists.push(List {
            parameter,
            comparison: start..self.out.len(),
            placeholder,
            columns: first..self.buffers.compared.len(),
        });
    }
}

impl List {
    /// Moves the list behind so many bytes that were put before it.
    pub(super) fn shift(&mut self, by: usize) {
        for range in [&mut self.comparison, &mut self.placeholder] {
            *range = range.start + by..range.end + by;
        }
    }

    /// How the list is to be written out in the text that it stands in.
    pub(super) fn expansion(
        &self,
        sql: &str,
        compared: &[Range<usize>],
        rows: RowList,
        placeholder: Placeholder,
    ) -> Expansion {
        let columns = compared.get(self.columns.clone()).unwrap_or_default();
        let plain = Expansion {
            parameter: self.parameter,
            replaced: self.placeholder.clone(),
            before: "",
            row: vec![String::new(); 2],
            separator: ", ",
            after: "",
            placeholder,
        };
        if columns.len() < 2 {
            return plain;
        }
        let row = row_value(columns.len());
        match rows {
            RowList::Rows => Expansion { row, ..plain },
            RowList::Values => Expansion { before: "VALUES ", row, ..plain },
            RowList::Comparisons => Expansion {
                replaced: self.comparison.clone(),
                before: "(",
                row: comparison(sql, columns),
                separator: " OR ",
                after: ")",
                ..plain
            },
        }
    }
}

/// `(…, …)`
fn row_value(width: usize) -> Vec<String> {
    let between = (1..width).map(|_| ", ".to_owned());
    std::iter::once("(".to_owned()).chain(between).chain([")".to_owned()]).collect()
}

/// `a = … AND b = …`
fn comparison(sql: &str, columns: &[Range<usize>]) -> Vec<String> {
    let column = |(i, range): (usize, &Range<usize>)| {
        let before = if i > 0 { " AND " } else { "" };
        format!("{before}{} = ", sql.get(range.clone()).unwrap_or_default())
    };
    columns.iter().enumerate().map(column).chain([String::new()]).collect()
}
