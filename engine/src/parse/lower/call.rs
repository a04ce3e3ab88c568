//! Calls with a grammar of their own: `EXTRACT(… FROM …)`, `TRIM(BOTH … FROM …)`.
//!
//! Where a call with a plain list of arguments means the same, it becomes that.

use sqlparser::ast::{self, CeilFloorKind, DateTimeField, TrimWhereField};

use super::super::widen::Extent;
use super::{Lowering, Node};
use crate::base::{Dialect, ExprId};
use crate::graph::{Expr, Literal};

impl Lowering<'_> {
    pub(super) fn special_call(&mut self, tree: &ast::Expr) -> Node {
        match tree {
            ast::Expr::Extract { expr, .. } => self.extract(expr),
            ast::Expr::Ceil { expr, field } | ast::Expr::Floor { expr, field } => {
                self.rounding(expr, field)
            }
            ast::Expr::Position { expr, r#in } => self.position(expr, r#in),
            ast::Expr::Substring { expr, substring_from, substring_for, .. } => {
                self.substring(expr, substring_from.as_deref(), substring_for.as_deref())
            }
            ast::Expr::Trim { .. } => self.trim(tree),
            ast::Expr::Overlay { expr, overlay_what, overlay_from, overlay_for } => {
                let parts = [Some(&**expr), Some(overlay_what), Some(overlay_from)];
                self.overlay(parts.into_iter().chain([overlay_for.as_deref()]))
            }
            ast::Expr::Convert { is_try: false, charset: None, expr, styles, .. }
                if styles.is_empty() =>
            {
                self.convert(expr)
            }
            _ => self.unsupported_call(tree),
        }
    }

    /// A call from its name to its closing bracket, found from its first argument.
    fn call_around(&self, argument: Node) -> Extent {
        let brackets = self.layout.around(argument.extent.start);
        brackets.map_or(argument.extent, |brackets| brackets.widened(1, 0))
    }

    /// A call of the function that is written, with a plain list of arguments.
    fn plain_call(&mut self, arguments: Vec<ExprId>, extent: Extent) -> Node {
        let name = self.text(Extent::new(extent.start, extent.start + 1)).to_owned();
        self.call(&name, arguments, extent)
    }

    fn call(&mut self, name: &str, arguments: Vec<ExprId>, extent: Extent) -> Node {
        let (arguments, compares) = (arguments.into(), self.grammar.compared(name));
        let name = self.names.intern(name);
        let expr =
            Expr::Function { name, arguments, distinct: false, compares, filter: None, over: None };
        self.add(expr, extent)
    }

    fn extract(&mut self, operand: &ast::Expr) -> Node {
        let operand = self.expr(operand);
        let extent = self.call_around(operand);
        let field = self.intern(Extent::new(extent.start + 2, operand.extent.start.max(1) - 1));
        self.add(Expr::Extract { field, operand: operand.id }, extent)
    }

    /// `CEIL(x)`, `FLOOR(x, scale)`
    fn rounding(&mut self, operand: &ast::Expr, kind: &CeilFloorKind) -> Node {
        let operand = self.expr(operand);
        let extent = self.call_around(operand);
        match kind {
            CeilFloorKind::DateTimeField(DateTimeField::NoDateTime) => {
                self.plain_call(vec![operand.id], extent)
            }
            CeilFloorKind::DateTimeField(_) => {
                self.unsupported("rounding to a unit of time", extent)
            }
            CeilFloorKind::Scale(scale) => {
                let scale = self.value(scale);
                self.plain_call(vec![operand.id, scale.id], extent)
            }
        }
    }

    /// `POSITION(part IN whole)`
    fn position(&mut self, part: &ast::Expr, whole: &ast::Expr) -> Node {
        let (part, whole) = (self.expr(part), self.expr(whole));
        let extent = self.call_around(part);
        match self.grammar.dialect {
            Dialect::Postgres => self.call("strpos", vec![whole.id, part.id], extent),
            Dialect::MySql | Dialect::MariaDb => {
                self.call("locate", vec![part.id, whole.id], extent)
            }
            _ => self.unsupported("POSITION(… IN …)", extent),
        }
    }

    /// `SUBSTRING(text FROM start FOR length)`
    fn substring(
        &mut self,
        text: &ast::Expr,
        start: Option<&ast::Expr>,
        length: Option<&ast::Expr>,
    ) -> Node {
        let text = self.expr(text);
        let extent = self.call_around(text);
        let mut arguments = vec![text.id];
        arguments.extend(start.map(|start| self.expr(start).id));
        if let Some(length) = length {
            if start.is_none() {
                let one = Expr::Literal(Literal::Number("1".into()));
                arguments.push(self.graph.add(one, None));
            }
            arguments.push(self.expr(length).id);
        }
        self.plain_call(arguments, extent)
    }

    /// `TRIM([BOTH | LEADING | TRAILING] [characters FROM] text)`. Only PostgreSQL's functions of
    /// two arguments mean what the standard's form means.
    fn trim(&mut self, tree: &ast::Expr) -> Node {
        let ast::Expr::Trim { trim_where, trim_what, expr, trim_characters } = tree else {
            return self.unsupported_call(tree);
        };
        let what = trim_what.as_ref().map(|what| self.expr(what));
        let text = self.expr(expr);
        let extent = self.call_around(text);
        let mut arguments = vec![text.id];
        arguments.extend(what.map(|what| what.id));
        for characters in trim_characters.iter().flatten() {
            arguments.push(self.expr(characters).id);
        }
        if what.is_some() && self.grammar.dialect != Dialect::Postgres {
            return self.unsupported("TRIM(… FROM …)", extent);
        }
        match trim_where {
            Some(TrimWhereField::Leading) => self.call("ltrim", arguments, extent),
            Some(TrimWhereField::Trailing) => self.call("rtrim", arguments, extent),
            _ if what.is_some() => self.call("btrim", arguments, extent),
            _ => self.plain_call(arguments, extent),
        }
    }

    /// `OVERLAY(text PLACING part FROM start FOR length)`
    fn overlay<'t>(&mut self, parts: impl Iterator<Item = Option<&'t ast::Expr>>) -> Node {
        let parts: Vec<Node> = parts.flatten().map(|part| self.expr(part)).collect();
        let extent = parts.first().map_or(Extent::new(0, 0), |first| self.call_around(*first));
        if self.grammar.dialect == Dialect::Postgres {
            self.plain_call(parts.iter().map(|part| part.id).collect(), extent)
        } else {
            self.unsupported("OVERLAY", extent)
        }
    }

    /// `CONVERT(value, type)`, in SQL Server `CONVERT(type, value)`: a cast.
    fn convert(&mut self, value: &ast::Expr) -> Node {
        let value = self.expr(value);
        let extent = self.call_around(value);
        let behind = Extent::new(value.extent.end + 1, extent.end - 1);
        let before = Extent::new(extent.start + 2, value.extent.start.max(1) - 1);
        let type_extent = if before.end > before.start { before } else { behind };
        let type_name = self.type_name(type_extent);
        self.add(Expr::Cast { operand: value.id, type_name }, extent)
    }

    /// A primary expression that the graph has no place for.
    fn unsupported_call(&mut self, tree: &ast::Expr) -> Node {
        let around = |this: &mut Self, inner: &ast::Expr| {
            let inner = this.expr(inner);
            this.call_around(inner)
        };
        match tree {
            ast::Expr::Cast { expr, .. } => {
                let extent = around(self, expr);
                self.unsupported("this form of CAST", extent)
            }
            ast::Expr::Convert { expr, .. } => {
                let extent = around(self, expr);
                self.unsupported("this form of CONVERT", extent)
            }
            ast::Expr::Prior(operand) => {
                let extent = self.expr(operand).extent.widened(1, 0);
                self.unsupported("PRIOR", extent)
            }
            ast::Expr::Prefixed { value, .. } => {
                let extent = self.expr(value).extent.widened(1, 0);
                self.unsupported("a string with a character set", extent)
            }
            ast::Expr::Named { expr, .. } => {
                let extent = self.expr(expr).extent.widened(0, 2);
                self.unsupported("a named expression", extent)
            }
            ast::Expr::MatchAgainst { columns, match_value, .. } => {
                let columns = columns.first().map(|column| self.extent_of_name(column));
                let value = self.layout.extent(match_value.span).unwrap_or(Extent::new(0, 0));
                let head = columns.and_then(|first| self.layout.around(first.start));
                let tail = self.layout.around(value.start).unwrap_or(value);
                let extent = head.map_or(tail, |head| head.widened(1, 0).to(tail));
                self.unsupported("MATCH … AGAINST", extent)
            }
            _ => self.unsupported("this expression", Extent::new(0, self.layout.len())),
        }
    }
}
