//! What each word of SQL inside a document's strings is, for colours.

use super::gather::is_reserved;
use super::place::{Clause, ClauseKind};
use super::{Editor, Thing};
use crate::parse::{Lexeme, LexemeKind};
use crate::text::Span;

/// A word or sign of SQL, and what it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// Where it stands; it may go over several lines.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// What a word of SQL can be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TokenKind {
    /// A word of the language.
    Keyword,
    /// `foreign` or `remote`.
    Role,
    /// A function.
    Function,
    /// An entity.
    Entity,
    /// A table.
    Table,
    /// An alias.
    Alias,
    /// A column or attribute.
    Column,
    /// A name that means nothing that is known.
    Name,
    /// A number.
    Number,
    /// A string.
    String,
    /// `?`, `:name`
    Parameter,
    /// A sign.
    Operator,
}

impl TokenKind {
    /// All kinds, in the order of the enumeration.
    pub const ALL: [Self; 12] = [
        Self::Keyword,
        Self::Role,
        Self::Function,
        Self::Entity,
        Self::Table,
        Self::Alias,
        Self::Column,
        Self::Name,
        Self::Number,
        Self::String,
        Self::Parameter,
        Self::Operator,
    ];
}

impl Editor<'_> {
    /// The words of all SQL in the document's strings within `span`, ascending. Dots, commas and
    /// brackets are left out.
    pub fn tokens(&self, span: Span) -> Vec<Token> {
        let clauses = self.places.clauses.iter().filter(|clause| {
            let whole = clause.text.whole();
            let near = whole.start <= span.end && span.start <= whole.end;
            whole.source == span.source && whole.source == self.places.document && near
        });
        clauses.flat_map(|clause| self.of_clause(clause)).collect()
    }

    fn of_clause(&self, clause: &Clause) -> Vec<Token> {
        let is = |i: usize, kind| clause.lexemes.get(i).is_some_and(|it| it.kind == kind);
        let lexemes = clause.lexemes.iter().enumerate();
        let token = |(i, lexeme): (usize, &Lexeme)| {
            let span = clause.span(lexeme);
            let calls = is(i + 1, LexemeKind::Open);
            let kind = self.kind(clause, lexeme, span, calls)?;
            let is_member = i.checked_sub(1).is_some_and(|before| is(before, LexemeKind::Dot));
            let kind = if is_member && kind == TokenKind::Keyword { TokenKind::Name } else { kind };
            (span.start < span.end).then_some(Token { span, kind })
        };
        lexemes.filter_map(token).collect()
    }

    fn kind(&self, clause: &Clause, lexeme: &Lexeme, span: Span, calls: bool) -> Option<TokenKind> {
        Some(match lexeme.kind {
            LexemeKind::Number => TokenKind::Number,
            LexemeKind::String => TokenKind::String,
            LexemeKind::Parameter => TokenKind::Parameter,
            LexemeKind::Operator => TokenKind::Operator,
            LexemeKind::Name | LexemeKind::QuotedName | LexemeKind::Keyword => {
                let named = self.named_at(span).map(of_thing);
                let is_role = calls && (lexeme.is("foreign") || lexeme.is("remote"));
                let is_role = is_role && clause.kind == ClauseKind::Expression;
                match named {
                    Some(kind) => kind,
                    None if is_role => TokenKind::Role,
                    None if calls && !is_reserved(lexeme) && clause.kind != ClauseKind::Ddl => {
                        TokenKind::Function
                    }
                    None if lexeme.kind == LexemeKind::Keyword => TokenKind::Keyword,
                    None => TokenKind::Name,
                }
            }
            _ => return None,
        })
    }

    fn named_at(&self, span: Span) -> Option<Thing> {
        let own = self.places.of(span.source);
        let at = own.partition_point(|place| place.span < span);
        own.get(at).filter(|place| place.span == span).map(|place| place.thing)
    }
}

fn of_thing(thing: Thing) -> TokenKind {
    match thing {
        Thing::Entity(_) => TokenKind::Entity,
        Thing::Table(_) => TokenKind::Table,
        Thing::Alias(_) => TokenKind::Alias,
        Thing::Attribute(..) | Thing::Column(_) | Thing::Relationship(_) => TokenKind::Column,
        Thing::Code(_) | Thing::File(_) => TokenKind::Name,
    }
}
