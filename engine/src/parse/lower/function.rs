//! Function calls, and the marks that are written like calls.

use sqlparser::ast::{self, DuplicateTreatment, FunctionArg, FunctionArgExpr, FunctionArguments};
use sqlparser::tokenizer::Token;

use super::super::defect::DefectKind;
use super::super::widen::Extent;
use super::{Lowering, Node};
use crate::base::ExprId;
use crate::graph::{Expr, Mark};

impl Lowering<'_> {
    pub(super) fn function(&mut self, call: &ast::Function) -> Node {
        let name = self.extent_of_name(&call.name);
        let extent = self.extent_of_call(name, call);
        if let Some(mark) = self.mark_of(call) {
            return self.mark(call, mark, extent);
        }
        if let Some(what) = unsupported_part(call) {
            return self.unsupported(what, extent);
        }
        let Some(arguments) = self.arguments(&call.args, name.end) else {
            return self.unsupported("this kind of argument", extent);
        };
        let filter = call.filter.as_ref().map(|filter| self.expr(filter).id);
        let over = match &call.over {
            None => None,
            Some(over) => match self.over(over) {
                Some(window) => Some(Box::new(window)),
                None => return self.unsupported("this named window", extent),
            },
        };
        let compares = self.grammar.compared(&self.spaced_text(name));
        let (name, distinct) = (self.intern(name), is_distinct(&call.args));
        self.add(Expr::Function { name, arguments, distinct, compares, filter, over }, extent)
    }

    /// The tokens of a dotted name.
    pub(super) fn extent_of_name(&self, name: &ast::ObjectName) -> Extent {
        let first = name.0.first().and_then(ast::ObjectNamePart::as_ident);
        let start = first.and_then(|part| self.layout.extent(part.span));
        let start = start.map_or(0, |extent| extent.start);
        Extent::new(start, start + (name.0.len() * 2).max(2) - 1)
    }

    /// A call from its name to the end of its last clause.
    fn extent_of_call(&self, name: Extent, call: &ast::Function) -> Extent {
        let mut end = name.end;
        if !matches!(call.args, FunctionArguments::None) || self.is_open(end) {
            end = self.layout.brackets(end).end;
        }
        for words in [
            &["WITHIN", "GROUP"][..],
            &["FILTER"],
            &["RESPECT", "NULLS"],
            &["IGNORE", "NULLS"],
            &["OVER"],
        ] {
            let follows =
                words.iter().enumerate().all(|(i, word)| self.layout.is_word(end + i, word));
            if follows && has_clause(call, words) {
                end += words.len();
                end = if self.is_open(end) {
                    self.layout.brackets(end).end
                } else {
                    end + usize::from(*words == ["OVER"])
                };
            }
        }
        Extent::new(name.start, end)
    }

    fn is_open(&self, at: usize) -> bool {
        self.layout.token(at) == Some(&Token::LParen)
    }

    /// The arguments; `None` where one is passed by name, or is all of a row.
    fn arguments(&mut self, arguments: &FunctionArguments, open: usize) -> Option<Box<[ExprId]>> {
        let FunctionArguments::List(list) = arguments else { return Some(Box::default()) };
        list.args.iter().map(|argument| self.argument(argument, open)).collect()
    }

    fn argument(&mut self, argument: &FunctionArg, open: usize) -> Option<ExprId> {
        match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(self.expr(expr).id),
            FunctionArg::Unnamed(FunctionArgExpr::Wildcard) => {
                let star = Extent::new(open + 1, open + 2);
                Some(self.add(Expr::Star, star).id)
            }
            _ => None,
        }
    }

    /// The mark that a call stands for, in a condition: unquoted `foreign` or `remote`.
    fn mark_of(&self, call: &ast::Function) -> Option<Mark> {
        let [part] = call.name.0.as_slice() else { return None };
        let name = part.as_ident().filter(|name| name.quote_style.is_none() && self.marking)?;
        if name.value.eq_ignore_ascii_case("foreign") {
            Some(Mark::Foreign)
        } else if name.value.eq_ignore_ascii_case("remote") {
            Some(Mark::Remote)
        } else {
            None
        }
    }

    /// Marks each column that occurs in the argument; the argument takes the place of the call.
    fn mark(&mut self, call: &ast::Function, mark: Mark, extent: Extent) -> Node {
        let arguments = match &call.args {
            FunctionArguments::List(list) => list.args.as_slice(),
            _ => &[],
        };
        let [FunctionArg::Unnamed(FunctionArgExpr::Expr(argument))] = arguments else {
            let message =
                format!("expected one argument of {}, found {}", call.name, arguments.len());
            self.defect(DefectKind::Syntax { message }, extent);
            return self.add(Expr::Unknown, extent);
        };
        let marked = self.expr(argument).id;
        let is_column = |id: &ExprId| self.graph.expr(*id).column().is_some();
        let columns = self.graph.walk(marked).filter(is_column).map(|id| (id, mark));
        self.marks.extend(columns);
        Node { id: marked, extent }
    }
}

fn is_distinct(arguments: &FunctionArguments) -> bool {
    matches!(arguments, FunctionArguments::List(list)
        if list.duplicate_treatment == Some(DuplicateTreatment::Distinct))
}

/// Whether a call has the clause that begins with these words.
fn has_clause(call: &ast::Function, words: &[&str]) -> bool {
    match words {
        ["WITHIN", ..] => !call.within_group.is_empty(),
        ["FILTER"] => call.filter.is_some(),
        ["OVER"] => call.over.is_some(),
        _ => call.null_treatment.is_some(),
    }
}

/// The part of a call that the graph has no place for.
fn unsupported_part(call: &ast::Function) -> Option<&'static str> {
    let clauses = match &call.args {
        FunctionArguments::List(list) => !list.clauses.is_empty(),
        FunctionArguments::Subquery(_) => return Some("a query as argument"),
        FunctionArguments::None => false,
    };
    let parts = [
        (clauses, "a clause among the arguments"),
        (!call.within_group.is_empty(), "WITHIN GROUP"),
        (call.null_treatment.is_some(), "a treatment of NULLs"),
        (call.uses_odbc_syntax, "an ODBC call"),
    ];
    parts.into_iter().find_map(|(present, what)| present.then_some(what))
}
