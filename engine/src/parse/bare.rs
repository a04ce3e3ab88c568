//! Whether a word needs no quotes to be read as a name.

use sqlparser::ast::{
    BinaryOperator, Expr, Ident, Join, JoinConstraint, JoinOperator, Query, SelectItem, SetExpr,
    TableFactor,
};
use sqlparser::parser::Parser;

use super::grammar::Grammar;
use super::read::read;
use crate::text::{Fragment, Sources};

/// Whether `word` is read as the name that it spells where SQL names a table or an alias, and behind
/// a dot: it has the form of a name, and the grammar has no use of its own for it there.
///
/// ```
/// use joinwright::base::Dialect;
/// use joinwright::parse::{Grammar, is_bare_name};
/// let is_name = |word| is_bare_name(word, &Grammar::of(Dialect::Ansi));
/// assert!(is_name("billing") && is_name("User"));
/// assert!(!is_name("left") && !is_name("two words") && !is_name("1st"));
/// ```
pub fn is_bare_name(word: &str, grammar: &Grammar<'_>) -> bool {
    let text = format!(
        "SELECT t.{word}, {word}.c FROM {word} AS a JOIN t AS {word} ON {word}.c = 1 \
         JOIN u {word} ON 1 = {word}.c"
    );
    let fragment = Fragment::verbatim(Sources::new().add("", ""), text, 0);
    let query = read(&fragment, grammar, "a query", Parser::parse_query);
    query.is_ok_and(|(query, _)| Names { word }.are_all_of(&query) == Some(true))
}

/// The names of the query that a word is tried in.
struct Names<'w> {
    word: &'w str,
}

impl Names<'_> {
    fn are_all_of(&self, query: &Query) -> Option<bool> {
        let SetExpr::Select(select) = &*query.body else { return None };
        let from = select.from.first()?;
        let in_items = select.projection.iter().filter(|item| self.is_item(item)).count();
        let in_joins = from.joins.iter().filter(|join| self.is_join(join)).count();
        Some(in_items == 2 && in_joins == 2 && self.is_factor(&from.relation))
    }

    fn is_item(&self, item: &SelectItem) -> bool {
        matches!(item, SelectItem::UnnamedExpr(expr) if self.is_in(expr))
    }

    fn is_join(&self, join: &Join) -> bool {
        let JoinOperator::Join(JoinConstraint::On(condition)) = &join.join_operator else {
            return false;
        };
        self.is_in(condition) && self.is_factor(&join.relation)
    }

    fn is_factor(&self, factor: &TableFactor) -> bool {
        let TableFactor::Table { name, alias: Some(alias), .. } = factor else { return false };
        let table = name.0.first().and_then(|part| part.as_ident());
        self.is(&alias.name) || table.is_some_and(|table| self.is(table))
    }

    fn is_in(&self, expr: &Expr) -> bool {
        match expr {
            Expr::CompoundIdentifier(names) => names.iter().any(|name| self.is(name)),
            // `USER` is a function, and its value has no fields.
            Expr::CompoundFieldAccess { root, .. } => match &**root {
                Expr::Function(function) => {
                    function.name.0.iter().any(|part| part.as_ident().is_some_and(|it| self.is(it)))
                }
                _ => false,
            },
            Expr::BinaryOp { left, op: BinaryOperator::Eq, right } => {
                self.is_in(left) || self.is_in(right)
            }
            _ => false,
        }
    }

    fn is(&self, name: &Ident) -> bool {
        name.value == self.word && name.quote_style.is_none()
    }
}
