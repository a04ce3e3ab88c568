//! The strings and flags that a key takes.

use super::{Choice, CompletionKind};
use crate::base::{EntityId, TableId};
use crate::check;
use crate::editor::Editor;
use crate::editor::rename::is_plain;
use crate::entity::CASCADES;
use crate::spec::{Site, is_flag, words};

impl Editor<'_> {
    /// The texts that the value at `path` could be, where they are names or words.
    pub(super) fn choices(&self, path: &[String]) -> Vec<Choice> {
        let keys: Vec<&str> = path.iter().map(String::as_str).collect();
        let Some(key) = keys.last() else { return Vec::new() };
        match (keys.as_slice(), *key) {
            ([.., "relationship", _, _], "target") => self.targets(path),
            (_, "inherits" | "non_primary" | "with_polymorphic") => self.entity_choices(),
            (["entity", _, _], "table" | "from") | (_, "secondary") => self.table_choices(),
            (_, "ignore") => codes(),
            (_, "back_populates") => self.reverses(path),
            (_, "overlaps") => self.all_relationships(),
            (_, "composite" | "synonym") => self.attributes(path),
            (_, "cascade") => as_words(&CASCADES),
            (_, word) => as_words(words(word)),
        }
    }

    fn entity_choices(&self) -> Vec<Choice> {
        let mapping = self.subject.mapping;
        let entity = |id: EntityId| {
            let mapped = mapping.selectable_path(mapping.entity(id).selectable);
            let choice = Choice::new(CompletionKind::Entity, mapping.entity_name(id));
            choice.saying(mapped.unwrap_or_default())
        };
        mapping.entities().map(|(id, _)| entity(id)).collect()
    }

    /// All entities, those that a foreign key links to the owner first.
    fn targets(&self, path: &[String]) -> Vec<Choice> {
        let mapping = self.subject.mapping;
        let owner = path.get(1).and_then(|name| mapping.find_entity(name));
        let own = owner.map(|owner| self.tables_of(owner)).unwrap_or_default();
        let linked = |name: &str| {
            let other = mapping.find_entity(name).map(|id| self.tables_of(id)).unwrap_or_default();
            other.iter().any(|other| own.iter().any(|table| self.links(*table, *other).count() > 0))
        };
        let ranked = |choice: Choice| {
            let rank = u8::from(!linked(&choice.text));
            choice.ranked(rank)
        };
        self.entity_choices().into_iter().map(ranked).collect()
    }

    /// All tables, those that no entity maps first.
    fn table_choices(&self) -> Vec<Choice> {
        let free: Vec<_> = self.unmapped().collect();
        let tables = self.subject.mapping.catalog().tables();
        let choice = |(id, _)| {
            let rank = u8::from(!free.contains(&id));
            Choice::new(CompletionKind::Table, self.table_path(id)).ranked(rank)
        };
        let plain = |choice: &Choice| choice.text.split('.').all(is_plain);
        tables.map(choice).filter(plain).collect()
    }

    /// The relationships of the target that lead back.
    fn reverses(&self, path: &[String]) -> Vec<Choice> {
        let mapping = self.subject.mapping;
        let owner = path.get(1).and_then(|name| mapping.find_entity(name));
        let target = self.target_of(path);
        let Some((owner, target)) = owner.zip(target) else { return Vec::new() };
        let back = mapping.relationships().filter(|(_, other)| {
            other.entity == target && mapping.share_lineage(other.target, owner)
        });
        let name = |name| Choice::new(CompletionKind::Relationship, mapping.names.text(name));
        back.map(|(_, other)| {
            let path = mapping.relationship_path(other);
            name(other.name).saying(path)
        })
        .collect()
    }

    fn all_relationships(&self) -> Vec<Choice> {
        let mapping = self.subject.mapping;
        let all = self.subject.resolution.relationships(mapping);
        all.map(|(_, relationship, _)| {
            let name = mapping.names.text(relationship.name);
            let path = mapping.relationship_path(relationship);
            Choice::new(CompletionKind::Relationship, name).saying(path)
        })
        .collect()
    }

    fn attributes(&self, path: &[String]) -> Vec<Choice> {
        let mapping = self.subject.mapping;
        let Some(owner) = path.get(1).and_then(|name| mapping.find_entity(name)) else {
            return Vec::new();
        };
        let attributes = mapping.entity(owner).attributes(&mapping.graph);
        let names = attributes.map(|it| mapping.names.text(it.name));
        names.map(|name| Choice::new(CompletionKind::Attribute, name)).collect()
    }

    /// The entity that the relationship around `path` leads to, read off its text.
    pub(super) fn target_of(&self, path: &[String]) -> Option<EntityId> {
        let table = path.get(..4)?;
        let is_target = |spot: &&crate::spec::Spot| {
            spot.site == Site::Text
                && spot.path.split_last().is_some_and(|(key, of)| key == "target" && of == table)
        };
        let target = self.places.spots.iter().find(is_target)?;
        self.subject.mapping.find_entity(target.text.text())
    }

    /// The tables that no entity maps.
    pub(super) fn unmapped(&self) -> impl Iterator<Item = TableId> {
        let mapping = self.subject.mapping;
        let mapped: Vec<_> = mapping.entities().flat_map(|(id, _)| self.tables_of(id)).collect();
        let mapped: rustc_hash::FxHashSet<_> = mapped.into_iter().collect();
        mapping.catalog().tables().map(|(id, _)| id).filter(move |id| !mapped.contains(id))
    }

    /// The tables that an entity maps.
    pub(super) fn tables_of(&self, id: EntityId) -> Vec<TableId> {
        let mapping = self.subject.mapping;
        let leaves = mapping.graph.leaves(mapping.entity(id).selectable);
        leaves.into_iter().filter_map(|leaf| mapping.graph.base_table(leaf)).collect()
    }
}

fn as_words(words: &[&str]) -> Vec<Choice> {
    words.iter().map(|word| Choice::new(CompletionKind::Word, *word)).collect()
}

fn codes() -> Vec<Choice> {
    let code = |code: &'static crate::report::Code| {
        let first = code.page.lines().find(|line| !line.is_empty() && !line.starts_with('#'));
        Choice::new(CompletionKind::Code, code.name).saying(first.unwrap_or_default())
    };
    check::codes().map(code).collect()
}

/// `true` and `false` for a key that takes them.
pub(super) fn flags(path: &[String]) -> impl Iterator<Item = Choice> + use<> {
    let takes = path.last().is_some_and(|key| is_flag(key));
    let words: &[&str] = if takes { &["true", "false"] } else { &[] };
    words.iter().map(|word| Choice::new(CompletionKind::Word, *word).ranked(0))
}
