//! What a token can be beside others: an operator, the end of an operand, the beginning of one.

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, TokenWithSpan};

/// What an operator of symbols is made of.
pub(super) const SYMBOLS: &str = "+-*/<>=~!@#%^&|?`";

/// The operators that prefix operators may follow without white space: `a=-1`.
pub(super) const STANDARD: &[&str] = &[
    "=", "==", "<>", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "||", "&", "|", "^",
    "&&", "<=>", "<<", ">>", "->", "->>",
];

pub(super) fn is_prefix(symbol: char) -> bool {
    matches!(symbol, '+' | '-' | '~' | '@' | '!')
}

pub(super) fn prefix_operator(symbol: char) -> Token {
    match symbol {
        '+' => Token::Plus,
        '-' => Token::Minus,
        '~' => Token::Tilde,
        '@' => Token::AtSign,
        '!' => Token::ExclamationMark,
        other => Token::Char(other),
    }
}

pub(super) fn keyword(token: &Token) -> Keyword {
    match token {
        Token::Word(word) => word.keyword,
        _ => Keyword::NoKeyword,
    }
}

pub(super) fn is_word(token: &TokenWithSpan, text: &str) -> bool {
    matches!(&token.token, Token::Word(word)
        if word.quote_style.is_none() && word.value.eq_ignore_ascii_case(text))
}

/// How many tokens the words of `operator` take at the start of `tokens`. The words of SQL's own
/// conditions cannot be declared anew.
pub(super) fn words(operator: &str, tokens: &[TokenWithSpan]) -> Option<usize> {
    let own = ["AND", "OR", "NOT", "IS", "IN", "LIKE", "ILIKE", "BETWEEN"];
    if own.iter().any(|word| word.eq_ignore_ascii_case(operator)) {
        return None;
    }
    let mut used = 0;
    for word in operator.split_whitespace() {
        is_word(tokens.get(used)?, word).then_some(())?;
        used += 1;
    }
    (used > 0).then_some(used)
}

/// Whether a keyword behind `IS [NOT]` is a test and no operand.
pub(super) fn is_test(keyword: Keyword) -> bool {
    matches!(
        keyword,
        Keyword::NULL | Keyword::TRUE | Keyword::FALSE | Keyword::UNKNOWN | Keyword::DISTINCT
    )
}

pub(super) fn ends_operand(token: &Token) -> bool {
    let separates = matches!(
        token,
        Token::LParen
            | Token::LBracket
            | Token::LBrace
            | Token::Comma
            | Token::Period
            | Token::Colon
            | Token::DoubleColon
            | Token::SemiColon
            | Token::Question
            | Token::AtSign
    );
    let closes = matches!(token, Token::RParen | Token::RBracket | Token::RBrace);
    closes || !separates && !is_operator(token)
}

pub(super) fn begins_operand(token: &Token) -> bool {
    let ends = matches!(
        token,
        Token::RParen | Token::RBracket | Token::RBrace | Token::Comma | Token::Period
    );
    let sign = matches!(token, Token::Plus | Token::Minus | Token::Tilde | Token::AtSign);
    match token {
        Token::Word(word) => !is_between_operands(word.keyword),
        _ => !ends && (sign || !is_operator(token)),
    }
}

/// Whether a token is made of symbols.
pub(super) fn is_operator(token: &Token) -> bool {
    let operand = matches!(
        token,
        Token::Word(_)
            | Token::Number(..)
            | Token::Placeholder(_)
            | Token::Colon
            | Token::LParen
            | Token::LBracket
            | Token::LBrace
    );
    !(operand || is_string(token))
}

/// Whether a token is a string in quotes of any kind.
pub(super) fn is_string(token: &Token) -> bool {
    matches!(
        token,
        Token::SingleQuotedString(_)
            | Token::DoubleQuotedString(_)
            | Token::DollarQuotedString(_)
            | Token::NationalStringLiteral(_)
            | Token::EscapedStringLiteral(_)
            | Token::UnicodeStringLiteral(_)
            | Token::HexStringLiteral(_)
            | Token::SingleQuotedByteStringLiteral(_)
            | Token::DoubleQuotedByteStringLiteral(_)
            | Token::QuoteDelimitedStringLiteral(_)
            | Token::NationalQuoteDelimitedStringLiteral(_)
    )
}

/// Keywords that cannot begin an operand.
pub(super) fn is_between_operands(keyword: Keyword) -> bool {
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
            | Keyword::SIMILAR
            | Keyword::BETWEEN
            | Keyword::ESCAPE
            | Keyword::AS
            | Keyword::ASC
            | Keyword::DESC
            | Keyword::NULLS
            | Keyword::THEN
            | Keyword::ELSE
            | Keyword::WHEN
            | Keyword::END
            | Keyword::FROM
            | Keyword::WHERE
            | Keyword::ON
            | Keyword::USING
            | Keyword::JOIN
            | Keyword::INNER
            | Keyword::LEFT
            | Keyword::RIGHT
            | Keyword::FULL
            | Keyword::CROSS
            | Keyword::GROUP
            | Keyword::ORDER
            | Keyword::BY
            | Keyword::HAVING
            | Keyword::LIMIT
            | Keyword::OFFSET
            | Keyword::UNION
            | Keyword::INTERSECT
            | Keyword::EXCEPT
    )
}

/// Keywords behind which an operand begins, so that no infix operator can follow.
pub(super) fn expects_operand(keyword: Keyword) -> bool {
    let also_after_operand = matches!(keyword, Keyword::END | Keyword::ASC | Keyword::DESC);
    let before_operand = matches!(
        keyword,
        Keyword::NOT
            | Keyword::SELECT
            | Keyword::DISTINCT
            | Keyword::ALL
            | Keyword::ANY
            | Keyword::SOME
            | Keyword::CASE
            | Keyword::EXISTS
            | Keyword::TO
            | Keyword::VALUES
            | Keyword::DIV
            | Keyword::OVERLAPS
    );
    before_operand || is_between_operands(keyword) && !also_after_operand
}
