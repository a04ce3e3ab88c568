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
    /// The byte behind the semicolon.
    pub(super) behind: usize,
}

/// Reads the definition that `text` begins with into `tokens`; nothing where something else stands
/// there, or some of it is not plain.
pub(super) fn read<'t>(
    text: &'t str,
    (lexis, grammar): (Lexis, &'t dyn Dialect),
    tokens: &mut Vec<Plain>,
) -> Option<Definition<'t>> {
    let mut cursor = Cursor::new(text, grammar)?;
    let mut head = Head::default();
    tokens.clear();
    while cursor.at() <= LONGEST_STATEMENT {
        let token = cursor.next()?;
        if token.kind == Kind::SemiColon {
            return Some(Definition { head, behind: cursor.at() });
        }
        if !head.is_complete() {
            let word = token.is_word() || token.kind == Kind::Number;
            // A sign at the beginning could begin a line for a client program.
            let passed = tokens.is_empty() && !word;
            if passed || word && !may_declare(&mut head, token.text(text), lexis) {
                return None;
            }
        }
        tokens.push(token);
    }
    None
}

/// Takes in the next word; says whether this may still be a definition that has no body.
fn may_declare<'t>(head: &mut Head<'t>, word: &'t str, lexis: Lexis) -> bool {
    !head.push(word) || head.may_declare() && Body::of(head, lexis).is_none()
}
