//! Plain definitions, cut and tokenized in one pass.
//!
//! Nearly all of a schema script is `CREATE TABLE` and the like, of tokens that read alike in every
//! dialect. Such a statement is read up to its semicolon here; any other is left to the scanner, which
//! knows what may hide one.

use sqlparser::dialect::Dialect;

use super::LONGEST_STATEMENT;
use super::head::Head;
use super::lexis::Lexis;
use super::routine::Body;
use crate::parse::plain::{Cursor, Kind, Plain};

/// A statement that may declare tables or keys.
#[derive(Debug)]
pub(super) struct Definition<'t> {
    pub(super) head: Head<'t>,
    pub(super) tokens: Vec<Plain>,
    /// The byte behind the semicolon.
    pub(super) behind: usize,
}

/// Reads the definition that `text` begins with, of about `room` tokens; nothing where something else
/// stands there, or some of it is not plain.
pub(super) fn read<'t>(
    text: &'t str,
    (lexis, grammar): (Lexis, &'t dyn Dialect),
    room: usize,
) -> Option<Definition<'t>> {
    let mut cursor = Cursor::new(text, grammar)?;
    let (mut head, mut tokens) = (Head::default(), Vec::new());
    while cursor.at() <= LONGEST_STATEMENT {
        let token = cursor.next()?;
        if token.kind == Kind::SemiColon {
            return Some(Definition { head, tokens, behind: cursor.at() });
        }
        let word = matches!(token.kind, Kind::Word | Kind::Number);
        if word && !head.is_complete() && !may_declare(&mut head, token.text(text), lexis) {
            return None;
        }
        if tokens.is_empty() {
            // A sign could begin a line for a client program.
            word.then(|| tokens.reserve(room))?;
        }
        tokens.push(token);
    }
    None
}

/// Takes in the next word; says whether this may still be a definition that has no body.
fn may_declare<'t>(head: &mut Head<'t>, word: &'t str, lexis: Lexis) -> bool {
    !head.push(word) || head.may_declare() && Body::of(head, lexis).is_none()
}
