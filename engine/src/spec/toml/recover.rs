//! A document with errors, read statement by statement.

use std::collections::BTreeSet;

use toml::de::Error;

use super::merge::merge;
use super::piece::{Piece, pieces};
use super::tree::{Part, parse_broken};
use crate::spec::defect::{Defect, DefectKind};
use crate::spec::depth::{LIMIT, too_deep_toml};
use crate::spec::document::Text;
use crate::spec::value::{Form, Kind, Table, Value};
use crate::text::{LineTable, Span};

/// Reads what can be made out of `whole`, and records every error.
pub(super) fn read(whole: Part<'_>, defects: &mut Vec<Defect>) -> Table {
    let mut root = Table::new(Form::Implied);
    let mut section = Section::default();
    for Piece { range, is_header } in pieces(whole.text) {
        let part = whole.part(range);
        let (table, sound) = read_piece(part, defects);
        if is_header {
            let next = Section::below(part, table, sound);
            std::mem::replace(&mut section, next).close(&mut root, defects);
        } else {
            section.add(part, table, sound, defects);
        }
    }
    section.close(&mut root, defects);
    root.order();
    root
}

/// The tree of one piece, and whether it has no errors.
fn read_piece(part: Part<'_>, defects: &mut Vec<Defect>) -> (Table, bool) {
    if let Some(at) = too_deep_toml(part.text) {
        let kind = DefectKind::TooDeep { limit: LIMIT };
        defects.push(Defect { kind, span: part.span(&(at..at + 1)) });
        return (Table::new(Form::Implied), false);
    }
    let (table, errors) = parse_broken(part);
    for error in first_of_each_line(part, &errors) {
        defects.push(defect(part, &table, error));
    }
    (table, errors.is_empty())
}

/// What the parser says further about a line follows from the first error in it.
fn first_of_each_line<'e>(part: Part<'_>, errors: &'e [Error]) -> Vec<&'e Error> {
    if errors.len() < 2 {
        return errors.iter().collect();
    }
    let lines = LineTable::new(part.text);
    let line = |error: &Error| {
        let start = error.span().map_or(0, |span| span.start);
        lines.line(part.span(&(start..start)).start - part.span(&(0..0)).start)
    };
    let mut seen = BTreeSet::new();
    errors.iter().filter(|error| seen.insert(line(error))).collect()
}

fn defect(part: Part<'_>, table: &Table, error: &Error) -> Defect {
    let range = error.span().unwrap_or(0..0);
    let span = part.span(&range);
    let before = part.text.get(..range.start).unwrap_or("").trim_end();
    let kind = if error.message() == "duplicate key" {
        let key = part.text.get(range.clone()).unwrap_or("").to_owned();
        let first = first_place(table, &key, span);
        DefectKind::DuplicateKey { key, first }
    } else if range.is_empty() && before.ends_with('=') {
        DefectKind::Syntax { message: "expected a value behind `=`".to_owned() }
    } else {
        DefectKind::Syntax { message: error.message().to_owned() }
    };
    Defect { kind, span }
}

/// Where the innermost table around `second` has the key already.
fn first_place(table: &Table, key: &str, second: Span) -> Option<Span> {
    let around = |value: &Value| value.span.start <= second.start && second.end <= value.span.end;
    let inner = table.iter().map(|(_, value)| value).find(|value| around(value));
    match inner.map(|value| &value.kind) {
        Some(Kind::Table(inner)) => first_place(inner, key, second),
        Some(Kind::Array(items)) => {
            let inner = items.iter().filter(|item| around(item)).find_map(Value::as_table);
            inner.and_then(|inner| first_place(inner, key, second))
        }
        _ => table.iter().map(|(key, _)| key).find(|first| first.text() == key).map(Text::whole),
    }
}

/// A header with the statements below it.
#[derive(Default)]
struct Section {
    /// The keys of the header; none above the first header, or where one says no name.
    path: Vec<Text>,
    header: Option<Span>,
    in_array: bool,
    table: Table,
}

impl Section {
    /// The section that the tree of a header piece begins.
    fn below(part: Part<'_>, tree: Table, sound: bool) -> Self {
        let mut section =
            Self { header: Some(part.span(&(0..part.text.len()))), ..Self::default() };
        let (mut level, mut placed) = (Some(tree), false);
        while let Some((key, value)) = level.take().and_then(|table| table.into_entries().next()) {
            section.path.push(key);
            let is_header = value.has_header();
            section.in_array = matches!(value.kind, Kind::Array(_));
            if is_header && sound {
                section.header = Some(value.span);
            }
            placed = is_header;
            level = value.into_table().filter(|_| !is_header);
        }
        if !placed {
            section.path.clear();
        }
        section.table = Table::new(Form::Header);
        section.table.insert_at = Some(part.end_of_line(part.text.trim_end().len()));
        section.table.incomplete = !sound;
        section
    }

    fn add(&mut self, part: Part<'_>, table: Table, sound: bool, defects: &mut Vec<Defect>) {
        if sound && self.header.is_some() {
            self.table.insert_at = Some(part.end_of_line(part.text.trim_end().len()));
        }
        self.table.incomplete |= !sound;
        merge(&mut self.table, table, defects);
    }

    /// Puts the section where its header says.
    fn close(self, root: &mut Table, defects: &mut Vec<Defect>) {
        let Some(span) = self.header else {
            return merge(root, self.table, defects);
        };
        let mut value = Value { kind: Kind::Table(self.table), span };
        if self.in_array {
            value = Value { kind: Kind::Array(vec![value]), span };
        }
        let mut levels = self.path.into_iter().rev();
        let Some(last) = levels.next() else { return };
        let nested = levels.fold(Table::implied(last, value), |inner, key| {
            let span = key.whole();
            Table::implied(key, Value { kind: Kind::Table(inner), span })
        });
        merge(root, nested, defects);
    }
}

impl Table {
    fn implied(key: Text, value: Value) -> Self {
        let mut table = Self::new(Form::Implied);
        let _ = table.insert(key, value);
        table
    }
}
