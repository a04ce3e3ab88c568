//! Operators, before anything is parsed.
//!
//! sqlparser knows a fixed set of operators, a different one in each dialect. Here the tokens
//! between two operands are read anew: what the parser knows and means as we do stays, everything
//! else becomes one custom operator, which it takes in every dialect. A custom operator binds
//! looser than arithmetic and tighter than `=`. Where a word takes the place of another (`GLOB`
//! that of `RLIKE`), the source text still tells which was written.

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, TokenWithSpan};

use super::grammar::Grammar;
use super::token::{bytes, span_of};
use super::word;
use crate::base::Dialect;

/// The tokens of `text` with each infix operator as the parser takes it.
pub(super) fn fuse(
    text: &str,
    tokens: &[TokenWithSpan],
    grammar: &Grammar<'_>,
) -> Vec<TokenWithSpan> {
    let mut pass = Pass { text, grammar, output: Vec::with_capacity(tokens.len()) };
    let mut rest = tokens;
    while let Some(first) = rest.first() {
        let used = pass.operator(rest).unwrap_or_else(|| pass.operand(first));
        rest = rest.get(used..).unwrap_or_default();
    }
    pass.output
}

struct Pass<'p> {
    text: &'p str,
    grammar: &'p Grammar<'p>,
    output: Vec<TokenWithSpan>,
}

impl Pass<'_> {
    /// Passes a token on; how many were read.
    fn operand(&mut self, token: &TokenWithSpan) -> usize {
        // PostgreSQL's tokens have `?` as an operator only.
        let token = match token.token {
            Token::Question if !self.is_behind_operand() => {
                TokenWithSpan::new(Token::Placeholder("?".into()), token.span)
            }
            _ => token.clone(),
        };
        self.output.push(token);
        1
    }

    /// Reads an infix operator, if one stands here; how many tokens it took.
    fn operator(&mut self, rest: &[TokenWithSpan]) -> Option<usize> {
        if !self.is_behind_operand() {
            return None;
        }
        self.declared_words(rest)
            .or_else(|| self.symbols(rest))
            .or_else(|| self.words_of_dialect(rest))
    }

    /// Whether what was read so far ends with an operand, so that an operator may follow.
    fn is_behind_operand(&self) -> bool {
        let mut read = self.output.iter().rev().map(|token| &token.token);
        match (read.next(), read.next()) {
            (Some(Token::Word(_)), Some(Token::Period)) => true,
            // `SELECT TOP 3 ~a`
            (Some(Token::Number(..)), Some(Token::Word(top))) if top.keyword == Keyword::TOP => {
                false
            }
            (Some(Token::Word(last)), _) => !word::expects_operand(last.keyword),
            (Some(token), _) => word::ends_operand(token),
            (None, _) => false,
        }
    }

    /// A declared operator that is spelled in words.
    fn declared_words(&mut self, rest: &[TokenWithSpan]) -> Option<usize> {
        let mut declared = self.grammar.comparison_operators.iter();
        let (operator, used) = declared.find_map(|operator| {
            let used = word::words(operator, rest)?;
            Some((*operator, used))
        })?;
        let following = rest.get(used)?;
        if !word::begins_operand(&following.token) {
            return None;
        }
        self.push(Token::CustomBinaryOperator(operator.into()), rest.get(..used)?);
        Some(used)
    }

    /// A run of symbols without white space: an infix operator, and any prefix operators that
    /// follow it.
    fn symbols(&mut self, rest: &[TokenWithSpan]) -> Option<usize> {
        let (start, end, used) = self.run(rest)?;
        let following = rest.get(used);
        let quantified = matches!(following, Some(TokenWithSpan { token: Token::Word(word), .. })
            if matches!(word.keyword, Keyword::ANY | Keyword::ALL | Keyword::SOME));
        let run = self.text.get(start..end)?;
        if quantified && used == 1 && self.grammar.declared(run).is_none() {
            return None;
        }
        let hugs = following.and_then(|token| bytes(token.span)).is_some_and(|at| at.start == end);
        let (infix, prefixes) = run.split_at_checked(self.infix_len(run, hugs))?;
        let middle = start + infix.len();
        self.output.push(TokenWithSpan::new(self.infix(infix), span_of(start..middle)));
        for (at, prefix) in prefixes.char_indices() {
            let span = span_of(middle + at..middle + at + prefix.len_utf8());
            self.output.push(TokenWithSpan::new(word::prefix_operator(prefix), span));
        }
        Some(used)
    }

    /// The bytes of the symbols that stand together at the start of `rest`, and their number.
    fn run(&self, rest: &[TokenWithSpan]) -> Option<(usize, usize, usize)> {
        let first = bytes(rest.first()?.span)?;
        let (mut end, mut used) = (first.start, 0);
        for token in rest {
            let at = bytes(token.span)?;
            if at.start != end || !self.is_symbol(&token.token, self.text.get(at.clone())?) {
                break;
            }
            (end, used) = (at.end, used + 1);
        }
        (used > 0).then_some((first.start, end, used))
    }

    fn is_symbol(&self, token: &Token, text: &str) -> bool {
        match token {
            // Named arguments: `name => value`.
            Token::RArrow => self.grammar.declared(text).is_some(),
            Token::Char(symbol) => !symbol.is_alphanumeric() && *symbol != '\0',
            // A name in backticks can be all symbols.
            Token::Word(_) => false,
            _ => !text.is_empty() && text.chars().all(|c| word::SYMBOLS.contains(c)),
        }
    }

    /// How much of a run is the infix operator: the longest that is declared; else all but the
    /// signs that belong to the operand behind. PostgreSQL's rule for the signs: an operator of
    /// arithmetic symbols does not end with one.
    fn infix_len(&self, run: &str, hugs: bool) -> usize {
        let rest_is_prefixes =
            |len: &usize| run.get(*len..).is_some_and(|rest| rest.chars().all(word::is_prefix));
        let declared = self.grammar.comparison_operators.iter();
        let declared = declared.filter(|operator| run.starts_with(**operator)).map(|o| o.len());
        let known =
            word::STANDARD.iter().filter(|known| run.starts_with(**known)).map(|known| known.len());
        let hugging = known.filter(|len| hugs || *len == run.len());
        let found = declared.filter(rest_is_prefixes).max();
        found.or_else(|| hugging.filter(rest_is_prefixes).max()).unwrap_or_else(|| {
            let bare = run.trim_end_matches(['+', '-']);
            let arithmetic =
                !bare.is_empty() && !bare.contains(['~', '!', '@', '#', '%', '^', '&', '|', '?']);
            if arithmetic { bare.len() } else { run.len() }
        })
    }

    /// The token of an infix operator.
    fn infix(&self, operator: &str) -> Token {
        let custom = || Token::CustomBinaryOperator(operator.into());
        let declared = self.grammar.declared(operator).is_some();
        match operator {
            "=" => Token::Eq,
            "==" => Token::DoubleEq,
            "<>" | "!=" => Token::Neq,
            "<" => Token::Lt,
            "<=" => Token::LtEq,
            ">" => Token::Gt,
            ">=" => Token::GtEq,
            _ if declared => custom(),
            "+" => Token::Plus,
            "-" => Token::Minus,
            "*" => Token::Mul,
            "/" => Token::Div,
            "%" => Token::Mod,
            "||" => Token::StringConcat,
            "&" => Token::Ampersand,
            "|" => Token::Pipe,
            "^" => Token::Caret,
            "&&" if self.grammar.is_mysql_like() => Token::make_keyword("AND"),
            "<=>" if self.grammar.is_mysql_like() => Token::Spaceship,
            "<<" if self.grammar.syntax().supports_bitwise_shift_operators() => Token::ShiftLeft,
            ">>" if self.grammar.syntax().supports_bitwise_shift_operators() => Token::ShiftRight,
            _ => custom(),
        }
    }

    /// Operators in words that sqlparser does not take, or not in this dialect.
    fn words_of_dialect(&mut self, rest: &[TokenWithSpan]) -> Option<usize> {
        let keyword = |at: usize| {
            rest.get(at).map_or(Keyword::NoKeyword, |token| word::keyword(&token.token))
        };
        let sqlite = self.grammar.dialect == Dialect::Sqlite;
        let matches = |at| matches!(keyword(at), Keyword::GLOB | Keyword::MATCH | Keyword::REGEXP);
        let (words, used): (&[&str], usize) = match keyword(0) {
            Keyword::NOTNULL => (&["IS", "NOT", "NULL"], 1),
            _ if word::is_word(rest.first()?, "ISNULL") => (&["IS", "NULL"], 1),
            Keyword::NOT if sqlite && matches(1) => (&["NOT", "RLIKE"], 2),
            _ if sqlite && matches(0) => (&["RLIKE"], 1),
            Keyword::IS if sqlite && keyword(1) == Keyword::NOT && !word::is_test(keyword(2)) => {
                (&["IS", "DISTINCT", "FROM"], 2)
            }
            Keyword::IS if sqlite && keyword(1) != Keyword::NOT && !word::is_test(keyword(1)) => {
                (&["IS", "NOT", "DISTINCT", "FROM"], 1)
            }
            Keyword::DIV | Keyword::MOD if self.grammar.is_mysql_like() => {
                self.push(Token::Mod, rest.get(..1)?);
                return Some(1);
            }
            _ => return None,
        };
        let replaced = rest.get(..used)?;
        for word in words {
            self.push(Token::make_keyword(word), replaced);
        }
        Some(used)
    }

    /// Writes one token in the place of `replaced`.
    fn push(&mut self, token: Token, replaced: &[TokenWithSpan]) {
        let (Some(first), Some(last)) = (replaced.first(), replaced.last()) else { return };
        let start = bytes(first.span).map_or(0, |at| at.start);
        let end = bytes(last.span).map_or(start, |at| at.end);
        self.output.push(TokenWithSpan::new(token, span_of(start..end)));
    }
}
