//! Where in SQL text a name is that of a table.

use crate::editor::place::{Clause, ClauseKind};
use crate::parse::{Lexeme, LexemeKind};

/// The words after which no table is named until the next FROM or JOIN.
const LEAVE_FROM: [&str; 12] = [
    "EXCEPT",
    "FETCH",
    "GROUP",
    "HAVING",
    "INTERSECT",
    "LIMIT",
    "OFFSET",
    "ON",
    "ORDER",
    "UNION",
    "WHERE",
    "WINDOW",
];

/// Whether no table is named behind a word until the next FROM or JOIN.
pub(super) fn leaves_from(word: &Lexeme) -> bool {
    LEAVE_FROM.iter().any(|leave| word.is(leave))
}

/// What is known within one pair of brackets.
#[derive(Clone, Copy, Default)]
struct Level {
    /// A SELECT has been read, so that a FROM is no part of `EXTRACT` or `IS DISTINCT FROM`.
    selects: bool,
    /// A FROM clause has begun, so that a JOIN goes on with it.
    joins: bool,
    /// A name is that of a table.
    names_tables: bool,
}

/// For each lexeme, whether a name there is that of a table; for a bracket that closes, whether
/// what stood in it is selected from.
pub(super) fn naming_tables(clause: &Clause) -> Vec<bool> {
    let is_from = matches!(clause.kind, ClauseKind::From | ClauseKind::Table);
    let mut level = Level { selects: false, joins: is_from, names_tables: is_from };
    let mut around = Vec::new();
    let mut naming = Vec::with_capacity(clause.lexemes.len());
    for lexeme in &clause.lexemes {
        match lexeme.kind {
            LexemeKind::Open => {
                around.push(level);
                level = Level { selects: false, joins: level.names_tables, ..level };
            }
            LexemeKind::Close => level = around.pop().unwrap_or(level),
            LexemeKind::Keyword => level = level.behind(lexeme),
            _ => {}
        }
        naming.push(level.names_tables);
    }
    naming
}

impl Level {
    fn behind(self, word: &Lexeme) -> Self {
        if word.is("SELECT") {
            Self { selects: true, joins: false, names_tables: false }
        } else if word.is("FROM") && self.selects {
            Self { joins: true, names_tables: true, ..self }
        } else if word.is("JOIN") {
            Self { names_tables: self.joins, ..self }
        } else if word.is("USING") || leaves_from(word) {
            Self { names_tables: false, ..self }
        } else {
            self
        }
    }
}
