//! What names in SQL text mean in a mapping.

use super::attribute::AttributeValue;
use super::mapped::Entity;
use super::mapping::Mapping;
use crate::base::{ColumnId, EntityId, Few, Folding, Name, Names, SelectableId};
use crate::catalog::TableName;
use crate::graph::Graph;
use crate::parse::{Named, Part, Scope, ScopeError, ScopeErrorKind};
use crate::report::nearest;

/// The tables and entities of a mapping, and what a relationship's secondary introduces.
///
/// The mapping's graph and names are lent to the parser meanwhile, so they come with each question.
#[derive(Clone, Copy, Debug)]
pub(super) struct MappingScope<'m> {
    pub(super) mapping: &'m Mapping,
    /// Selectables whose aliases may be named.
    pub(super) also: &'m [SelectableId],
}

/// What the part of a name before its last dot means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Owner {
    /// A table, or what an alias stands for.
    Selectable(SelectableId),
    /// An entity.
    Entity(EntityId),
}

impl Mapping {
    /// What a dotted name of a table, alias or entity means in the mapping's SQL, the likeliest
    /// first. `also` are selectables whose aliases may be named besides those that entities map.
    pub fn owners(&self, also: &[SelectableId], path: &[Part<'_>]) -> Vec<Owner> {
        MappingScope { mapping: self, also }.owners(&self.graph, &self.names, path).collect()
    }

    /// What an owner is where it is selected from: an entity is what it maps.
    pub fn selectable_of(&self, owner: Owner) -> SelectableId {
        match owner {
            Owner::Selectable(selectable) => selectable,
            Owner::Entity(entity) => self.entity(entity).selectable,
        }
    }

    /// The column of this name in a selectable, as SQL finds it.
    pub fn column_of(&self, selectable: SelectableId, part: Part<'_>) -> Option<ColumnId> {
        MappingScope { mapping: self, also: &[] }.column_of(
            &self.graph,
            &self.names,
            selectable,
            part,
        )
    }
}

impl Scope for MappingScope<'_> {
    fn column(&self, graph: &Graph, names: &Names, name: &[Part<'_>]) -> Result<Named, ScopeError> {
        let Some((column, path)) = name.split_last() else {
            return Err(unqualified(0));
        };
        if path.is_empty() {
            return Err(unqualified(0));
        }
        let mut owners = self.owners(graph, names, path).peekable();
        let first = owners.peek().copied();
        let mut meant = owners.filter_map(|owner| self.find(graph, names, owner, *column));
        meant.next().ok_or_else(|| match first {
            None => self.unknown_table(graph, names, path),
            Some(owner) => self.unknown_column(graph, names, owner, name),
        })
    }

    fn selectable(
        &self,
        graph: &Graph,
        names: &Names,
        name: &[Part<'_>],
    ) -> Result<SelectableId, ScopeError> {
        let owner = self.owners(graph, names, name).next();
        let selectable = owner.map(|owner| self.mapping.selectable_of(owner));
        selectable.ok_or_else(|| self.unknown_table(graph, names, name))
    }
}

impl MappingScope<'_> {
    /// Everything a dotted path can mean, the likeliest first: exactly spelled before folded,
    /// tables before entities.
    fn owners<'a>(
        &'a self,
        graph: &'a Graph,
        names: &'a Names,
        path: &'a [Part<'_>],
    ) -> impl Iterator<Item = Owner> + 'a {
        let raw = |part: &Part<'_>| names.find(part.text);
        let folding = self.mapping.dialect.folding();
        let lower = move |part: &Part<'_>| folded(names, folding, *part);
        let spelled = path.iter().map(raw).collect::<Option<Few<Name>>>().into_iter();
        let folded =
            std::iter::once_with(move || path.iter().map(lower).collect::<Option<Few<_>>>());
        spelled.chain(folded.flatten()).flat_map(|path| self.called(graph, names, &path))
    }

    /// What a path can mean under one spelling.
    fn called(
        &self,
        graph: &Graph,
        names: &Names,
        path: &[Name],
    ) -> impl Iterator<Item = Owner> + use<> {
        let table = find_table(graph, names, path);
        let is_exact = |table: &SelectableId| graph.selectable(*table).name.as_ref() == path.last();
        let (exact, folded) = match table {
            Some(table) if is_exact(&table) => (Some(table), None),
            other => (None, other),
        };
        let entity = match *path {
            [only] => self.mapping.find_entity_named(only),
            _ => None,
        };
        let tables = self.alias(graph, path).into_iter().chain(exact).map(Owner::Selectable);
        tables.chain(entity.map(Owner::Entity)).chain(folded.map(Owner::Selectable))
    }

    fn alias(&self, graph: &Graph, path: &[Name]) -> Option<SelectableId> {
        let [name] = *path else { return None };
        let mut leaves = self.also.iter().flat_map(|it| graph.leaves(*it));
        let called = leaves.find(|leaf| graph.alias_name(*leaf) == Some(name));
        called.or_else(|| self.mapping.find_alias(name))
    }

    fn find(&self, graph: &Graph, names: &Names, owner: Owner, part: Part<'_>) -> Option<Named> {
        match owner {
            Owner::Selectable(selectable) => {
                self.column_of(graph, names, selectable, part).map(Named::Column)
            }
            Owner::Entity(entity) => {
                let entity = self.mapping.entity(entity);
                let name = names.find(part.text);
                let meant = name.and_then(|name| meaning(graph, entity, name));
                let column = || self.column_of(graph, names, entity.selectable, part);
                meant.or_else(|| column().map(Named::Column))
            }
        }
    }

    fn column_of(
        &self,
        graph: &Graph,
        names: &Names,
        selectable: SelectableId,
        part: Part<'_>,
    ) -> Option<ColumnId> {
        let exact = names.find(part.text).and_then(|name| graph.find_column(selectable, name));
        exact.or_else(|| {
            let folded = folded(names, self.mapping.dialect.folding(), part)?;
            let fits = |id: &ColumnId| {
                let name = graph.column(*id).name;
                name == folded || !part.quoted && names.folded(name) == names.folded(folded)
            };
            graph.columns(selectable).find(fits)
        })
    }

    fn unknown_table(&self, graph: &Graph, names: &Names, path: &[Part<'_>]) -> ScopeError {
        let part = path.len().saturating_sub(1);
        let written = path.last().map_or("", |part| part.text);
        let tables = graph.catalog().tables().map(|(_, table)| names.text(table.name));
        let entities = self.mapping.entities().map(|(_, entity)| names.text(entity.name));
        let nearest = nearest(written, tables.chain(entities)).map(String::from);
        ScopeError { kind: ScopeErrorKind::UnknownTable, part, nearest }
    }

    fn unknown_column(
        &self,
        graph: &Graph,
        names: &Names,
        owner: Owner,
        name: &[Part<'_>],
    ) -> ScopeError {
        let written = name.last().map_or("", |part| part.text);
        let path: Vec<_> = name.iter().map(|part| part.text).collect();
        let owner_text = path.split_last().map_or(String::new(), |(_, path)| path.join("."));
        let entity = match owner {
            Owner::Selectable(_) => None,
            Owner::Entity(entity) => Some(self.mapping.entity(entity)),
        };
        let selectable = self.mapping.selectable_of(owner);
        let columns = graph.columns(selectable);
        let columns = columns.map(|column| names.text(graph.column(column).name));
        let attributes = entity.into_iter().flat_map(|entity| entity.attributes(graph));
        let attributes = attributes.map(|attribute| names.text(attribute.name));
        // An attribute of this very name may be a synonym of one that is not there.
        let others = columns.chain(attributes).filter(|other| *other != written);
        let nearest = nearest(written, others).map(String::from);
        let kind = ScopeErrorKind::UnknownColumn { owner: owner_text };
        ScopeError { kind, part: name.len().saturating_sub(1), nearest }
    }
}

/// The selectable of the table of this name.
fn find_table(graph: &Graph, names: &Names, path: &[Name]) -> Option<SelectableId> {
    // A longer path names a database or server too, which no declaration does.
    let (table, schema) = match *path {
        [table] => (table, None),
        [.., schema, table] => (table, Some(schema)),
        [] => return None,
    };
    let found = graph.catalog().find_table(TableName { schema, table }, names)?;
    graph.table(found)
}

/// What an attribute means in an expression.
fn meaning(graph: &Graph, entity: &Entity, name: Name) -> Option<Named> {
    match &entity.attribute_meant(graph, name)?.value {
        AttributeValue::Columns(columns) => columns.first().copied().map(Named::Column),
        AttributeValue::Expression(expr) => Some(Named::Expression(*expr)),
        AttributeValue::Composite(parts) => {
            let parts = parts.iter().filter_map(|part| entity.attribute_meant(graph, *part));
            let columns = parts.filter_map(|part| part.columns().first().copied());
            Some(Named::Composite(columns.collect()))
        }
        AttributeValue::Synonym(_) => None,
    }
}

fn folded(names: &Names, folding: Folding, part: Part<'_>) -> Option<Name> {
    names.find(&folding.spelling(part.text, part.quoted))
}

fn unqualified(part: usize) -> ScopeError {
    ScopeError { kind: ScopeErrorKind::Unqualified, part, nearest: None }
}
