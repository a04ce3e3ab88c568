//! Everything that a model's texts name, read off its document's keys and values and its SQL.

mod ddl;
mod items;
mod scope;
mod sql;
mod value;

pub(super) use items::{Item, ItemKind, Items};
pub(super) use scope::{Site as WordSite, is_comparison, leaves_from};
pub(super) use sql::is_reserved;

use rustc_hash::FxHashMap;

use super::place::{Clause, ClauseKind, Place, Thing};
use crate::answer::Subject;
use crate::base::{ColumnId, EntityId, RelationshipId, SelectableId, SourceId};
use crate::entity::{Attribute, Owner};
use crate::parse::Part;
use crate::spec::{Site, Spot};
use crate::text::{Fragment, Span};

/// The places of a model, and its SQL.
pub(super) fn gather(
    subject: Subject<'_>,
    document: SourceId,
    spots: &[Spot],
) -> (Vec<Place>, Vec<Clause>) {
    let mut gatherer = Gatherer::new(subject);
    for spot in spots {
        match spot.site {
            Site::Key | Site::HeaderKey => gatherer.key(spot),
            Site::Text => gatherer.value(spot),
            _ => {}
        }
    }
    for (source, script) in subject.sources.iter().filter(|(source, _)| *source != document) {
        let text = Fragment::verbatim(source, script.text.to_string(), 0);
        gatherer.clauses.push(Clause::new(ClauseKind::Ddl, text, subject));
    }
    gatherer.read_clauses();
    (gatherer.places, gatherer.clauses)
}

struct Gatherer<'a> {
    subject: Subject<'a>,
    places: Vec<Place>,
    clauses: Vec<Clause>,
    /// Where the aliases are given that the model's other SQL may name.
    aliases: FxHashMap<SelectableId, Span>,
    /// What qualifiers mean, where only the aliases of entities count.
    owners: FxHashMap<Vec<(String, bool)>, Vec<Owner>>,
    /// The columns that the model's SQL was read to name, by where their names end.
    read: FxHashMap<(SourceId, u32), ColumnId>,
}

impl<'a> Gatherer<'a> {
    fn new(subject: Subject<'a>) -> Self {
        let (places, clauses) = (Vec::new(), Vec::new());
        let (aliases, owners) = (FxHashMap::default(), FxHashMap::default());
        let graph = &subject.mapping.graph;
        let read = graph.exprs().filter_map(|(id, expr)| {
            let (column, span) = expr.column().zip(graph.span(id))?;
            Some(((span.source, span.end), column))
        });
        Self { subject, places, clauses, aliases, owners, read: read.collect() }
    }

    fn push(&mut self, thing: Thing, span: Span, declares: bool) {
        self.places.push(Place { span, thing, declares });
    }

    /// Aliases are known before the texts that name them are read.
    fn read_clauses(&mut self) {
        let mut clauses = std::mem::take(&mut self.clauses);
        let (giving, naming): (Vec<_>, Vec<_>) = clauses
            .iter_mut()
            .partition(|clause| matches!(clause.kind, ClauseKind::From | ClauseKind::Query));
        for clause in giving.into_iter().chain(naming) {
            match clause.kind {
                ClauseKind::Ddl => self.read_ddl(clause),
                _ => clause.items = self.read_sql(clause),
            }
        }
        self.clauses = clauses;
    }

    /// A key that is a name of the writer's own.
    fn key(&mut self, spot: &Spot) {
        let path: Vec<&str> = spot.path.iter().map(String::as_str).collect();
        let mapping = self.subject.mapping;
        let span = spot.text.whole();
        let ["entity", entity, rest @ ..] = path.as_slice() else { return };
        let Some(entity) = mapping.find_entity(entity) else { return };
        match rest {
            [] => {
                let declares = mapping.entity(entity).span == Some(span);
                self.push(Thing::Entity(entity), span, declares);
            }
            ["relationship", name] => {
                let Some(id) = self.own_relationship(entity, name) else { return };
                let declares = mapping.relationship(id).span == Some(span);
                self.push(Thing::Relationship(id), span, declares);
            }
            ["attribute", name] => {
                let name = mapping.names.find(name);
                let found =
                    name.and_then(|name| mapping.entity(entity).attribute(&mapping.graph, name));
                if let Some(attribute) = found {
                    let declares = attribute.span == Some(span);
                    self.push(Thing::Attribute(entity, attribute.name), span, declares);
                }
            }
            _ => {}
        }
    }

    fn own_relationship(&self, entity: EntityId, name: &str) -> Option<RelationshipId> {
        let mapping = self.subject.mapping;
        mapping.find_relationship(entity, mapping.names.find(name)?)
    }

    fn owners(&mut self, also: &[SelectableId], path: &[Part<'_>]) -> Vec<Owner> {
        if !also.is_empty() {
            return self.subject.mapping.owners(also, path);
        }
        let key: Vec<_> = path.iter().map(|part| (part.text.to_owned(), part.quoted)).collect();
        let owners = || self.subject.mapping.owners(also, path);
        self.owners.entry(key).or_insert_with(owners).clone()
    }

    /// What an owner is as a thing.
    fn owner_thing(&self, owner: Owner) -> Option<Thing> {
        let graph = &self.subject.mapping.graph;
        match owner {
            Owner::Entity(entity) => Some(Thing::Entity(entity)),
            Owner::Selectable(selectable) => match graph.selectable(selectable).kind {
                crate::graph::SelectableKind::Table(table) => Some(Thing::Table(table)),
                _ => self.aliases.get(&selectable).copied().map(Thing::Alias),
            },
        }
    }

    /// What an owner calls by a name.
    fn member(&self, owner: Owner, part: Part<'_>) -> Option<Thing> {
        let mapping = self.subject.mapping;
        match owner {
            Owner::Selectable(selectable) => self.column(mapping.column_of(selectable, part)?),
            Owner::Entity(id) => {
                let entity = mapping.entity(id);
                let name = mapping.names.find(part.text);
                match name.and_then(|name| entity.attribute(&mapping.graph, name)) {
                    Some(attribute) => self.attribute(id, &attribute),
                    None => self.column(mapping.column_of(entity.selectable, part)?),
                }
            }
        }
    }

    fn attribute(&self, entity: EntityId, attribute: &Attribute) -> Option<Thing> {
        match (attribute.span, attribute.columns().first()) {
            (None, Some(column)) => self.column(*column),
            _ => Some(Thing::Attribute(self.declaring(entity, attribute), attribute.name)),
        }
    }

    /// The entity that declares an attribute which `entity` has, be it by inheritance.
    fn declaring(&self, entity: EntityId, attribute: &Attribute) -> EntityId {
        let mapping = self.subject.mapping;
        let has_it = |id: &EntityId| {
            let own = mapping.entity(*id).attribute(&mapping.graph, attribute.name);
            own.is_some_and(|own| own.span == attribute.span)
        };
        let line = std::iter::once(entity).chain(mapping.lineage(entity));
        line.take_while(has_it).last().unwrap_or(entity)
    }

    /// The column of a subquery, which only the reading of the text knows.
    fn read_column(&self, span: Span) -> Option<Thing> {
        self.column(*self.read.get(&(span.source, span.end))?)
    }

    fn column(&self, column: ColumnId) -> Option<Thing> {
        self.subject.mapping.graph.declared(column).map(Thing::Column)
    }
}
