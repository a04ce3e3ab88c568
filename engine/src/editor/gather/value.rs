//! The values of a document: names of things, and SQL.

use super::Gatherer;
use crate::base::{EntityId, RelationshipId};
use crate::check;
use crate::editor::place::{Clause, ClauseKind, Thing};
use crate::spec::Spot;
use crate::spec::document::Text;

/// The relationship in whose table a value stands, as far as it is known.
#[derive(Clone, Copy)]
struct Around {
    entity: Option<EntityId>,
    relationship: Option<RelationshipId>,
    /// Whether the value belongs to the backref.
    turned: bool,
}

impl Gatherer<'_> {
    pub(super) fn value(&mut self, spot: &Spot) {
        let path: Vec<&str> = spot.path.iter().map(String::as_str).collect();
        let text = &spot.text;
        match path.as_slice() {
            [.., "ignore"] => self.code(text),
            ["schema"] => self.file(text),
            ["ddl"] => self.clause(ClauseKind::Ddl, text, None),
            ["entity", entity, rest @ ..] => {
                let home = self.subject.mapping.find_entity(entity);
                match rest {
                    [key] => self.entity_value(key, text, home),
                    ["attribute", _] | ["attribute", _, "columns"] => {
                        self.clause(ClauseKind::Column, text, home);
                    }
                    ["attribute", _, "expression"] => {
                        self.clause(ClauseKind::Expression, text, home);
                    }
                    ["attribute", _, "composite" | "synonym"] => self.attribute_name(text, home),
                    ["relationship", name, rest @ ..] => {
                        let relationship = home.and_then(|it| self.own_relationship(it, name));
                        let turned = matches!(rest, ["backref", _]);
                        let around = Around { entity: home, relationship, turned };
                        self.relationship_value(rest, text, around);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn entity_value(&mut self, key: &str, text: &Text, home: Option<EntityId>) {
        match key {
            "table" => self.clause(ClauseKind::Table, text, home),
            "from" => self.clause(ClauseKind::From, text, home),
            "select" => self.clause(ClauseKind::Query, text, home),
            "inherit_condition" | "order_by" => self.clause(ClauseKind::Expression, text, home),
            "primary_key" | "version_id" | "polymorphic_on" => {
                self.clause(ClauseKind::Column, text, home);
            }
            "include" | "exclude" => self.clause(ClauseKind::OwnColumn, text, home),
            "inherits" | "non_primary" | "with_polymorphic" => self.entity_name(text),
            "alias" => self.alias(text, home),
            _ => {}
        }
    }

    fn relationship_value(&mut self, keys: &[&str], text: &Text, around: Around) {
        let Some(key) = keys.last() else { return };
        match *key {
            "target" => self.entity_name(text),
            "primaryjoin" | "secondaryjoin" | "order_by" => {
                self.joining(ClauseKind::Expression, text, around);
            }
            "foreign_keys" | "remote_side" => self.joining(ClauseKind::Column, text, around),
            "secondary" => {
                let dialect = self.subject.mapping.dialect;
                let is_name = crate::parse::path(text, dialect).is_ok();
                let kind = if is_name { ClauseKind::Table } else { ClauseKind::From };
                self.joining(kind, text, around);
            }
            "back_populates" => self.reverse_name(text, around),
            "overlaps" => self.overlap_names(text, around),
            "backref" | "name" => self.made(text, around),
            _ => {}
        }
    }

    fn clause(&mut self, kind: ClauseKind, text: &Text, home: Option<EntityId>) {
        let clause = Clause { home, ..Clause::new(kind, text.clone(), self.subject) };
        self.clauses.push(clause);
    }

    /// SQL that may name the aliases of the relationship's secondary.
    fn joining(&mut self, kind: ClauseKind, text: &Text, around: Around) {
        let mapping = self.subject.mapping;
        let relationship = around.relationship.map(|id| mapping.relationship(id));
        let secondary = relationship.and_then(|it| it.arguments.secondary.as_ref());
        let mut ends = [relationship.map(|it| it.target), around.entity];
        if around.turned {
            ends.reverse();
        }
        let called = ends.into_iter().flatten().filter_map(|end| mapping.called(end));
        let clause = Clause {
            home: around.entity,
            also: secondary.map(|it| it.value).into_iter().chain(called).collect(),
            ..Clause::new(kind, text.clone(), self.subject)
        };
        self.clauses.push(clause);
    }

    fn entity_name(&mut self, text: &Text) {
        if let Some(entity) = self.subject.mapping.find_entity(text.text()) {
            self.push(Thing::Entity(entity), text.whole(), false);
        }
    }

    fn attribute_name(&mut self, text: &Text, home: Option<EntityId>) {
        let mapping = self.subject.mapping;
        let Some((id, name)) = home.zip(mapping.names.find(text.text())) else { return };
        let attribute = mapping.entity(id).attribute(&mapping.graph, name);
        if let Some(thing) = attribute.and_then(|attribute| self.attribute(id, &attribute)) {
            self.push(thing, text.whole(), false);
        }
    }

    /// The alias that an entity gives to its query.
    fn alias(&mut self, text: &Text, home: Option<EntityId>) {
        if let Some(entity) = home {
            let span = text.whole();
            self.aliases.insert(self.subject.mapping.entity(entity).selectable, span);
            self.push(Thing::Alias(span), span, true);
        }
    }

    fn reverse_name(&mut self, text: &Text, around: Around) {
        let mapping = self.subject.mapping;
        let Some(id) = around.relationship else { return };
        let target = Some(mapping.relationship(id).target);
        let far = if around.turned { around.entity } else { target };
        if let Some(reverse) = far.and_then(|far| self.relationship_of(far, text.text())) {
            self.push(Thing::Relationship(reverse), text.whole(), false);
        }
    }

    fn relationship_of(&self, entity: EntityId, name: &str) -> Option<RelationshipId> {
        let mapping = self.subject.mapping;
        self.subject.resolution.find(mapping, entity, mapping.names.find(name)?)
    }

    /// Names with commas between them, each of which stands for all relationships of that name.
    fn overlap_names(&mut self, text: &Text, around: Around) {
        let mapping = self.subject.mapping;
        let target = around.relationship.map(|id| mapping.relationship(id).target);
        let mut start = 0;
        for piece in text.text().split(',') {
            let name = piece.trim();
            let at = start + piece.len() - piece.trim_start().len();
            start += piece.len() + 1;
            for entity in target.into_iter().chain(around.entity) {
                if let Some(id) = self.relationship_of(entity, name) {
                    self.push(Thing::Relationship(id), text.span(at, at + name.len()), false);
                }
            }
        }
    }

    /// The name of the relationship that a backref makes.
    fn made(&mut self, text: &Text, around: Around) {
        let Some(maker) = around.relationship else { return };
        let mapping = self.subject.mapping;
        let target = mapping.relationship(maker).target;
        let name = mapping.names.find(text.text());
        let made = name.and_then(|name| self.subject.resolution.find(mapping, target, name));
        let by_maker =
            |id: &RelationshipId| self.subject.resolution.made_by(mapping, *id) == Some(maker);
        if let Some(id) = made.filter(by_maker) {
            self.push(Thing::Relationship(id), text.whole(), true);
        }
    }

    fn code(&mut self, text: &Text) {
        if let Some(code) = check::code(text.text()) {
            self.push(Thing::Code(code.name), text.whole(), false);
        }
    }

    /// A host calls a DDL file by a path that ends as the document names it.
    fn file(&mut self, text: &Text) {
        let named = text.text().trim_start_matches("./");
        let ends = |name: &str| {
            let before = name.strip_suffix(named);
            before.is_some_and(|before| before.is_empty() || before.ends_with(['/', '\\']))
        };
        let found = self.subject.sources.iter().find(|(_, source)| ends(&source.name));
        if let Some((source, _)) = found.filter(|_| !named.is_empty()) {
            self.push(Thing::File(source), text.whole(), false);
        }
    }
}
