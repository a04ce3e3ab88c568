//! A text while it is edited.

use std::borrow::Cow;
use std::ops::Range;

/// The pieces of which an edited text is made.
///
/// A *place* counts bytes of the text as it was when it was last whole, and behind those of all
/// that was put in since. It stays as it is while the text in front of it grows or shrinks;
/// [`offset`](Self::offset) tells where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pieces {
    /// How long the text was when it was whole.
    whole: usize,
    /// What was put in. A line break divides it from what is in front of it, so that no place is
    /// the end of one piece and the start of the next.
    added: String,
    /// By their places.
    list: Vec<Piece>,
    /// How long the text is.
    length: usize,
}

/// Bytes that stand together in both.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Piece {
    place: usize,
    offset: usize,
    length: usize,
}

impl Pieces {
    /// A text of this length, whole.
    pub(super) fn new(whole: usize) -> Self {
        let list = vec![Piece { place: 0, offset: 0, length: whole }];
        Self { whole, added: String::new(), list, length: whole }
    }

    /// How long the text is.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    /// How many bytes were put in.
    pub(super) fn added(&self) -> usize {
        self.added.len()
    }

    /// The place of what is put in next.
    pub(super) fn next(&self) -> usize {
        self.whole + self.added.len() + 1
    }

    /// Puts a text in the place of bytes that are part of one piece; nothing where they are not.
    pub(super) fn replace(&mut self, old: Range<usize>, text: &str) -> Option<()> {
        let index = self.index(old.start)?;
        let piece = self.list.get(index).filter(|it| old.end <= it.place + it.length)?.clone();
        let offset = piece.offset + (old.start - piece.place);
        let end = offset + old.len();
        for behind in self.list.iter_mut().filter(|it| it.offset >= end) {
            behind.offset = behind.offset - old.len() + text.len();
        }
        let before = Piece { length: old.start - piece.place, ..piece };
        let length = piece.place + piece.length - old.end;
        let behind = Piece { place: old.end, offset: offset + text.len(), length };
        let rest = [before, behind].into_iter().filter(|it| it.length > 0);
        self.list.splice(index..=index, rest);
        self.list.push(Piece { place: self.next(), offset, length: text.len() });
        self.added.extend(["\n", text]);
        self.length = self.length - old.len() + text.len();
        Some(())
    }

    /// Where a place stands in the text.
    pub(super) fn offset(&self, place: usize) -> usize {
        let piece = self.index(place).and_then(|index| self.list.get(index));
        piece.map_or(place, |piece| piece.offset + (place - piece.place))
    }

    /// The text around a place that has places without a gap, and the first of them.
    pub(super) fn around<'t>(&'t self, whole: &'t str, place: usize) -> (&'t str, usize) {
        if place > self.whole { (&self.added, self.whole) } else { (whole, 0) }
    }

    /// The text, piece by piece.
    pub(super) fn parts<'t>(&'t self, whole: &'t str) -> Vec<&'t str> {
        let mut pieces: Vec<_> = self.list.iter().collect();
        pieces.sort_unstable_by_key(|piece| piece.offset);
        pieces.into_iter().map(|piece| self.part(whole, piece)).collect()
    }

    /// The text from an offset on, as far as it is one piece; empty behind the end.
    pub(super) fn behind<'t>(&'t self, whole: &'t str, offset: usize) -> &'t str {
        let holds = |it: &&Piece| (it.offset..it.offset + it.length).contains(&offset);
        let part = |it: &Piece| self.part(whole, it).get(offset - it.offset..);
        self.list.iter().find(holds).and_then(part).unwrap_or("")
    }

    fn part<'t>(&'t self, whole: &'t str, piece: &Piece) -> &'t str {
        let (text, start) = self.around(whole, piece.place);
        let at = piece.place - start;
        text.get(at..at + piece.length).unwrap_or("")
    }

    /// The first line, with its break.
    pub(super) fn first_line<'t>(&'t self, whole: &'t str) -> Cow<'t, str> {
        let mut line = Cow::Borrowed("");
        loop {
            let more = self.behind(whole, line.len()).split_inclusive('\n').next().unwrap_or("");
            line += more;
            if more.is_empty() || more.ends_with('\n') {
                return line;
            }
        }
    }

    /// The piece that a place is in, or the one in front of it.
    fn index(&self, place: usize) -> Option<usize> {
        self.list.partition_point(|piece| piece.place <= place).checked_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "one\ntwo\nthree\n";

    #[test]
    fn places_stay_and_offsets_move() {
        let mut pieces = Pieces::new(WHOLE.len());
        let put = pieces.next();
        pieces.replace(4..8, "longer\n").unwrap();
        assert_eq!(pieces.parts(WHOLE).concat(), "one\nlonger\nthree\n");
        assert_eq!([0, 3, put, put + 7, 8, 14].map(|it| pieces.offset(it)), [0, 3, 4, 11, 11, 17]);
        let (text, start) = pieces.around(WHOLE, put);
        assert_eq!(text.get(put - start..put - start + 6), Some("longer"));
        pieces.replace(put..put + 7, "").unwrap();
        pieces.replace(8..14, "3").unwrap();
        assert_eq!((&*pieces.parts(WHOLE).concat(), pieces.length()), ("one\n3", 5));
        assert_eq!([0, 3, 4, 5].map(|it| pieces.behind(WHOLE, it)), ["one\n", "\n", "3", ""]);
        assert_eq!(pieces.replace(2..9, ""), None);
    }

    #[test]
    fn a_first_line_may_be_in_pieces() {
        let mut pieces = Pieces::new(WHOLE.len());
        assert_eq!(pieces.first_line(WHOLE), "one\n");
        pieces.replace(2..6, "!").unwrap();
        assert_eq!(pieces.first_line(WHOLE), "on!o\n");
    }
}
