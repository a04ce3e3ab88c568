//! Limits on what is parsed.
//!
//! sqlparser accepts chains and nests that later overflow the stack, so their length and depth are
//! counted on the tokens before it sees them. A subquery costs its parser several levels of
//! recursion, and counts as that many here.

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, TokenWithSpan};

use super::word::is_string;

/// The longest text that is tokenized.
pub(super) const BYTES: usize = 256 * 1024;
/// The most tokens of one text.
pub(super) const TOKENS: usize = 4_096;
/// The most operators of one text.
pub(super) const OPERATORS: usize = 512;
/// The deepest nest of brackets, `CASE`s and prefix operators.
pub(super) const LEVELS: usize = 40;

/// What a query adds to the levels of the brackets around it.
const LEVELS_OF_QUERY: usize = 2;

/// A limit that is passed, and by which token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Excess {
    pub(super) unit: &'static str,
    pub(super) limit: usize,
    pub(super) token: usize,
}

/// Counts tokens, operators and levels.
pub(super) fn check(tokens: &[TokenWithSpan]) -> Result<(), Excess> {
    let mut count = Count::default();
    for (token, with_span) in tokens.iter().enumerate() {
        count.add(&with_span.token);
        if let Some((unit, limit)) = count.excess(token + 1) {
            return Err(Excess { unit, limit, token });
        }
    }
    Ok(())
}

#[derive(Default)]
struct Count {
    operators: usize,
    /// Prefix operators in a row.
    prefixes: usize,
    open: Vec<Open>,
    levels: usize,
}

/// A bracket or `CASE` that is not closed yet.
struct Open {
    case: bool,
    levels: usize,
}

impl Count {
    fn excess(&self, tokens: usize) -> Option<(&'static str, usize)> {
        if tokens > TOKENS {
            Some(("tokens", TOKENS))
        } else if self.operators > OPERATORS {
            Some(("operators", OPERATORS))
        } else if self.levels + self.prefixes > LEVELS {
            Some(("levels", LEVELS))
        } else {
            None
        }
    }

    fn add(&mut self, token: &Token) {
        match token {
            Token::LParen | Token::LBracket | Token::LBrace => self.enter(false),
            Token::RParen | Token::RBracket | Token::RBrace => self.leave(false),
            Token::Word(word) => self.add_keyword(word.keyword),
            Token::Comma | Token::Period | Token::Number(..) | Token::Placeholder(_) => {
                self.prefixes = 0;
            }
            _ if is_string(token) => self.prefixes = 0,
            _ => {
                self.operators += 1;
                self.prefixes += 1;
            }
        }
    }

    fn add_keyword(&mut self, keyword: Keyword) {
        self.prefixes = if keyword == Keyword::NOT { self.prefixes + 1 } else { 0 };
        match keyword {
            Keyword::CASE => self.enter(true),
            Keyword::END => self.leave(true),
            Keyword::SELECT => self.enter_query(),
            _ if is_infix(keyword) => self.operators += 1,
            _ => {}
        }
    }

    fn enter(&mut self, case: bool) {
        self.open.push(Open { case, levels: 1 });
        self.levels += 1;
    }

    /// The queries of one `UNION` are side by side, so only the first counts.
    fn enter_query(&mut self) {
        if let Some(open) = self.open.last_mut().filter(|open| open.levels == 1) {
            open.levels += LEVELS_OF_QUERY;
            self.levels += LEVELS_OF_QUERY;
        }
    }

    /// Leaves the innermost bracket, with the `CASE`s left open in it, or the innermost `CASE`.
    fn leave(&mut self, case: bool) {
        if case && self.open.last().is_none_or(|open| !open.case) {
            return;
        }
        while let Some(open) = self.open.pop() {
            self.levels = self.levels.saturating_sub(open.levels);
            if open.case == case {
                break;
            }
        }
    }
}

/// Whether a keyword stands between two operands, or two queries.
fn is_infix(keyword: Keyword) -> bool {
    matches!(
        keyword,
        Keyword::AND
            | Keyword::OR
            | Keyword::XOR
            | Keyword::IS
            | Keyword::IN
            | Keyword::LIKE
            | Keyword::ILIKE
            | Keyword::RLIKE
            | Keyword::REGEXP
            | Keyword::GLOB
            | Keyword::MATCH
            | Keyword::SIMILAR
            | Keyword::BETWEEN
            | Keyword::OVERLAPS
            | Keyword::OPERATOR
            | Keyword::MEMBER
            | Keyword::DIV
            | Keyword::MOD
            | Keyword::AT
            | Keyword::COLLATE
            | Keyword::UNION
            | Keyword::INTERSECT
            | Keyword::EXCEPT
            | Keyword::MINUS
    )
}
