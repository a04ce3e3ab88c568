//! Values written in the text, and what is built around values: rows, arrays, casts, `CASE`.

use sqlparser::ast::{self, Value};
use sqlparser::tokenizer::Token;

use super::super::widen::Extent;
use super::{Lowering, Node};
use crate::base::{Dialect, Name};
use crate::graph::{Expr, Literal, When};

impl Lowering<'_> {
    pub(super) fn value(&mut self, written: &ast::ValueWithSpan) -> Node {
        let extent = self.extent_of_value(written);
        match &written.value {
            Value::Null => self.add(Expr::Literal(Literal::Null), extent),
            Value::Boolean(value) => self.add(Expr::Literal(Literal::Boolean(*value)), extent),
            Value::Number(digits, _) => {
                let number = digits.as_str().into();
                self.add(Expr::Literal(Literal::Number(number)), extent)
            }
            Value::Placeholder(name) => self.parameter(name, extent),
            Value::HexStringLiteral(_)
            | Value::SingleQuotedByteStringLiteral(_)
            | Value::DoubleQuotedByteStringLiteral(_) => {
                self.unsupported("a binary string", extent)
            }
            other => {
                let text = other.clone().into_string().unwrap_or_default();
                self.add(Expr::Literal(Literal::String(text.into())), extent)
            }
        }
    }

    /// The tokens of a value. Strings that follow one another are one value.
    fn extent_of_value(&self, value: &ast::ValueWithSpan) -> Extent {
        let mut extent = self.layout.extent(value.span).unwrap_or(Extent::new(0, 0));
        let string = matches!(value.value, Value::SingleQuotedString(_));
        while string && matches!(self.layout.token(extent.end), Some(Token::SingleQuotedString(_)))
        {
            extent.end += 1;
        }
        extent
    }

    /// `:name` and `@name` are called by their name, `$1` and `?` by their number.
    pub(super) fn parameter(&mut self, written: &str, extent: Extent) -> Node {
        let name = written.trim_start_matches([':', '@', '$', '?']);
        let name = if name.is_empty() {
            self.positional += 1;
            self.names.intern(&self.positional.to_string())
        } else {
            self.names.intern(name)
        };
        self.add(Expr::Parameter(name), extent)
    }

    /// `DATE '2026-01-01'`
    pub(super) fn typed_string(&mut self, typed: &ast::TypedString) -> Node {
        let value = self.extent_of_value(&typed.value);
        if typed.uses_odbc_syntax {
            let braces = self.layout.around(value.start).unwrap_or(value);
            return self.unsupported("an ODBC literal", braces);
        }
        let type_extent = self.type_before(value.start, &typed.data_type);
        let extent = type_extent.to(value);
        let text = typed.value.value.clone().into_string().unwrap_or_default();
        let type_name = self.type_name(type_extent);
        self.add(Expr::TypedLiteral { type_name, text: text.into() }, extent)
    }

    /// The tokens of `data_type`, which ends before the token `end`.
    fn type_before(&self, end: usize, data_type: &ast::DataType) -> Extent {
        /// The longest type's name is `TIMESTAMP(6) WITHOUT TIME ZONE`, and it may have a schema.
        const LONGEST: usize = 12;
        let starts = (end.saturating_sub(LONGEST)..end).rev();
        let mut extents = starts.filter_map(|start| self.layout.data_type(start, self.grammar));
        let found = extents.find(|(found, extent)| extent.end == end && found == data_type);
        found.map_or(Extent::new(end.max(1) - 1, end), |(_, extent)| extent)
    }

    /// `INTERVAL '1 day'`. A unit behind the string is the same as one inside in PostgreSQL only.
    pub(super) fn interval(&mut self, interval: &ast::Interval) -> Node {
        let value = self.expr(&interval.value);
        let unit = usize::from(interval.leading_field.is_some())
            + 3 * usize::from(interval.leading_precision.is_some())
            + 2 * usize::from(interval.last_field.is_some());
        let extent = value.extent.widened(1, unit);
        let Expr::Literal(Literal::String(text)) = self.graph.expr(value.id) else {
            return self.unsupported("an INTERVAL of an expression", extent);
        };
        let mut text = text.to_string();
        if unit == 1 && self.grammar.dialect == Dialect::Postgres {
            text = format!("{text} {}", self.text(Extent::new(extent.end - 1, extent.end)));
        } else if unit > 0 {
            return self.unsupported("an INTERVAL with a unit behind it", extent);
        }
        let type_name = self.names.intern("INTERVAL");
        self.add(Expr::TypedLiteral { type_name, text: text.into() }, extent)
    }

    /// `(a, b)`
    pub(super) fn row(&mut self, items: &[ast::Expr]) -> Node {
        let items = self.exprs(items);
        let inner = items.iter().map(|item| item.extent).reduce(Extent::to);
        let extent = inner.map_or(Extent::new(0, 0), |inner| inner.widened(1, 1));
        self.add(Expr::Row(items.iter().map(|item| item.id).collect()), extent)
    }

    /// `ARRAY[a, b]`
    pub(super) fn array(&mut self, array: &ast::Array) -> Node {
        let items = self.exprs(&array.elem);
        let named = usize::from(array.named);
        let brackets = match items.first() {
            Some(first) => self.layout.around(first.extent.start),
            None => self.next_empty_array(),
        };
        let extent = brackets.unwrap_or(Extent::new(0, 0)).widened(named, 0);
        if items.is_empty() {
            self.empty_arrays = extent.end;
        }
        self.add(Expr::Array(items.iter().map(|item| item.id).collect()), extent)
    }

    /// An empty array has no place in the parser's tree; it is the next `[]` in reading order.
    fn next_empty_array(&self) -> Option<Extent> {
        let empty = |at: &usize| {
            self.layout.is_word(at.saturating_sub(1), "ARRAY")
                && self.layout.token(*at) == Some(&Token::LBracket)
                && self.layout.token(at + 1) == Some(&Token::RBracket)
        };
        (self.empty_arrays..self.layout.len()).find(empty).map(|at| self.layout.brackets(at))
    }

    /// `CAST(operand AS type)`
    pub(super) fn cast(&mut self, operand: &ast::Expr) -> Node {
        let operand = self.expr(operand);
        let brackets = self.layout.around(operand.extent.start);
        let Some(brackets) = brackets.filter(|brackets| {
            brackets.start + 1 == operand.extent.start
                && self.layout.is_word(brackets.start.saturating_sub(1), "CAST")
        }) else {
            return self.unsupported("BINARY before an operand", operand.extent.widened(1, 0));
        };
        let type_extent = Extent::new(operand.extent.end + 1, brackets.end - 1);
        let type_name = self.type_name(type_extent);
        self.add(Expr::Cast { operand: operand.id, type_name }, brackets.widened(1, 0))
    }

    /// `operand::type`
    pub(super) fn double_colon(&mut self, operand: Node) -> Node {
        let start = operand.extent.end + 1;
        let found = self.layout.data_type(start, self.grammar);
        let type_extent = found.map_or(Extent::new(start, start + 1), |(_, extent)| extent);
        let type_name = self.type_name(type_extent);
        let extent = operand.extent.to(type_extent);
        self.add(Expr::Cast { operand: operand.id, type_name }, extent)
    }

    /// A type in upper case; what is quoted keeps its case.
    pub(super) fn type_name(&mut self, extent: Extent) -> Name {
        let text = self.spaced_text(extent);
        let quoted = text.contains(['"', '\'', '`']);
        self.names.intern(&if quoted { text } else { text.to_uppercase() })
    }

    pub(super) fn collate(&mut self, operand: Node, collation: &ast::ObjectName) -> Node {
        let start = operand.extent.end + 1;
        let name = Extent::new(start, start + (collation.0.len() * 2).max(2) - 1);
        let extent = operand.extent.to(name);
        let [Some(part)] =
            collation.0.iter().map(ast::ObjectNamePart::as_ident).collect::<Vec<_>>()[..]
        else {
            return self.unsupported("a collation of a schema", extent);
        };
        let collation = self.spelling(part);
        self.add(Expr::Collate { operand: operand.id, collation }, extent)
    }

    pub(super) fn at_time_zone(&mut self, operand: Node, zone: &ast::Expr) -> Node {
        let zone = self.expr(zone);
        let extent = operand.extent.to(zone.extent);
        self.add(Expr::AtTimeZone { operand: operand.id, zone: zone.id }, extent)
    }

    pub(super) fn case(&mut self, tree: &ast::Expr) -> Node {
        let ast::Expr::Case { case_token, end_token, operand, conditions, else_result } = tree
        else {
            return self.unsupported("CASE", Extent::new(0, self.layout.len()));
        };
        let operand = operand.as_ref().map(|operand| self.expr(operand).id);
        let mut whens = Vec::with_capacity(conditions.len());
        for when in conditions {
            let condition = self.expr(&when.condition).id;
            whens.push(When { condition, value: self.expr(&when.result).id });
        }
        let otherwise = else_result.as_ref().map(|value| self.expr(value).id);
        let place = |token: &ast::helpers::attached_token::AttachedToken| {
            self.layout.extent(token.0.span).unwrap_or(Extent::new(0, 0))
        };
        let extent = place(case_token).to(place(end_token));
        self.add(Expr::Case { operand, whens: whens.into(), otherwise }, extent)
    }
}
