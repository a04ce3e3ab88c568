//! What the queries of an SQL text select from, and the names that they give.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Gatherer;
use super::scope::{ScopeId, Site, Sites, leaves_from};
use super::sql::{Dotted, dotted, is_reserved};
use crate::editor::place::{Clause, ClauseKind, Thing};
use crate::entity::Owner;
use crate::parse::{Lexeme, LexemeKind, Part};
use crate::text::Span;

/// A name that can be written in the queries of a scope.
#[derive(Clone, Copy, Default, Debug)]
pub(in crate::editor) struct Item {
    /// Where the text gives the name; a table is called by its own.
    pub(super) given: Option<Span>,
    pub(in crate::editor) owner: Option<Owner>,
    /// The bracket that opens the query of the text whose rows it has.
    pub(in crate::editor) query: Option<usize>,
    /// The bracket that opens a list of names for its columns.
    pub(in crate::editor) names: Option<usize>,
}

/// What a name of a query is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(in crate::editor) enum ItemKind {
    /// It is selected from.
    Source,
    /// It is a query of WITH, which FROM can name.
    Common,
    /// It is a window.
    Window,
}

/// The names of all queries of a text.
#[derive(Clone, Default, Debug)]
pub(in crate::editor) struct Items {
    pub(in crate::editor) sites: Sites,
    /// By what they are for, their scope, and their name in small letters.
    named: FxHashMap<(ItemKind, ScopeId, String), Item>,
    /// What the queries of each scope select from.
    sources: FxHashMap<ScopeId, Vec<Item>>,
    /// The lists of names for the columns of the queries of WITH, by the brackets of the queries.
    lists: FxHashMap<usize, usize>,
    /// All brackets that open such a list, be it of WITH or of FROM.
    naming: FxHashSet<usize>,
    given: FxHashSet<Span>,
}

impl Items {
    fn new(clause: &Clause) -> Self {
        Self { sites: Sites::new(clause), ..Self::default() }
    }

    /// The first of a name is meant where one query has two.
    fn add(&mut self, kind: ItemKind, scope: ScopeId, name: &str, item: Item) {
        self.given.extend(item.given);
        if kind == ItemKind::Source {
            self.sources.entry(scope).or_default().push(item);
        }
        self.named.entry((kind, scope, name.to_lowercase())).or_insert(item);
    }

    /// What a name means to a word: the nearest of that name.
    pub(in crate::editor) fn find(&self, kind: ItemKind, site: Site, name: &str) -> Option<Item> {
        let name = name.to_lowercase();
        let mut scopes = self.sites.outward(site.scope);
        scopes.find_map(|scope| self.named.get(&(kind, scope, name.clone())).copied())
    }

    /// What is selected from around a word: scope by scope, the nearest first.
    pub(in crate::editor) fn sources(&self, site: Site) -> impl Iterator<Item = &[Item]> + '_ {
        let scopes = self.sites.outward(site.scope);
        scopes.filter_map(|scope| self.sources.get(&scope)).map(Vec::as_slice)
    }

    /// The list of names that WITH gives to the columns of a query.
    pub(in crate::editor) fn list(&self, query: usize) -> Option<usize> {
        self.lists.get(&query).copied()
    }

    /// Whether the bracket at `at` opens a list of names for columns.
    pub(super) fn names_columns(&self, at: usize) -> bool {
        self.naming.contains(&at)
    }

    /// Whether the text gives a name at `span`.
    pub(super) fn gives(&self, span: Span) -> bool {
        self.given.contains(&span)
    }
}

impl Gatherer<'_> {
    /// The names of a text's queries, with the places of its tables and their aliases.
    pub(super) fn items(&mut self, clause: &Clause) -> Items {
        let mut items = Items::new(clause);
        self.queries_and_windows(clause, &mut items);
        let mut at = 0;
        while let Some((lexeme, site)) = clause.lexemes.get(at).zip(items.sites.get(at)) {
            let named = dotted(clause, at).filter(|_| site.names_tables);
            at = named.as_ref().map_or(at + 1, |named| named.end);
            let source = match named {
                Some(named) => self.named_source(clause, &named, &items, site),
                None if lexeme.kind == LexemeKind::Close && site.names_tables => {
                    let query = Some(items.sites.partner(at - 1));
                    Some((None, Item { query, ..Item::default() }))
                }
                None => None,
            };
            let Some((own, item)) = source else { continue };
            if let Some((alias, end)) = alias(clause, at) {
                self.give_alias(clause, alias);
                let given = Some(clause.span(alias));
                let list = Some(end).filter(|end| opens(clause, *end));
                items.naming.extend(list);
                let item = Item { given, names: list, ..item };
                items.add(ItemKind::Source, site.scope, &alias.word, item);
                at = list.map_or(end, |list| items.sites.partner(list));
            } else if let Some(own) = own {
                items.add(ItemKind::Source, site.scope, &own, item);
            }
        }
        items
    }

    /// What a name in FROM stands for, and the name. A word that the grammar knows is one only if
    /// something is called so.
    fn named_source(
        &mut self,
        clause: &Clause,
        named: &Dotted<'_>,
        items: &Items,
        site: Site,
    ) -> Option<(Option<String>, Item)> {
        let last = named.parts.last()?;
        let name = Some(last.word.clone());
        if let [only] = named.parts.as_slice()
            && let Some(common) = items.find(ItemKind::Common, site, &only.word)
        {
            return Some((name, common));
        }
        let parts: Vec<_> = named.parts.iter().map(|part| part.as_part()).collect();
        let owner = self.table_owner(clause, &parts);
        let is_name = owner.is_some() || last.kind != LexemeKind::Keyword;
        is_name.then_some((name, Item { owner, ..Item::default() }))
    }

    /// `WITH name (columns) AS (…)` and `WINDOW name AS (…)`, which can be named before they are
    /// given.
    fn queries_and_windows(&mut self, clause: &Clause, items: &mut Items) {
        for (at, lexeme) in clause.lexemes.iter().enumerate().filter(|(_, it)| it.is_word()) {
            let Some(site) = items.sites.get(at) else { continue };
            let kind = if site.in_with { ItemKind::Common } else { ItemKind::Window };
            let list = Some(at + 1).filter(|list| site.in_with && opens(clause, *list));
            let behind = list.map_or(at + 1, |list| items.sites.partner(list) + 1);
            let Some(query) = begun_query(clause, behind).filter(|_| !is_reserved(lexeme)) else {
                continue;
            };
            let span = clause.span(lexeme);
            self.push(Thing::Alias(span), span, true);
            items.naming.extend(list);
            items.lists.extend(list.map(|list| (query, list)));
            let item = Item { given: Some(span), query: Some(query), ..Item::default() };
            items.add(kind, site.scope, &lexeme.word, item);
        }
    }

    /// What a table's name means.
    pub(super) fn table_owner(&mut self, clause: &Clause, parts: &[Part<'_>]) -> Option<Owner> {
        let owners = self.owners(&[], parts);
        let is_table = |owner: &&Owner| matches!(owner, Owner::Selectable(_));
        let table = owners.iter().find(is_table).filter(|_| clause.kind == ClauseKind::Table);
        table.or(owners.first()).copied()
    }

    /// An alias; the model's other SQL may name that of a FROM clause.
    fn give_alias(&mut self, clause: &Clause, alias: &Lexeme) {
        let span = clause.span(alias);
        self.push(Thing::Alias(span), span, true);
        let mapping = self.subject.mapping;
        let mapped = clause.home.map(|home| mapping.entity(home).selectable);
        let within = clause.also.iter().copied().chain(mapped);
        let leaves = within.flat_map(|selectable| mapping.graph.leaves(selectable));
        let name = alias.word.to_lowercase();
        for leaf in leaves {
            let called = mapping.graph.selectable(leaf).name;
            if called.is_some_and(|called| mapping.names.text(called).to_lowercase() == name) {
                self.aliases.entry(leaf).or_insert(span);
            }
        }
    }
}

/// The alias `[AS] name` that stands at `at`, and the index behind it. Names of columns can follow
/// in brackets, which behind a word of the grammar without AS look like another clause.
fn alias(clause: &Clause, at: usize) -> Option<(&Lexeme, usize)> {
    let lexeme = |at: usize| clause.lexemes.get(at);
    let says_as = lexeme(at).is_some_and(|it| it.is("AS"));
    let at = at + usize::from(says_as);
    let name =
        lexeme(at).filter(|name| name.is_word() && !is_reserved(name) && !leaves_from(name))?;
    let is_other = match lexeme(at + 1).map(|it| it.kind) {
        Some(LexemeKind::Dot) => true,
        Some(LexemeKind::Open) => !says_as && name.kind == LexemeKind::Keyword,
        _ => false,
    };
    (!is_other && !name.is("USING") && !name.is("NATURAL")).then_some((name, at + 1))
}

fn opens(clause: &Clause, at: usize) -> bool {
    clause.lexemes.get(at).is_some_and(|lexeme| lexeme.kind == LexemeKind::Open)
}

/// The bracket of `AS [[NOT] MATERIALIZED] (`, if that stands at `at`.
fn begun_query(clause: &Clause, at: usize) -> Option<usize> {
    let is = |at: usize, word: &str| clause.lexemes.get(at).is_some_and(|it| it.is(word));
    let at = if is(at, "AS") { at + 1 } else { return None };
    let at = at + usize::from(is(at, "NOT"));
    let at = at + usize::from(is(at, "MATERIALIZED"));
    opens(clause, at).then_some(at)
}
