//! JSON text → the tree of values.

mod object;
mod plain;

use jsonc_parser::ast;
use jsonc_parser::common::Range;
use jsonc_parser::errors::ParseError;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::base::SourceId;
use crate::spec::decode::json_string;
use crate::spec::defect::{Defect, DefectKind};
use crate::spec::depth::{LIMIT, too_deep_json};
use crate::spec::document::Text;
use crate::spec::value::{Kind, Table, Value};
use crate::text::{Fragment, Span};

/// JSON and nothing that others add to it.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads a text that is one JSON value. Where it is none, the value is a hole.
pub(super) fn read(source: SourceId, text: &str, defects: &mut Vec<Defect>) -> Value {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut tree = Tree { source, text: body, start: text.len() - body.len(), defects };
    match tree.parse() {
        Ok(value) => value,
        Err(defect) => {
            let span = defect.span;
            tree.defects.push(defect);
            Value { kind: Kind::Hole, span }
        }
    }
}

struct Tree<'a> {
    source: SourceId,
    text: &'a str,
    /// Where `text` begins in the source.
    start: usize,
    defects: &'a mut Vec<Defect>,
}

impl Tree<'_> {
    fn parse(&mut self) -> Result<Value, Defect> {
        if let Some((value, defects)) = plain::read(self.source, self.text, self.start) {
            self.defects.extend(defects);
            return Ok(value);
        }
        if let Some(at) = too_deep_json(self.text) {
            let kind = DefectKind::TooDeep { limit: LIMIT };
            return Err(Defect { kind, span: self.span(Range::new(at, at + 1)) });
        }
        self.parse_any()
    }

    /// Reads a text that need not be plain.
    fn parse_any(&mut self) -> Result<Value, Defect> {
        let parsed = parse_to_ast(self.text, &CollectOptions::default(), &STRICT);
        match parsed.map_err(|error| self.defect(&error))?.value {
            Some(value) => Ok(self.value(value)),
            None => Err(self.syntax("expected a JSON value".to_owned(), Range::new(0, 0))),
        }
    }

    fn defect(&self, error: &ParseError) -> Defect {
        let message = error.kind().to_string();
        let mut letters = message.chars();
        let lower: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
        self.syntax(lower + letters.as_str(), error.range())
    }

    fn syntax(&self, message: String, range: Range) -> Defect {
        Defect { kind: DefectKind::Syntax { message }, span: self.span(range) }
    }

    fn value(&mut self, value: ast::Value<'_>) -> Value {
        match value {
            ast::Value::NullKeyword(null) => self.at(null.range, Kind::Null),
            ast::Value::BooleanLit(flag) => self.at(flag.range, Kind::Boolean(flag.value)),
            ast::Value::NumberLit(number) => self.at(number.range, self.number(&number)),
            ast::Value::StringLit(string) => {
                self.at(string.range, Kind::String(self.string(string.range)))
            }
            ast::Value::Array(array) => {
                let items = array.elements.into_iter().map(|item| self.value(item)).collect();
                self.at(array.range, Kind::Array(items))
            }
            ast::Value::Object(object) => {
                let kind = Kind::Table(self.table(object.properties));
                self.at(object.range, kind)
            }
        }
    }

    fn table(&mut self, properties: Vec<ast::ObjectProp<'_>>) -> Table {
        let mut table = Table::default();
        for property in properties {
            let key = match &property.name {
                ast::ObjectPropName::String(name) => self.string(name.range),
                ast::ObjectPropName::Word(name) => self.string(name.range),
            };
            let value = self.value(property.value);
            object::insert(&mut table, key, value, self.defects);
        }
        table
    }

    fn number(&self, number: &ast::NumberLit<'_>) -> Kind {
        let start = self.start + number.range.start;
        let text = Fragment::verbatim(self.source, number.value.to_owned(), start);
        let whole = number.value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        if whole { Kind::Integer(text) } else { Kind::Float(text) }
    }

    fn string(&self, range: Range) -> Text {
        let raw = self.text.get(range.start..range.end).unwrap_or("");
        json_string(self.source, raw, self.start + range.start)
    }

    fn at(&self, range: Range, kind: Kind) -> Value {
        Value { kind, span: self.span(range) }
    }

    fn span(&self, range: Range) -> Span {
        Span::new(self.source, self.start + range.start, self.start + range.end)
    }
}
