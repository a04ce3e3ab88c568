//! Cuts a script into statements.
//!
//! A statement ends at a delimiter, at the line that ends a batch, or where the next one plainly
//! begins. What only a client program understands (`\restrict`, `DELIMITER`, `PROMPT`, the data
//! behind `COPY … FROM stdin`) is passed over.

use std::borrow::Cow;
use std::ops::Range;

use sqlparser::dialect;

use super::definition::{self, Definition};
use super::grammar;
use super::head::Head;
use super::lexis::Lexis;
use super::routine::Body;
use super::scan::{Kind, Piece, Scanner};
use crate::base::Dialect;
use crate::parse::plain::Plain;

/// One statement of a script.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Statement<'t> {
    /// The first byte.
    pub(super) start: usize,
    /// One past the last byte, the delimiter left out.
    pub(super) end: usize,
    /// What it is.
    pub(super) head: Head<'t>,
    /// Its tokens, where it was tokenized while it was cut.
    pub(super) tokens: Option<Vec<Plain>>,
    /// Version markers inside it.
    markers: Vec<Range<usize>>,
}

/// The statements of a script, in order.
#[derive(Debug)]
pub(super) struct Statements<'t> {
    scanner: Scanner<'t>,
    lexis: Lexis,
    /// sqlparser's dialect.
    grammar: &'static dyn dialect::Dialect,
    delimiter: &'t str,
    /// Room for the tokens of the next definition.
    spare: Vec<Plain>,
}

/// A statement while its pieces are gathered.
#[derive(Debug, Default)]
struct Draft<'t> {
    range: Option<Range<usize>>,
    head: Head<'t>,
    markers: Vec<Range<usize>>,
    open_brackets: usize,
    body: Option<Body>,
}

impl Statement<'_> {
    /// The statement's text, with its version markers blanked out.
    pub(super) fn text<'t>(&self, script: &'t str) -> Cow<'t, str> {
        let text = script.get(self.start..self.end).unwrap_or("");
        if self.markers.is_empty() {
            return text.into();
        }
        let mut rest = self.start;
        let mut blanked = String::with_capacity(text.len());
        for marker in &self.markers {
            blanked.push_str(script.get(rest..marker.start).unwrap_or(""));
            blanked.extend(marker.clone().map(|_| ' '));
            rest = marker.end;
        }
        blanked.push_str(script.get(rest..self.end).unwrap_or(""));
        blanked.into()
    }
}

impl<'t> Statements<'t> {
    pub(super) fn new(text: &'t str, dialect: Dialect) -> Self {
        let (lexis, grammar) = (Lexis::of(dialect), grammar(dialect));
        Self {
            scanner: Scanner::new(text, lexis),
            lexis,
            grammar,
            delimiter: ";",
            spare: Vec::new(),
        }
    }

    /// A plain definition that ends at a semicolon, whatever else may end a statement here.
    fn definition(&mut self) -> Option<Statement<'t>> {
        if self.delimiter != ";" || self.lexis.bare_boundaries {
            return None;
        }
        let mut ahead = self.scanner;
        let (start, text) = ahead.rest_behind_blanks();
        let Definition { head, behind } =
            definition::read(text, (self.lexis, self.grammar), &mut self.spare)?;
        let end = start + self.spare.last()?.bytes().end;
        self.scanner.jump(start + behind);
        let tokens = std::mem::take(&mut self.spare);
        Some(Statement { start, end, head, tokens: Some(tokens), markers: Vec::new() })
    }

    /// Takes back the tokens of a statement that is done with, so that the next one's go there.
    pub(super) fn reuse(&mut self, statement: &mut Statement<'_>) {
        if let Some(tokens) = statement.tokens.take() {
            self.spare = tokens;
        }
    }

    /// The next statement, whatever it is.
    fn any(&mut self) -> Option<Statement<'t>> {
        loop {
            let draft = self.read();
            self.skip_copy_data(&draft);
            if let Some(Range { start, end }) = draft.range {
                let (head, markers) = (draft.head, draft.markers(start));
                return Some(Statement { start, end, head, tokens: None, markers });
            }
            if self.scanner.at_end() {
                return None;
            }
        }
    }

    fn read(&mut self) -> Draft<'t> {
        let mut draft = Draft::default();
        while let Some(piece) = self.scanner.piece() {
            if piece.kind == Kind::Marker {
                draft.markers.push(piece.start..piece.end);
            } else if self.skip_client_command(&piece, &draft) {
                // Nothing of it belongs to a statement.
            } else if let Some(end) = self.terminator(&piece) {
                self.push_before(piece, end, &mut draft);
                if !self.in_body(&draft) {
                    break;
                }
            } else if self.ends_batch(&piece) || self.begins_another(&piece, &draft) {
                break;
            } else {
                self.push(piece, &mut draft);
            }
        }
        draft
    }

    /// Whether a delimiter belongs to a routine's body; one that was set for the purpose never does.
    fn in_body(&self, draft: &Draft<'t>) -> bool {
        self.delimiter == ";"
            && draft.body.as_ref().is_some_and(|body| body.holds_delimiter(self.lexis))
    }

    /// Where the delimiter begins that this piece is or, being a word, holds.
    fn terminator(&self, piece: &Piece) -> Option<usize> {
        match piece.kind {
            Kind::Sign(b';') if self.delimiter == ";" => Some(piece.start),
            Kind::Sign(_) if self.delimiter != ";" => {
                let end = piece.start + self.delimiter.len();
                (self.scanner.slice(piece.start, end) == self.delimiter).then_some(piece.start)
            }
            Kind::Word if self.delimiter != ";" => {
                let word = self.scanner.slice(piece.start, piece.end);
                word.find(self.delimiter).map(|at| piece.start + at)
            }
            _ => None,
        }
    }

    fn push_before(&mut self, piece: Piece, end: usize, draft: &mut Draft<'t>) {
        if end > piece.start {
            self.push(Piece { end, ..piece }, draft);
        }
        self.scanner.jump(end + self.delimiter.len());
    }

    fn push(&self, piece: Piece, draft: &mut Draft<'t>) {
        let start = draft.range.as_ref().map_or(piece.start, |range| range.start);
        draft.range = Some(start..piece.end);
        match piece.kind {
            Kind::Sign(b'(') => draft.open_brackets += 1,
            Kind::Sign(b')') => draft.open_brackets = draft.open_brackets.saturating_sub(1),
            Kind::Word => {
                return draft.word(self.scanner.slice(piece.start, piece.end), self.lexis);
            }
            _ => {}
        }
        if let Some(body) = &mut draft.body {
            body.sign();
        }
    }

    /// Passes over a line that is meant for a client program.
    fn skip_client_command(&mut self, piece: &Piece, draft: &Draft<'t>) -> bool {
        let found = match piece.kind {
            Kind::Sign(b'\\') => true,
            _ if draft.range.is_some() || !piece.first_on_line => false,
            Kind::Sign(b'.' | b'@') => true,
            Kind::Word => self.is_command(self.scanner.slice(piece.start, piece.end)),
            _ => false,
        };
        if found {
            let line = self.scanner.take_line();
            let delimiter = line.split_whitespace().next();
            let word = self.scanner.slice(piece.start, piece.end);
            if let Some(delimiter) = delimiter.filter(|_| word.eq_ignore_ascii_case("delimiter")) {
                self.delimiter = delimiter;
            }
        }
        found
    }

    fn is_command(&self, word: &str) -> bool {
        self.lexis.delimiter_command && word.eq_ignore_ascii_case("delimiter")
            || self.lexis.sqlplus && is_sqlplus(word)
    }

    /// Whether a batch ends with this line, which is passed over then.
    fn ends_batch(&mut self, piece: &Piece) -> bool {
        let Some(terminator) = self.lexis.terminator_line else { return false };
        let word = self.scanner.slice(piece.start, piece.end);
        if !piece.first_on_line || !word.eq_ignore_ascii_case(terminator) {
            return false;
        }
        let end = self.scanner.line_end(piece.end);
        let count = |byte: u8| byte.is_ascii_whitespace() || byte.is_ascii_digit() || byte == b';';
        let alone = self.scanner.slice(piece.end, end).bytes().all(count);
        if alone {
            self.scanner.take_line();
        }
        alone
    }

    /// Whether a new statement begins at this piece although nothing ended the last one.
    fn begins_another(&mut self, piece: &Piece, draft: &Draft<'t>) -> bool {
        let possible = self.lexis.bare_boundaries
            && piece.kind == Kind::Word
            && draft.range.is_some()
            && draft.open_brackets == 0
            && draft.body.is_none()
            && (piece.first_on_line || draft.head.is_control());
        if !possible || !self.is_definition(piece) {
            return false;
        }
        self.scanner.jump(piece.start);
        true
    }

    fn is_definition(&self, piece: &Piece) -> bool {
        let word = self.scanner.slice(piece.start, piece.end);
        let mut ahead = self.scanner;
        let next = ahead.piece().map_or("", |next| ahead.slice(next.start, next.end));
        word.eq_ignore_ascii_case("create")
            || ["alter", "drop"].iter().any(|verb| word.eq_ignore_ascii_case(verb))
                && next.eq_ignore_ascii_case("table")
    }

    /// Passes over the rows that follow `COPY … FROM stdin;`.
    fn skip_copy_data(&mut self, draft: &Draft<'t>) {
        let range = draft.range.clone().unwrap_or_default();
        if !self.lexis.copy_data || !draft.head.is_copy() {
            return;
        }
        let statement = self.scanner.slice(range.start, range.end).to_ascii_lowercase();
        if !statement.split_whitespace().any(|word| word == "stdin") {
            return;
        }
        self.scanner.take_line();
        while !self.scanner.at_end() {
            self.scanner.jump(self.scanner.line_end(self.scanner.offset()));
            if self.scanner.take_line().trim_end() == r"\." {
                return;
            }
        }
    }
}

impl<'t> Iterator for Statements<'t> {
    type Item = Statement<'t>;

    fn next(&mut self) -> Option<Statement<'t>> {
        self.definition().or_else(|| self.any())
    }
}

impl<'t> Draft<'t> {
    fn word(&mut self, word: &'t str, lexis: Lexis) {
        if let Some(body) = &mut self.body {
            body.word(word);
        } else if self.head.push(word) {
            self.body = Body::of(&self.head, lexis);
        }
    }

    fn markers(mut self, start: usize) -> Vec<Range<usize>> {
        let end = self.range.map_or(start, |range| range.end);
        self.markers.retain(|marker| marker.start >= start && marker.end <= end);
        self.markers
    }
}

fn is_sqlplus(word: &str) -> bool {
    const COMMANDS: [&str; 18] = [
        "ACCEPT", "CLEAR", "COLUMN", "CONN", "CONNECT", "DEFINE", "EXIT", "HOST", "PAUSE",
        "PROMPT", "QUIT", "REM", "REMARK", "SET", "SHOW", "SPOOL", "UNDEFINE", "WHENEVER",
    ];
    COMMANDS.iter().any(|command| word.eq_ignore_ascii_case(command))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::parse::plain::plain;

    fn piece() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "CREATE TABLE t (a INT)",
            "create table if not exists t (a INT)",
            "CREATE 12 TABLE t",
            "CREATE UNIQUE INDEX i ON t (a)",
            "ALTER TABLE t ADD b INT DEFAULT 'x;'",
            "DROP TABLE t",
            "INSERT INTO t VALUES (1)",
            "CREATE TRIGGER r BEGIN",
            "CREATE TYPE p AS",
            "COPY t FROM stdin",
            "DELIMITER //",
            "SET x",
            ".",
            "@",
            "(",
            "BEGIN",
            "END",
            "GO",
            "/",
            "/*!50100 ",
            "*/",
            "/* c */",
            "-- c\n",
            "#",
            "\\.",
            "\u{feff}",
            ";",
            ";",
            ";",
            "\n",
            "\n",
            " ",
            ", 'é'",
            "'",
            "`a`",
            " CREATE TABLE \"t\" (\"a\" INT);",
            "$$",
            "//",
        ])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn definitions_are_cut_as_any_statement_is(
            pieces in prop::collection::vec(piece(), 0..16),
        ) {
            let text = pieces.concat();
            for dialect in Dialect::ALL {
                let quick = Statements::new(&text, dialect);
                let mut whole = Statements::new(&text, dialect);
                for mut cut in quick {
                    if let Some(tokens) = cut.tokens.take() {
                        prop_assert_eq!(Some(tokens), plain(&cut.text(&text), grammar(dialect)));
                    }
                    prop_assert_eq!(Some(cut), whole.any(), "{} in {}", text, dialect);
                }
                prop_assert_eq!(None, whole.any(), "{} in {}", text, dialect);
            }
        }
    }
}
