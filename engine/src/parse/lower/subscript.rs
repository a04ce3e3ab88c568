//! Subscripts: `a.x[1]`.

use sqlparser::ast::{self, AccessExpr, Subscript};
use sqlparser::tokenizer::Token;

use super::super::widen::Extent;
use super::{Lowering, Node};
use crate::graph::Expr;

impl Lowering<'_> {
    /// `a.x[1]`, of which the parser takes `.x` for an access like `[1]`; `parts` are of the root.
    pub(super) fn name_with_access(
        &mut self,
        mut parts: Vec<ast::Ident>,
        chain: &[AccessExpr],
    ) -> Node {
        let fields = chain.iter().map_while(|access| match access {
            AccessExpr::Dot(ast::Expr::Identifier(part)) => Some(part.clone()),
            _ => None,
        });
        let before = parts.len();
        parts.extend(fields);
        let column = self.column(&parts);
        match chain.get(parts.len() - before..).unwrap_or_default() {
            [] => column,
            subscripts => self.subscripted(column, subscripts),
        }
    }

    /// The subscripts behind an operand.
    pub(super) fn subscripted(&mut self, operand: Node, chain: &[AccessExpr]) -> Node {
        let end = self.end_of_access(operand.extent.end, chain.len());
        let extent = Extent::new(operand.extent.start, end);
        let mut indices = Vec::with_capacity(chain.len());
        for access in chain {
            match access {
                AccessExpr::Dot(_) => return self.unsupported("a field of a value", extent),
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

    /// Behind `count` subscripts and fields.
    fn end_of_access(&self, start: usize, count: usize) -> usize {
        (0..count).fold(start, |at, _| match self.layout.token(at) {
            Some(Token::LBracket) => self.layout.brackets(at).end,
            _ => at + 2,
        })
    }
}

/// The name that an access begins with, if it does with one. Of `user.id` the parser makes a field of
/// what the function `USER` gives, which has none.
pub(super) fn root_parts(root: &ast::Expr, chain: &[AccessExpr]) -> Option<Vec<ast::Ident>> {
    match root {
        ast::Expr::Identifier(part) => Some(vec![part.clone()]),
        ast::Expr::CompoundIdentifier(parts) => Some(parts.clone()),
        ast::Expr::Function(function)
            if matches!(function.args, ast::FunctionArguments::None)
                && matches!(chain.first(), Some(AccessExpr::Dot(_))) =>
        {
            function.name.0.iter().map(|part| part.as_ident().cloned()).collect()
        }
        _ => None,
    }
}
