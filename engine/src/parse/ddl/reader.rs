//! A cursor over one statement's tokens.
//!
//! It moves in balanced steps: an element of a bracketed list is entered with its end known, and
//! whatever is not understood can be stepped over without losing the place.

use std::ops::Range;

use sqlparser::dialect;
use sqlparser::parser::Parser;

use super::draft::{Written, WrittenTable};
use super::rest::Rests;
use super::tokens::{Kind, Stretch, Tokens};
use crate::base::{Dialect, Folding, Names};
use crate::catalog::TableName;
use crate::parse::{Defect, DefectKind};
use crate::text::{Fragment, Span};

/// Reads names, words and lists.
pub(super) struct Reader<'a> {
    tokens: Tokens<'a>,
    /// The token at the cursor.
    at: usize,
    /// The tokens that sqlparser was asked about last.
    stretch: Option<Stretch>,
    /// sqlparser's dialect.
    grammar: &'static dyn dialect::Dialect,
    /// The statement's text, which token offsets count in.
    text: &'a str,
    fragment: &'a Fragment<'a>,
    /// Where the statement begins in the fragment.
    start: usize,
    folding: Folding,
    pub(super) dialect: Dialect,
    /// What is spelled anew before it is a name.
    pub(super) buffer: String,
    pub(super) rests: &'a mut Rests,
    pub(super) names: &'a mut Names,
    pub(super) defects: &'a mut Vec<Defect>,
}

/// Where a statement stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) text: &'a str,
    pub(super) fragment: &'a Fragment<'a>,
    pub(super) start: usize,
    pub(super) dialect: Dialect,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        place: Place<'a>,
        tokens: Tokens<'a>,
        grammar: &'static dyn dialect::Dialect,
        rests: &'a mut Rests,
        names: &'a mut Names,
        defects: &'a mut Vec<Defect>,
    ) -> Self {
        let Place { text, fragment, start, dialect } = place;
        let folding = dialect.folding();
        Self {
            tokens,
            at: 0,
            stretch: None,
            grammar,
            text,
            fragment,
            start,
            folding,
            dialect,
            buffer: String::new(),
            rests,
            names,
            defects,
        }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes to a token.
    pub(super) fn seek(&mut self, index: usize) {
        self.at = index;
    }

    pub(super) fn advance(&mut self) {
        self.at += 1;
    }

    /// The kind of the token `ahead` of the cursor.
    pub(super) fn kind(&self, ahead: usize) -> Kind {
        self.tokens.kind(self.at + ahead)
    }

    pub(super) fn at_end(&self) -> bool {
        self.kind(0) == Kind::End
    }

    /// The kind of the token at an index.
    pub(super) fn kind_at(&self, index: usize) -> Kind {
        self.tokens.kind(index)
    }

    /// What the token at an index says, without its quotes; nothing for a sign.
    pub(super) fn written_at(&self, index: usize) -> &str {
        self.tokens.written(index)
    }

    /// The word `ahead` of the cursor if it is not quoted, else nothing.
    pub(super) fn word(&self, ahead: usize) -> &str {
        match self.kind(ahead) {
            Kind::Word => self.written_at(self.at + ahead),
            _ => "",
        }
    }

    /// Whether the token at an index is one of these words, which are in upper case.
    pub(super) fn is_one_of(&self, index: usize, words: &[&str]) -> bool {
        self.tokens.is_one_of(index, words)
    }

    /// Whether the next words are these, in upper case.
    pub(super) fn sees(&self, words: &[&str]) -> bool {
        words.iter().zip(self.at..).all(|(word, at)| self.tokens.is_word(at, word))
    }

    /// Whether the next word is one of these, in upper case.
    pub(super) fn sees_one_of(&self, words: &[&str]) -> bool {
        self.tokens.is_one_of(self.at, words)
    }

    /// Passes over these words if they come next.
    pub(super) fn accept(&mut self, words: &[&str]) -> bool {
        let found = self.sees(words);
        if found {
            self.seek(self.at() + words.len());
        }
        found
    }

    /// Passes over one of these words if it comes next.
    pub(super) fn accept_one_of(&mut self, words: &[&str]) -> bool {
        let found = self.sees_one_of(words);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn accept_sign(&mut self, sign: Kind) -> bool {
        let found = self.kind(0) == sign;
        if found {
            self.advance();
        }
        found
    }

    /// A name, quoted or not.
    pub(super) fn name(&mut self) -> Option<Written> {
        // SQLite and MySQL take strings for names where only a name can stand.
        if !matches!(
            self.kind(0),
            Kind::Word | Kind::QuotedName | Kind::String | Kind::DoubleQuoted
        ) {
            return None;
        }
        let (text, bytes, may_fold) = self.tokens.spoken(self.at);
        let name = if may_fold {
            self.names.intern(&self.folding.spelling(text, false))
        } else {
            self.names.intern(text)
        };
        let span = self.fragment.span(self.start + bytes.start, self.start + bytes.end);
        self.at += 1;
        Some(Written { name, span })
    }

    /// A table's name: of a name in several parts, the last two.
    pub(super) fn table_name(&mut self) -> Option<WrittenTable> {
        let first = self.name()?;
        let (mut schema, mut last) = (None, first);
        while self.kind(0) == Kind::Period {
            self.advance();
            let part = self.name()?;
            schema = Some(last.name);
            last = part;
        }
        let name = TableName { schema, table: last.name };
        Some(WrittenTable { name, span: first.span.to(last.span) })
    }

    /// The index of the `,` or `)` that ends the element at the cursor, or of the statement's end.
    pub(super) fn element_end(&self) -> usize {
        self.tokens.element_end(self.at)
    }

    /// Passes over one token, or over a whole bracketed group, if the cursor is before `end`.
    pub(super) fn step(&mut self, end: usize) {
        if self.at() >= end {
            return;
        }
        if !self.accept_sign(Kind::LParen) {
            self.advance();
            return;
        }
        loop {
            self.seek(self.element_end());
            let more = self.kind(0) == Kind::Comma;
            if !self.at_end() {
                self.advance();
            }
            if !more {
                return;
            }
        }
    }

    /// Passes over everything up to the next `(` of this element; says whether there is one.
    pub(super) fn skip_to_group(&mut self, end: usize) -> bool {
        let found = |reader: &Self| reader.kind(0) == Kind::LParen;
        while self.at() < end && !self.at_end() && !found(self) {
            self.advance();
        }
        self.at() < end && found(self)
    }

    /// Lets sqlparser read something that ends before `end`, or leaves the cursor where it is.
    ///
    /// Only short stretches are handed over: the trees of long operator chains overflow the stack
    /// when they are dropped.
    pub(super) fn parse<T>(
        &mut self,
        end: usize,
        read: impl FnOnce(&mut Parser<'static>) -> Option<T>,
    ) -> Option<T> {
        const LONGEST: usize = 512;
        let at = self.at;
        if end - at > LONGEST {
            return None;
        }
        let usable = self.stretch.take().filter(|stretch| stretch.serves(at, end));
        let mut stretch = usable.unwrap_or_else(|| self.tokens.stretch(at, end, self.grammar));
        let found = stretch.read(at, read).filter(|(_, behind)| *behind <= end);
        self.stretch = Some(stretch);
        let (found, behind) = found?;
        self.at = behind;
        Some(found)
    }

    /// The bytes of these tokens in the statement.
    pub(super) fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        let at = |index: usize| self.tokens.bytes(index);
        let start = at(tokens.start).map_or(self.text.len(), |bytes| bytes.start);
        let last = tokens.end.max(tokens.start + 1) - 1;
        let end = at(last).map_or(self.text.len(), |bytes| bytes.end);
        start..end.max(start)
    }

    /// What is written from `start` to `end`, counted in bytes of the statement.
    pub(super) fn text(&self, bytes: Range<usize>) -> &'a str {
        self.text.get(bytes).unwrap_or("")
    }

    /// Where these tokens stand.
    pub(super) fn span(&self, tokens: Range<usize>) -> Span {
        let bytes = self.bytes(tokens);
        self.fragment.span(self.start + bytes.start, self.start + bytes.end)
    }

    /// Records that these tokens are passed over.
    pub(super) fn unsupported(
        &mut self,
        tokens: Range<usize>,
        what: String,
        message: impl Into<String>,
    ) {
        let kind = DefectKind::Unsupported { what, message: message.into(), relevant: true };
        let span = self.span(tokens);
        self.defects.push(Defect { kind, span });
    }

    /// Records that these tokens break the grammar of every dialect.
    pub(super) fn broken(&mut self, tokens: Range<usize>, message: impl Into<String>) {
        let span = self.span(tokens);
        self.defects.push(Defect { kind: DefectKind::Syntax { message: message.into() }, span });
    }

    /// How the token at the cursor is written, for a message.
    pub(super) fn found(&self) -> String {
        if self.at_end() {
            return "the end of the statement".into();
        }
        let text = self.text(self.bytes(self.at()..self.at() + 1));
        format!("`{}`", text.chars().take(40).collect::<String>())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::parse::ddl::grammar;
    use crate::parse::plain::plain;
    use crate::text::Sources;

    /// Reads a text that is one statement, or a part of one.
    pub(in crate::parse::ddl) fn with_reader<T>(
        text: &str,
        dialect: Dialect,
        read: impl FnOnce(&mut Reader<'_>) -> T,
    ) -> T {
        let source = Sources::new().add("schema.sql", text);
        let fragment = Fragment::verbatim(source, text, 0);
        let place = Place { text, fragment: &fragment, start: 0, dialect };
        let (mut rests, mut names, mut defects) = (Rests::default(), Names::new(), Vec::new());
        let grammar = grammar(dialect);
        let list = plain(text, grammar);
        let tokens = match &list {
            Some(list) => Tokens::Plain { text, list },
            None => Tokens::any(text, grammar).0,
        };
        read(&mut Reader::new(place, tokens, grammar, &mut rests, &mut names, &mut defects))
    }
}
