//! The protocol's positions ↔ byte offsets.

use gen_lsp_types::{Position, PositionEncodingKind, Range};
use joinwright::text::LineTable;

/// What a position's `character` counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, unless something else was agreed on.
    #[default]
    Utf16,
}

impl Encoding {
    /// The one to use of those that a client offers: bytes, if it can.
    pub(crate) fn of(offered: &[PositionEncodingKind]) -> Self {
        if offered.contains(&PositionEncodingKind::UTF8) { Self::Utf8 } else { Self::Utf16 }
    }

    pub(crate) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    /// How much of a line a text takes.
    pub(crate) fn width(self, text: &str) -> u32 {
        let width = match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
        };
        u32::try_from(width).unwrap_or(u32::MAX)
    }
}

/// A text with its lines, in the client's units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lines<'t> {
    pub(crate) text: &'t str,
    pub(crate) table: &'t LineTable,
    pub(crate) encoding: Encoding,
}

impl Lines<'_> {
    /// The byte offset of a position. What lies behind a line's end is its end, what lies behind the
    /// text's end is that.
    pub(crate) fn offset(self, position: Position) -> usize {
        let line = self.table.range(position.line, self.text);
        let text = self.text.get(line.clone()).unwrap_or("").trim_end_matches(['\r', '\n']);
        let mut left = position.character;
        let mut at = line.start;
        for c in text.chars() {
            let width = self.encoding.width(c.encode_utf8(&mut [0; 4]));
            if width > left {
                break;
            }
            left -= width;
            at += c.len_utf8();
        }
        at
    }

    pub(crate) fn position(self, offset: u32) -> Position {
        let position = self.table.position(self.text, offset);
        let character = match self.encoding {
            Encoding::Utf8 => position.utf8,
            Encoding::Utf16 => position.utf16,
        };
        Position { line: position.line, character }
    }

    pub(crate) fn range(self, start: u32, end: u32) -> Range {
        Range { start: self.position(start), end: self.position(end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_offsets_are_each_others_inverse() {
        let text = "é😀x\r\n\r\nend";
        let table = LineTable::new(text);
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            let lines = Lines { text, table: &table, encoding };
            for (offset, c) in text.char_indices().filter(|(_, c)| *c != '\n') {
                let position = lines.position(u32::try_from(offset).unwrap_or_default());
                assert_eq!(lines.offset(position), offset, "{encoding:?} {c:?}");
            }
            assert_eq!(lines.offset(Position { line: 0, character: 99 }), 7);
            assert_eq!(lines.offset(Position { line: 9, character: 0 }), text.len());
        }
    }
}
