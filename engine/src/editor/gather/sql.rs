//! Names in the SQL of a document.

use super::Gatherer;
use super::items::{Item, ItemKind, Items};
use super::scope::Site;
use crate::editor::place::{Clause, ClauseKind, Thing};
use crate::entity::Owner;
use crate::parse::{Lexeme, LexemeKind, Part};

/// A dotted name: its words, and the index of the lexeme behind them.
pub(super) struct Dotted<'c> {
    pub(super) parts: Vec<&'c Lexeme>,
    pub(super) end: usize,
}

impl Gatherer<'_> {
    pub(super) fn read_sql(&mut self, clause: &Clause) -> Items {
        let items = self.items(clause);
        let mut at = 0;
        while let Some(site) = items.sites.get(at) {
            let Some(dotted) = dotted(clause, at) else {
                at = if items.names_columns(at) { items.sites.partner(at) } else { at + 1 };
                continue;
            };
            match dotted.parts.as_slice() {
                [only] if items.gives(clause.span(only)) => {}
                [only] if is_window(clause, at) => {
                    self.given(clause, only, ItemKind::Window, &items, site);
                }
                [_] if is_label(clause, at) => {}
                [only] if !site.names_tables => self.bare(clause, only, &items, site),
                [only] if self.given(clause, only, ItemKind::Common, &items, site) => {}
                [.., last] if site.names_tables => self.table(clause, &dotted, last),
                [.., qualifier, member] => {
                    self.qualified(clause, &dotted, [qualifier, member], &items, site);
                }
                [] | [_] => {}
            }
            at = dotted.end;
        }
        items
    }

    /// A name that the text itself gives to a query or a window; whether it does.
    fn given(
        &mut self,
        clause: &Clause,
        word: &Lexeme,
        kind: ItemKind,
        items: &Items,
        site: Site,
    ) -> bool {
        let given = items.find(kind, site, &word.word).and_then(|item| item.given);
        if let Some(given) = given {
            self.push(Thing::Alias(given), clause.span(word), false);
        }
        given.is_some()
    }

    fn table(&mut self, clause: &Clause, dotted: &Dotted<'_>, last: &Lexeme) {
        let parts: Vec<_> = dotted.parts.iter().map(|part| part.as_part()).collect();
        let owner = self.table_owner(clause, &parts);
        if let Some(thing) = owner.and_then(|owner| self.owner_thing(owner)) {
            self.push(thing, clause.span(last), false);
        }
    }

    /// What is selected from where FROM names an owner.
    fn selected(&self, owner: Owner) -> Owner {
        Owner::Selectable(self.subject.mapping.selectable_of(owner))
    }

    /// A name without qualifier: a column of the entity, or of one of the tables selected from.
    fn bare(&mut self, clause: &Clause, word: &Lexeme, items: &Items, site: Site) {
        let part = word.as_part();
        let member = |owner: Owner| self.member(owner, part);
        let of_sources = |sources: &[Item]| -> Vec<Thing> {
            sources.iter().filter_map(|source| member(self.selected(source.owner?))).collect()
        };
        let mut found = match (clause.kind, clause.home) {
            (ClauseKind::Column, Some(home)) => member(Owner::Entity(home)).into_iter().collect(),
            (ClauseKind::OwnColumn, Some(home)) => {
                let own = Owner::Selectable(self.subject.mapping.entity(home).selectable);
                member(own).into_iter().collect()
            }
            _ => items.sources(site).map(of_sources).find(|it| !it.is_empty()).unwrap_or_default(),
        };
        found.dedup();
        if let [only] = found.as_slice() {
            self.push(*only, clause.span(word), false);
        }
    }

    fn qualified(
        &mut self,
        clause: &Clause,
        dotted: &Dotted<'_>,
        [qualifier, member]: [&Lexeme; 2],
        items: &Items,
        site: Site,
    ) {
        let parts: Vec<Part<'_>> = dotted.parts.iter().map(|part| part.as_part()).collect();
        let Some((_, path)) = parts.split_last() else { return };
        let local = match path {
            [only] => items.find(ItemKind::Source, site, only.text),
            _ => None,
        };
        let owners = match local {
            Some(item) => item.owner.map(|owner| self.selected(owner)).into_iter().collect(),
            None => self.owners(&clause.also, path),
        };
        let having = owners
            .iter()
            .find_map(|owner| self.member(*owner, member.as_part()).map(|thing| (*owner, thing)));
        let owner = having.map(|(owner, _)| owner).or(owners.first().copied());
        let called = local.map_or(owner, |item| item.owner);
        let given = local.and_then(|item| item.given).map(Thing::Alias);
        if let Some(thing) = given.or_else(|| called.and_then(|owner| self.owner_thing(owner))) {
            self.push(thing, clause.span(qualifier), false);
        }
        let span = clause.span(member);
        let member = having.map(|(_, thing)| thing).or_else(|| self.read_column(span));
        if let Some(thing) = member {
            self.push(thing, span, false);
        }
    }
}

/// Whether the word at `at` is what a column or a cast is called.
fn is_label(clause: &Clause, at: usize) -> bool {
    at.checked_sub(1).and_then(|at| clause.lexemes.get(at)).is_some_and(|it| it.is("AS"))
}

/// Whether the word at `at` is the name of a window: where it is used, begun with, or given.
fn is_window(clause: &Clause, at: usize) -> bool {
    let word = |at: usize, word: &str| clause.lexemes.get(at).is_some_and(|it| it.is(word));
    let opens = |at: usize| clause.lexemes.get(at).is_some_and(|it| it.kind == LexemeKind::Open);
    let behind = |back: usize, name: &str| at.checked_sub(back).is_some_and(|at| word(at, name));
    let begins = at.checked_sub(1).is_some_and(opens) && (behind(2, "OVER") || behind(2, "AS"));
    behind(1, "OVER") || begins || word(at + 1, "AS") && opens(at + 2)
}

/// The dotted name that begins at a lexeme. A word that the grammar knows begins one only where a
/// dot follows, or where nothing else is known of it.
pub(super) fn dotted(clause: &Clause, start: usize) -> Option<Dotted<'_>> {
    let lexeme = |at: usize| clause.lexemes.get(at);
    let is_dot = |at: usize| lexeme(at).is_some_and(|it| it.kind == LexemeKind::Dot);
    let first = lexeme(start).filter(|first| first.is_word())?;
    let calls = lexeme(start + 1).is_some_and(|next| next.kind == LexemeKind::Open);
    if calls || first.kind == LexemeKind::Keyword && !is_dot(start + 1) && is_reserved(first) {
        return None;
    }
    let (mut parts, mut end) = (vec![first], start + 1);
    while is_dot(end) {
        let Some(part) = lexeme(end + 1).filter(|part| part.is_word()) else { break };
        parts.push(part);
        end += 2;
    }
    Some(Dotted { parts, end })
}

/// Words that are never names where they stand alone.
pub(in crate::editor) fn is_reserved(lexeme: &Lexeme) -> bool {
    const RESERVED: [&str; 45] = [
        "ALL", "AND", "ANY", "AS", "ASC", "BETWEEN", "BY", "CASE", "CROSS", "DESC", "DISTINCT",
        "ELSE", "END", "EXISTS", "FALSE", "FILTER", "FROM", "FULL", "GROUP", "HAVING", "ILIKE",
        "IN", "INNER", "IS", "JOIN", "LATERAL", "LEFT", "LIKE", "LIMIT", "NOT", "NULL", "ON", "OR",
        "ORDER", "OUTER", "OVER", "RIGHT", "SELECT", "THEN", "TRUE", "UNION", "USING", "VALUES",
        "WHEN", "WHERE",
    ];
    RESERVED.iter().any(|word| lexeme.is(word))
}
