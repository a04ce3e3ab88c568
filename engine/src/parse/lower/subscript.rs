//! Subscripts: `a.x[1]`.

use sqlparser::ast::{self, AccessExpr, Subscript};
use sqlparser::tokenizer::Token;

use super::super::widen::Extent;
use super::{Lowering, Node};
use crate::graph::Expr;

impl Lowering<'_> {
    /// `a.x[1]`, of which the parser takes `.x` for an access like `[1]`.
    pub(super) fn name_with_access(&mut self, root: &ast::Expr, chain: &[AccessExpr]) -> Node {
        let mut parts = match root {
            ast::Expr::Identifier(part) => vec![part.clone()],
            ast::Expr::CompoundIdentifier(parts) => parts.clone(),
            _ => Vec::new(),
        };
        let fields = chain.iter().map_while(|access| match access {
            AccessExpr::Dot(ast::Expr::Identifier(part)) => Some(part.clone()),
            _ => None,
        });
        let before = parts.len();
        parts.extend(fields);
        let column = self.column(&parts);
        self.subscripted(column, chain.get(parts.len() - before..).unwrap_or_default())
    }

    /// The subscripts behind an operand.
    pub(super) fn subscripted(&mut self, operand: Node, chain: &[AccessExpr]) -> Node {
        let end = self.end_of_access(operand.extent.end, chain.len());
        let extent = Extent::new(operand.extent.start, end);
        let mut indices = Vec::with_capacity(chain.len());
        for access in chain {
            match access {
                AccessExpr::Dot(_) => return self.field(operand, extent),
                AccessExpr::Subscript(_) if !self.grammar.has_subscripts() => {
                    return self.unsupported("a subscript", extent);
                }
                AccessExpr::Subscript(Subscript::Slice { .. }) => {
                    return self.unsupported("a slice of an array", extent);
                }
                AccessExpr::Subscript(Subscript::Index { index }) => {
                    indices.push(self.expr(index).id);
                }
            }
        }
        self.add(Expr::Subscript { operand: operand.id, indices: indices.into() }, extent)
    }

    /// Of `user.id` the parser makes a field of what the function `USER` gives.
    fn field(&mut self, operand: Node, whole: Extent) -> Node {
        let first = self.layout.token(operand.extent.start);
        match first.filter(|_| operand.extent.end == operand.extent.start + 1) {
            Some(Token::Word(word)) => {
                let what = format!("`{word}` as a name, unless it is quoted");
                self.unsupported(&what, operand.extent)
            }
            _ => self.unsupported("a field of a value", whole),
        }
    }

    /// Behind `count` subscripts and fields.
    fn end_of_access(&self, start: usize, count: usize) -> usize {
        (0..count).fold(start, |at, _| match self.layout.token(at) {
            Some(Token::LBracket) => self.layout.brackets(at).end,
            _ => at + 2,
        })
    }
}
