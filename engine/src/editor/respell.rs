//! Names as the places of a document take them: in the quotes of SQL, of TOML and of JSON.

use std::borrow::Cow;

use super::gather::{is_reserved, leaves_from};
use super::rename::is_plain;
use super::{Editor, Place, Thing};
use crate::parse::{Grammar, LexemeKind, is_bare_name, lexemes};
use crate::render::SqlDialect;
use crate::report::Edit;
use crate::spec::{Spot, escaped, key, lines, string};
use crate::text::Span;

/// How the text of a spot is written down.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A key without quotes.
    Bare,
    /// In double quotes, one or three.
    Escaped,
    /// In single quotes.
    Verbatim,
    /// In three single quotes each.
    VerbatimLines,
}

impl Form {
    fn of(written: &str) -> Self {
        match written.as_bytes() {
            [b'"', ..] => Self::Escaped,
            [b'\'', b'\'', b'\'', ..] => Self::VerbatimLines,
            [b'\'', ..] => Self::Verbatim,
            _ => Self::Bare,
        }
    }
}

impl Editor<'_> {
    /// The name at a place, without quotes and escapes.
    pub(super) fn name_at(&self, place: Place) -> Cow<'_, str> {
        let Place { span, .. } = place;
        let lexeme = self.places.clause(span.source, span.start).and_then(|clause| {
            clause.lexemes.iter().find(|lexeme| lexeme.is_word() && clause.span(lexeme) == span)
        });
        if let Some(lexeme) = lexeme {
            return Cow::Borrowed(&lexeme.word);
        }
        let within = |spot: &Spot| {
            let range = spot.text.offset(span.start)..spot.text.offset(span.end);
            spot.text.text().get(range).map(str::to_owned)
        };
        let spot = self.places.spot(span.source, span.start);
        spot.and_then(within).map_or_else(|| self.subject.sources.slice(span).into(), Cow::Owned)
    }

    /// A name as the SQL of the document takes it: in the quotes of its dialect where it needs some.
    /// `None` where no quotes hold it.
    pub(super) fn sql_name(&self, thing: Thing, name: &str) -> Option<String> {
        let dialect = self.subject.mapping.dialect;
        let (grammar, capabilities) = (Grammar::of(dialect), dialect.capabilities());
        // Behind a dot, every word is a name.
        let follows_dot = matches!(thing, Thing::Attribute(..) | Thing::Relationship(_));
        if is_plain(name) && (follows_dot || !self.is_word_of_sql(thing, name)) {
            return Some(name.to_owned());
        }
        let mut quoted = String::new();
        capabilities.write_quoted(name, &mut quoted);
        let standard = format!("\"{}\"", name.replace('"', "\"\""));
        let holds = |quoted: &String| match lexemes(quoted, &grammar).as_slice() {
            [only] => only.kind == LexemeKind::QuotedName && only.word == name,
            _ => false,
        };
        [quoted, standard].into_iter().find(holds)
    }

    /// Whether SQL has a use of its own for a word. The database reads an alias; the names of entities
    /// only the engine does.
    fn is_word_of_sql(&self, thing: Thing, name: &str) -> bool {
        let dialect = self.subject.mapping.dialect;
        let grammar = Grammar::of(dialect);
        let known = |word| is_reserved(word) || leaves_from(word);
        matches!(thing, Thing::Alias(_)) && dialect.capabilities().reserves(name)
            || lexemes(name, &grammar).iter().any(known)
            || self.is_operator(name)
            || !is_bare_name(name, &grammar)
    }

    /// Whether the document declares a word as an operator.
    fn is_operator(&self, name: &str) -> bool {
        let mut texts = self.places.spots.iter().filter(|spot| match spot.path.as_slice() {
            [only] => only == "comparison_operators",
            _ => false,
        });
        texts
            .any(|spot| spot.text.text().split_whitespace().any(|it| it.eq_ignore_ascii_case(name)))
    }

    /// The edits that put texts into places of the document, which are ascending, each between the
    /// quotes that are there. Where those cannot hold it, the whole string is written anew.
    pub(super) fn respelled(&self, texts: &[(Span, String)]) -> Vec<Edit> {
        let spot = |(span, _): &(Span, String)| self.places.spot(span.source, span.start);
        let in_one =
            texts.chunk_by(|one, next| spot(one).map(|it| it.span) == spot(next).map(|it| it.span));
        let respelled = |texts: &[(Span, String)]| match texts.first().and_then(spot) {
            Some(spot) => self.respelled_in(spot, texts),
            None => edits(texts, str::to_owned),
        };
        in_one.flat_map(respelled).collect()
    }

    fn respelled_in(&self, spot: &Spot, texts: &[(Span, String)]) -> Vec<Edit> {
        let form = Form::of(self.subject.sources.slice(spot.span));
        let anew = |write: fn(&str) -> String| {
            vec![Edit { span: spot.span, insert: write(&replaced(spot, texts)) }]
        };
        let stands = |c: char| c == '\t' || c != '\'' && !c.is_control();
        let verbatim = || texts.iter().all(|(_, text)| text.chars().all(stands));
        match form {
            Form::Bare => anew(key),
            Form::Verbatim if !verbatim() => anew(string),
            Form::VerbatimLines if !verbatim() => anew(lines),
            Form::Escaped => edits(texts, escaped),
            Form::Verbatim | Form::VerbatimLines => edits(texts, str::to_owned),
        }
    }
}

fn edits(texts: &[(Span, String)], write: fn(&str) -> String) -> Vec<Edit> {
    texts.iter().map(|(span, text)| Edit { span: *span, insert: write(text) }).collect()
}

/// The text of a spot with other texts in some places, which are ascending.
fn replaced(spot: &Spot, texts: &[(Span, String)]) -> String {
    let part = |start: usize, end: usize| spot.text.text().get(start..end).unwrap_or("");
    let (mut whole, mut at) = (String::new(), 0);
    for (span, text) in texts {
        whole.extend([part(at, spot.text.offset(span.start)), text]);
        at = spot.text.offset(span.end);
    }
    whole + part(at, spot.text.text().len())
}
