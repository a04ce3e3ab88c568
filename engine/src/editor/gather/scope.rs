//! Which query of an SQL text a word belongs to, and where a name is that of a table.

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
pub(in crate::editor) fn leaves_from(word: &Lexeme) -> bool {
    LEAVE_FROM.iter().any(|leave| word.is(leave))
}

/// Whether the FROM at `at` is that of `IS DISTINCT FROM`.
pub(in crate::editor) fn is_comparison(clause: &Clause, at: usize) -> bool {
    let is = |at: usize, word: &str| clause.lexemes.get(at).is_some_and(|it| it.is(word));
    at.checked_sub(1).is_some_and(|before| is(before, "DISTINCT")) && is(at, "FROM")
}

/// What names a word can mean: those that its own SELECT gives, then those of the queries around.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(in crate::editor) struct ScopeId(usize);

/// Where a word or sign of SQL stands.
#[derive(Clone, Copy, Debug)]
pub(in crate::editor) struct Site {
    pub(in crate::editor) scope: ScopeId,
    /// Whether a name here is that of a table; at a bracket that closes, whether what stood in it
    /// is selected from.
    pub(super) names_tables: bool,
    /// Whether WITH has begun and its SELECT has not: a name here may be given to a query.
    pub(super) in_with: bool,
}

/// The queries of an SQL text, one within the other, and where its words stand.
#[derive(Clone, Default, Debug)]
pub(in crate::editor) struct Sites {
    /// A site a lexeme.
    words: Vec<Site>,
    /// A lexeme a lexeme: of a bracket the other one, or the end of the text.
    partners: Vec<usize>,
    /// What is around each scope.
    around: Vec<Option<ScopeId>>,
}

impl Sites {
    pub(super) fn new(clause: &Clause) -> Self {
        let root = ScopeId(0);
        let end = clause.lexemes.len();
        let mut sites = Self { around: vec![None], partners: vec![end; end], ..Self::default() };
        let is_from = matches!(clause.kind, ClauseKind::From | ClauseKind::Table);
        let mut level = Level { joins: is_from, names_tables: is_from, ..Level::new(root) };
        let mut open = Vec::new();
        for (at, lexeme) in clause.lexemes.iter().enumerate() {
            match lexeme.kind {
                LexemeKind::Open => {
                    open.push((at, level));
                    let begins = |next: &Lexeme| next.is("SELECT") || next.is("WITH");
                    let inner = if clause.lexemes.get(at + 1).is_some_and(begins) {
                        sites.within(level.scope)
                    } else {
                        level.scope
                    };
                    let (joins, names_tables) = (level.names_tables, level.names_tables);
                    level = Level { joins, names_tables, ..Level::new(inner) };
                }
                LexemeKind::Close => {
                    if let Some((opening, outer)) = open.pop() {
                        level = outer;
                        sites.pair(opening, at);
                    }
                }
                LexemeKind::Keyword if lexeme.is("SELECT") => {
                    // Each SELECT of a UNION has tables of its own; what WITH names is for all.
                    level = Level { stage: Stage::Select, ..Level::new(level.query) };
                    level.scope = sites.within(level.query);
                }
                LexemeKind::Keyword if !is_comparison(clause, at) => level = level.behind(lexeme),
                _ => {}
            }
            sites.words.push(level.site());
        }
        sites
    }

    pub(in crate::editor) fn get(&self, at: usize) -> Option<Site> {
        self.words.get(at).copied()
    }

    /// The other one of two brackets; behind the text where there is none.
    pub(in crate::editor) fn partner(&self, bracket: usize) -> usize {
        self.partners.get(bracket).copied().unwrap_or(self.partners.len())
    }

    fn pair(&mut self, opening: usize, closing: usize) {
        for (bracket, other) in [(opening, closing), (closing, opening)] {
            if let Some(partner) = self.partners.get_mut(bracket) {
                *partner = other;
            }
        }
    }

    fn within(&mut self, around: ScopeId) -> ScopeId {
        self.around.push(Some(around));
        ScopeId(self.around.len() - 1)
    }

    /// A scope and those around it, from the inside; no query that is read nests deeper.
    pub(super) fn outward(&self, scope: ScopeId) -> impl Iterator<Item = ScopeId> + '_ {
        const DEEPEST: usize = 64;
        let around = |scope: &ScopeId| self.around.get(scope.0).copied().flatten();
        std::iter::successors(Some(scope), around).take(DEEPEST)
    }
}

/// What is known within one pair of brackets.
#[derive(Clone, Copy)]
struct Level {
    /// That of the words that are read.
    scope: ScopeId,
    /// That of the whole query, around its SELECTs.
    query: ScopeId,
    stage: Stage,
    /// A FROM clause has begun, so that a JOIN goes on with it.
    joins: bool,
    /// A name is that of a table.
    names_tables: bool,
}

/// How far a query has been read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Neither word that begins one.
    Before,
    /// WITH, and no SELECT.
    With,
    /// SELECT, so that a FROM is no part of `EXTRACT`.
    Select,
}

impl Level {
    fn new(scope: ScopeId) -> Self {
        let query = scope;
        Self { scope, query, stage: Stage::Before, joins: false, names_tables: false }
    }

    fn site(self) -> Site {
        let Self { scope, names_tables, .. } = self;
        Site { scope, names_tables, in_with: self.stage == Stage::With }
    }

    fn behind(self, word: &Lexeme) -> Self {
        if word.is("WITH") && self.stage == Stage::Before {
            Self { stage: Stage::With, names_tables: false, ..self }
        } else if word.is("FROM") && self.stage == Stage::Select {
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
