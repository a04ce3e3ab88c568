//! SQL text as words, quoted texts and single signs: just enough to see where statements end.
//!
//! Two thirds of a dump are data. They are passed over here, byte by byte, and never become tokens.

use super::lexis::Lexis;

/// What a [`Piece`] is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A name, keyword or number.
    Word,
    /// A string or a quoted name.
    Quoted,
    /// `/*!50100`, or the `*/` that belongs to it: no part of the statement around it.
    Marker,
    /// Any other single byte.
    Sign(u8),
}

/// A piece of SQL text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether nothing but blanks and comments stands before it in its line.
    pub(super) first_on_line: bool,
}

/// Reads pieces off a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    line_start: bool,
    in_marker: bool,
    lexis: Lexis,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str, lexis: Lexis) -> Self {
        Self { text, at: 0, line_start: true, in_marker: false, lexis }
    }

    /// The next piece; `None` at the end of the text.
    pub(super) fn piece(&mut self) -> Option<Piece> {
        self.skip_blanks();
        let byte = self.byte(0)?;
        let start = self.at;
        let first_on_line = std::mem::take(&mut self.line_start);
        let kind = self.read(byte);
        Some(Piece { kind, start, end: self.at, first_on_line })
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or("")
    }

    /// Goes to the next piece; gives its offset and the text from there on.
    pub(super) fn rest_behind_blanks(&mut self) -> (usize, &'t str) {
        self.skip_blanks();
        (self.at, self.text.get(self.at..).unwrap_or(""))
    }

    /// Goes on at `offset`, in the middle of a line.
    pub(super) fn jump(&mut self, offset: usize) {
        self.at = offset;
        self.line_start = false;
    }

    /// The rest of this line, which is passed over.
    pub(super) fn take_line(&mut self) -> &'t str {
        let rest = self.text.get(self.at..).unwrap_or("");
        let line = rest.find('\n').and_then(|end| rest.get(..end)).unwrap_or(rest);
        self.at += line.len();
        line
    }

    /// The offset behind this line's break, or the end of the text.
    pub(super) fn line_end(&self, from: usize) -> usize {
        let rest = self.text.as_bytes().get(from..).unwrap_or(&[]);
        rest.iter().position(|byte| *byte == b'\n').map_or(self.text.len(), |end| from + end + 1)
    }

    pub(super) fn at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    pub(super) fn offset(&self) -> usize {
        self.at
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn rest(&self, ahead: usize) -> &'t [u8] {
        self.text.as_bytes().get(self.at + ahead..).unwrap_or(&[])
    }

    fn skip_blanks(&mut self) {
        while let Some(byte) = self.byte(0) {
            match byte {
                b'\n' => {
                    self.at += 1;
                    self.line_start = true;
                }
                b' ' | b'\t' | b'\r' | 0x0B | 0x0C => self.at += 1,
                0xEF if self.rest(0).starts_with(b"\xEF\xBB\xBF") => self.at += 3,
                _ if !self.skip_comment(byte) => return,
                _ => {}
            }
        }
    }

    fn skip_comment(&mut self, byte: u8) -> bool {
        let mysql = self.lexis.mysql_comments;
        match byte {
            b'-' if self.byte(1) == Some(b'-') => {
                let blank = self.byte(2).is_none_or(|b| b.is_ascii_whitespace());
                if !mysql || blank {
                    self.take_line();
                }
                !mysql || blank
            }
            b'#' if mysql => {
                self.take_line();
                true
            }
            b'/' if self.byte(1) == Some(b'*') && !self.at_marker() => {
                self.at = self.comment_end();
                true
            }
            _ => false,
        }
    }

    fn at_marker(&self) -> bool {
        self.lexis.mysql_comments
            && (self.byte(2) == Some(b'!')
                || self.byte(2) == Some(b'M') && self.byte(3) == Some(b'!'))
    }

    fn comment_end(&self) -> usize {
        let mut depth = 0_usize;
        let mut ahead = 0;
        while let Some(byte) = self.byte(ahead) {
            let pair = (byte, self.byte(ahead + 1));
            if pair == (b'/', Some(b'*')) && (depth == 0 || self.lexis.nested_comments) {
                depth += 1;
                ahead += 2;
            } else if pair == (b'*', Some(b'/')) {
                depth -= 1;
                ahead += 2;
                if depth == 0 {
                    return self.at + ahead;
                }
            } else {
                ahead += 1;
            }
        }
        self.text.len()
    }

    fn read(&mut self, byte: u8) -> Kind {
        match byte {
            b'\'' => self.quoted(b'\'', self.lexis.backslash_escapes || self.after_escape_prefix()),
            b'"' => self.quoted(b'"', self.lexis.backslash_escapes),
            b'`' if self.lexis.backticks => self.quoted(b'`', false),
            b'[' if self.lexis.brackets => self.quoted(b']', false),
            b'$' if self.lexis.dollar_quotes => self.dollar_quoted(),
            b'/' if self.byte(1) == Some(b'*') => self.open_marker(),
            b'*' if self.in_marker && self.byte(1) == Some(b'/') => {
                self.in_marker = false;
                self.advance(2, Kind::Marker)
            }
            _ if is_word(byte) => {
                let length =
                    self.rest(0).iter().take_while(|b| is_word(**b) || **b == b'$').count();
                self.advance(length, Kind::Word)
            }
            _ => self.advance(1, Kind::Sign(byte)),
        }
    }

    fn advance(&mut self, length: usize, kind: Kind) -> Kind {
        self.at += length;
        kind
    }

    fn open_marker(&mut self) -> Kind {
        self.in_marker = true;
        let sign = if self.byte(2) == Some(b'M') { 4 } else { 3 };
        let digits = self.rest(sign).iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.advance(sign + digits, Kind::Marker)
    }

    /// Passes over a quoted text; a doubled quote reads as two texts side by side.
    fn quoted(&mut self, close: u8, escapes: bool) -> Kind {
        let mut ahead = 1;
        loop {
            let stop = |byte: &u8| *byte == close || escapes && *byte == b'\\';
            match self.rest(ahead).iter().position(stop) {
                None => return self.advance(self.text.len() - self.at, Kind::Quoted),
                Some(found) if self.byte(ahead + found) == Some(close) => {
                    return self.advance(ahead + found + 1, Kind::Quoted);
                }
                // The escaped character may be of several bytes; the next stop is ASCII anyway.
                Some(found) => ahead = (ahead + found + 2).min(self.text.len() - self.at),
            }
        }
    }

    fn after_escape_prefix(&self) -> bool {
        let before = self.text.as_bytes().get(..self.at).unwrap_or(&[]);
        self.lexis.escape_strings
            && match before {
                [.., word, b'e' | b'E'] => !is_word(*word),
                [b'e' | b'E'] => true,
                _ => false,
            }
    }

    fn dollar_quoted(&mut self) -> Kind {
        let tag = self.rest(1).iter().take_while(|byte| is_word(**byte)).count();
        let starts_with_digit = self.byte(1).is_some_and(|byte| byte.is_ascii_digit());
        if self.byte(tag + 1) != Some(b'$') || starts_with_digit {
            return self.advance(1, Kind::Sign(b'$'));
        }
        let quote = self.slice(self.at, self.at + tag + 2);
        let body = self.text.get(self.at + quote.len()..).unwrap_or("");
        let length = body.find(quote).map_or(body.len(), |end| end + quote.len());
        self.advance(quote.len() + length, Kind::Quoted)
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Dialect;

    fn pieces(text: &str, dialect: Dialect) -> Vec<&str> {
        let mut scanner = Scanner::new(text, Lexis::of(dialect));
        let mut found = Vec::new();
        while let Some(piece) = scanner.piece() {
            found.push(text.get(piece.start..piece.end).unwrap());
        }
        found
    }

    #[test]
    fn comments_are_blanks_and_nest_where_the_dialect_nests_them() {
        let text = "a /* /* b */ c */ d -- e\nf";
        assert_eq!(pieces(text, Dialect::Postgres), ["a", "d", "f"]);
        assert_eq!(pieces(text, Dialect::Sqlite), ["a", "c", "*", "/", "d", "f"]);
    }

    #[test]
    fn quotes_hide_everything_up_to_their_end() {
        assert_eq!(pieces("'a;''b' [c;d]", Dialect::MsSql), ["'a;'", "'b'", "[c;d]"]);
        assert_eq!(pieces(r"'a\';' `b;`", Dialect::MySql), [r"'a\';'", "`b;`"]);
        assert_eq!(pieces(r"E'a\';' 'b\'", Dialect::Postgres), ["E", r"'a\';'", r"'b\'"]);
        assert_eq!(pieces("$x$ ;$$; $x$ $1", Dialect::Postgres), ["$x$ ;$$; $x$", "$", "1"]);
    }

    #[test]
    fn version_comments_keep_their_content() {
        assert_eq!(
            pieces("/*!50100 a */ b /*M! c */", Dialect::MySql),
            ["/*!50100", "a", "*/", "b", "/*M!", "c", "*/"]
        );
    }

    #[test]
    fn an_unclosed_quote_runs_to_the_end() {
        assert_eq!(pieces("a 'é\\", Dialect::MySql), ["a", "'é\\"]);
        assert_eq!(pieces("$é$ b", Dialect::Postgres), ["$é$ b"]);
    }
}
