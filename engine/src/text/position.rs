//! Lines and columns of byte offsets, for people and protocols.

/// Where the lines of a text begin.
///
/// ```
/// use joinwright::text::{LineTable, Position};
/// let table = LineTable::new("é = 1\nb");
/// assert_eq!(table.position("é = 1\nb", 3), Position { line: 0, utf8: 3, utf16: 2, scalar: 2 });
/// assert_eq!(table.position("é = 1\nb", 7).line, 1);
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineTable {
    starts: Vec<u32>,
}

/// A place as line and column, both counted from zero, the column in three units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    /// Lines before this one.
    pub line: u32,
    /// Bytes before it in its line.
    pub utf8: u32,
    /// UTF-16 code units before it in its line.
    pub utf16: u32,
    /// Unicode scalar values before it in its line.
    pub scalar: u32,
}

impl LineTable {
    /// Reads the line starts of `text`; a line ends behind each `\n`.
    pub fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = ends.map(|(i, _)| u32::try_from(i + 1).unwrap_or(u32::MAX));
        Self { starts: std::iter::once(0).chain(starts).collect() }
    }

    /// The zero-based line that holds `offset`.
    pub fn line(&self, offset: u32) -> u32 {
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// The byte range of a line, its line break included.
    pub fn range(&self, line: u32, text: &str) -> std::ops::Range<usize> {
        let start = self.starts.get(line as usize).map_or(text.len(), |start| *start as usize);
        let end = self.starts.get(line as usize + 1).map_or(text.len(), |start| *start as usize);
        start..end
    }

    /// Line and column of `offset` in `text`, the text the table was made of. An offset inside a
    /// character counts as its start.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.line(offset);
        let start = self.range(line, text).start;
        let mut end = (offset as usize).clamp(start, text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = text.get(start..end).unwrap_or("");
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position {
            line,
            utf8: count(before.len()),
            utf16: count(before.encode_utf16().count()),
            scalar: count(before.chars().count()),
        }
    }
}
