//! Values of the type that a key asks for.

use std::str::FromStr;

use super::Reader;
use crate::spec::defect::{DefectKind, NUL};
use crate::spec::document::{Scalar, Spanned, Text};
use crate::spec::value::{Kind, Table, Value};
use crate::text::Fragment;

impl Reader {
    /// The table that a whole text must be.
    pub(super) fn whole(&mut self, value: Value, what: &str) -> Option<Table> {
        if matches!(value.kind, Kind::Null) {
            let (key, expected, found) = (what.to_owned(), "a table", value.kind.with_article());
            self.report(DefectKind::WrongType { key, expected, found }, value.span);
        }
        self.table(what, value)
    }

    pub(super) fn table(&mut self, key: &str, value: Value) -> Option<Table> {
        match value.kind {
            Kind::Table(table) => Some(table),
            _ => self.not(key, &value, "a table"),
        }
    }

    /// The entries of a table of tables.
    pub(super) fn named_tables(&mut self, key: &Text, value: Value) -> Vec<(Text, Value)> {
        let table = self.table(key.text(), value);
        table.into_iter().flat_map(Table::into_entries).collect()
    }

    pub(super) fn text(&mut self, key: &Text, value: Value) -> Option<Text> {
        match value.kind {
            Kind::String(text) => Some(text),
            _ => self.not(key.text(), &value, "a string"),
        }
    }

    /// A string that stands in SQL as a name.
    pub(super) fn name(&mut self, key: &Text, value: Value) -> Option<Text> {
        let text = self.text(key, value)?;
        if text.text().contains('\0') {
            self.report(DefectKind::Syntax { message: NUL.to_owned() }, text.whole());
            return None;
        }
        Some(text)
    }

    /// One of a few words.
    pub(super) fn word(
        &mut self,
        key: &Text,
        value: Value,
        known: &'static [&'static str],
    ) -> Option<Text> {
        let text = self.text(key, value)?;
        self.known(key, text, known)
    }

    /// `true`, `false` or one of a few words, as text.
    pub(super) fn flag_or_word(
        &mut self,
        key: &Text,
        value: Value,
        known: &'static [&'static str],
    ) -> Option<Text> {
        match value.kind {
            Kind::Boolean(_) => boolean_text(&value),
            Kind::String(text) => self.known(key, text, known),
            _ => self.not(key.text(), &value, "a boolean or a string"),
        }
    }

    fn known(&mut self, key: &Text, text: Text, known: &'static [&'static str]) -> Option<Text> {
        if known.contains(&text.text()) {
            return Some(text);
        }
        let (key, written) = (key.text().to_owned(), text.text().to_owned());
        self.report(DefectKind::UnknownValue { key, written, known }, text.whole());
        None
    }

    /// A string, number or boolean.
    pub(super) fn scalar(&mut self, key: &Text, value: Value) -> Option<Scalar> {
        match value.kind {
            Kind::String(text) => Some(Scalar::String(text)),
            Kind::Integer(text) | Kind::Float(text) => Some(Scalar::Number(text)),
            Kind::Boolean(_) => boolean_text(&value).map(Scalar::Boolean),
            _ => self.not(key.text(), &value, "a string, a number or a boolean"),
        }
    }

    pub(super) fn flag(&mut self, key: &Text, value: &Value) -> Option<Spanned<bool>> {
        match value.kind {
            Kind::Boolean(flag) => Some(Spanned { value: flag, span: value.span }),
            _ => self.not(key.text(), value, "a boolean"),
        }
    }

    pub(super) fn count<T: FromStr>(&mut self, key: &Text, value: &Value) -> Option<Spanned<T>> {
        let number = match &value.kind {
            Kind::Integer(text) => text.text().parse().ok(),
            _ => None,
        };
        match number {
            Some(number) => Some(Spanned { value: number, span: value.span }),
            None => self.not(key.text(), value, "a whole number from zero on"),
        }
    }

    /// A list of strings, or one string that stands for a list of one.
    pub(super) fn texts(&mut self, key: &Text, value: Value) -> Vec<Text> {
        match value.kind {
            Kind::String(text) => vec![text],
            Kind::Array(items) => self.items(key, items),
            _ => self.not(key.text(), &value, "a list of strings").unwrap_or_default(),
        }
    }

    fn items(&mut self, key: &Text, items: Vec<Value>) -> Vec<Text> {
        let item = |item: Value| match item.kind {
            Kind::String(text) => Some(text),
            _ => self.not(key.text(), &item, "a list of strings"),
        };
        items.into_iter().filter_map(item).collect()
    }

    /// As [`Self::texts`], where each string may name several with commas between them.
    pub(super) fn comma_separated(&mut self, key: &Text, value: Value) -> Vec<Text> {
        self.texts(key, value).iter().flat_map(split_at_commas).collect()
    }

    /// SQL terms: one string, or a list of strings that are put together with commas.
    pub(super) fn terms(&mut self, key: &Text, value: Value) -> Option<Text> {
        let mut terms = self.texts(key, value).into_iter();
        let first = terms.next()?;
        Some(terms.fold(first, |mut all, term| {
            all.push(", ", all.whole().end as usize);
            all.append(&term);
            all
        }))
    }

    /// The values of a list.
    pub(super) fn list(&mut self, key: &str, value: Value, expected: &'static str) -> Vec<Value> {
        match value.kind {
            Kind::Array(items) => items,
            _ => self.not(key, &value, expected).unwrap_or_default(),
        }
    }

    fn not<T>(&mut self, key: &str, value: &Value, expected: &'static str) -> Option<T> {
        self.wrong_type(key, value, expected);
        None
    }
}

fn boolean_text(value: &Value) -> Option<Text> {
    let Kind::Boolean(flag) = value.kind else { return None };
    let written = if flag { "true" } else { "false" };
    Some(Fragment::verbatim(value.span.source, written, value.span.start as usize))
}

fn split_at_commas(text: &Text) -> Vec<Text> {
    let mut parts = Vec::new();
    let mut start = 0;
    for piece in text.text().split(',') {
        let name = piece.trim();
        let at = start + piece.len() - piece.trim_start().len();
        if !name.is_empty() {
            parts.push(text.part(at, at + name.len()));
        }
        start += piece.len() + 1;
    }
    parts
}
