//! Which dotted names a text mentions, before anybody knows what they mean.

use sqlparser::tokenizer::Token;

use super::grammar::Grammar;
use super::guard;
use super::token;
use crate::base::Dialect;
use crate::text::Fragment;

/// Each `a.b` in a text of SQL, as written without quotes; of longer names the last two parts.
///
/// ```
/// use joinwright::base::Dialect;
/// use joinwright::parse::mentions;
/// use joinwright::text::{Fragment, Sources};
/// let text = "Cat.age + shop.cat.price * 2";
/// let fragment = Fragment::verbatim(Sources::new().add("model", text), text, 0);
/// let found = mentions(&fragment, Dialect::Ansi);
/// assert_eq!(found, [("Cat".into(), "age".into()), ("cat".into(), "price".into())]);
/// ```
pub fn mentions(fragment: &Fragment<'_>, dialect: Dialect) -> Vec<(String, String)> {
    let text = fragment.text();
    if text.len() > guard::BYTES {
        return Vec::new();
    }
    let (tokens, _) = token::tokenize(text, Grammar::of(dialect).lexis());
    let token = |at: usize| tokens.get(at).map(|token| &token.token);
    let word = |at: usize| match token(at)? {
        Token::Word(word) => Some(word.value.clone()),
        _ => None,
    };
    let ends = |at: usize| token(at) != Some(&Token::Period);
    let found = (0..tokens.len()).filter(|at| token(at + 1) == Some(&Token::Period));
    found.filter(|at| ends(at + 3)).filter_map(|at| Some((word(at)?, word(at + 2)?))).collect()
}
