//! What a document or a DDL file declares, as a tree and as a list.

use rustc_hash::FxHashMap;

use super::Editor;
use crate::base::{SourceId, TableId};
use crate::spec::Spot;
use crate::text::Span;

/// Something that a text declares.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Symbol {
    /// Its name.
    pub name: String,
    /// What is to be said of it in a few words; may be empty.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// Its name's place.
    pub name_span: Span,
    /// All of it.
    pub span: Span,
    /// What it declares in turn.
    pub children: Vec<Symbol>,
}

/// What a symbol is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SymbolKind {
    /// An entity.
    Entity,
    /// An attribute.
    Attribute,
    /// A relationship.
    Relationship,
    /// A table.
    Table,
    /// A column.
    Column,
}

impl Editor<'_> {
    /// What a source declares, in the order of its text. Entities are found by looks, so that those
    /// that are half-written are there.
    pub fn outline(&self, source: SourceId) -> Vec<Symbol> {
        let mut symbols = self.table_symbols(source);
        if source == self.places.document {
            symbols.extend(self.entity_symbols());
        }
        symbols.sort_by_key(|symbol| symbol.span);
        symbols
    }

    /// Everything that the model's texts declare whose name holds `query`, letter case aside, with
    /// what it is declared in.
    pub fn symbols(&self, query: &str) -> Vec<(Symbol, Option<String>)> {
        let query = query.to_lowercase();
        let fits = |symbol: &Symbol| symbol.name.to_lowercase().contains(&query);
        let mut found = Vec::new();
        for (source, _) in self.subject.sources.iter() {
            for mut symbol in self.outline(source) {
                let children = std::mem::take(&mut symbol.children);
                let inside = children.into_iter().filter(fits);
                let inside: Vec<_> =
                    inside.map(|child| (child, Some(symbol.name.clone()))).collect();
                found.extend(fits(&symbol).then_some((symbol, None)));
                found.extend(inside);
            }
        }
        found
    }

    fn entity_symbols(&self) -> Vec<Symbol> {
        let mut entities: Vec<Symbol> = Vec::new();
        let mut index: FxHashMap<&str, usize> = FxHashMap::default();
        for spot in self.places.spots.iter().filter(|spot| !spot.site.is_gap()) {
            let [root, name, inner @ ..] = spot.path.as_slice() else { continue };
            if root != "entity" {
                continue;
            }
            let at = *index.entry(name).or_insert(entities.len());
            if at == entities.len() {
                entities.push(self.symbol(spot, name, SymbolKind::Entity));
            }
            if let Some(entity) = entities.get_mut(at) {
                entity.span = entity.span.to(spot.span);
                self.note_member(entity, spot, inner);
            }
        }
        entities
    }

    /// Notes what a spot says of an entity's relationship or attribute.
    fn note_member(&self, entity: &mut Symbol, spot: &Spot, inner: &[String]) {
        let [group, name, ..] = inner else { return };
        let kind = match group.as_str() {
            "relationship" => SymbolKind::Relationship,
            "attribute" => SymbolKind::Attribute,
            _ => return,
        };
        let known = entity.children.iter_mut().find(|it| it.kind == kind && it.name == *name);
        match known {
            Some(child) => child.span = child.span.to(spot.span),
            None => entity.children.push(self.member(spot, &entity.name, name, kind)),
        }
    }

    fn symbol(&self, spot: &Spot, name: &str, kind: SymbolKind) -> Symbol {
        let mapping = self.subject.mapping;
        let mapped = mapping.find_entity(name).map(|id| mapping.entity(id).selectable);
        let detail = mapped.and_then(|mapped| mapping.selectable_path(mapped)).unwrap_or_default();
        let (name_span, span) = (spot.text.whole(), spot.span);
        Symbol { name: name.to_owned(), detail, kind, name_span, span, children: Vec::new() }
    }

    fn member(&self, spot: &Spot, entity: &str, name: &str, kind: SymbolKind) -> Symbol {
        let detail = match kind {
            SymbolKind::Relationship => self.target(entity, name).unwrap_or_default(),
            _ => String::new(),
        };
        let (name_span, span) = (spot.text.whole(), spot.span);
        Symbol { name: name.to_owned(), detail, kind, name_span, span, children: Vec::new() }
    }

    /// `many-to-one Address`
    fn target(&self, entity: &str, name: &str) -> Option<String> {
        let mapping = self.subject.mapping;
        let (entity, name) = (mapping.find_entity(entity)?, mapping.names.find(name)?);
        let id = mapping.find_relationship(entity, name)?;
        let target = mapping.entity_name(mapping.relationship(id).target);
        let direction = self.subject.resolution.answer(id).and_then(|answer| answer.direction);
        Some(match direction {
            Some(direction) => format!("{} {target}", direction.as_str()),
            None => target.to_owned(),
        })
    }

    fn table_symbols(&self, source: SourceId) -> Vec<Symbol> {
        let catalog = self.subject.mapping.catalog();
        let tables = catalog.tables().map(|(id, _)| id);
        let here = tables.filter_map(|id| Some((id, catalog.places.tables.get(id)?)));
        let here = here.filter(|(_, span)| span.source == source);
        here.map(|(id, span)| self.table(id, span)).collect()
    }

    fn table(&self, id: TableId, name_span: Span) -> Symbol {
        let mapping = self.subject.mapping;
        let table = mapping.catalog().table(id);
        let columns = table.columns.iter().filter_map(|id| {
            let column = mapping.catalog().column(id);
            let span = mapping.catalog().places.columns.get(id);
            let span = span.filter(|span| span.source == name_span.source)?;
            Some(Symbol {
                name: mapping.names.text(column.name).to_owned(),
                detail: column.type_text(&mapping.names).to_owned(),
                kind: SymbolKind::Column,
                name_span: span,
                span,
                children: Vec::new(),
            })
        });
        let children: Vec<Symbol> = columns.collect();
        let span = children.iter().fold(name_span, |span, child| span.to(child.span));
        let name = mapping.names.text(table.name).to_owned();
        let (detail, kind) = (String::new(), SymbolKind::Table);
        Symbol { name, detail, kind, name_span, span, children }
    }
}
