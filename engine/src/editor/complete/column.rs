//! Names in SQL: qualifiers, then what they qualify.

use super::given::{Given, Queries};
use super::{Choice, Completion, CompletionKind};
use crate::base::{ColumnId, EntityId};
use crate::editor::gather::{Item, ItemKind};
use crate::editor::place::{Clause, ClauseKind};
use crate::editor::rename::is_plain;
use crate::editor::{Editor, Thing};
use crate::entity::{Attribute, Owner};
use crate::parse::{Lexeme, LexemeKind, Part};
use crate::text::Span;

/// Where a word is being written.
pub(super) struct Cursor {
    /// The bytes of the word, in the clause.
    pub(super) word: std::ops::Range<usize>,
    /// How many lexemes stand before it.
    pub(super) before: usize,
}

impl Cursor {
    pub(super) fn new(clause: &Clause, offset: u32) -> Self {
        let at = clause.text.offset(offset);
        let before = clause.lexemes.partition_point(|lexeme| lexeme.range.end < at);
        let word = clause.lexemes.get(before).filter(|lexeme| {
            lexeme.is_word() && lexeme.range.start <= at && at <= lexeme.range.end
        });
        if let Some(word) = word {
            return Self { word: word.range.clone(), before };
        }
        let before = clause.lexemes.partition_point(|lexeme| lexeme.range.end <= at);
        Self { word: at..at, before }
    }

    pub(super) fn span(&self, clause: &Clause) -> Span {
        let span = clause.text.span(self.word.start, self.word.end);
        if self.word.is_empty() { Span { end: span.start, ..span } } else { span }
    }

    /// The lexeme that stands so many places before the word, from one.
    pub(super) fn back<'c>(&self, clause: &'c Clause, places: usize) -> Option<&'c Lexeme> {
        clause.lexemes.get(self.before.checked_sub(places)?)
    }

    /// The dotted name before the dot that the word follows; empty where it follows none.
    fn qualifier<'c>(&self, clause: &'c Clause) -> Vec<&'c Lexeme> {
        let (mut parts, mut places) = (Vec::new(), 1);
        let dot = |places| self.back(clause, places).is_some_and(|it| it.kind == LexemeKind::Dot);
        while dot(places) {
            let Some(part) = self.back(clause, places + 1).filter(|part| part.is_word()) else {
                break;
            };
            parts.insert(0, part);
            places += 2;
        }
        parts
    }

    /// What the text itself calls so, where the qualifier stands.
    fn source(&self, clause: &Clause, qualifier: &[&Lexeme]) -> Option<Item> {
        let [name] = qualifier else { return None };
        let site = clause.items.sites.get(self.before.checked_sub(2)?)?;
        clause.items.find(ItemKind::Source, site, &name.word)
    }
}

impl Editor<'_> {
    pub(super) fn in_sql(&self, clause: &Clause, path: &[String], offset: u32) -> Vec<Completion> {
        let cursor = Cursor::new(clause, offset);
        let span = cursor.span(clause);
        let qualifier = cursor.qualifier(clause);
        if !qualifier.is_empty() {
            let members = self.members(clause, &cursor, &qualifier).into_iter();
            return members.map(|choice| choice.at(span)).collect();
        }
        let mut found = Vec::new();
        // While one word is written at most, a whole text can take its place.
        if clause.lexemes.len() <= 1 {
            let whole = self.conditions(path).into_iter().chain(self.whole_columns(clause, path));
            found.extend(whole.map(|choice| choice.at(clause.text.whole())));
        }
        let names = match clause.kind {
            ClauseKind::From | ClauseKind::Table => self.choices(path),
            _ => self.qualifiers(clause, path),
        };
        found.extend(names.into_iter().map(|choice| choice.at(span)));
        found
    }

    /// Columns that a list of columns could hold, as one text.
    fn whole_columns(&self, clause: &Clause, path: &[String]) -> Vec<Choice> {
        let mapping = self.subject.mapping;
        let key = path.last().map_or("", String::as_str);
        let is_column = matches!(clause.kind, ClauseKind::Column | ClauseKind::OwnColumn);
        let Some(home) = clause.home.filter(|_| is_column) else {
            return Vec::new();
        };
        match key {
            "foreign_keys" | "remote_side" => self.fitting_columns(path),
            "include" | "exclude" => self.columns_of(home, |name, _| name.to_owned()),
            _ => {
                let mut columns = self.columns_of(home, |_, column| mapping.column_path(column));
                columns.retain(|choice| choice.text.contains('.'));
                columns
            }
        }
    }

    fn columns_of(&self, home: EntityId, text: impl Fn(&str, ColumnId) -> String) -> Vec<Choice> {
        let mapping = self.subject.mapping;
        let columns = mapping.graph.columns(mapping.entity(home).selectable);
        let choice = |column: ColumnId| {
            let name = mapping.names.text(mapping.graph.column(column).name);
            let choice = Choice::new(CompletionKind::Column, text(name, column)).ranked(0);
            choice.saying(self.type_of(column))
        };
        let plain = |choice: &Choice| choice.text.split('.').all(is_plain);
        columns.map(choice).filter(plain).collect()
    }

    fn type_of(&self, column: ColumnId) -> String {
        let mapping = self.subject.mapping;
        let declared = mapping.graph.declared(column).map(|it| mapping.catalog().column(it));
        declared.map_or("", |it| it.type_text(&mapping.names)).to_owned()
    }

    /// Entities, tables and the aliases that the text may name; first those that it joins.
    fn qualifiers(&self, clause: &Clause, path: &[String]) -> Vec<Choice> {
        let mapping = self.subject.mapping;
        let target = self.target_of(path);
        let entity = |id: EntityId| {
            let rank = if clause.home == Some(id) || target == Some(id) { 1 } else { 2 };
            Choice::new(CompletionKind::Entity, mapping.entity_name(id)).ranked(rank)
        };
        let entities = mapping.entities().map(|(id, _)| entity(id));
        let tables = mapping
            .catalog()
            .tables()
            .map(|(id, _)| Choice::new(CompletionKind::Table, self.table_path(id)).ranked(2));
        let alias = |name: &str| Choice::new(CompletionKind::Alias, name).ranked(2);
        let aliases = self.aliases(clause).map(alias);
        let roles = (clause.kind == ClauseKind::Expression).then_some(["foreign", "remote"]);
        let roles = roles.into_iter().flatten();
        let roles = roles.map(|role| Choice::new(CompletionKind::Word, role).ranked(3));
        let plain = |choice: &Choice| choice.text.split('.').all(is_plain);
        entities.chain(tables).chain(aliases).chain(roles).filter(plain).collect()
    }

    /// The aliases that a text may name: its own, and those of what entities map.
    fn aliases(&self, clause: &Clause) -> impl Iterator<Item = &str> {
        let whole = clause.text.whole();
        let given = self.places.of(self.places.document).iter().filter(|place| place.declares);
        let given = given.filter(|place| matches!(place.thing, Thing::Alias(_)));
        given.filter_map(move |place| {
            let name = self.subject.sources.slice(place.span);
            let part = Part { text: name.trim_matches('"'), quoted: name.starts_with('"') };
            let is_own = whole.start <= place.span.start && place.span.end <= whole.end;
            let known = || self.subject.mapping.owners(&clause.also, &[part]);
            (is_own || !known().is_empty()).then_some(name)
        })
    }

    /// What a qualifier qualifies: attributes of an entity, columns of a table, alias or query.
    fn members(&self, clause: &Clause, cursor: &Cursor, qualifier: &[&Lexeme]) -> Vec<Choice> {
        let mapping = self.subject.mapping;
        let parts: Vec<_> = qualifier.iter().map(|part| part.as_part()).collect();
        let local = cursor.source(clause, qualifier);
        let known = || mapping.owners(&clause.also, &parts).first().copied();
        let mut found: Vec<_> = match local {
            Some(item) => self.given(clause, item),
            None => known().into_iter().flat_map(|owner| self.members_of(owner)).collect(),
        };
        found.retain(|choice| is_plain(&choice.text));
        found
    }

    fn members_of(&self, owner: Owner) -> Vec<Choice> {
        let mapping = self.subject.mapping;
        match owner {
            Owner::Entity(id) => {
                let attributes = mapping.entity(id).attributes(&mapping.graph);
                attributes.map(|attribute| self.attribute_choice(&attribute)).collect()
            }
            Owner::Selectable(selectable) => {
                let columns = mapping.graph.columns(selectable);
                columns.map(|column| self.column_choice(column)).collect()
            }
        }
    }

    /// The columns of a query of the text.
    fn given(&self, clause: &Clause, item: Item) -> Vec<Choice> {
        let given = Queries::new(*self, clause).of(item).into_iter();
        let choice = |given: Given| {
            let shown = given.column.map_or_else(String::new, |column| self.type_of(column));
            Choice::new(CompletionKind::Column, given.name).saying(shown)
        };
        given.map(choice).collect()
    }

    fn attribute_choice(&self, attribute: &Attribute) -> Choice {
        let name = self.subject.mapping.names.text(attribute.name);
        let column = attribute.columns().first();
        let shown = column.map_or_else(String::new, |column| self.type_of(*column));
        Choice::new(CompletionKind::Attribute, name).saying(shown)
    }

    fn column_choice(&self, column: ColumnId) -> Choice {
        let mapping = self.subject.mapping;
        let name = mapping.names.text(mapping.graph.column(column).name);
        Choice::new(CompletionKind::Column, name).saying(self.type_of(column))
    }
}
