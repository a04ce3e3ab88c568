//! Edits of a generated model, in the middle of its texts.

use std::ops::Range;

/// One text that takes the place of another, and goes again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Edit {
    /// Which source it is in: the document is the first, its schema file the second.
    pub source: usize,
    /// Where in the source the two begin.
    at: usize,
    /// The two, the one that is there first.
    texts: [&'static str; 2],
}

impl Edit {
    /// Another load strategy for a relationship of a TOML document; nothing where none is joined.
    pub fn of_relationship(document: &str) -> Option<Self> {
        let at = in_the_middle(document, "\"joined\"")?;
        Some(Self { source: 0, at, texts: ["\"joined\"", "\"selectin\""] })
    }

    /// A column more for a table of a script.
    pub fn of_column(ddl: &str) -> Option<Self> {
        let (table, column) = (" (\n", "  extra INTEGER,\n");
        let at = in_the_middle(ddl, table)? + table.len();
        Some(Self { source: 1, at, texts: ["", column] })
    }

    /// The bytes that are replaced and what by: there, back, and so on.
    pub fn there_and_back(self) -> impl Iterator<Item = (Range<usize>, &'static str)> {
        let [from, to] = self.texts;
        let turns = [(from, to), (to, from)].into_iter().cycle();
        turns.map(move |(from, to)| (self.at..self.at + from.len(), to))
    }
}

/// Where the first of these in the second half of a text begins.
fn in_the_middle(text: &str, written: &str) -> Option<usize> {
    let half = text.len() / 2;
    text.match_indices(written).map(|(at, _)| at).find(|at| *at >= half)
}
