//! The tree of a condition that is nothing but equalities, without sqlparser's parser.
//!
//! Most written joins read `a.x = foreign(b.y) AND b.z = 'open'`. The parser tries each operand as a
//! type, a literal with a type and a call before it is a column, which takes as long as all other
//! reading of the condition. What is written here is the same in every dialect.

use sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentList,
    FunctionArguments, Ident, ObjectName, Value,
};
use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, TokenWithSpan, Word};

use super::word;

/// The tree of `tokens` as the parser makes it, or nothing where there is more to them.
pub(super) fn equalities(tokens: &[TokenWithSpan]) -> Option<Expr> {
    let mut cursor = Cursor { rest: tokens };
    let mut all = cursor.equality()?;
    while !cursor.rest.is_empty() {
        cursor.keyword(Keyword::AND)?;
        all = binary(all, BinaryOperator::And, cursor.equality()?);
    }
    Some(all)
}

struct Cursor<'t> {
    rest: &'t [TokenWithSpan],
}

impl<'t> Cursor<'t> {
    fn next(&mut self) -> Option<&'t TokenWithSpan> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    fn sees(&self, token: &Token) -> bool {
        self.rest.first().is_some_and(|next| next.token == *token)
    }

    fn sign(&mut self, token: &Token) -> Option<()> {
        (self.next()?.token == *token).then_some(())
    }

    fn keyword(&mut self, keyword: Keyword) -> Option<()> {
        (word::keyword(&self.next()?.token) == keyword).then_some(())
    }

    fn equality(&mut self) -> Option<Expr> {
        let left = self.operand()?;
        self.sign(&Token::Eq)?;
        Some(binary(left, BinaryOperator::Eq, self.operand()?))
    }

    fn operand(&mut self) -> Option<Expr> {
        let first = self.next()?;
        match &first.token {
            Token::Word(word) if self.sees(&Token::LParen) => self.mark(ident(word, first)),
            Token::Word(word) => self.name(word, first),
            Token::Number(digits, long) => {
                Some(Expr::Value(Value::Number(digits.clone(), *long).with_span(first.span)))
            }
            Token::SingleQuotedString(text) => {
                Some(Expr::Value(Value::SingleQuotedString(text.clone()).with_span(first.span)))
            }
            _ => None,
        }
    }

    /// `foreign(x)` or `remote(x)`, whose name has been read.
    fn mark(&mut self, name: Ident) -> Option<Expr> {
        let is_mark = ["foreign", "remote"].iter().any(|it| name.value.eq_ignore_ascii_case(it));
        (is_mark && name.quote_style.is_none()).then_some(())?;
        self.sign(&Token::LParen)?;
        let first = self.next()?;
        let Token::Word(word) = &first.token else { return None };
        let marked = self.name(word, first)?;
        self.sign(&Token::RParen)?;
        let list = FunctionArgumentList {
            duplicate_treatment: None,
            args: vec![FunctionArg::Unnamed(FunctionArgExpr::Expr(marked))],
            clauses: Vec::new(),
        };
        Some(Expr::Function(Function {
            name: ObjectName::from(vec![name]),
            uses_odbc_syntax: false,
            parameters: FunctionArguments::None,
            args: FunctionArguments::List(list),
            filter: None,
            null_treatment: None,
            over: None,
            within_group: Vec::new(),
        }))
    }

    /// A name whose first word has been read; the parser may know that one as something else.
    fn name(&mut self, first: &Word, token: &TokenWithSpan) -> Option<Expr> {
        (first.keyword == Keyword::NoKeyword).then_some(())?;
        let mut parts = vec![ident(first, token)];
        while self.sees(&Token::Period) {
            self.next()?;
            let token = self.next()?;
            let Token::Word(word) = &token.token else { return None };
            parts.push(ident(word, token));
        }
        // A bracket behind it makes it a call.
        let calls = self.sees(&Token::LParen);
        Some(match parts.len() {
            _ if calls => return None,
            1 => Expr::Identifier(parts.pop()?),
            _ => Expr::CompoundIdentifier(parts),
        })
    }
}

fn ident(word: &Word, token: &TokenWithSpan) -> Ident {
    Ident { value: word.value.clone(), quote_style: word.quote_style, span: token.span }
}

fn binary(left: Expr, op: BinaryOperator, right: Expr) -> Expr {
    Expr::BinaryOp { left: Box::new(left), op, right: Box::new(right) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sqlparser::parser::Parser;

    use super::*;
    use crate::base::Dialect;
    use crate::parse::grammar::Grammar;
    use crate::parse::operator::fuse;
    use crate::parse::token::tokenize;

    fn operand() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec![
            "a",
            "customer",
            "x_1",
            "status",
            "date",
            "interval",
            "foreign",
            "\"a b\"",
            "`k`",
            "null",
            "case",
            "not",
            "_a",
            "é",
            "@v",
            "prior",
            "connect_by_root",
            "array",
            "timestamp",
            "top",
        ]);
        let name = prop::collection::vec(word, 1..4).prop_map(|parts| parts.join("."));
        let name = name.boxed();
        prop_oneof![
            4 => name.clone(),
            2 => name.clone().prop_map(|name| format!("foreign({name})")),
            1 => name.clone().prop_map(|name| format!("Remote( {name} )")),
            1 => name.prop_map(|name| format!("lower({name})")),
            2 => prop::sample::select(vec!["1", "'x'", "'it''s'", "1.5", "N'x'", "?", ":p", "-1"])
                .prop_map(str::to_owned),
        ]
    }

    fn condition() -> impl Strategy<Value = String> {
        let operator = prop::sample::select(vec!["=", "=", "=", "=", "<", "==", "", "= ANY"]);
        let equality = (operand(), operator, operand())
            .prop_map(|(left, operator, right)| format!("{left} {operator} {right}"));
        let between =
            prop::sample::select(vec![" AND ", " and ", " AND ", " OR ", " ", " AND NOT "]);
        prop::collection::vec((equality, between), 1..4).prop_map(|pieces| {
            let text: String = pieces.into_iter().flat_map(|(a, b)| [a, b.to_owned()]).collect();
            text.trim_end().trim_end_matches(" AND").trim_end_matches(" and").to_owned()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn equalities_are_read_as_sqlparser_reads_them(text in condition()) {
            for dialect in Dialect::ALL {
                let grammar = Grammar::of(dialect);
                let (tokens, _) = tokenize(&text, grammar.lexis());
                let Some(quick) = equalities(&tokens) else { continue };
                let tokens = fuse(&text, &tokens, &grammar);
                let mut parser = Parser::new(grammar.syntax()).with_tokens_with_locations(tokens);
                let whole = parser.parse_expr();
                // Spans are no part of the trees' equality.
                let [quick, whole] = [Ok(quick), whole].map(|tree| format!("{tree:?}"));
                prop_assert_eq!(quick, whole, "{} in {}", text, dialect);
                prop_assert_eq!(&parser.peek_token_ref().token, &Token::EOF);
            }
        }
    }

    #[test]
    fn common_joins_are_equalities() {
        let text = "a.id = foreign(b.a_id) AND b.status = 'open' AND remote(b.x) = 1";
        for dialect in Dialect::ALL {
            let (tokens, _) = tokenize(text, Grammar::of(dialect).lexis());
            assert!(equalities(&tokens).is_some(), "{dialect}");
        }
    }
}
