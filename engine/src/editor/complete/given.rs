//! The columns that the queries of an SQL text give to what selects from them.

use rustc_hash::FxHashMap;

use crate::base::{ColumnId, SelectableId};
use crate::editor::Editor;
use crate::editor::gather::{Item, ItemKind, WordSite, is_comparison, is_reserved};
use crate::editor::place::Clause;
use crate::parse::{Lexeme, LexemeKind};

/// No more columns are worked out for one text.
const MOST: usize = 100_000;

/// A column of a query.
#[derive(Clone, Default, Debug)]
pub(super) struct Given {
    /// Empty where the text gives it no name.
    pub(super) name: String,
    /// What it shows, where that is a column.
    pub(super) column: Option<ColumnId>,
}

/// The queries in brackets of a text, with what they give.
pub(super) struct Queries<'a> {
    editor: Editor<'a>,
    clause: &'a Clause,
    /// By the bracket that opens the query.
    columns: FxHashMap<usize, Vec<Given>>,
    /// How many columns can still be added.
    room: usize,
}

impl<'a> Queries<'a> {
    /// Reads each query where its first SELECT ends: what that selects from stands before.
    pub(super) fn new(editor: Editor<'a>, clause: &'a Clause) -> Self {
        let mut queries = Self { editor, clause, columns: FxHashMap::default(), room: MOST };
        let mut open = Vec::new();
        for (at, lexeme) in clause.lexemes.iter().enumerate() {
            match lexeme.kind {
                LexemeKind::Open => open.push(at),
                LexemeKind::Close => {
                    open.pop().into_iter().for_each(|opening| queries.read(opening, at));
                }
                _ if combines(lexeme) => {
                    open.last().into_iter().for_each(|it| queries.read(*it, at));
                }
                _ => {}
            }
        }
        for opening in open.into_iter().rev() {
            queries.read(opening, clause.lexemes.len());
        }
        queries
    }

    /// The columns of what a query selects from. In FROM an entity is what it maps: its attributes
    /// are no columns.
    pub(super) fn of(&self, item: Item) -> Vec<Given> {
        let mapping = self.editor.subject.mapping;
        let read = || item.query.and_then(|query| self.columns.get(&query)).cloned();
        let own = match item.owner {
            Some(owner) => self.of_selectable(mapping.selectable_of(owner)),
            None => read().unwrap_or_default(),
        };
        self.called(own, item.names)
    }

    fn of_selectable(&self, selectable: SelectableId) -> Vec<Given> {
        let columns = self.editor.subject.mapping.graph.columns(selectable);
        columns.map(|column| self.of_column(column)).collect()
    }

    fn of_column(&self, column: ColumnId) -> Given {
        let mapping = self.editor.subject.mapping;
        let name = mapping.names.text(mapping.graph.column(column).name).to_owned();
        Given { name, column: Some(column) }
    }

    /// The columns under the names that a list gives to the first of them.
    fn called(&self, mut columns: Vec<Given>, list: Option<usize>) -> Vec<Given> {
        let list = list.into_iter().flat_map(|list| self.level(list + 1, self.partner(list)));
        let names = list.filter_map(|at| self.word(at));
        for (place, name) in names.enumerate() {
            match columns.get_mut(place) {
                Some(column) => name.word.clone_into(&mut column.name),
                None => columns.push(Given { name: name.word.clone(), column: None }),
            }
        }
        columns
    }

    /// Reads the first SELECT of the query that `opening` begins and that ends before `end`.
    fn read(&mut self, opening: usize, end: usize) {
        if self.columns.contains_key(&opening) || self.room == 0 {
            return;
        }
        let begins = |word: &str| self.is(opening + 1, word);
        let columns = if begins("SELECT") || begins("WITH") {
            let select = self.level(opening + 1, end).find(|at| self.is(*at, "SELECT"));
            select.map(|select| self.selected(select, end))
        } else if begins("VALUES") {
            Some(self.row(opening + 2))
        } else {
            self.columns.get(&(opening + 1)).cloned()
        };
        let Some(columns) = columns else { return };
        let mut columns = self.called(columns, self.clause.items.list(opening));
        columns.truncate(self.room);
        self.room -= columns.len();
        self.columns.insert(opening, columns);
    }

    /// The row of VALUES in the bracket at `opening`. Rule for the names: `PostgreSQL` and `SQLite`
    /// call them `column1`, `column2`.
    fn row(&self, opening: usize) -> Vec<Given> {
        let inside = self.level(opening + 1, self.partner(opening));
        let commas = inside.filter(|at| self.kind(*at) == Some(LexemeKind::Comma)).count();
        let given = |number: usize| Given { name: format!("column{number}"), column: None };
        (1..=commas + 1).map(given).collect()
    }

    /// The columns of a select list.
    fn selected(&self, select: usize, end: usize) -> Vec<Given> {
        let quantifier = |at: &usize| self.is(*at, "DISTINCT") || self.is(*at, "ALL");
        let list = self.level(select + 1, end).skip_while(quantifier);
        let list: Vec<usize> = list.take_while(|at| !self.ends_list(*at)).collect();
        let items = list.split(|at| self.kind(*at) == Some(LexemeKind::Comma));
        items.flat_map(|item| self.item(item)).collect()
    }

    fn ends_list(&self, at: usize) -> bool {
        const ENDS: [&str; 7] = ["GROUP", "HAVING", "INTO", "LIMIT", "ORDER", "WHERE", "WINDOW"];
        let is_from = self.is(at, "FROM") && !is_comparison(self.clause, at);
        let Some(lexeme) = self.clause.lexemes.get(at) else { return true };
        is_from || combines(lexeme) || ENDS.iter().any(|word| lexeme.is(word))
    }

    /// The columns of one item of a select list: several for a `*`.
    fn item(&self, item: &[usize]) -> Vec<Given> {
        if let [.., last] = item
            && self.is_star(*last)
        {
            return self.star(item, *last);
        }
        let Some((label, expr)) = self.label(item) else {
            return vec![self.shown(item).unwrap_or_default()];
        };
        let column = self.shown(expr).and_then(|shown| shown.column);
        vec![Given { name: label.word.clone(), column }]
    }

    /// The label at the end of an item, with or without AS, and what it stands behind.
    fn label<'i>(&self, item: &'i [usize]) -> Option<(&'a Lexeme, &'i [usize])> {
        let (last, expr) = item.split_last()?;
        let (before, inner) = expr.split_last()?;
        if self.is(*before, "AS") {
            return Some((self.word(*last)?, inner));
        }
        let label = self.name(*last).filter(|_| self.ends_operand(*before))?;
        Some((label, expr))
    }

    /// `*` or `q.*`
    fn star(&self, item: &[usize], star: usize) -> Vec<Given> {
        let Some(site) = self.clause.items.sites.get(star) else { return Vec::new() };
        let items = match *item {
            [_] => self.clause.items.sources(site).next().unwrap_or_default().to_vec(),
            [.., qualifier, _, _] => self.source(qualifier, site).into_iter().collect(),
            _ => Vec::new(),
        };
        items.into_iter().flat_map(|item| self.of(item)).take(self.room).collect()
    }

    /// The column that an expression is, if it is one.
    fn shown(&self, expr: &[usize]) -> Option<Given> {
        let site = self.clause.items.sites.get(*expr.first()?)?;
        let (name, sources) = if let [only] = *expr {
            let around = self.clause.items.sources(site).flatten().copied();
            (self.name(only)?, around.collect())
        } else {
            let (qualifier, name) = self.dotted(expr)?;
            (name, self.source(qualifier, site).into_iter().collect::<Vec<_>>())
        };
        let found = sources.into_iter().find_map(|item| self.member(item, name));
        Some(found.unwrap_or_else(|| Given { name: name.word.clone(), column: None }))
    }

    /// The last two words of a dotted name, if it is one and no more.
    fn dotted(&self, expr: &[usize]) -> Option<(usize, &'a Lexeme)> {
        let is_dot = |at: usize| self.kind(at) == Some(LexemeKind::Dot);
        let mut pairs = expr.chunks(2);
        let named = pairs.all(|pair| match *pair {
            [word, dot] => self.word(word).is_some() && is_dot(dot),
            _ => true,
        });
        let [.., qualifier, _, name] = *expr else { return None };
        self.word(name).filter(|_| named && expr.len() % 2 == 1).map(|name| (qualifier, name))
    }

    /// What one of those that a query selects from calls so.
    fn member(&self, item: Item, name: &Lexeme) -> Option<Given> {
        let is_it = |given: &&Given| given.name.eq_ignore_ascii_case(&name.word);
        let mapping = self.editor.subject.mapping;
        match (item.names, item.owner) {
            (None, Some(owner)) => {
                let column = mapping.column_of(mapping.selectable_of(owner), name.as_part());
                column.map(|column| self.of_column(column))
            }
            (None, None) => self.columns.get(&item.query?)?.iter().find(is_it).cloned(),
            (Some(_), _) => self.of(item).iter().find(is_it).cloned(),
        }
    }

    fn source(&self, qualifier: usize, site: WordSite) -> Option<Item> {
        self.clause.items.find(ItemKind::Source, site, &self.word(qualifier)?.word)
    }

    /// The lexemes of one level from `start` on, of brackets within it those that open.
    fn level(&self, start: usize, end: usize) -> impl Iterator<Item = usize> + '_ {
        let behind = |at: &usize| match self.kind(*at) {
            Some(LexemeKind::Open) => Some(self.partner(*at) + 1),
            _ => Some(at + 1),
        };
        std::iter::successors(Some(start), behind).take_while(move |at| *at < end)
    }

    fn partner(&self, bracket: usize) -> usize {
        self.clause.items.sites.partner(bracket)
    }

    fn kind(&self, at: usize) -> Option<LexemeKind> {
        self.clause.lexemes.get(at).map(|lexeme| lexeme.kind)
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.clause.lexemes.get(at).is_some_and(|lexeme| lexeme.is(word))
    }

    fn word(&self, at: usize) -> Option<&'a Lexeme> {
        self.clause.lexemes.get(at).filter(|lexeme| lexeme.is_word())
    }

    /// A word that can be a name where it stands alone.
    fn name(&self, at: usize) -> Option<&'a Lexeme> {
        self.word(at).filter(|word| !is_reserved(word))
    }

    /// Whether a name behind the lexeme at `at` would be a label.
    fn ends_operand(&self, at: usize) -> bool {
        use LexemeKind::{Number, Open, Parameter, String};
        let literal = matches!(self.kind(at), Some(Number | Open | Parameter | String));
        let word = self.word(at).is_some_and(|word| !is_reserved(word) || word.is("END"));
        literal || word
    }

    fn is_star(&self, at: usize) -> bool {
        let range = self.clause.lexemes.get(at).map(|lexeme| lexeme.range.clone());
        range.and_then(|range| self.clause.text.text().get(range)) == Some("*")
    }
}

/// Whether a word stands between two queries.
fn combines(word: &Lexeme) -> bool {
    ["EXCEPT", "INTERSECT", "MINUS", "UNION"].iter().any(|between| word.is(between))
}
