//! The tree of values → documents and requests.
//!
//! Each file reads one kind of table. A value that cannot be used is recorded and left out; what
//! stands beside it is read all the same.

mod attribute;
mod entity;
mod known;
mod model;
mod relationship;
mod section;
mod statement;
mod table;
mod typed;

pub use known::{is_flag, keys, words};
pub(crate) use section::{Declaration, declaration};

use super::defect::{Defect, DefectKind};
use super::document::{Document, Text};
use super::request::Request;
use super::value::{Kind, Table, Value};
use super::{json, toml};
use crate::base::SourceId;
use crate::text::Span;

impl Document {
    /// Reads a model document from TOML.
    ///
    /// The defects come in the order of their places; the document holds what is sound.
    ///
    /// ```
    /// use joinwright::spec::{DefectKind, Document};
    /// use joinwright::text::Sources;
    ///
    /// let text = "[entity.Customer]\ntable = 'customer'\ntabel = 'customers'\n";
    /// let mut sources = Sources::new();
    /// let (document, defects) = Document::from_toml(sources.add("model.toml", text), text);
    /// assert_eq!(document.entities[0].name.text(), "Customer");
    /// assert!(matches!(&defects[0].kind, DefectKind::UnknownKey { key, .. } if key == "tabel"));
    /// assert_eq!(sources.slice(defects[0].span), "tabel");
    /// ```
    pub fn from_toml(source: SourceId, text: &str) -> (Self, Vec<Defect>) {
        let (document, defects, _) = Self::from_toml_told(source, text);
        (document, defects)
    }

    /// As [`Self::from_toml`], and whether the text is TOML without errors.
    pub(crate) fn from_toml_told(source: SourceId, text: &str) -> (Self, Vec<Defect>, bool) {
        let mut reader = Reader::default();
        let (table, is_sound) = toml::read(source, text, &mut reader.defects);
        let document = reader.model(table);
        (document, reader.finish(), is_sound)
    }

    /// Reads a model document from JSON, with the same keys as in TOML.
    ///
    /// The defects come in the order of their places; the document holds what is sound. A text that
    /// is no JSON gives an empty document.
    pub fn from_json(source: SourceId, text: &str) -> (Self, Vec<Defect>) {
        let mut reader = Reader::default();
        let value = json::read(source, text, &mut reader.defects);
        let document = reader.whole(value, "model").map(|table| reader.model(table));
        (document.unwrap_or_default(), reader.finish())
    }
}

impl Request {
    /// Reads a request from JSON.
    ///
    /// The defects come in the order of their places; those of a statement lie in its span.
    ///
    /// ```
    /// use joinwright::spec::Request;
    /// use joinwright::text::Sources;
    ///
    /// let text = r#"{"id": [7], "model": {}, "statements": [{"entity": "A", "load": "select"}]}"#;
    /// let mut sources = Sources::new();
    /// let (request, defects) = Request::from_json(sources.add("<stdin>", text), text);
    /// assert!(defects.is_empty());
    /// assert_eq!(request.id.as_deref(), Some("[7]"));
    /// assert_eq!(request.statements[0].entity.as_ref().map(|name| name.text()), Some("A"));
    /// ```
    pub fn from_json(source: SourceId, text: &str) -> (Self, Vec<Defect>) {
        let mut reader = Reader::default();
        let value = json::read(source, text, &mut reader.defects);
        let span = value.span;
        let table = reader.whole(value, "request");
        let request = table.map(|table| reader.request(table, span, text));
        (request.unwrap_or_default(), reader.finish())
    }
}

/// Gathers what is wrong while values are read.
#[derive(Default)]
struct Reader {
    defects: Vec<Defect>,
}

impl Reader {
    fn finish(mut self) -> Vec<Defect> {
        self.defects.sort_by_key(|defect| (defect.span.start, defect.span.end));
        self.defects
    }

    fn report(&mut self, kind: DefectKind, span: Span) {
        self.defects.push(Defect { kind, span });
    }

    fn unknown_key(&mut self, key: &Text, owner: &'static str, known: &'static [&'static str]) {
        let key_text = key.text().to_owned();
        self.report(DefectKind::UnknownKey { key: key_text, owner, known }, key.whole());
    }

    /// Records that the table has none of `keys`, unless they may have been lost in a syntax error.
    fn require(
        &mut self,
        table: &Table,
        (owner, name, span): (&'static str, &str, Span),
        keys: &'static [&'static str],
    ) {
        if !(table.incomplete || keys.iter().any(|key| table.has(key))) {
            self.report(DefectKind::MissingKey { owner, name: name.to_owned(), keys }, span);
        }
    }

    fn wrong_type(&mut self, key: &str, value: &Value, expected: &'static str) {
        let found = value.kind.with_article();
        if !matches!(value.kind, Kind::Null | Kind::Hole) {
            self.report(DefectKind::WrongType { key: key.to_owned(), expected, found }, value.span);
        }
    }
}

/// Of several keys that exclude each other, the one that came first.
#[derive(Default)]
struct Choice {
    taken: Option<(&'static str, Span)>,
}

impl Choice {
    /// Takes `key`, which is spelled `name`, unless another has been taken.
    fn take(&mut self, reader: &mut Reader, name: &'static str, key: &Text) -> bool {
        if let Some((first, other)) = self.taken {
            let kind = DefectKind::ConflictingKeys { first, second: name, other };
            reader.report(kind, key.whole());
            return false;
        }
        self.taken = Some((name, key.whole()));
        true
    }
}
