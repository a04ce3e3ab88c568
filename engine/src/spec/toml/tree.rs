//! What the TOML parser makes → our tree.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue, Error};

use crate::base::SourceId;
use crate::spec::decode::toml_string;
use crate::spec::document::Text;
use crate::spec::lexer::line_end;
use crate::spec::value::{Form, Kind, Table, Value};
use crate::text::{Fragment, Span};

/// A part of a source that is parsed on its own.
#[derive(Clone, Copy)]
pub(super) struct Part<'t> {
    pub(super) source: SourceId,
    pub(super) text: &'t str,
    /// Where the part begins in the source.
    pub(super) start: usize,
}

/// The tree of a part that has no errors.
pub(super) fn parse(part: Part<'_>) -> Option<Table> {
    let (table, errors) = DeTable::parse_recoverable(part.text);
    errors.is_empty().then(|| Tree { part, errors: Vec::new() }.root(table.into_inner()))
}

/// As much of a part's tree as can be made out, and its errors.
pub(super) fn parse_broken(part: Part<'_>) -> (Table, Vec<Error>) {
    let (table, errors) = DeTable::parse_recoverable(part.text);
    let mut places: Vec<_> = errors.iter().filter_map(Error::span).collect();
    places.sort_by_key(|place| (place.start, place.end));
    (Tree { part, errors: places }.root(table.into_inner()), errors)
}

impl<'t> Part<'t> {
    /// The span of these bytes of the part.
    pub(super) fn span(self, range: &Range<usize>) -> Span {
        Span::new(self.source, self.start + range.start, self.start + range.end)
    }

    /// These bytes of the part as a part.
    pub(super) fn part(self, range: Range<usize>) -> Self {
        let start = self.start + range.start;
        Self { text: self.text.get(range).unwrap_or(""), start, ..self }
    }

    /// The end of the line that holds `at`, before its line break.
    pub(super) fn end_of_line(self, at: usize) -> Span {
        let end = line_end(self.text.as_bytes(), at);
        let carriage_return = self.text.get(..end).is_some_and(|text| text.ends_with('\r'));
        let end = (end - usize::from(carriage_return)).max(at);
        self.span(&(end..end))
    }

    fn slice(self, range: &Range<usize>) -> &'t str {
        self.text.get(range.clone()).unwrap_or("")
    }

    fn string(self, range: &Range<usize>) -> Text {
        toml_string(self.source, self.slice(range), self.start + range.start)
    }
}

struct Tree<'a> {
    part: Part<'a>,
    /// The places of the errors, ascending.
    errors: Vec<Range<usize>>,
}

/// Where the last value stands that a header table says in its own lines.
type BodyEnd = Option<usize>;

impl Tree<'_> {
    fn root(&self, table: DeTable<'_>) -> Table {
        self.table(table, Form::Implied).0
    }

    /// Leaves out keys of no length: the parser makes them up where it misses one.
    fn table(&self, entries: DeTable<'_>, form: Form) -> (Table, BodyEnd) {
        let mut table = Table::new(form);
        let mut end = None;
        for (key, value) in entries {
            let place = key.span();
            if place.is_empty() {
                continue;
            }
            let (value, value_end) = self.value(value);
            end = end.max(value_end);
            // The parser lets no key stand twice.
            let _ = table.insert(self.part.string(&place), value);
        }
        (table, end)
    }

    fn value(&self, value: Spanned<DeValue<'_>>) -> (Value, BodyEnd) {
        let range = value.span();
        let (kind, end) = match value.into_inner() {
            DeValue::Table(entries) => self.table_value(entries, &range),
            DeValue::Array(items) => self.array(items, &range),
            _ if self.is_broken(&range) => (Kind::Hole, None),
            scalar => (self.scalar(scalar, &range), Some(range.end)),
        };
        (Value { kind, span: self.part.span(&range) }, end)
    }

    fn table_value(&self, entries: DeTable<'_>, range: &Range<usize>) -> (Kind, BodyEnd) {
        let form = self.form(range);
        let (mut table, mut end) = self.table(entries, form);
        match form {
            Form::Header => {
                table.insert_at = Some(self.part.end_of_line(end.unwrap_or(range.end)));
                end = None;
            }
            Form::Braces | Form::Object => end = Some(range.end),
            Form::Implied => {}
        }
        (Kind::Table(table), end)
    }

    /// The parser gives a header's place to the table below it, and a key's to an implied one.
    fn form(&self, range: &Range<usize>) -> Form {
        match self.part.slice(range).as_bytes().first() {
            Some(b'[') => Form::Header,
            Some(b'{') => Form::Braces,
            _ => Form::Implied,
        }
    }

    fn array<'v>(
        &self,
        items: impl IntoIterator<Item = Spanned<DeValue<'v>>>,
        range: &Range<usize>,
    ) -> (Kind, BodyEnd) {
        let items: Vec<_> = items.into_iter().map(|item| self.value(item).0).collect();
        let of_headers = items.first().is_some_and(Value::has_header);
        (Kind::Array(items), (!of_headers).then_some(range.end))
    }

    fn scalar(&self, value: DeValue<'_>, range: &Range<usize>) -> Kind {
        match value {
            DeValue::Boolean(value) => Kind::Boolean(value),
            DeValue::Integer(number) => Kind::Integer(self.number(&decimal(&number), range)),
            DeValue::Float(number) => Kind::Float(self.number(number.as_str(), range)),
            DeValue::Datetime(_) => Kind::Date,
            _ => Kind::String(self.part.string(range)),
        }
    }

    fn number(&self, decoded: &str, range: &Range<usize>) -> Text {
        let mut text = Fragment::empty(self.part.source, self.part.start + range.start);
        text.push(decoded, self.part.start + range.start);
        text.end_at(self.part.start + range.end);
        text
    }

    /// Whether an error touches these bytes; for no bytes at all the parser has made a value up.
    fn is_broken(&self, range: &Range<usize>) -> bool {
        let index = self.errors.partition_point(|error| error.start <= range.end);
        let last = index.checked_sub(1).and_then(|index| self.errors.get(index));
        range.is_empty() || last.is_some_and(|error| range.start <= error.end)
    }
}

fn decimal(number: &DeInteger<'_>) -> String {
    let digits = number.as_str().trim_start_matches('+');
    let value = i128::from_str_radix(digits, number.radix());
    value.map_or_else(|_| digits.to_owned(), |value| value.to_string())
}
