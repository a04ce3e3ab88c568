//! Names in the SQL of a document.

use super::Gatherer;
use super::from::{leaves_from, naming_tables};
use crate::editor::place::{Clause, ClauseKind, Thing};
use crate::entity::Owner;
use crate::parse::{Lexeme, LexemeKind, Part};
use crate::text::Span;

/// A dotted name: its words, and the index of the lexeme behind them.
struct Dotted<'c> {
    parts: Vec<&'c Lexeme>,
    end: usize,
}

/// A table or subquery that a text selects from.
struct Item {
    /// Its alias, where it has one.
    alias: Option<(String, Span)>,
    owner: Option<Owner>,
}

impl Gatherer<'_> {
    pub(super) fn read_sql(&mut self, clause: &Clause) {
        let naming = naming_tables(clause);
        let items = self.items(clause, &naming);
        let mut at = 0;
        while let Some(naming_tables) = naming.get(at).copied() {
            let Some(dotted) = dotted(clause, at) else {
                at += 1;
                continue;
            };
            match dotted.parts.as_slice() {
                [only] if is_alias(&items, clause.span(only)) => {}
                [_] if is_window(clause, at) => {}
                [only] if !naming_tables => self.bare(clause, only, &items),
                [.., member] => self.qualified(clause, &dotted, member, &items, naming_tables),
                [] => {}
            }
            at = dotted.end;
        }
    }

    /// What the text selects from, with the places of the tables and their aliases.
    fn items(&mut self, clause: &Clause, naming: &[bool]) -> Vec<Item> {
        let mut items = Vec::new();
        let mut at = 0;
        while let Some((lexeme, naming_tables)) = clause.lexemes.get(at).zip(naming.get(at)) {
            let dotted = dotted(clause, at).filter(|_| *naming_tables);
            let closes = lexeme.kind == LexemeKind::Close && *naming_tables;
            at += 1;
            let owner = match &dotted {
                Some(dotted) => {
                    at = dotted.end;
                    let parts: Vec<_> = dotted.parts.iter().map(|part| part.as_part()).collect();
                    self.table_owner(clause, &parts)
                }
                None => None,
            };
            if owner.is_none() && !closes {
                continue;
            }
            let alias = alias(clause, at);
            if let Some((span, end)) = alias.map(|(lexeme, end)| (clause.span(lexeme), end)) {
                let name = clause.lexemes.get(end - 1).map_or("", |lexeme| &lexeme.word);
                self.give_alias(clause, name, span);
                items.push(Item { alias: Some((name.to_lowercase(), span)), owner });
                at = end;
            } else if owner.is_some() {
                items.push(Item { alias: None, owner });
            }
        }
        items
    }

    /// What a table's name means.
    fn table_owner(&mut self, clause: &Clause, parts: &[Part<'_>]) -> Option<Owner> {
        let owners = self.owners(&[], parts);
        let is_table = |owner: &&Owner| matches!(owner, Owner::Selectable(_));
        let table = owners.iter().find(is_table).filter(|_| clause.kind == ClauseKind::Table);
        table.or(owners.first()).copied()
    }

    /// An alias; the model's other SQL may name that of a FROM clause.
    fn give_alias(&mut self, clause: &Clause, name: &str, span: Span) {
        self.push(Thing::Alias(span), span, true);
        let mapping = self.subject.mapping;
        let mapped = clause.home.map(|home| mapping.entity(home).selectable);
        let within = clause.also.iter().copied().chain(mapped);
        let leaves = within.flat_map(|selectable| mapping.graph.leaves(selectable));
        let called =
            |name: &str, other| mapping.names.text(other).to_lowercase() == name.to_lowercase();
        for leaf in leaves {
            if mapping.graph.selectable(leaf).name.is_some_and(|other| called(name, other)) {
                self.aliases.entry(leaf).or_insert(span);
            }
        }
    }

    /// A name without qualifier: a column of the entity, or of one of the tables selected from.
    fn bare(&mut self, clause: &Clause, word: &Lexeme, items: &[Item]) {
        let owners: Vec<_> = match (clause.kind, clause.home) {
            (ClauseKind::Column, Some(home)) => vec![Owner::Entity(home)],
            (ClauseKind::OwnColumn, Some(home)) => {
                vec![Owner::Selectable(self.subject.mapping.entity(home).selectable)]
            }
            _ => items.iter().filter_map(|item| item.owner).collect(),
        };
        let part = word.as_part();
        let mut found: Vec<_> =
            owners.into_iter().filter_map(|owner| self.member(owner, part)).collect();
        found.dedup();
        if let [only] = found.as_slice() {
            self.push(*only, clause.span(word), false);
        }
    }

    fn qualified(
        &mut self,
        clause: &Clause,
        dotted: &Dotted<'_>,
        member: &Lexeme,
        items: &[Item],
        naming_tables: bool,
    ) {
        let parts: Vec<Part<'_>> = dotted.parts.iter().map(|part| part.as_part()).collect();
        if naming_tables {
            let owner = self.table_owner(clause, &parts);
            if let Some(thing) = owner.and_then(|owner| self.owner_thing(owner)) {
                self.push(thing, clause.span(member), false);
            }
            return;
        }
        let (Some((_, path)), [.., qualifier, _]) = (parts.split_last(), dotted.parts.as_slice())
        else {
            return;
        };
        let local = match path {
            [only] => local(items, only.text),
            _ => None,
        };
        if let Some((span, owner)) = local {
            self.push(Thing::Alias(span), clause.span(qualifier), false);
            let thing = owner.and_then(|owner| self.member(owner, member.as_part()));
            if let Some(thing) = thing {
                self.push(thing, clause.span(member), false);
            }
            return;
        }
        let owners = self.owners(&clause.also, path);
        let having = owners
            .iter()
            .find_map(|owner| self.member(*owner, member.as_part()).map(|thing| (*owner, thing)));
        let owner = having.map(|(owner, _)| owner).or(owners.first().copied());
        if let Some(thing) = owner.and_then(|owner| self.owner_thing(owner)) {
            self.push(thing, clause.span(qualifier), false);
        }
        if let Some((_, thing)) = having {
            self.push(thing, clause.span(member), false);
        }
    }
}

/// Whether an alias is given at `span`.
fn is_alias(items: &[Item], span: Span) -> bool {
    items.iter().any(|item| item.alias.as_ref().is_some_and(|(_, given)| *given == span))
}

/// Whether the word at `at` is the name of a window: where it is used, begun with, or given.
fn is_window(clause: &Clause, at: usize) -> bool {
    let word = |at: usize, word: &str| clause.lexemes.get(at).is_some_and(|it| it.is(word));
    let opens = |at: usize| clause.lexemes.get(at).is_some_and(|it| it.kind == LexemeKind::Open);
    let behind = |back: usize, name: &str| at.checked_sub(back).is_some_and(|at| word(at, name));
    let begins = at.checked_sub(1).is_some_and(opens) && (behind(2, "OVER") || behind(2, "AS"));
    behind(1, "OVER") || begins || word(at + 1, "AS") && opens(at + 2)
}

/// What an alias that the text itself gives stands for.
fn local(items: &[Item], name: &str) -> Option<(Span, Option<Owner>)> {
    let name = name.to_lowercase();
    items.iter().find_map(|item| {
        let (alias, span) = item.alias.as_ref()?;
        (*alias == name).then_some((*span, item.owner))
    })
}

/// The dotted name that begins at a lexeme. A word that the grammar knows begins one only where a
/// dot follows, or where nothing else is known of it.
fn dotted(clause: &Clause, start: usize) -> Option<Dotted<'_>> {
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

/// The alias `[AS] name` that stands at `at`, and the index behind it.
fn alias(clause: &Clause, at: usize) -> Option<(&Lexeme, usize)> {
    let lexeme = |at: usize| clause.lexemes.get(at);
    let at = at + usize::from(lexeme(at).is_some_and(|it| it.is("AS")));
    let name =
        lexeme(at).filter(|name| name.is_word() && !is_reserved(name) && !leaves_from(name))?;
    let last = |word: &str| name.is(word);
    let behind = lexeme(at + 1).map(|it| it.kind);
    let ends = !matches!(behind, Some(LexemeKind::Dot | LexemeKind::Open));
    (ends && !last("USING") && !last("NATURAL")).then_some((name, at + 1))
}
