//! Keys of the document, and names in headers.

use super::{Choice, Completion, CompletionKind};
use crate::base::EntityId;
use crate::editor::Editor;
use crate::editor::about::about;
use crate::editor::rename::is_plain;
use crate::spec::{Format, Site, Spot, keys};
use crate::text::Span;

/// Keys that lead to tables.
const TABLES: [&str; 3] = ["entity", "attribute", "relationship"];

impl Editor<'_> {
    /// The keys that the table at `path` does not have yet.
    pub(super) fn keys(&self, path: &[String], span: Span) -> Vec<Completion> {
        let written = self.written(path, span);
        let known = keys(path).iter().filter(|key| !written.contains(key));
        let known = known.map(|key| Choice::new(CompletionKind::Key, *key).saying_about(key));
        let found: Vec<_> = known.map(|choice| self.assigned(choice.at(span))).collect();
        if found.is_empty() { self.names(path, span) } else { found }
    }

    /// What could follow in the header of a table.
    pub(super) fn headers(&self, path: &[String], span: Span) -> Vec<Completion> {
        let known = keys(path).iter().filter(|key| TABLES.contains(key));
        let known = known.map(|key| Choice::new(CompletionKind::Key, *key).saying_about(key));
        known.map(|choice| choice.at(span)).chain(self.names(path, span)).collect()
    }

    /// Names of the writer's own that would fit: those in use, and those that tables suggest.
    fn names(&self, path: &[String], span: Span) -> Vec<Completion> {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let choices = match path.as_slice() {
            ["entity"] => self.entity_names(),
            ["entity", entity, "relationship"] => {
                let entity = self.subject.mapping.find_entity(entity);
                entity.map(|entity| self.relationship_names(entity)).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        choices.into_iter().map(|choice| choice.at(span)).collect()
    }

    fn entity_names(&self) -> Vec<Choice> {
        let mapping = self.subject.mapping;
        let declared = mapping.entities().map(|(id, _)| mapping.entity_name(id));
        let declared = declared.map(|name| Choice::new(CompletionKind::Entity, name).ranked(2));
        let free = self.unmapped().map(|table| {
            let name = mapping.names.text(mapping.catalog().table(table).name);
            let detail = format!("for table {}", self.table_path(table));
            Choice::new(CompletionKind::Entity, in_camel_case(name)).saying(detail)
        });
        declared.chain(free).filter(|choice| is_plain(&choice.text)).collect()
    }

    /// A name for each foreign key that leads from or to the entity's tables: the column without
    /// its `_id`, or the other table.
    fn relationship_names(&self, id: EntityId) -> Vec<Choice> {
        let mapping = self.subject.mapping;
        let own = self.tables_of(id);
        let mut names = Vec::new();
        for (_, table) in mapping.catalog().tables() {
            for key in &table.foreign_keys {
                let key = mapping.catalog().foreign_key(key);
                let (from, to) = (own.contains(&key.table), own.contains(&key.referred_table));
                let last = key.pairs.last().map(|(column, _)| *column);
                let column = last.map(|it| mapping.catalog().column(it).name);
                if let Some(column) = column.filter(|_| from) {
                    let name = mapping.names.text(column);
                    let name = name.strip_suffix("_id").unwrap_or(name);
                    names.push((name.to_owned(), self.table_path(key.referred_table)));
                }
                if to {
                    let name = mapping.names.text(table.name).to_owned();
                    names.push((name, self.table_path(key.table)));
                }
            }
        }
        let free = |name: &str| {
            let interned = mapping.names.find(name);
            let taken =
                interned.is_some_and(|it| self.subject.resolution.find(mapping, id, it).is_some());
            is_plain(name) && !taken
        };
        let names = names.into_iter().filter(|(name, _)| free(name));
        names
            .map(|(name, to)| {
                Choice::new(CompletionKind::Relationship, name).saying(format!("leads to {to}"))
            })
            .collect()
    }

    /// The keys that are in a table already, without the one at `span`.
    fn written(&self, path: &[String], span: Span) -> Vec<&str> {
        let own = |spot: &&Spot| {
            let parent = spot.path.split_last().map(|(_, parent)| parent);
            spot.site == Site::Key && spot.span != span && parent == Some(path)
        };
        let spots = self.places.spots.iter().filter(own);
        spots.filter_map(|spot| spot.path.last()).map(String::as_str).collect()
    }

    /// A key with the sign behind it, unless that is written already.
    fn assigned(&self, completion: Completion) -> Completion {
        let source = self.subject.sources.get(completion.span.source);
        let behind = source.text.get(completion.span.end as usize..).unwrap_or("");
        let assigned = behind.trim_start_matches([' ', '\t']).starts_with(['=', ':', '.']);
        let key = &completion.label;
        let insert = match (self.places.format, assigned) {
            (Format::Json, true) => format!("\"{key}\""),
            (Format::Json, false) => format!("\"{key}\": "),
            (Format::Toml, true) => key.clone(),
            (Format::Toml, false) if TABLES.contains(&key.as_str()) => format!("{key}."),
            (Format::Toml, false) => format!("{key} = "),
        };
        Completion { insert, ..completion }
    }
}

impl Choice {
    fn saying_about(self, key: &str) -> Self {
        self.saying(about(key).unwrap_or_default())
    }
}

/// `order_item` as an entity's name: `OrderItem`.
fn in_camel_case(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        first + letters.as_str()
    };
    name.split('_').map(word).collect()
}
